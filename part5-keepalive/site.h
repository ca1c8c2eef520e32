/* The site: the files below one folder, and the responses that they make. */
#ifndef SITE_H
#define SITE_H

#include "request.h"
#include "response.h"

/* Takes a folder as the site. If it can't be opened, ends the program with one line. */
void site_open(const char *directory);

/*
 * What the site has at a request's path: 200 with the file, open and whole, which the caller must
 * close; 301 to the same path with a slash, for a folder with an index.html; or an error. A path
 * that ends in a slash means the index.html there. If there is nothing at a path, or a folder
 * without an index.html, it means the file with ".html" added. No symbolic link is followed, and
 * nothing but a regular file is served. What the response points to dies at the next call.
 */
struct response site_response(const struct request *request);

#endif
