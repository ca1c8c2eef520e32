/*
 * Small files in memory, with all that a response says of them, and the names of files that are not
 * there. Who asks within the second in which the site was last asked gets the answer without a
 * single system call.
 */
#ifndef CACHE_H
#define CACHE_H

#include "request.h"
#include "response.h"

/* Finds the response to a GET for the path, if it was kept within this second. */
bool cache_find(struct slice path, struct response *response);

/*
 * Offers the site's newest response for the path. A 404 is kept, and a file if it is small and was
 * not changed just now: it is closed then, and the response has its content from memory. Else the
 * response stays as it is. What is asked for within this second is not given up for anything new.
 * What the response points to dies at the next call.
 */
void cache_keep(struct slice path, struct response *response);

#endif
