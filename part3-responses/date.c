#include "date.h"

void date_format(char text[DATE_SIZE], time_t time)
{
	struct tm utc;

	if (gmtime_r(&time, &utc) == NULL ||
	    strftime(text, DATE_SIZE, "%a, %d %b %Y %H:%M:%S GMT", &utc) != DATE_SIZE - 1)
		*text = '\0';
}
