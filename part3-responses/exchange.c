#include "exchange.h"

#include "access_log.h"
#include "handler.h"
#include "report.h"
#include "request.h"

static void respond(struct connection *c, const struct request *request, int status)
{
	bool head_only = slice_equal(request->method, "HEAD");
	struct response response =
		status == 0 ? handle(request) : response_error(status, request->problem);

	report_trace(request);
	response_write(&response, &c->outgoing, head_only);
	access_log_add(c->socket, request, response.status, head_only ? 0 : response.content.len);
}

bool exchange(struct connection *c)
{
	struct request request;

	if (c->last)
		return false;
	int status = request_parse(&request, buffer_slice(&c->received));
	if (status < 0)
		return false;
	c->last = true;
	respond(c, &request, status);
	return true;
}
