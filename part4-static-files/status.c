#include "status.h"

const char *status_text(int status)
{
	switch (status) {
	case 200: return "200 OK";
	case 204: return "204 No Content";
	case 206: return "206 Partial Content";
	case 301: return "301 Moved Permanently";
	case 304: return "304 Not Modified";
	case 400: return "400 Bad Request";
	case 403: return "403 Forbidden";
	case 404: return "404 Not Found";
	case 405: return "405 Method Not Allowed";
	case 412: return "412 Precondition Failed";
	case 414: return "414 URI Too Long";
	case 416: return "416 Range Not Satisfiable";
	case 431: return "431 Request Header Fields Too Large"; /* RFC 6585, 5 */
	case 501: return "501 Not Implemented";
	case 503: return "503 Service Unavailable";
	case 505: return "505 HTTP Version Not Supported";
	default: return "500 Internal Server Error";
	}
}
