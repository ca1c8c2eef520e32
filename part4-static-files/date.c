#include "date.h"

#include <stdio.h>
#include <string.h>

#define IMF_FIXDATE "%a, %d %b %Y %H:%M:%S GMT"
#define RFC_850 "%A, %d-%b-%y %H:%M:%S GMT"
#define ASCTIME "%a %b %e %H:%M:%S %Y"

void date_format(char text[DATE_SIZE], time_t time)
{
	struct tm utc;

	if (gmtime_r(&time, &utc) == NULL ||
	    strftime(text, DATE_SIZE, IMF_FIXDATE, &utc) != DATE_SIZE - 1)
		*text = '\0';
}

/* strptime() takes spaces, cases and signs that HTTP forbids: what it read must come back. */
static bool has_form(const char *text, const char *form, struct tm *utc)
{
	const char *end = strptime(text, form, utc);
	char again[64];

	return end != NULL && strftime(again, sizeof(again), form, utc) > 0 &&
	       strcmp(text, again) == 0;
}

bool date_parse(struct slice text, time_t *date)
{
	const time_t century = (time_t)36525 * 24 * 60 * 60; /* with its leap days */
	struct tm utc = {.tm_year = 0};
	char copy[64];

	snprintf(copy, sizeof(copy), "%.*s", (int)text.len, text.len > 0 ? text.ptr : "");
	bool short_year = has_form(copy, RFC_850, &utc);
	if (!short_year && !has_form(copy, IMF_FIXDATE, &utc) && !has_form(copy, ASCTIME, &utc))
		return false;
	int day = utc.tm_mday, second = utc.tm_sec;
	utc.tm_sec -= second == 60; /* a leap second, which time_t doesn't have */
	*date = mktime(&utc);
	/* strptime() takes 69 to 99 for 19xx. If that is fifty years ago, 20xx is meant. */
	if (short_year && *date < time(NULL) - century / 2)
		*date += century;
	/* A year has four digits; and 31 February would have become a day in March. */
	return second <= 60 && utc.tm_year >= 1000 - 1900 && utc.tm_mday == day;
}
