#include "status.h"

const char *status_text(int status)
{
	switch (status) {
	case 400: return "400 Bad Request";
	case 414: return "414 URI Too Long";
	case 431: return "431 Request Header Fields Too Large"; /* RFC 6585, 5 */
	case 505: return "505 HTTP Version Not Supported";
	default: return "500 Internal Server Error";
	}
}
