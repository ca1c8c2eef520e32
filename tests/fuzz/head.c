/*
 * Fuzzes the head of a request: request_head_length(), request_parse(), request_describe().
 *
 * Asserts that the head is never longer than what was received; that all slices lie within the
 * head; that the status is one that a head can be refused with, and the reason goes with it; that a
 * head which is accepted ends at the same place however its bytes arrived, so that nobody can hide
 * a request from one reader and show it to another; and that what goes to the log is printable.
 */
#include "fuzz.h"

#include <string.h>

#include "log.h"
#include "request.h"

/* A head that ends after so many bytes, and what request_parse() says to it. */
struct verdict {
	size_t len;
	int status;
};

static void check_within(struct slice part, struct slice whole)
{
	if (part.ptr == NULL) {
		assert(part.len == 0);
		return;
	}
	if (slice_equal(part, "/"))
		return; /* the path of an absolute-form target without one is made up */
	assert(part.ptr >= whole.ptr && part.ptr <= whole.ptr + whole.len);
	assert(part.len <= (size_t)(whole.ptr + whole.len - part.ptr));
}

static void check_slices(const struct request *request, struct slice head)
{
	check_within(request->line, head);
	check_within(request->method, head);
	check_within(request->version, head);
	check_within(request->target.text, head);
	check_within(request->target.authority, head);
	check_within(request->target.path, head);
	check_within(request->target.query, head);
	assert(request->fields.count <= FIELD_LIMIT);
	for (size_t i = 0; i < request->fields.count; i++) {
		check_within(request->fields.list[i].name, head);
		check_within(request->fields.list[i].value, head);
	}
}

static void check_status(const struct request *request, int status)
{
	assert(status == 0 || status == 400 || status == 414 || status == 431 || status == 505);
	assert((status == 0) == (request->problem == NULL));
	if (status != 0)
		return;
	assert(request->method.len > 0 && request->target.text.len > 0);
	assert(request->version.len == 8);
}

/* Describes a request, where there is room for it and where there is not. */
static void check_description(const struct request *request, bool is_valid)
{
	static struct buffer_pool ample = {.size = 3 * HEAD_LIMIT}, tight = {.size = 64};
	struct buffer text = {.pool = &ample}, little = {.pool = &tight};
	bool fits = request_describe(request, &text);

	assert(fits || !is_valid);
	assert(text.len <= ample.size);
	fits = request_describe(request, &little);
	assert(little.len <= tight.size && (!fits || little.len == text.len));
	buffer_cut(&text, 0);
	buffer_cut(&little, 0);
}

static void check_log(struct slice line, size_t size)
{
	char text[300];

	memset(text, '\n', sizeof(text));
	log_escape(text, size, line);
	assert(memchr(text, '\0', size) != NULL);
	for (const char *c = text; *c != '\0'; c++)
		assert(*c >= ' ' && *c <= '~');
}

static struct verdict judge(struct slice received)
{
	struct verdict verdict = {.len = request_head_length(received)};
	struct slice head = {received.ptr, verdict.len};
	struct request request;

	assert(verdict.len <= received.len && verdict.len <= HEAD_LIMIT);
	if (verdict.len == 0)
		return verdict;
	verdict.status = request_parse(&request, head);
	check_slices(&request, head);
	check_status(&request, verdict.status);
	check_description(&request, verdict.status == 0);
	check_log(request.line, 5 + request.line.len % 290);
	return verdict;
}

/* What a server sees that is sent the bytes slowly: the verdict on the first prefix that has one.
 */
static struct verdict judge_slowly(struct slice all)
{
	struct verdict verdict = {.len = 0};

	for (size_t len = 0; verdict.len == 0 && len < all.len;) {
		len += 1 + len / 128;
		verdict = judge((struct slice){all.ptr, len < all.len ? len : all.len});
	}
	return verdict;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice all = {(const char *)data, size};
	struct verdict at_once = judge(all), slowly = judge_slowly(all);
	bool accepted = at_once.len > 0 && at_once.status == 0;

	/* What is refused may end earlier for one who sends it slowly: that connection ends, too.
	 */
	assert(accepted == (slowly.len > 0 && slowly.status == 0));
	assert(!accepted || at_once.len == slowly.len);
	assert(slowly.len > 0 || at_once.len == 0);
	return 0;
}
