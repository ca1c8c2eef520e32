#include "page.h"

enum {
	TEXT_SIZE = 3 * HEAD_LIMIT, /* a request described: its head, its target twice */
	PAGE_SIZE = 192 * 1024, /* the same with its octets escaped */
};

/* The icon spares us the request for /favicon.ico that browsers make unasked. */
#define PAGE_START "<!DOCTYPE html>\n<html lang=\"en\">\n<link rel=\"icon\" href=\"data:,\">\n"

static const char request_start[] =
	PAGE_START "<title>Your request</title>\n<h1>Your request</h1>\n<pre>\n";

/* Adds text to a page so that none of it is taken for markup. */
static bool append_escaped(struct buffer *page, struct slice text)
{
	bool fits = true;

	for (size_t i = 0; fits && i < text.len; i++)
		switch (text.ptr[i]) {
		case '&':
			fits = buffer_append(page, slice_of("&amp;"));
			break;
		case '<':
			fits = buffer_append(page, slice_of("&lt;"));
			break;
		case '>':
			fits = buffer_append(page, slice_of("&gt;"));
			break;
		default:
			fits = buffer_append(page, (struct slice){text.ptr + i, 1});
		}
	return fits;
}

/* The request as it was parsed. */
static struct response request_page(const struct request *request)
{
	static struct buffer_pool text_pool = {.size = TEXT_SIZE}, page_pool = {.size = PAGE_SIZE};
	static struct buffer page = {.pool = &page_pool};
	struct buffer text = {.pool = &text_pool};
	struct request shown = *request;

	shown.method = slice_of("GET"); /* HEAD is told of the page that GET gets */
	buffer_cut(&page, 0);
	bool fits = request_describe(&shown, &text) &&
	            buffer_append(&page, slice_of(request_start)) &&
	            append_escaped(&page, buffer_slice(&text)) &&
	            buffer_append(&page, slice_of("</pre>\n</html>\n"));
	buffer_cut(&text, 0);
	if (!fits)
		return response_error(500, "there is not enough memory to show the request");
	return response_page(buffer_slice(&page));
}

struct response page_response(const struct request *request)
{
	if (slice_equal(request->target.path, "/request"))
		return request_page(request);
	return response_error(404, "there is nothing at this path");
}
