/* Dates as HTTP writes them: RFC 9110, 5.6.7. */
#ifndef DATE_H
#define DATE_H

#include <time.h>

#include "slice.h"

enum {
	DATE_SIZE = 30, /* bytes of "Sun, 06 Nov 1994 08:49:37 GMT" and its NUL */
};

/* Writes a time as IMF-fixdate, always in GMT; "" if its year doesn't have four digits. */
void date_format(char text[DATE_SIZE], time_t time);

/*
 * Reads a date in any of the three forms: IMF-fixdate, that of RFC 850, or that of asctime().
 * Returns false if the text is none of them. The time zone must be UTC, as main() sets it.
 */
bool date_parse(struct slice text, time_t *date);

#endif
