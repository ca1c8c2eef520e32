/*
 * Fuzzes dates, preconditions and ranges: date_parse(), precondition_apply(), range_apply(). An
 * input is lines: a date, the length of some content in digits, then the request's fields. What
 * year it is depends on the length.
 *
 * Asserts that a date is read as a simpler reading of it says, and that what date_format() writes
 * of it is read as the same; that a precondition ends in 200, 304 or 412, and in 200 where the
 * request has none; that a range is what a simpler reading finds, within the content, not empty,
 * and what Content-Range says of it; and that content from memory and content from a file get the
 * same answer.
 */
#include "fuzz.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "precondition.h"
#include "range.h"

enum {
	MEMORY_SIZE = 4096, /* bytes of the longest content from memory */
	DAY = 24 * 60 * 60, /* seconds */
};

static const char memory[MEMORY_SIZE];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	setenv("TZ", "UTC0", 1);
	return 0;
}

/*
 * The forms of RFC 9110, 5.6.7: W is a weekday, w its first three letters, m a month, y a digit of
 * the year, D one of the day, d the same or a space, 0 a digit of the clock, all else itself.
 */
static const char *const forms[] = {"w, DD m yyyy 00:00:00 GMT", "W, DD-m-yy 00:00:00 GMT",
                                    "w m dD 00:00:00 yyyy"};

static const char *const weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/* How long the name is that the text begins with, cut to `most` letters; 0 if there is none. */
static size_t name_length(struct slice text, const char *const *names, size_t count, size_t most,
                          int *which)
{
	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(names[i]) < most ? strlen(names[i]) : most;

		if (text.len >= len && memcmp(text.ptr, names[i], len) == 0) {
			*which = (int)i;
			return len;
		}
	}
	return 0;
}

/* What a date says: its numbers as they stand there. */
struct reading {
	int year, month, day, clock;
	int year_digits;
};

/* Reads one character of a form. Returns how much of the text it stands for; 0 if it is wrong. */
static size_t read_character(struct slice text, char form, struct reading *reading)
{
	int which, digit = text.len > 0 ? *text.ptr - '0' : -1;
	bool is_digit = digit >= 0 && digit <= 9;

	if (form == 'W' || form == 'w')
		return name_length(text, weekdays, 7, form == 'w' ? 3 : 9, &which);
	if (form == 'm')
		return name_length(text, months, 12, 3, &reading->month);
	if (form == 'd' && text.len > 0 && *text.ptr == ' ')
		return 1;
	if (form == 'd')
		is_digit = is_digit && digit > 0; /* "06" is " 6" here */
	if (form == 'y' && is_digit) {
		reading->year = reading->year * 10 + digit;
		reading->year_digits++;
	}
	if ((form == 'D' || form == 'd') && is_digit)
		reading->day = reading->day * 10 + digit;
	if (form == '0' && is_digit)
		reading->clock = reading->clock * 10 + digit;
	if (strchr("Ddy0", form) != NULL)
		return is_digit;
	return text.len > 0 && *text.ptr == form;
}

static bool has_form(struct slice text, const char *form, struct reading *reading)
{
	*reading = (struct reading){.year = 0};
	for (; *form != '\0'; form++) {
		size_t len = read_character(text, *form, reading);

		if (len == 0)
			return false;
		text = slice_skip(text, len);
	}
	return text.len == 0;
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return lengths[month] + (month == 1 && is_leap(year));
}

static int64_t days_before(int year)
{
	int64_t y = year - 1;

	return 365 * y + y / 4 - y / 100 + y / 400 - 719162;
}

/* Finds the seconds since 1970. Returns false if there is no such day or time. */
static bool seconds_of(const struct reading *reading, int year, int64_t *seconds)
{
	int hour = reading->clock / 10000, minute = reading->clock / 100 % 100;
	int second = reading->clock % 100;
	int64_t days = days_before(year) + reading->day - 1;

	if (reading->day < 1 || reading->day > month_length(year, reading->month) || hour > 23 ||
	    minute > 59 || second > 60)
		return false;
	for (int month = 0; month < reading->month; month++)
		days += month_length(year, month);
	second -= second == 60;
	*seconds = days * DAY + hour * 3600 + minute * 60 + second;
	return true;
}

/*
 * Whether the text is a date, and whether it is the one that was read. Two digits of a year leave a
 * choice: not more than fifty years ahead; a day more or less is nobody's concern.
 */
static void check_reading(struct slice text, bool is_date, time_t date)
{
	struct reading reading;
	int64_t expected, ahead = INT64_C(18262) * DAY, now = fuzz_clock / 1000;
	bool found = false, near = false;

	for (size_t i = 0; i < 3 && !found; i++)
		found = has_form(text, forms[i], &reading);
	if (!found) {
		assert(!is_date);
		return;
	}
	if (reading.year_digits == 4) {
		if (reading.year < 1000)
			return; /* no clock of a file shows that */
		assert(is_date == seconds_of(&reading, reading.year, &expected));
		assert(!is_date || date == (time_t)expected);
		return;
	}
	bool exists = false;
	for (int year = 1900 + reading.year; year < 2200; year += 100)
		if (seconds_of(&reading, year, &expected)) {
			near = near ||
			       (date == (time_t)expected && expected < now + ahead + 2 * DAY &&
			        expected > now - ahead - 2 * DAY);
			exists = true;
		}
	assert(!is_date || (exists && near));
	assert(is_date || !exists || (reading.month == 1 && reading.day == 29));
}

static void check_date(struct slice text)
{
	char again[DATE_SIZE];
	time_t time = 0, same;

	if (slice_contains(text, '\0'))
		return; /* no field has one */
	bool is_date = date_parse(text, &time);
	check_reading(text, is_date, time);
	if (!is_date)
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
	uint64_t first = (uint64_t)response->file.offset;
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

static struct response make_response(uint64_t length, bool in_memory, unsigned *readers)
{
	struct response response = response_of(200, slice_of(""), "text/plain");

	response.modified = 784111777; /* Sun, 06 Nov 1994 08:49:37 GMT */
	date_format(response.last_modified, response.modified);
	snprintf(response.etag, sizeof(response.etag), "\"1-2.3\"");
	response.accept_ranges = "bytes";
	response.file.left = length;
	if (in_memory) {
		response.file.memory = memory;
		response.file.readers = readers;
	}
	return response;
}

/* What is sent from memory lies within it; whoever has it no more is no reader any more. */
static void check_memory(struct response *response, uint64_t length, unsigned *readers)
{
	uint64_t left = response->file.left;
	struct slice bytes;

	assert(*readers == (response->status != 416));
	if (response->status == 416)
		return;
	assert(file_read(&response->file, &bytes) && bytes.len == left);
	assert(bytes.ptr >= memory && bytes.ptr + bytes.len <= memory + length);
	file_close(&response->file);
	assert(*readers == 0);
}

/* Takes a number off the text. Returns false if there is none; one that doesn't fit is the largest.
 */
static bool take_number(const char **text, uint64_t *number)
{
	const char *start = *text;

	for (*number = 0; **text >= '0' && **text <= '9'; (*text)++) {
		uint64_t digit = (uint64_t)(**text - '0');

		*number = *number > (UINT64_MAX - digit) / 10 ? UINT64_MAX : *number * 10 + digit;
	}
	return *text > start;
}

/* What a range of some content means: 206 with its first byte and its length, 416, or 200. */
static int read_range(const char *text, uint64_t size, uint64_t *first, uint64_t *length)
{
	uint64_t last;

	text += strspn(text, " \t");
	bool from = take_number(&text, first);
	if (*text++ != '-')
		return 200;
	bool to = take_number(&text, &last);
	if (*text != '\0' || (!from && !to) || (from && to && *first > last))
		return 200;
	if (size == 0)
		return 200; /* an empty file is sent whole */
	if (!from) {
		*first = last < size ? size - last : 0;
		*length = size - *first;
		return *length > 0 ? 206 : 416;
	}
	if (*first >= size)
		return 416;
	*length = (to && last < size ? last + 1 : size) - *first;
	return 206;
}

/* What the request's range means; see read_range(). */
static int expect_range(const struct request *request, const struct response *response,
                        uint64_t *first, uint64_t *length)
{
	static char text[32 * 1024];
	struct slice value = fields_find(&request->fields, "Range");
	size_t conditions = fields_count(&request->fields, "If-Range");

	if (fields_count(&request->fields, "Range") != 1 || value.len < 6 ||
	    !slice_equal_nocase((struct slice){value.ptr, 6}, "bytes=") || conditions > 1)
		return 200;
	if (conditions == 1 &&
	    !slice_equal(fields_find(&request->fields, "If-Range"), response->etag))
		return 200;
	snprintf(text, sizeof(text), "%.*s", (int)value.len - 6, value.ptr + 6);
	return read_range(text, response_length(response), first, length);
}

static int check_range(const struct request *request, uint64_t length, bool in_memory)
{
	unsigned readers = 1;
	struct response response = make_response(length, in_memory, &readers);
	uint64_t first, left;
	int expected = expect_range(request, &response, &first, &left);

	range_apply(request, &response);
	assert(response.status == expected);
	if (expected == 206)
		assert((uint64_t)response.file.offset == first && response.file.left == left);
	if (response.status == 200)
		check_unchanged(&response, length);
	else if (response.status == 206)
		check_partial(&response, length);
	else if (response.status == 416)
		check_unsatisfiable(&response, length);
	else
		assert(false);
	assert(response.status == 200 || fields_count(&request->fields, "Range") == 1);
	if (in_memory)
		check_memory(&response, length, &readers);
	return response.status;
}

static void check_preconditions(const struct request *request, uint64_t length)
{
	static const char *const names[] = {"If-Match", "If-None-Match", "If-Modified-Since",
	                                    "If-Unmodified-Since"};
	unsigned readers = 1;
	struct response response = make_response(length, true, &readers);
	size_t count = 0;

	precondition_apply(request, &response);
	int status = response.status;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		count += fields_count(&request->fields, names[i]);
	assert(status == 200 || ((status == 304 || status == 412) && count > 0));
	if (slice_equal(fields_find(&request->fields, "If-None-Match"), "*"))
		assert(status != 200);
	assert(readers == (status == 200));
	assert(status != 200 || response_length(&response) == length);
	assert(status != 304 || response_length(&response) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = {(const char *)data, size};
	struct request request = {.method = slice_of("GET"), .version = slice_of("HTTP/1.1")};
	struct slice date = fuzz_cut_line(&rest);
	uint64_t length;

	bool has_length = slice_number(fuzz_cut_line(&rest), 10, &length) && length <= INT64_MAX;
	/* One of the years from 2024 to 2049. */
	fuzz_clock = INT64_C(1704067200000) + (int64_t)(length % 9000) * DAY * 1000;
	check_date(date);
	if (!has_length)
		return 0;
	while (rest.ptr != NULL && request.fields.count < FIELD_LIMIT)
		fields_add(&request.fields, fuzz_cut_line(&rest));
	check_preconditions(&request, length);
	int status = check_range(&request, length, false);
	assert(length > MEMORY_SIZE || check_range(&request, length, true) == status);
	return 0;
}
