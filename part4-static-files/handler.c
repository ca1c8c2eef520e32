#include "handler.h"

#include "page.h"
#include "precondition.h"
#include "range.h"
#include "site.h"

static const char allowed[] = "GET, HEAD, OPTIONS";

/* The methods of RFC 9110, 9.3, and PATCH. */
static bool is_known(struct slice method)
{
	static const char *const known[] = {"GET",   "HEAD",   "OPTIONS", "POST",   "PUT",
	                                    "PATCH", "DELETE", "TRACE",   "CONNECT"};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (slice_equal(method, known[i]))
			return true;
	return false;
}

static bool is_read(struct slice method)
{
	return slice_equal(method, "GET") || slice_equal(method, "HEAD");
}

/* What stands at the request's target. */
static struct response find(const struct request *request)
{
	if (request->target.path.ptr == NULL)
		return response_empty(200); /* OPTIONS *, or CONNECT: about the server as a whole */
	if (slice_equal(request->target.path, "/request"))
		return page_response(request);
	return site_response(request);
}

/* Less than the whole, or nothing, may be what the client asks for: RFC 9110, 13 and 14. */
static void select_content(const struct request *request, struct response *response)
{
	int status = precondition_check(request, response);

	if (status == 0)
		range_apply(request, response);
	if (status == 304)
		response_not_modified(response);
	if (status == 412) {
		file_close(&response->file);
		*response = response_error(412, "this file is not the one that you know");
	}
}

/* Answers a method that doesn't read, on a resource that exists: RFC 9110, 9.3.7, 15.5.6. */
static void tell_methods(struct response *response, struct slice method)
{
	file_close(&response->file);
	*response = response_empty(204);
	if (!slice_equal(method, "OPTIONS"))
		*response = response_error(405, "this can be read, with GET and HEAD, and no more");
	response->allow = allowed;
}

/* Whether the client expects anything but 100-continue: RFC 9110, 10.1.1. */
static bool expects_more(const struct request *request)
{
	struct member member = {.line = 0};

	while (fields_next_member(&request->fields, "Expect", &member))
		if (member.text.len > 0 && !slice_equal_nocase(member.text, "100-continue"))
			return true;
	return false;
}

struct response handle(const struct request *request)
{
	if (!is_known(request->method))
		return response_error(501, "this method is not known here"); /* RFC 9110, 9.1 */
	if (expects_more(request))
		return response_error(417, "only 100-continue can be expected here");
	struct response response = find(request);
	if (response.status == 200 && !is_read(request->method))
		tell_methods(&response, request->method);
	if (response.status == 200)
		select_content(request, &response);
	return response;
}
