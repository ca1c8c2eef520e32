#include "status.h"

const char *status_text(int status)
{
	switch (status) {
	case 200: return "200 OK";
	case 204: return "204 No Content";
	case 400: return "400 Bad Request";
	case 404: return "404 Not Found";
	case 405: return "405 Method Not Allowed";
	case 414: return "414 URI Too Long";
	case 431: return "431 Request Header Fields Too Large"; /* RFC 6585, 5 */
	case 501: return "501 Not Implemented";
	case 505: return "505 HTTP Version Not Supported";
	default: return "500 Internal Server Error";
	}
}
