/* Preconditions: is this still the file that the client knows? RFC 9110, 13. */
#ifndef PRECONDITION_H
#define PRECONDITION_H

#include <sys/stat.h>

#include "request.h"
#include "response.h"

/* Says by which entity tag and date the client can ask for the file again: RFC 9110, 8.8. */
void precondition_set_validators(struct response *response, const struct stat *info);

/*
 * Checks the conditions of a GET or HEAD for the file that was found. The response stays if they
 * hold. It becomes 304, without content, if the client has the file already, and 412 if it asked
 * for another state of it.
 */
void precondition_apply(const struct request *request, struct response *response);

#endif
