/*
 * A request, as RFC 9112, 2 to 3, defines it. We call its "head" what stands before the content:
 * the request line and the field lines, through the empty line that ends them.
 */
#ifndef REQUEST_H
#define REQUEST_H

#include "buffer.h"
#include "field.h"
#include "target.h"

enum {
	HEAD_LIMIT = 16 * 1024, /* octets, so also the longest request line */
};

/* All slices point into the head that was parsed, and die with it. */
struct request {
	struct slice line; /* the request line, whole */
	struct slice method;
	struct target target;
	struct slice version;
	const char *problem; /* where it is refused: why, in words */
	struct fields fields;
};

/*
 * Where in the received bytes the head ends: its length, or 0 where more must come. A head that
 * can't become valid any more, since it is too long or has a line that ends wrongly, ends at once;
 * request_parse() refuses it.
 */
size_t request_head_length(struct slice received);

/*
 * Parses a head. Returns 0, or the status code to refuse the request with; then request->problem
 * says why, and the slices hold what was understood until there.
 */
int request_parse(struct request *request, struct slice head);

/* Writes what was understood, "name: value" a line; false where it doesn't fit. */
bool request_describe(const struct request *request, struct buffer *out);

#endif
