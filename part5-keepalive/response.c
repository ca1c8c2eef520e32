#include "response.h"

#include <inttypes.h>
#include <stdio.h>

#include "status.h"

struct response response_of(int status, struct slice content, const char *media_type)
{
	return (struct response){
		.status = status,
		.content = content,
		.media_type = media_type,
		.file = {.descriptor = -1},
	};
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
	return response_of(status, slice_of(page), "text/html; charset=utf-8");
}

void response_drop_content(struct response *response)
{
	file_close(&response->file);
	response->content = slice_of("");
}

uint64_t response_length(const struct response *response)
{
	return response->content.len + response->file.left;
}

/* A start, such as a field's name with colon and space, and a value; without a value, no line. */
static bool write_line(struct buffer *out, const char *start, const char *value)
{
	if (value == NULL || *value == '\0')
		return true;
	return buffer_append(out, slice_of(start)) && buffer_append(out, slice_of(value)) &&
	       buffer_append(out, slice_of("\r\n"));
}

/* Every response says when it was made, in GMT: RFC 9110, 6.6.1 and 5.6.7. */
static bool write_date(struct buffer *out)
{
	static char date[DATE_SIZE];
	static time_t written;
	time_t now = time(NULL);

	if (now != written) /* for a second it is the same text */
		date_format(date, now);
	written = now;
	return write_line(out, "Date: ", date);
}

/* 204 has no content, and must not say a length; 304 need not: RFC 9110, 8.6. */
static bool write_length(struct buffer *out, const struct response *response)
{
	char length[24];

	snprintf(length, sizeof(length), "%" PRIu64, response_length(response));
	if (response->status == 204 || response->status == 304)
		return true;
	return write_line(out, "Content-Length: ", length);
}

bool response_write(const struct response *response, struct buffer *out, bool head_only)
{
	return write_line(out, "HTTP/1.1 ", status_text(response->status)) &&
	       write_line(out, "Server: ", "FiveLayers") && write_date(out) &&
	       write_line(out, "Content-Type: ", response->media_type) &&
	       write_length(out, response) &&
	       write_line(out, "Connection: ", response->connection) &&
	       write_line(out, "Allow: ", response->allow) &&
	       write_line(out, "Location: ", response->location) &&
	       write_line(out, "Last-Modified: ", response->last_modified) &&
	       write_line(out, "ETag: ", response->etag) &&
	       write_line(out, "Accept-Ranges: ", response->accept_ranges) &&
	       write_line(out, "Content-Range: ", response->content_range) &&
	       buffer_append(out, slice_of("\r\n")) &&
	       (head_only || buffer_append(out, response->content));
}
