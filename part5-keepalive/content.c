#include "content.h"

enum {
	LINE_LIMIT = 256, /* octets of a line with a chunk's size */
	TRAILER_LINE_LIMIT = 8192, /* octets of a trailer field */
};

/* Content-Length, once or several times the same: RFC 9112, 6.3, and RFC 9110, 8.6. */
static int frame_by_length(struct content *content, struct request *request)
{
	struct member member = {.line = 0};
	uint64_t length = UINT64_MAX, number;

	while (fields_next_member(&request->fields, "Content-Length", &member)) {
		if (!slice_number(member.text, 10, &number) || number == UINT64_MAX)
			return request_refuse(request, 400, "Content-Length must be one number");
		if (length != UINT64_MAX && length != number)
			return request_refuse(request, 400,
			                      "Content-Length must not say two things");
		length = number;
	}
	content->left = length == UINT64_MAX ? 0 : length;
	content->state = content->left > 0 ? CONTENT_DATA : CONTENT_NONE;
	return 0;
}

/* Transfer-Encoding: RFC 9112, 6.1. Only chunked is known here, and it has to be the last. */
static int frame_by_chunks(struct content *content, struct request *request)
{
	struct member member = {.line = 0};
	size_t codings = 0, chunked = 0;
	bool last = false;

	if (slice_equal(request->version, "HTTP/1.0"))
		return request_refuse(request, 400, "HTTP/1.0 has no Transfer-Encoding");
	if (fields_count(&request->fields, "Content-Length") > 0)
		return request_refuse(request, 400,
		                      "Content-Length and Transfer-Encoding exclude each other");
	while (fields_next_member(&request->fields, "Transfer-Encoding", &member))
		if (member.text.len > 0) {
			last = slice_equal_nocase(member.text, "chunked");
			chunked += last;
			codings++;
		}
	if (!last || chunked > 1)
		return request_refuse(request, 400,
		                      "chunked must be the last transfer coding, and once");
	if (codings > 1)
		return request_refuse(request, 501, "no transfer coding but chunked is known");
	content->state = CHUNK_SIZE;
	return 0;
}

int content_begin(struct content *content, struct request *request)
{
	*content = (struct content){.state = CONTENT_NONE};
	if (fields_count(&request->fields, "Transfer-Encoding") > 0)
		return frame_by_chunks(content, request);
	return frame_by_length(content, request);
}

static struct slice pass_data(struct content *content, struct slice bytes)
{
	size_t count = content->left < bytes.len ? (size_t)content->left : bytes.len;

	content->left -= count;
	if (content->left == 0)
		content->state = content->state == CHUNK_DATA ? CHUNK_END : CONTENT_NONE;
	return slice_skip(bytes, count);
}

/* chunk-size [ chunk-ext ]: RFC 9112, 7.1. Extensions are ignored, control characters refused. */
static enum content_state read_chunk_size(struct content *content, struct slice line)
{
	struct slice extension = line;
	struct slice size = slice_cut(&extension, ';');

	while (extension.ptr != NULL && (slice_ends_with(size, " ") || slice_ends_with(size, "\t")))
		size.len--; /* white space may precede the semicolon */
	if (!slice_number(size, 16, &content->left) || content->left == UINT64_MAX)
		return CONTENT_BAD;
	if (!field_value_is_valid(extension))
		return CONTENT_BAD;
	return content->left > 0 ? CHUNK_DATA : CHUNK_TRAILER;
}

/* What a line says, and so what follows it. Trailer fields are ignored: RFC 9112, 7.1.2. */
static enum content_state state_after(struct content *content, struct slice line)
{
	struct fields trailer = {.count = 0};

	if (content->state == CHUNK_SIZE)
		return read_chunk_size(content, line);
	if (line.len == 0)
		return content->state == CHUNK_END ? CHUNK_SIZE : CONTENT_NONE;
	if (content->state == CHUNK_TRAILER && fields_add(&trailer, line) == NULL)
		return CHUNK_TRAILER;
	return CONTENT_BAD;
}

static struct slice pass_line(struct content *content, struct slice bytes)
{
	size_t limit = content->state == CHUNK_TRAILER ? TRAILER_LINE_LIMIT : LINE_LIMIT;
	struct slice rest = bytes, line = slice_cut(&rest, '\n');

	if (line.len >= limit || (rest.ptr != NULL && !slice_ends_with(line, "\r")))
		content->state = CONTENT_BAD;
	if (rest.ptr == NULL || content->state == CONTENT_BAD)
		return bytes;
	line.len--;
	content->state = state_after(content, line);
	return rest;
}

size_t content_skip(struct content *content, struct slice bytes)
{
	struct slice rest = bytes;
	size_t before;

	do {
		before = rest.len;
		if (content->state == CONTENT_DATA || content->state == CHUNK_DATA)
			rest = pass_data(content, rest);
		else if (content->state != CONTENT_NONE && content->state != CONTENT_BAD)
			rest = pass_line(content, rest);
	} while (rest.len < before);
	content->passed += bytes.len - rest.len;
	return bytes.len - rest.len;
}

bool content_is_large(const struct content *content)
{
	return content->left > CONTENT_LIMIT || content->passed > CONTENT_LIMIT;
}
