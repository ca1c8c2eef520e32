/*
 * Fuzzes the head of a request, and what becomes of it: request_parse(), report(), handle(),
 * response_write().
 *
 * Asserts that the head is never longer than what was received; that all slices lie within the
 * head; that the status is one that a head can be refused with, and the reason goes with it; that a
 * head which is accepted ends at the same place however its bytes arrived, so that nobody can hide
 * a request from one reader and show it to another; that what goes to the log is printable; that a
 * response is lines of printable text and the content that it announces, and leads to no other
 * host; and that no descriptor is left open.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "handler.h"
#include "log.h"
#include "report.h"
#include "request.h"
#include "response.h"

enum {
	AMPLE = 64 * 1024, /* bytes; any response fits */
};

/* What request_parse() says to a head, and where that ends. */
struct verdict {
	int status;
	size_t len;
};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	fuzz_make_site();
	return 0;
}

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
	check_within(request->target, head);
	check_within(request->path, head);
	check_within(request->query, head);
	assert(request->fields.count <= FIELD_LIMIT);
	for (size_t i = 0; i < request->fields.count; i++) {
		check_within(request->fields.list[i].name, head);
		check_within(request->fields.list[i].value, head);
	}
}

static void check_status(const struct request *request, int status)
{
	assert(status == -1 || status == 0 || status == 400 || status == 414 || status == 431 ||
	       status == 505);
	assert((status > 0) == (request->problem != NULL));
	if (status != 0)
		return;
	assert(request->method.len > 0 && request->target.len > 0);
	assert(request->version.len == 8);
}

/* Describes a request, where there is room for it and where there is not. */
static void check_report(const struct request *request, bool is_valid)
{
	struct buffer text = {.size = 4 * HEAD_LIMIT}, little = {.size = 64};
	bool fits = report(request, &text);

	assert(fits || !is_valid);
	assert(text.len <= text.size);
	fits = report(request, &little);
	assert(little.len <= little.size && (!fits || little.len == text.len));
	buffer_clear(&text);
	buffer_clear(&little);
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
	struct slice most = {received.ptr, received.len < HEAD_LIMIT ? received.len : HEAD_LIMIT};
	struct request request;
	struct verdict verdict = {request_parse(&request, received), request.len};

	assert(verdict.status >= 0 || received.len < HEAD_LIMIT);
	assert(verdict.len <= most.len && (verdict.status != 0 || verdict.len > 0));
	if (verdict.status == 0)
		most.len = verdict.len;
	check_slices(&request, most);
	check_status(&request, verdict.status);
	return verdict;
}

/* The same, of bytes in memory of their own, so that no read past them is missed. */
static struct verdict judge_copy(struct slice received)
{
	char *copy = malloc(received.len);

	assert(copy != NULL);
	memcpy(copy, received.ptr, received.len);
	struct verdict verdict = judge((struct slice){copy, received.len});
	free(copy);
	return verdict;
}

/* What a server sees that is sent the bytes slowly: the verdict on the first prefix that has one.
 */
static struct verdict judge_slowly(struct slice all)
{
	struct verdict verdict = {.status = -1};

	for (size_t len = 0; verdict.status < 0 && len < all.len;) {
		len += 1 + len / 128;
		verdict = judge_copy((struct slice){all.ptr, len < all.len ? len : all.len});
	}
	return verdict;
}

/* A redirect goes to the same path with a slash behind it; "//name" would lead to another host. */
static void check_location(struct slice location, const struct request *request)
{
	struct slice query = location, path = slice_cut(&query, '?');

	assert(slice_starts_with(path, "/") && !slice_starts_with(path, "//"));
	assert(!slice_contains(path, '\\')); /* which browsers take for a slash */
	assert(path.len == request->path.len + 1 && slice_ends_with(path, "/"));
	assert(memcmp(path.ptr, request->path.ptr, request->path.len) == 0);
	assert((query.ptr == NULL) == (request->query.ptr == NULL));
	assert(query.len == request->query.len);
	assert(query.len == 0 || memcmp(query.ptr, request->query.ptr, query.len) == 0);
}

/* Takes the head off a response that was written, and checks it line by line. */
static struct slice check_head(struct slice text, const struct request *request, uint64_t length)
{
	struct slice line;
	uint64_t number;

	assert(slice_starts_with(text, "HTTP/1.1 "));
	while (slice_ends_with(line = slice_cut(&text, '\n'), "\r") && line.len > 1) {
		line.len--;
		for (size_t i = 0; i < line.len; i++)
			assert(line.ptr[i] >= ' ' && line.ptr[i] <= '~');
		if (slice_starts_with(line, "Location: "))
			check_location(slice_skip(line, 10), request);
		if (slice_starts_with(line, "Content-Length: ")) {
			assert(slice_number(slice_skip(line, 16), 10, &number));
			assert(number == length);
		}
	}
	assert(slice_equal(line, "\r") && text.ptr != NULL);
	return text;
}

static void check_written(const struct response *response, const struct request *request,
                          bool head_only)
{
	struct buffer out = {.size = AMPLE}, little = {.size = 1 + request->len % 1000};

	assert(response_write(response, &out, head_only));
	struct slice content = check_head(buffer_slice(&out), request, response_length(response));
	assert(content.len == (head_only ? 0 : response->content.len));
	bool fits = response_write(response, &little, head_only);
	assert(fits == (out.len <= little.size) && little.len <= little.size);
	buffer_clear(&out);
	buffer_clear(&little);
}

/* Answers twice: the second time, the content may come from memory. */
static void check_answer(const struct request *request)
{
	static const int known[] = {200, 204, 206, 301, 304, 400, 404, 405, 412, 416, 501};
	int before = fuzz_free_descriptor(), first = 0;

	for (int i = 0; i < 2; i++) {
		struct response response = handle(request);
		bool is_known = false;

		for (size_t j = 0; j < sizeof(known) / sizeof(known[0]); j++)
			is_known = is_known || response.status == known[j];
		assert(is_known && (i == 0 || response.status == first));
		first = response.status;
		if (response.status == 204 || response.status == 304)
			assert(response_length(&response) == 0);
		check_written(&response, request, slice_equal(request->method, "HEAD"));
		response_drop_content(&response);
		assert(response_length(&response) == 0);
	}
	assert(fuzz_free_descriptor() == before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice all = {(const char *)data, size};
	struct verdict at_once = judge(all), slowly = judge_slowly(all);
	struct request request;

	/* What is refused may end earlier for one who sends it slowly: that connection ends, too.
	 */
	assert((at_once.status == 0) == (slowly.status == 0));
	assert(at_once.status != 0 || at_once.len == slowly.len);
	assert(slowly.status >= 0 || at_once.status < 0);
	fuzz_clock += 100; /* so that what is kept in memory grows old now and then */
	int status = request_parse(&request, all);
	check_report(&request, status == 0);
	check_log(request.line, 5 + request.line.len % 290);
	if (status == 0)
		check_answer(&request);
	return 0;
}
