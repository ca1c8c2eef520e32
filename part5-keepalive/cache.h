/*
 * Small files in memory, with all that a response says of them, and the pages that say that there
 * is no file. For a second after a path was looked up, its answer is found without a system call.
 */
#ifndef CACHE_H
#define CACHE_H

#include "request.h"
#include "response.h"

/* Finds the response to a GET for the path, if it was kept within the last second. */
bool cache_find(struct slice path, struct response *response);

/*
 * Offers the site's newest response for the path. If it is small, it is kept: its file is read and
 * closed, and the response has its content from memory. Else it stays as it is. What was asked for
 * within the last second, or is being sent, isn't given up for anything new.
 */
void cache_keep(struct slice path, struct response *response);

#endif
