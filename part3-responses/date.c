#include "date.h"

void date_format(char text[DATE_SIZE], time_t time)
{
	struct tm utc;

	gmtime_r(&time, &utc);
	strftime(text, DATE_SIZE, "%a, %d %b %Y %H:%M:%S GMT", &utc);
}
