/* A response: RFC 9112, 4, and RFC 9110, 15. */
#ifndef RESPONSE_H
#define RESPONSE_H

#include "buffer.h"

/* Texts that are NULL, or empty, stand for fields that are not sent. */
struct response {
	int status;
	struct slice content;
	const char *media_type;
	const char *connection;
	const char *allow;
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

/* How many bytes of content a response has. */
uint64_t response_length(const struct response *response);

/*
 * Writes status line, fields and content, or all but the content where the method was HEAD: RFC
 * 9110, 9.3.2. All of it, or nothing and returns false: no room or no memory.
 */
bool response_write(const struct response *response, struct buffer *out, bool head_only);

#endif
