#include "date.h"

#include <string.h>

void date_format(char text[DATE_SIZE], time_t time)
{
	struct tm utc;

	if (gmtime_r(&time, &utc) == NULL ||
	    strftime(text, DATE_SIZE, "%a, %d %b %Y %H:%M:%S GMT", &utc) != DATE_SIZE - 1)
		*text = '\0';
}

/* What follows the weekday in each form, and where: 'a' is any letter there, '0' any digit. */
static const struct form {
	const char *pattern;
	char separator; /* between it and the weekday */
	bool full; /* whether the weekday is written out */
	size_t day, month, year, year_len, clock;
} forms[] = {
	{" 00 aaa 0000 00:00:00 GMT", ',', false, 1, 4, 8, 4, 13}, /* IMF-fixdate */
	{" 00-aaa-00 00:00:00 GMT", ',', true, 1, 4, 8, 2, 11}, /* RFC 850 */
	{"aaa 00 00:00:00 0000", ' ', false, 4, 0, 16, 4, 7}, /* asctime */
	{"aaa  0 00:00:00 0000", ' ', false, 4, 0, 16, 4, 7},
};

static bool is_weekday(struct slice text, bool full)
{
	static const char *const names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
	                                    "Thursday", "Friday", "Saturday"};

	for (size_t i = 0; i < 7; i++) {
		size_t len = full ? strlen(names[i]) : 3;
		if (text.len == len && memcmp(text.ptr, names[i], len) == 0)
			return true;
	}
	return false;
}

static bool is_form(struct slice text, const char *pattern)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i], p = pattern[i];
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

		if (p == '\0' || (p == 'a' && !letter) || (p == '0' && (c < '0' || c > '9')) ||
		    (p != 'a' && p != '0' && p != c))
			return false;
	}
	return pattern[text.len] == '\0';
}

static int number_at(struct slice text, size_t position, size_t len)
{
	uint64_t number;

	slice_number(slice_trim((struct slice){text.ptr + position, len}), 10, &number);
	return (int)number;
}

/* Jan is 0; -1 for no month's name. */
static int month_at(struct slice text, size_t position)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (size_t i = 0; i < 12; i++)
		if (memcmp(names + 3 * i, text.ptr + position, 3) == 0)
			return (int)i;
	return -1;
}

/* Seconds since 1970, by today's calendar; years are counted from March, so leap day is last. */
static time_t seconds_of(const struct tm *utc)
{
	int64_t y = utc->tm_year + 1900 - (utc->tm_mon < 2), m = (utc->tm_mon + 10) % 12;
	int64_t days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + utc->tm_mday - 1;

	return (time_t)((((days - 719468) * 24 + utc->tm_hour) * 60 + utc->tm_min) * 60 +
	                utc->tm_sec);
}

/* Two digits of a year mean the past where else the date were 50 years ahead: RFC 9110, 5.6.7. */
static void complete_year(struct tm *utc)
{
	time_t now = time(NULL);
	struct tm limit;

	gmtime_r(&now, &limit);
	utc->tm_year += limit.tm_year / 100 * 100;
	limit.tm_year += 50;
	if (seconds_of(utc) > seconds_of(&limit))
		utc->tm_year -= 100;
}

static bool exists(const struct tm *utc)
{
	struct tm day = {.tm_year = utc->tm_year, .tm_mon = utc->tm_mon, .tm_mday = utc->tm_mday};
	time_t midnight = seconds_of(&day);

	return utc->tm_hour < 24 && utc->tm_min < 60 && utc->tm_sec <= 60 &&
	       gmtime_r(&midnight, &day) != NULL && day.tm_mday == utc->tm_mday;
}

static bool read_form(struct slice text, const struct form *form, time_t *time)
{
	struct tm utc = {
		.tm_year = number_at(text, form->year, form->year_len) - 1900,
		.tm_mon = month_at(text, form->month),
		.tm_mday = number_at(text, form->day, 2),
		.tm_hour = number_at(text, form->clock, 2),
		.tm_min = number_at(text, form->clock + 3, 2),
		.tm_sec = number_at(text, form->clock + 6, 2),
	};

	if (utc.tm_mon < 0)
		return false;
	if (form->year_len == 2) {
		utc.tm_year += 1900;
		complete_year(&utc);
	}
	*time = seconds_of(&utc);
	return exists(&utc);
}

bool date_parse(struct slice text, time_t *time)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct slice rest = text;
		struct slice weekday = slice_cut(&rest, forms[i].separator);

		if (rest.ptr != NULL && is_weekday(weekday, forms[i].full) &&
		    is_form(rest, forms[i].pattern))
			return read_form(rest, &forms[i], time);
	}
	return false;
}
