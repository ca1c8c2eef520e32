/* Whom a request is for: a host and perhaps a port, in the target or in Host: RFC 9110, 7.2. */
#ifndef HOST_H
#define HOST_H

#include "slice.h"

/*
 * Whether text is a host, or a host, a colon and a port: "example.com", "127.0.0.1:8080",
 * "[::1]:80", also "": RFC 3986, 3.2.2 and 3.2.3.
 */
bool host_is_valid(struct slice text);

#endif
