#include "exchange.h"

#include "access_log.h"
#include "handler.h"
#include "log.h"
#include "request.h"

/* Shows with -v, between the bytes of client and server, what was understood of the request. */
static void trace(const struct request *request)
{
	static struct buffer_pool pool = {.size = (size_t)3 * HEAD_LIMIT};
	struct buffer text = {.pool = &pool};

	if (log_is_verbose() && request_describe(request, &text))
		log_trace("R", buffer_slice(&text));
	buffer_cut(&text, 0);
}

static void respond(struct connection *c, const struct request *request, int status)
{
	bool head_only = slice_equal(request->method, "HEAD");
	struct response response =
		status == 0 ? handle(request) : response_error(status, request->problem);

	trace(request);
	bool written = response_write(&response, &c->outgoing, head_only);
	uint64_t length = written && !head_only ? response_length(&response) : 0;
	access_log(c->socket, request, response.status, length);
	if (written && !head_only && response.file.left > 0)
		c->file = response.file;
	else
		file_close(&response.file);
}

bool exchange(struct connection *c)
{
	struct slice received = buffer_slice(&c->received);
	struct slice head = {received.ptr, request_head_length(received)};
	struct request request;

	if (c->last || head.len == 0)
		return false;
	int status = request_parse(&request, head);
	respond(c, &request, status);
	c->last = true;
	buffer_consume(&c->received, head.len);
	return true;
}
