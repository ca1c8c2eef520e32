#include "status.h"

#include <stddef.h>

static const struct {
	int status;
	const char *text;
} texts[] = {
	{200, "200 OK"},
	{204, "204 No Content"},
	{206, "206 Partial Content"},
	{301, "301 Moved Permanently"},
	{304, "304 Not Modified"},
	{400, "400 Bad Request"},
	{403, "403 Forbidden"},
	{404, "404 Not Found"},
	{405, "405 Method Not Allowed"},
	{408, "408 Request Timeout"},
	{412, "412 Precondition Failed"},
	{414, "414 URI Too Long"},
	{416, "416 Range Not Satisfiable"},
	{431, "431 Request Header Fields Too Large"}, /* RFC 6585, 5 */
	{500, "500 Internal Server Error"},
	{501, "501 Not Implemented"},
	{503, "503 Service Unavailable"},
	{505, "505 HTTP Version Not Supported"},
};

const char *status_text(int status)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (texts[i].status == status)
			return texts[i].text;
	return "500 Internal Server Error";
}
