/* The request target: RFC 9112, 3.2. */
#ifndef TARGET_H
#define TARGET_H

#include "request.h"

/*
 * Finds path and query in request->target, which must have one of the four forms, and one that the
 * method allows. Nothing is percent-decoded. Returns 0, or 400 with the problem noted.
 */
int target_parse(struct request *request);

#endif
