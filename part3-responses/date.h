/* Dates as HTTP writes them: RFC 9110, 5.6.7. */
#ifndef DATE_H
#define DATE_H

#include <time.h>

enum {
	DATE_SIZE = 30, /* bytes of "Sun, 06 Nov 1994 08:49:37 GMT" and its NUL */
};

/* Writes a time as IMF-fixdate, always in GMT; nothing if its year hasn't four digits. */
void date_format(char text[DATE_SIZE], time_t time);

#endif
