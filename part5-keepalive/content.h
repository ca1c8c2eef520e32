/* The content of a request: where it ends, and passing over it: RFC 9112, 6 and 7. */
#ifndef CONTENT_H
#define CONTENT_H

#include "request.h"

enum {
	CONTENT_LIMIT = 1024 * 1024, /* octets that are passed over for the sake of a connection */
};

/* What comes next. The states from CONTENT_DONE on are final. */
enum content_state {
	CONTENT_NONE, /* no request is under way */
	CONTENT_DATA,
	CHUNK_SIZE,
	CHUNK_DATA,
	CHUNK_END,
	CHUNK_TRAILER,
	CONTENT_DONE,
	CONTENT_LARGE, /* over the limit: answer, then close */
	CONTENT_BAD, /* the chunked coding is wrong */
};

/* Ready for the next request is { .state = CONTENT_NONE }. */
struct content {
	enum content_state state;
	uint64_t left; /* octets of the content, or of the chunk */
	uint64_t passed; /* octets so far, those of the coding too */
};

/*
 * Finds out how the content of a request is framed: RFC 9112, 6.3. Returns 0, or the status code to
 * refuse the request with, where two readers of it could disagree; request->problem says why.
 */
int content_begin(struct content *content, struct request *request);

/* Passes over what has come of the content; returns how many of the bytes belong to it. */
size_t content_skip(struct content *content, struct slice bytes);

#endif
