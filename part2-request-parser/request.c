#include "request.h"

#include <ctype.h>

#include "target.h"
#include "token.h"

int request_refuse(struct request *request, int status, const char *problem)
{
	request->problem = problem;
	return status;
}

/* Takes a line off the rest, and its CR LF off the line. Returns as request_parse() does. */
static int cut_line(struct request *request, struct slice *rest, struct slice *line)
{
	struct slice behind = *rest;

	*line = slice_cut(&behind, '\n');
	if (behind.ptr == NULL)
		return -1;
	if (!slice_ends_with(*line, "\r"))
		return request_refuse(request, 400, "every line must end in CR LF");
	line->len--;
	*rest = behind;
	return 0;
}

/* HTTP-version = "HTTP/" DIGIT "." DIGIT: RFC 9112, 2.3. */
static int check_version(struct request *request)
{
	struct slice version = request->version;

	if (version.len != 8 || !slice_starts_with(version, "HTTP/") || version.ptr[6] != '.' ||
	    !isdigit((unsigned char)version.ptr[5]) || !isdigit((unsigned char)version.ptr[7]))
		return request_refuse(request, 400, "the version must look like HTTP/1.1");
	if (version.ptr[5] != '1')
		return request_refuse(request, 505, "only HTTP/1.x is spoken here");
	return 0;
}

/* request-line = method SP request-target SP HTTP-version: RFC 9112, 3. */
static int check_request_line(struct request *request)
{
	if (!slice_all(request->line, isprint, ""))
		return request_refuse(request, 400, "a request line is printable ASCII");
	if (request->version.ptr == NULL || slice_contains(request->version, ' '))
		return request_refuse(request, 400, "the request line needs exactly two spaces");
	if (!token_is_valid(request->method))
		return request_refuse(request, 400, "the method must be a token, such as GET");
	int status = check_version(request);
	return status != 0 ? status : target_parse(request);
}

/* The request line; empty lines before it are passed over: RFC 9112, 2.2. */
static int parse_request_line(struct request *request, struct slice *rest)
{
	int status;

	do
		status = cut_line(request, rest, &request->line);
	while (status == 0 && request->line.len == 0);
	request->version = request->line;
	request->method = slice_cut(&request->version, ' ');
	request->target = slice_cut(&request->version, ' ');
	/* An octet that no request line has, as a TLS client sends, is refused now: why wait? */
	if (status > 0 || (status < 0 && slice_all(request->line, isprint, "\r")))
		return status;
	return check_request_line(request);
}

/* The field lines, through the empty one: RFC 9112, 5. */
static int parse_fields(struct request *request, struct slice *rest)
{
	struct slice line;
	int status;

	do
		status = cut_line(request, rest, &line);
	while (status == 0 && line.len > 0);
	return status;
}

int request_parse(struct request *request, struct slice received)
{
	bool full = received.len >= HEAD_LIMIT;
	struct slice rest = {received.ptr, full ? HEAD_LIMIT : received.len};

	*request = (struct request){.problem = NULL};
	int status = parse_request_line(request, &rest);
	if (status < 0 && full)
		return request_refuse(request, 414, "the request line is too long");
	if (status == 0)
		status = parse_fields(request, &rest);
	if (status < 0 && full)
		return request_refuse(request, 431, "the field lines are too long, all together");
	return status;
}
