/* The content of a request: where it ends, and passing over it: RFC 9112, 6 and 7. */
#ifndef CONTENT_H
#define CONTENT_H

#include "request.h"

enum {
	CONTENT_LIMIT = 1024 * 1024, /* octets: the most that we read past to keep a connection */
};

/*
 * What comes next.
 *
 *     CHUNK_SIZE --0--> CHUNK_TRAILER --an empty line--> CONTENT_NONE
 *       |    ^
 *       |    +-- CR LF -- CHUNK_END <-- all of them -- CHUNK_DATA
 *       +-- more -----------------------------------------^
 */
enum content_state {
	CONTENT_NONE, /* no content, but the head of the next request */
	CONTENT_DATA,
	CHUNK_SIZE, /* a line with the next chunk's size */
	CHUNK_DATA,
	CHUNK_END, /* the CR LF after the data */
	CHUNK_TRAILER, /* field lines and an empty line, after the last chunk */
	CONTENT_BAD, /* nothing that makes sense: the chunked coding is wrong */
};

/* No content is { .state = CONTENT_NONE }. */
struct content {
	enum content_state state;
	uint64_t left; /* octets of the content, or of the chunk, that are still to come */
	uint64_t passed; /* octets so far, those of the coding too */
};

/*
 * Finds out how the content of a request is framed: RFC 9112, 6.3. Returns 0, or the status code to
 * refuse the request with, if the framing is wrong, ambiguous or unknown.
 */
int content_begin(struct content *content, struct request *request);

/* Passes over what has come of the content. Returns how many of the bytes belong to it. */
size_t content_skip(struct content *content, struct slice bytes);

/* Whether there is more of it than we read past to keep a connection. */
bool content_is_large(const struct content *content);

#endif
