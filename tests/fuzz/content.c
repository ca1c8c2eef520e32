/*
 * Fuzzes the content of a request: content_begin(), content_skip(). The first byte of an input
 * chooses how the rest, a request, is cut to pieces.
 *
 * Asserts that content which arrives in pieces ends in the same state, and at the same byte, as
 * that which arrives at once; that no more is passed over than was given; and that a framing which
 * is refused has a status and a reason.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "content.h"

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
	assert(content->state > CONTENT_NONE && content->state <= CONTENT_BAD);
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

	while (content->state < CONTENT_DONE && arrived < bytes.len) {
		arrived += next_piece(&seed);
		if (arrived > bytes.len)
			arrived = bytes.len;
		passed += skip(content, (struct slice){bytes.ptr + passed, arrived - passed});
	}
	return passed;
}

static void check_framing(struct content begun, struct slice bytes, uint32_t seed)
{
	struct content once = begun, pieces = begun;
	size_t passed = begun.state < CONTENT_DONE ? skip(&once, bytes) : 0;

	assert(skip_in_pieces(&pieces, bytes, seed) == passed);
	assert(pieces.state == once.state);
	assert(pieces.left == once.left || once.state >= CONTENT_DONE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = {(const char *)data + 1, size - 1};
	struct request request;
	struct content content;

	if (size < 1)
		return 0;
	struct slice head = {rest.ptr, request_head_length(rest)};
	if (head.len == 0 || request_parse(&request, head) != 0)
		return 0;
	int status = content_begin(&content, &request);
	assert(status == 0 || status == 400 || status == 501);
	assert((status == 0) == (request.problem == NULL));
	if (status == 0)
		check_framing(content, slice_skip(rest, head.len), *data);
	return 0;
}
