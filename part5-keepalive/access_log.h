/* The access log: a line for each exchange. */
#ifndef ACCESS_LOG_H
#define ACCESS_LOG_H

#include "request.h"

/* Adds a line in the Common Log Format; the length is that of the response's content. */
void access_log_add(int socket, const struct request *request, int status, uint64_t length);

#endif
