/*
 * Fuzzes dates, preconditions and ranges: date_parse(), precondition_check(), range_apply(). An
 * input is lines: a date, the length of some content in digits, then the request's fields.
 *
 * Asserts that what date_format() writes of a date that was read is read as the same; that a
 * precondition ends in 0, 304 or 412, and in 0 where the request has none; that a range is within
 * the content, not empty, and what Content-Range says of it; and that content from memory and
 * content from a file get the same answer.
 */
#include "fuzz.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "date.h"
#include "precondition.h"
#include "range.h"

enum {
	MEMORY_SIZE = 4096, /* bytes of the longest content from memory */
};

static const char memory[MEMORY_SIZE];

static void check_date(struct slice text)
{
	char again[DATE_SIZE];
	time_t time, same;

	if (!date_parse(text, &time))
		return;
	date_format(again, time);
	if (time < -30610224000 || time >= 253402300800) {
		assert(*again == '\0'); /* not in the years 1000 to 9999: it can't be written */
		return;
	}
	assert(date_parse(slice_of(again), &same) && same == time);
}

static void check_unchanged(const struct response *response, uint64_t length)
{
	assert(response_length(response) == length);
	assert(response->file.offset == 0 && *response->content_range == '\0');
}

static void check_partial(const struct response *response, uint64_t length)
{
	uint64_t first = response->content.len > 0 ? (uint64_t)(response->content.ptr - memory)
	                                           : (uint64_t)response->file.offset;
	uint64_t last = first + response_length(response) - 1;
	char expected[80];

	assert(response_length(response) > 0 && first <= last && last < length);
	snprintf(expected, sizeof(expected), "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, first, last,
	         length);
	assert(strcmp(response->content_range, expected) == 0);
}

static void check_unsatisfiable(const struct response *response, uint64_t length)
{
	char expected[80];

	snprintf(expected, sizeof(expected), "bytes */%" PRIu64, length);
	assert(strcmp(response->content_range, expected) == 0);
}

static struct response response_of(uint64_t length, bool in_memory)
{
	struct response response = response_page(slice_of(""));

	response.modified = 784111777; /* Sun, 06 Nov 1994 08:49:37 GMT */
	snprintf(response.etag, sizeof(response.etag), "\"1-2.3\"");
	response.accept_ranges = "bytes";
	if (in_memory)
		response.content = (struct slice){memory, (size_t)length};
	else
		response.file.left = length;
	return response;
}

static int check_range(const struct request *request, uint64_t length, bool in_memory)
{
	struct response response = response_of(length, in_memory);

	range_apply(request, &response);
	if (response.status == 200)
		check_unchanged(&response, length);
	else if (response.status == 206)
		check_partial(&response, length);
	else if (response.status == 416)
		check_unsatisfiable(&response, length);
	else
		assert(false);
	assert(response.status == 200 || fields_count(&request->fields, "Range") == 1);
	return response.status;
}

static void check_preconditions(const struct request *request, uint64_t length)
{
	static const char *const names[] = {"If-Match", "If-None-Match", "If-Modified-Since",
	                                    "If-Unmodified-Since"};
	struct response response = response_of(length, false);
	int status = precondition_check(request, &response);
	size_t count = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		count += fields_count(&request->fields, names[i]);
	assert(status == 0 || ((status == 304 || status == 412) && count > 0));
	if (slice_equal(fields_find(&request->fields, "If-None-Match"), "*"))
		assert(status != 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = {(const char *)data, size};
	struct request request = {.method = slice_of("GET"), .version = slice_of("HTTP/1.1")};
	uint64_t length;

	check_date(slice_cut_line(&rest));
	if (!slice_number(slice_cut_line(&rest), 10, &length) || length > INT64_MAX)
		return 0;
	while (rest.ptr != NULL && request.fields.count < FIELD_LIMIT)
		fields_add(&request.fields, slice_cut_line(&rest));
	check_preconditions(&request, length);
	int status = check_range(&request, length, false);
	assert(length > MEMORY_SIZE || check_range(&request, length, true) == status);
	return 0;
}
