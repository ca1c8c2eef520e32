/* Preconditions: RFC 9110, 13. */
#ifndef PRECONDITION_H
#define PRECONDITION_H

#include "request.h"
#include "response.h"

/*
 * Whether a GET or HEAD may have the response that was found for it: 0 if so, 304 if the client has
 * it already, 412 if it asked for another one.
 */
int precondition_check(const struct request *request, const struct response *response);

/* Whether the range that a request asks for is one of this very response: RFC 9110, 13.1.5. */
bool precondition_if_range(const struct request *request, const struct response *response);

#endif
