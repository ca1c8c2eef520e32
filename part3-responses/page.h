/* The pages that the server makes itself. */
#ifndef PAGE_H
#define PAGE_H

#include "request.h"
#include "response.h"

/* The page at a request's path, or 404. It dies at the next call. */
struct response page_response(const struct request *request);

#endif
