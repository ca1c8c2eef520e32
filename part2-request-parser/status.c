#include "status.h"

#include <stddef.h>

static const struct {
	int status;
	const char *text;
} texts[] = {
	{400, "400 Bad Request"},
	{414, "414 URI Too Long"},
	{431, "431 Request Header Fields Too Large"}, /* RFC 6585, 5 */
	{505, "505 HTTP Version Not Supported"},
};

const char *status_text(int status)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (texts[i].status == status)
			return texts[i].text;
	return "500 Internal Server Error";
}
