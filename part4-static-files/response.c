#include "response.h"

#include <stdio.h>

#include "date.h"
#include "status.h"

struct response response_page(struct slice html)
{
	return (struct response){
		.status = 200,
		.content = html,
		.media_type = "text/html; charset=utf-8",
		.connection = "close",
		.file = {.descriptor = -1},
	};
}

struct response response_empty(int status)
{
	struct response response = response_page(slice_of(""));

	response.status = status;
	response.media_type = NULL;
	return response;
}

struct response response_error(int status, const char *words)
{
	static char page[1024];
	const char *text = status_text(status);

	snprintf(page, sizeof(page),
	         "<!DOCTYPE html>\n"
	         "<html lang=\"en\">\n"
	         "<meta charset=\"utf-8\">\n"
	         "<meta name=\"viewport\" content=\"width=device-width\">\n"
	         "<title>%s</title>\n"
	         "<h1>%s</h1>\n"
	         "<p>What happened: %s.</p>\n"
	         "</html>\n",
	         text, text, words);
	struct response response = response_page(slice_of(page));
	response.status = status;
	return response;
}

void response_not_modified(struct response *response)
{
	file_close(&response->file);
	response->status = 304;
	response->content = slice_of("");
	response->media_type = NULL;
	response->accept_ranges = NULL;
}

uint64_t response_length(const struct response *response)
{
	return response->content.len + response->file.left;
}

static bool write_text(struct buffer *out, const char *text)
{
	return buffer_append(out, slice_of(text));
}

/* The name comes with its colon and space. */
static bool write_field(struct buffer *out, const char *name, const char *value)
{
	if (value == NULL || *value == '\0')
		return true;
	return write_text(out, name) && write_text(out, value) && write_text(out, "\r\n");
}

/* The date is the same text for a whole second. */
static bool write_start(struct buffer *out, int status)
{
	static char date[DATE_SIZE];
	static time_t written;
	time_t now = time(NULL);

	if (now != written)
		date_format(date, now);
	written = now;
	return write_field(out, "HTTP/1.1 ", status_text(status)) &&
	       write_field(out, "Server: FiveLayers\r\nDate: ", date);
}

/* Neither 204 nor 304 has content, so they say no length either: RFC 9110, 8.6. */
static bool write_length(struct buffer *out, const struct response *response)
{
	if (response->status == 204 || response->status == 304)
		return true;
	return write_text(out, "Content-Length: ") &&
	       buffer_append_number(out, response_length(response)) && write_text(out, "\r\n");
}

bool response_write(const struct response *response, struct buffer *out, bool head_only)
{
	size_t before = out->len;
	bool written = write_start(out, response->status) &&
	               write_field(out, "Content-Type: ", response->media_type) &&
	               write_length(out, response) &&
	               write_field(out, "Connection: ", response->connection) &&
	               write_field(out, "Allow: ", response->allow) &&
	               write_field(out, "Location: ", response->location) &&
	               write_field(out, "Last-Modified: ", response->last_modified) &&
	               write_field(out, "ETag: ", response->etag) &&
	               write_field(out, "Accept-Ranges: ", response->accept_ranges) &&
	               write_field(out, "Content-Range: ", response->content_range) &&
	               write_text(out, "\r\n") &&
	               (head_only || buffer_append(out, response->content));

	if (!written)
		buffer_cut(out, before);
	return written;
}
