#include "page.h"

#include "report.h"

static const char html[] = "text/html; charset=utf-8";

/* The icon spares us the request for /favicon.ico, which browsers make by themselves. */
#define PAGE_START "<!DOCTYPE html>\n<html lang=\"en\">\n<link rel=\"icon\" href=\"data:,\">\n"

static const char home_page[] = PAGE_START
	"<title>Part 3</title>\n<h1>It works</h1>\n"
	"<p>Try <a href=\"/hello\">/hello</a> or <a href=\"/request\">/request</a>.</p>\n";

static const char hello_page[] = PAGE_START "<title>Hello</title>\n<h1>Hello, web</h1>\n";

/* The request as it was understood; in plain text, nothing that the client sent is markup. */
static struct response request_page(const struct request *request)
{
	static struct buffer text = {.size = (size_t)4 * HEAD_LIMIT}; /* it has the target twice */
	struct request shown = *request;

	shown.method = slice_of("GET"); /* HEAD must get the Content-Length of GET's page */
	buffer_clear(&text);
	if (!report(&shown, &text))
		return response_error(500, "there is not enough memory to show the request");
	return response_of(200, buffer_slice(&text), "text/plain; charset=utf-8");
}

struct response page_response(const struct request *request)
{
	if (slice_equal(request->path, "/"))
		return response_of(200, slice_of(home_page), html);
	if (slice_equal(request->path, "/hello"))
		return response_of(200, slice_of(hello_page), html);
	if (slice_equal(request->path, "/request"))
		return request_page(request);
	return response_error(404, "there is nothing at this path");
}
