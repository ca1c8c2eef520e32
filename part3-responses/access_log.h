/* The access log: one line for each exchange, in the Common Log Format. */
#ifndef ACCESS_LOG_H
#define ACCESS_LOG_H

#include <stdint.h>

#include "request.h"

/*
 * Writes that the client at the socket's other end sent the request and was answered with the
 * status code and so many bytes of content.
 */
void access_log(int socket, const struct request *request, int status, uint64_t length);

#endif
