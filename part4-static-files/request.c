#include "request.h"

#include "token.h"

/* Whether no octet of an unfinished request line rules it out: a TLS client's, say. */
static bool may_become_line(struct slice start)
{
	for (size_t i = 0; i < start.len; i++)
		if ((start.ptr[i] < ' ' || start.ptr[i] > '~') && start.ptr[i] != '\r')
			return false;
	return true;
}

size_t request_head_length(struct slice received)
{
	bool limited = received.len >= HEAD_LIMIT, begun = false;
	struct slice all = {received.ptr, limited ? HEAD_LIMIT : received.len}, rest = all;

	while (slice_contains(rest, '\n')) {
		struct slice line = slice_cut(&rest, '\n');
		bool empty = slice_equal(line, "\r");

		if (!slice_ends_with(line, "\r") || (empty && begun))
			return all.len - rest.len;
		begun = begun ||
		        !empty; /* empty lines may precede the request line: RFC 9112, 2.2 */
	}
	return limited || (!begun && !may_become_line(rest)) ? all.len : 0;
}

static int refuse(struct request *request, int status, const char *problem)
{
	request->problem = problem;
	return status;
}

/* HTTP-version = "HTTP/" DIGIT "." DIGIT: RFC 9112, 2.3. */
static int parse_version(struct request *request)
{
	struct slice version = request->version;
	uint64_t number;

	if (version.len != 8 || !slice_starts_with(version, "HTTP/") || version.ptr[6] != '.' ||
	    !slice_number((struct slice){version.ptr + 5, 1}, 10, &number) ||
	    !slice_number((struct slice){version.ptr + 7, 1}, 10, &number))
		return refuse(request, 400, "the version must look like HTTP/1.1");
	if (version.ptr[5] != '1')
		return refuse(request, 505, "only HTTP/1.0 and HTTP/1.1 are spoken here");
	return 0;
}

/* request-line = method SP request-target SP HTTP-version: RFC 9112, 3. */
static int parse_request_line(struct request *request)
{
	struct slice line = request->line;

	request->method = slice_cut(&line, ' ');
	request->target.text = slice_cut(&line, ' ');
	request->version = line;
	if (line.ptr == NULL || slice_contains(line, ' '))
		return refuse(request, 400, "the request line needs exactly two spaces");
	if (!token_is_valid(request->method))
		return refuse(request, 400, "the method must be a token, such as GET");
	if (!token_is_visible(request->target.text) || slice_contains(request->target.text, '#'))
		return refuse(request, 400, "the target may only have printable ASCII, and no #");
	int status = parse_version(request);
	if (status != 0)
		return status;
	const char *problem = target_parse(&request->target, request->method);
	return problem == NULL ? 0 : refuse(request, 400, problem);
}

/* Field lines up to the empty one: RFC 9112, 5. */
static int parse_fields(struct request *request, struct slice lines)
{
	struct slice line;

	while ((line = slice_cut_line(&lines)).len > 0) {
		if (request->fields.count == FIELD_LIMIT)
			return refuse(request, 431, "there are too many field lines");
		const char *problem = fields_add(&request->fields, line);
		if (problem != NULL)
			return refuse(request, 400, problem);
	}
	return 0;
}

/* One Host, and a valid one; only HTTP/1.0 may do without: RFC 9112, 3.2. */
static int check_host(struct request *request)
{
	size_t count = fields_count(&request->fields, "Host");

	if (count > 1 || (count == 0 && !slice_equal(request->version, "HTTP/1.0")))
		return refuse(request, 400, "a request needs one Host field, and only one");
	if (count == 1 && !target_is_authority(fields_find(&request->fields, "Host")))
		return refuse(request, 400, "Host must be a host name with at most a port");
	return 0;
}

int request_parse(struct request *request, struct slice head)
{
	bool limited = head.len == HEAD_LIMIT;
	struct slice rest = head;

	*request = (struct request){.line = slice_cut_line(&rest)};
	while (request->line.len == 0 && rest.len > 0)
		request->line = slice_cut_line(&rest);
	int status = parse_request_line(request);
	if (rest.ptr == NULL && limited)
		return refuse(request, 414, "the request line is too long");
	if (status != 0)
		return status;
	if (!slice_ends_with(head, "\r\n\r\n") && limited)
		return refuse(request, 431, "the field lines are too long, all together");
	if (!slice_ends_with(head, "\r\n\r\n"))
		return refuse(request, 400, "every line must end in CR LF");
	status = parse_fields(request, rest);
	return status != 0 ? status : check_host(request);
}

static bool describe(struct buffer *out, struct slice name, struct slice value)
{
	return value.ptr == NULL || buffer_printf(out, "%.*s: %.*s\n", (int)name.len, name.ptr,
	                                          (int)value.len, value.ptr);
}

bool request_describe(const struct request *request, struct buffer *out)
{
	bool fits = describe(out, slice_of("method"), request->method) &&
	            describe(out, slice_of("target"), request->target.text) &&
	            describe(out, slice_of("path"), request->target.path) &&
	            describe(out, slice_of("query"), request->target.query) &&
	            describe(out, slice_of("version"), request->version);

	for (size_t i = 0; fits && i < request->fields.count; i++)
		fits = describe(out, request->fields.list[i].name, request->fields.list[i].value);
	return fits;
}
