#include "exchange.h"

#include "access_log.h"
#include "handler.h"
#include "log.h"
#include "persistence.h"
#include "request.h"

enum {
	ENOUGH = 64 * 1024, /* outgoing bytes: what is pipelined behind them waits */
};

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

	c->last = c->last || c->finishing || status != 0 || response.status == 400 ||
	          !request_persists(request);
	response.connection = persistence_field(request, !c->last);
	trace(request);
	bool written = response_write(&response, &c->outgoing, head_only);
	uint64_t length = written && !head_only ? response_length(&response) : 0;
	access_log(c->socket, request, response.status, length);
	c->last = c->last || !written;
	if (written && !head_only && response.file.left > 0)
		c->file = response.file;
	else
		file_close(&response.file);
}

/* Passes over the content of a request. False while more of it must come. */
static bool pass_content(struct connection *c, struct request *request, size_t head_len,
                         int *status)
{
	bool begins = c->content.state == CONTENT_NONE;

	if (begins && (*status = content_begin(&c->content, request)) != 0)
		return true;
	struct slice rest = slice_skip(buffer_slice(&c->received), head_len);
	buffer_erase(&c->received, head_len, content_skip(&c->content, rest));
	if (c->content.state == CONTENT_BAD) {
		request->problem = "the chunked coding of the content is wrong";
		*status = 400;
	}
	/* Who asks before it sends content is answered, and need not send it: RFC 9110, 10.1.1. */
	bool asks = fields_count(&request->fields, "Expect") > 0 &&
	            !slice_equal(request->version, "HTTP/1.0");
	c->last = c->content.state == CONTENT_LARGE || (asks && c->content.state < CONTENT_DONE);
	return c->last || c->content.state >= CONTENT_DONE;
}

/* Passes over empty lines between requests, which old clients send: RFC 9112, 2.2. */
static void pass_empty_lines(struct buffer *received)
{
	while (slice_starts_with(buffer_slice(received), "\r\n"))
		buffer_consume(received, 2);
}

bool exchange(struct connection *c)
{
	pass_empty_lines(&c->received);
	struct slice received = buffer_slice(&c->received);
	struct slice head = {received.ptr, request_head_length(received)};
	struct request request;

	if (c->last || head.len == 0)
		return false;
	if (c->file.left > 0 || c->outgoing.len > ENOUGH)
		return false;
	int status = request_parse(&request, head);
	if (status == 0 && !pass_content(c, &request, head.len, &status))
		return false;
	respond(c, &request, status);
	c->content.state = CONTENT_NONE;
	buffer_consume(&c->received, head.len);
	return true;
}

bool exchange_time_out(struct connection *c)
{
	struct slice head = buffer_slice(&c->received);
	struct request request;

	if (c->phase != PHASE_HEAD && c->phase != PHASE_CONTENT)
		return false;
	request_parse(&request, head); /* as far as it goes: was it HEAD? */
	request.problem = "the request took too long to arrive";
	respond(c, &request, 408);
	c->content.state = CONTENT_NONE;
	return true;
}
