#include "handler.h"

#include "precondition.h"
#include "range.h"
#include "site.h"

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

/* What stands at the request's target. */
static struct response find(const struct request *request)
{
	if (request->path.ptr == NULL)
		return response_of(200, slice_of(""), NULL); /* OPTIONS *, or CONNECT */
	return site_response(request);
}

/* Answers a method that doesn't read, on something that exists: RFC 9110, 9.3.7 and 15.5.6. */
static void tell_methods(struct response *response, struct slice method)
{
	file_close(&response->file);
	*response = response_of(204, slice_of(""), NULL);
	if (!slice_equal(method, "OPTIONS"))
		*response = response_error(405, "this can be read, with GET and HEAD, and no more");
	response->allow = "GET, HEAD, OPTIONS";
}

struct response handle(const struct request *request)
{
	bool reads = slice_equal(request->method, "GET") || slice_equal(request->method, "HEAD");

	if (!is_known(request->method))
		return response_error(501, "this method is not known here"); /* RFC 9110, 9.1 */
	struct response response = find(request);
	if (response.status == 200 && !reads)
		tell_methods(&response, request->method);
	if (response.status == 200)
		precondition_apply(request, &response);
	if (response.status == 200)
		range_apply(request, &response);
	return response;
}
