#include "target.h"

#include <ctype.h>

#include "host.h"
#include "percent.h"

static bool ends_in_port(struct slice text)
{
	struct slice rest = text;

	while (rest.len > 0 && isdigit((unsigned char)rest.ptr[rest.len - 1]))
		rest.len--;
	return rest.len < text.len && rest.len > 1 && slice_ends_with(rest, ":");
}

/* origin-form, "/a?b", or what follows the host in absolute-form: RFC 9112, 3.2.1. */
static int parse_path(struct request *request, struct slice text)
{
	if (slice_contains(text, '#'))
		return request_refuse(request, 400, "a fragment stays with the client");
	request->query = text;
	request->path = slice_cut(&request->query, '?');
	if (request->path.len == 0)
		request->path = slice_of("/");
	/* A backslash has to be encoded, too: browsers would take it for a slash. RFC 3986, 2. */
	if (!percent_is_valid(request->path) || slice_contains(request->path, '\\'))
		return request_refuse(request, 400, "the path is not encoded as it must be");
	return 0;
}

/* absolute-form, "http://example.com/a?b": RFC 9112, 3.2.2. The text is what follows "http://". */
static int parse_absolute(struct request *request, struct slice text)
{
	struct slice rest = text;

	while (rest.len > 0 && *rest.ptr != '/' && *rest.ptr != '?' && *rest.ptr != '#')
		rest = slice_skip(rest, 1);
	struct slice authority = {text.ptr, text.len - rest.len};
	if (authority.len == 0 || !host_is_valid(authority))
		return request_refuse(request, 400, "the target needs a host after http://");
	return parse_path(request, rest);
}

int target_parse(struct request *request)
{
	struct slice target = request->target;
	struct slice scheme = {target.ptr, target.len < 7 ? target.len : 7};

	if (slice_equal(request->method, "CONNECT") && ends_in_port(target) &&
	    host_is_valid(target))
		return 0; /* authority-form, "example.com:443": RFC 9112, 3.2.3 */
	if (slice_equal(request->method, "OPTIONS") && slice_equal(target, "*"))
		return 0; /* asterisk-form: RFC 9112, 3.2.4 */
	if (slice_equal(request->method, "CONNECT"))
		return request_refuse(request, 400, "the target of CONNECT must be host:port");
	if (slice_equal_nocase(scheme, "http://"))
		return parse_absolute(request, slice_skip(target, 7));
	if (slice_starts_with(target, "/"))
		return parse_path(request, target);
	return request_refuse(request, 400, "the target must begin with / or http://");
}
