#include "response.h"

#include <stdio.h>
#include <time.h>

#include "status.h"

struct response response_of(int status, struct slice content, const char *media_type)
{
	return (struct response){
		.status = status,
		.content = content,
		.media_type = media_type,
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
	time_t now = time(NULL);
	char date[64];

	strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT", gmtime(&now));
	return write_line(out, "Date: ", date);
}

/* 204 has no content, and must not say a length: RFC 9110, 8.6. */
static bool write_length(struct buffer *out, const struct response *response)
{
	char length[24];

	snprintf(length, sizeof(length), "%zu", response->content.len);
	if (response->status == 204)
		return true;
	return write_line(out, "Content-Length: ", length);
}

bool response_write(const struct response *response, struct buffer *out, bool head_only)
{
	return write_line(out, "HTTP/1.1 ", status_text(response->status)) &&
	       write_line(out, "Server: ", "FiveLayers") && write_date(out) &&
	       write_line(out, "Content-Type: ", response->media_type) &&
	       write_length(out, response) && write_line(out, "Connection: ", "close") &&
	       write_line(out, "Allow: ", response->allow) &&
	       buffer_append(out, slice_of("\r\n")) &&
	       (head_only || buffer_append(out, response->content));
}
