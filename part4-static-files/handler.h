/* The handler: answers a request with a response. */
#ifndef HANDLER_H
#define HANDLER_H

#include "request.h"
#include "response.h"

/* Answers a well-formed request. What the response points to dies at the next call. */
struct response handle(const struct request *request);

#endif
