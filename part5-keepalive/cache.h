/*
 * Small files in memory, with all that a response says of them. Whoever asks within the second in
 * which a file was last looked at gets it without a single system call.
 */
#ifndef CACHE_H
#define CACHE_H

#include "request.h"
#include "response.h"

/* Finds the response to a GET for the path, if it was kept or confirmed within this second. */
bool cache_find(struct slice path, struct response *response);

/*
 * Offers the site's newest response for the path. If it has a small file, and one that has not been
 * changed just now, the content is kept, the file is closed, and the response has its content from
 * memory; else the response stays as it is. What it points to dies at the next call.
 */
void cache_keep(struct slice path, struct response *response);

#endif
