/* A response: RFC 9112, 4, and RFC 9110, 15. */
#ifndef RESPONSE_H
#define RESPONSE_H

#include "buffer.h"
#include "date.h"
#include "file.h"

/* Texts that are NULL, or empty, stand for fields that are not sent. */
struct response {
	int status;
	struct slice content;
	const char *media_type;
	const char *allow;
	struct file file; /* has the content, if the slice above is empty */
	const char *location;
	char etag[64];
	char last_modified[DATE_SIZE];
	time_t modified;
	const char *accept_ranges;
	char content_range[80];
};

/* A response with some content, which must outlive it. If there is none, media_type is NULL. */
struct response response_of(int status, struct slice content, const char *media_type);

/*
 * An error, with a small HTML page that says in words what happened. They are not escaped, so
 * nothing from the request may be in them. The page dies at the next call.
 */
struct response response_error(int status, const char *words);

/* Takes the content off, for good: none of it is sent. */
void response_drop_content(struct response *response);

/* How many bytes of content a response has. */
uint64_t response_length(const struct response *response);

/*
 * Adds status line, fields and content to a buffer, or all but the content if the method was HEAD:
 * RFC 9110, 9.3.2. A file must be sent after them. Returns false if it doesn't fit, or there is no
 * memory.
 */
bool response_write(const struct response *response, struct buffer *out, bool head_only);

#endif
