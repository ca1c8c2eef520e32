/* Range requests: RFC 9110, 14. */
#ifndef RANGE_H
#define RANGE_H

#include "request.h"
#include "response.h"

/*
 * Narrows the response to the one range of bytes that a GET asks for: 206, or 416 if the content
 * has no such bytes. Leaves the response alone, as RFC 9110, 14.2 allows, if the range is
 * malformed, of another unit, one of several, or of an older state of the file.
 */
void range_apply(const struct request *request, struct response *response);

#endif
