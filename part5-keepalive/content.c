#include "content.h"

/* The octets of a line of each kind, at most, its end included. */
static const size_t line_limits[] = {
	[CHUNK_SIZE] = 256,
	[CHUNK_END] = 2,
	[CHUNK_TRAILER] = 8192,
};

static int refuse(struct request *request, int status, const char *problem)
{
	request->problem = problem;
	return status;
}

/* Content-Length, once or several times the same: RFC 9112, 6.3, and RFC 9110, 8.6. */
static int begin_length(struct content *content, struct request *request)
{
	struct member member = {.line = 0};
	uint64_t length = UINT64_MAX, number;

	while (fields_next_member(&request->fields, "Content-Length", &member)) {
		if (!slice_number(member.text, 10, &number) || number == UINT64_MAX)
			return refuse(request, 400, "Content-Length must be one number");
		if (length != UINT64_MAX && length != number)
			return refuse(request, 400, "Content-Length must not say two things");
		length = number;
	}
	content->left = length == UINT64_MAX ? 0 : length;
	content->state = content->left > 0 ? CONTENT_DATA : CONTENT_DONE;
	if (content->left > CONTENT_LIMIT)
		content->state = CONTENT_LARGE;
	return 0;
}

/* Transfer-Encoding: RFC 9112, 6.1. Only chunked is known here, and it has to be the last. */
static int begin_chunked(struct content *content, struct request *request)
{
	struct member member = {.line = 0};
	size_t codings = 0, chunked = 0;
	bool last = false;

	if (slice_equal(request->version, "HTTP/1.0"))
		return refuse(request, 400, "HTTP/1.0 has no Transfer-Encoding");
	if (fields_count(&request->fields, "Content-Length") > 0)
		return refuse(request, 400,
		              "Content-Length and Transfer-Encoding exclude each other");
	while (fields_next_member(&request->fields, "Transfer-Encoding", &member)) {
		if (member.text.len == 0)
			continue;
		last = slice_equal_nocase(member.text, "chunked");
		chunked += last;
		codings++;
	}
	if (codings == 0 || chunked > 1 || (chunked == 1 && !last))
		return refuse(request, 400,
		              "chunked must be the last transfer coding, and only once");
	if (codings != 1 || chunked != 1)
		return refuse(request, 501, "no transfer coding but chunked is known here");
	content->state = CHUNK_SIZE;
	return 0;
}

int content_begin(struct content *content, struct request *request)
{
	*content = (struct content){.state = CONTENT_NONE};
	if (fields_count(&request->fields, "Transfer-Encoding") > 0)
		return begin_chunked(content, request);
	return begin_length(content, request);
}

static struct slice pass_data(struct content *content, struct slice bytes)
{
	size_t count = content->left < bytes.len ? (size_t)content->left : bytes.len;

	content->left -= count;
	if (content->left == 0)
		content->state = content->state == CHUNK_DATA ? CHUNK_END : CONTENT_DONE;
	return slice_skip(bytes, count);
}

/* chunk-size [ chunk-ext ]: RFC 9112, 7.1. Extensions are ignored, but must be printable. */
static enum content_state begin_chunk(struct content *content, struct slice line)
{
	struct slice extension = line;
	struct slice size = slice_cut(&extension, ';');

	if (extension.ptr != NULL && slice_trim(line).ptr == line.ptr)
		size = slice_trim(size); /* white space may precede the semicolon, not the size */
	if (!slice_number(size, 16, &content->left) || content->left == UINT64_MAX)
		return CONTENT_BAD;
	if (!field_value_is_valid(extension))
		return CONTENT_BAD;
	if (content->left > CONTENT_LIMIT)
		return CONTENT_LARGE;
	return content->left > 0 ? CHUNK_DATA : CHUNK_TRAILER;
}

static enum content_state end_chunk(struct slice line)
{
	return line.len == 0 ? CHUNK_SIZE : CONTENT_BAD;
}

/* Trailer fields are as field lines are, and ignored: RFC 9112, 7.1.2. */
static enum content_state pass_trailer(struct slice line)
{
	struct fields trailer = {.count = 0};

	if (line.len == 0)
		return CONTENT_DONE;
	return fields_add(&trailer, line) == NULL ? CHUNK_TRAILER : CONTENT_BAD;
}

static struct slice pass_line(struct content *content, struct slice bytes)
{
	size_t limit = line_limits[content->state];
	struct slice rest = bytes, line = slice_cut(&rest, '\n');

	if (rest.ptr == NULL ? bytes.len >= limit
	                     : line.len >= limit || !slice_ends_with(line, "\r"))
		content->state = CONTENT_BAD;
	if (rest.ptr == NULL || content->state == CONTENT_BAD)
		return bytes;
	line.len--;
	if (content->state == CHUNK_SIZE)
		content->state = begin_chunk(content, line);
	else
		content->state = content->state == CHUNK_END ? end_chunk(line) : pass_trailer(line);
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
		else if (content->state < CONTENT_DONE)
			rest = pass_line(content, rest);
	} while (rest.len < before);
	content->passed += bytes.len - rest.len;
	if (content->state < CONTENT_DONE && content->passed > CONTENT_LIMIT)
		content->state = CONTENT_LARGE;
	return bytes.len - rest.len;
}
