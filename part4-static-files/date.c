#include "date.h"

#include <string.h>

void date_format(char text[DATE_SIZE], time_t time)
{
	struct tm utc;

	if (gmtime_r(&time, &utc) == NULL ||
	    strftime(text, DATE_SIZE, "%a, %d %b %Y %H:%M:%S GMT", &utc) != DATE_SIZE - 1)
		*text = '\0';
}

/* Where a form has its numbers; in its pattern, 'a' is any letter and '0' any digit. */
static const struct form {
	const char *pattern;
	size_t day, month, year, year_len, clock;
} forms[] = {
	{"aaa, 00 aaa 0000 00:00:00 GMT", 5, 8, 12, 4, 17},
	{" 00-aaa-00 00:00:00 GMT", 1, 4, 8, 2, 11}, /* what follows the weekday's comma */
	{"aaa aaa 00 00:00:00 0000", 8, 4, 20, 4, 11},
	{"aaa aaa  0 00:00:00 0000", 8, 4, 20, 4, 11},
};

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

/* Two digits mean the year that is less than 50 years ahead: RFC 9110, 5.6.7. */
static int full_year(int two_digits)
{
	time_t now = time(NULL);
	struct tm utc;

	gmtime_r(&now, &utc);
	int year = (utc.tm_year + 1900) / 100 * 100 + two_digits;
	return year > utc.tm_year + 1900 + 50 ? year - 100 : year;
}

/* Seconds since 1970, in the calendar of today; years are counted from March, leap day last. */
static time_t seconds_of(int year, int month, int day, int hour, int minute, int second)
{
	int64_t y = year - (month < 2), m = (month + 10) % 12;
	int64_t days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;

	return (time_t)(((days * 24 + hour) * 60 + minute) * 60 + second);
}

static bool read_form(struct slice text, const struct form *form, time_t *time)
{
	int year = number_at(text, form->year, form->year_len);
	int month = month_at(text, form->month), day = number_at(text, form->day, 2);
	int hour = number_at(text, form->clock, 2), minute = number_at(text, form->clock + 3, 2);
	int second = number_at(text, form->clock + 6, 2);

	if (form->year_len == 2)
		year = full_year(year);
	*time = seconds_of(year, month, day, hour, minute, second);
	return month >= 0 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second <= 60;
}

bool date_parse(struct slice text, time_t *time)
{
	struct slice rest = text;

	slice_cut(&rest, ',');
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct slice part = *forms[i].pattern == ' ' ? rest : text;
		if (part.ptr != NULL && is_form(part, forms[i].pattern))
			return read_form(part, &forms[i], time);
	}
	return false;
}
