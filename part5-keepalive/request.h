/*
 * A request, as RFC 9112, 2 and 3, defines it. We call "head" what stands before its content: the
 * request line and the field lines, through the empty line that ends them.
 */
#ifndef REQUEST_H
#define REQUEST_H

#include "field.h"

enum {
	HEAD_LIMIT = 16 * 1024, /* octets of a head, and so of a request line */
};

/* All slices point into the bytes that were parsed, and die with them. */
struct request {
	const char *problem; /* why it is refused, in words */
	struct slice line; /* the request line: "GET /a%20b?c HTTP/1.1" */
	struct slice method; /* "GET" */
	struct slice target; /* "/a%20b?c" */
	struct slice path; /* "/a%20b"; its ptr is NULL if the target has none, as "*" */
	struct slice query; /* "c"; its ptr is NULL if there is no "?" */
	struct slice version; /* "HTTP/1.1" */
	struct fields fields;
	size_t len; /* octets of the head */
};

/*
 * Parses the head at the front of what was received. Returns 0 if it is good, -1 while more of it
 * must come, or the status code to refuse it with. The slices hold what was understood so far.
 */
int request_parse(struct request *request, struct slice received);

/* Notes why a request is refused, and returns the status code. */
int request_refuse(struct request *request, int status, const char *problem);

#endif
