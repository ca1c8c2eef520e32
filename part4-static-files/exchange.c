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
	bool written = response_write(&response, &c->outgoing, head_only);
	if (!written || head_only)
		response_drop_content(&response);
	access_log_add(c->socket, request, response.status, response_length(&response));
	c->file = response.file;
	if (c->file.left == 0)
		file_close(&c->file);
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
