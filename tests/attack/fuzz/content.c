/*
 * Fuzzes the content of a request: content_begin(), content_skip(). The first byte of an input
 * chooses how the rest, a request, is cut to pieces.
 *
 * Asserts that content ends in the state, and at the byte, that a simpler reading of all of it
 * finds; that content which arrives in pieces ends in the same state, and at the same byte, as that
 * which arrives at once; that no more is passed over than was given; and that a framing which is
 * refused has a status and a reason.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "content.h"

enum {
	LINE_LIMIT = 256, /* octets of a line, its CR LF included */
	TRAILER_LIMIT = 8192,
	MORE = 1, /* what a reading finds: more must come, */
	BAD, /* the coding is wrong, */
	DONE, /* or the content ends here */
};

static bool goes_on(const struct content *content)
{
	return content->state != CONTENT_NONE && content->state != CONTENT_BAD;
}

/* Gives the bytes to content_skip() in memory of their own, so that no read past them is missed. */
static size_t skip(struct content *content, struct slice bytes)
{
	char *copy = malloc(bytes.len + 1);

	assert(copy != NULL);
	memcpy(copy + 1, bytes.ptr, bytes.len); /* one past the start: nothing may be aligned */
	uint64_t passed = content->passed;
	size_t count = content_skip(content, (struct slice){copy + 1, bytes.len});
	free(copy);
	assert(count <= bytes.len);
	assert(content->passed == passed + count);
	assert(content->state <= CONTENT_BAD);
	assert(content->left == 0 || content->state == CONTENT_DATA ||
	       content->state == CHUNK_DATA || content->state == CONTENT_BAD);
	return count;
}

/* The length of the next piece: mostly short, sometimes not. */
static size_t next_piece(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 28) == 0 ? (*seed >> 16) % 300 : 1 + (*seed >> 16) % (1 + *seed % 7);
}

static size_t skip_in_pieces(struct content *content, struct slice bytes, uint32_t seed)
{
	size_t arrived = 0, passed = 0;

	while (goes_on(content) && arrived < bytes.len) {
		arrived += next_piece(&seed);
		if (arrived > bytes.len)
			arrived = bytes.len;
		passed += skip(content, (struct slice){bytes.ptr + passed, arrived - passed});
	}
	return passed;
}

/* Cuts a line off, without its CR LF. Returns MORE, BAD, or DONE if there is one. */
static int read_line(struct slice *rest, struct slice *line, size_t limit)
{
	const char *end = rest->len > 0 ? memchr(rest->ptr, '\n', rest->len) : NULL;
	size_t len = end != NULL ? (size_t)(end - rest->ptr) : rest->len;

	if (len >= limit)
		return BAD;
	if (end == NULL)
		return MORE;
	if (len == 0 || end[-1] != '\r')
		return BAD;
	*line = (struct slice){rest->ptr, len - 1};
	*rest = slice_skip(*rest, len + 1);
	return DONE;
}

static int digit_of(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = memchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c, 16);

	return found != NULL ? (int)(found - digits) : -1;
}

/* chunk-size, white space and an extension: RFC 9112, 7.1. UINT64_MAX if it is none. */
static uint64_t read_size(struct slice line)
{
	uint64_t size = 0;
	size_t i = 0;

	for (; i < line.len && digit_of(line.ptr[i]) >= 0; i++) {
		if (size >> 60 != 0)
			return UINT64_MAX;
		size = size * 16 + (uint64_t)digit_of(line.ptr[i]);
	}
	if (i == 0 || i == line.len)
		return i == 0 ? UINT64_MAX : size;
	while (i < line.len && (line.ptr[i] == ' ' || line.ptr[i] == '\t'))
		i++;
	if (i == line.len || line.ptr[i] != ';')
		return UINT64_MAX;
	for (; i < line.len; i++)
		if (line.ptr[i] == 127 ||
		    (line.ptr[i] >= 0 && line.ptr[i] < ' ' && line.ptr[i] != '\t'))
			return UINT64_MAX;
	return size;
}

static int read_trailer(struct slice *rest)
{
	struct slice line;
	int found;

	while ((found = read_line(rest, &line, TRAILER_LIMIT)) == DONE && line.len > 0) {
		struct fields fields = {.count = 0};

		if (fields_add(&fields, line) != NULL)
			return BAD;
	}
	return found;
}

/* Reads chunked content off the rest; where it is bad, not beyond the line that is. */
static int read_chunked(struct slice *rest)
{
	struct slice line;
	int found;

	while ((found = read_line(rest, &line, LINE_LIMIT)) == DONE) {
		uint64_t size = read_size(line);

		if (size == UINT64_MAX)
			return BAD;
		if (size == 0)
			return read_trailer(rest);
		if (size >= rest->len) {
			*rest = slice_skip(*rest, rest->len);
			return MORE;
		}
		*rest = slice_skip(*rest, (size_t)size);
		found = read_line(rest, &line, LINE_LIMIT);
		if (found != DONE || line.len > 0)
			return found == DONE ? BAD : found;
	}
	return found;
}

static void check_reading(const struct content *begun, const struct content *after, size_t passed,
                          struct slice bytes)
{
	struct slice rest = bytes;
	int found = MORE;

	if (begun->state == CONTENT_DATA) {
		assert(begun->left > 0);
		found = begun->left <= bytes.len ? DONE : MORE;
		assert(passed == (found == DONE ? begun->left : bytes.len));
	} else {
		assert(begun->state == CHUNK_SIZE);
		found = read_chunked(&rest);
		assert(found == BAD || passed == bytes.len - rest.len);
	}
	assert((found == DONE) == (after->state == CONTENT_NONE));
	assert((found == BAD) == (after->state == CONTENT_BAD));
}

static void check_framing(struct content begun, struct slice bytes, uint32_t seed)
{
	struct content once = begun, pieces = begun;

	if (begun.state == CONTENT_NONE) {
		assert(content_skip(&once, bytes) == 0 && once.state == CONTENT_NONE);
		return;
	}
	size_t passed = skip(&once, bytes);
	check_reading(&begun, &once, passed, bytes);
	assert(skip_in_pieces(&pieces, bytes, seed) == passed);
	assert(pieces.state == once.state);
	assert(pieces.left == once.left || !goes_on(&once));
	assert(goes_on(&once) || skip(&once, bytes) == 0); /* what has ended passes over no more */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = {(const char *)data + 1, size - 1};
	struct request request;
	struct content content;

	if (size < 1 || request_parse(&request, rest) != 0)
		return 0;
	int status = content_begin(&content, &request);
	assert(status == 0 || status == 400 || status == 501);
	assert((status == 0) == (request.problem == NULL));
	if (status == 0)
		check_framing(content, slice_skip(rest, request.len), *data);
	return 0;
}
