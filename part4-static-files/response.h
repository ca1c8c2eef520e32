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
	const char *connection;
	const char *allow;
	struct file file; /* has the content, where the slice above is empty */
	const char *location;
	const char *accept_ranges;
	char content_range[80];
	char etag[64];
	char last_modified[DATE_SIZE];
	time_t modified; /* the content */
	time_t changed; /* the file, in whatever way */
};

/* A response with an HTML page as its content; the page must outlive it. */
struct response response_page(struct slice html);

/* A response without content, such as 204. */
struct response response_empty(int status);

/*
 * An error, with a small HTML page that says in words what happened. Nothing from the request may
 * be in the words. The page dies at the next call.
 */
struct response response_error(int status, const char *words);

/* Makes a response one that says that nothing has changed: 304, without content. */
void response_not_modified(struct response *response);

/* How many bytes of content a response has. */
uint64_t response_length(const struct response *response);

/*
 * Writes status line, fields and content, or all but the content where the method was HEAD: RFC
 * 9110, 9.3.2. All of it, or nothing and returns false: no room or no memory.
 */
bool response_write(const struct response *response, struct buffer *out, bool head_only);

#endif
