#include "exchange.h"

#include "access_log.h"
#include "handler.h"
#include "report.h"
#include "request.h"

enum {
	ENOUGH = 32 * 1024, /* outgoing bytes: what is pipelined behind them waits */
	SMALL = 16 * 1024, /* content that goes out with other responses, from one buffer */
};

/* Whether the client wants to go on with the connection after this request: RFC 9112, 9.3. */
static bool persists(const struct request *request)
{
	bool persists = !slice_equal(request->version, "HTTP/1.0");
	struct member member = {.line = 0};

	while (fields_next_member(&request->fields, "Connection", &member)) {
		if (slice_equal_nocase(member.text, "close"))
			return false;
		if (slice_equal_nocase(member.text, "keep-alive"))
			persists = true;
	}
	return persists;
}

/* What the response says about the connection; NULL if it goes without saying. */
static const char *connection_field(const struct connection *c, const struct request *request)
{
	if (c->last)
		return "close";
	return slice_equal(request->version, "HTTP/1.0") ? "keep-alive" : NULL;
}

/* Small content in memory leaves together with other responses, from the buffer. */
static void pack_small(struct connection *c)
{
	struct slice content;

	if (c->file.memory != NULL && c->file.left <= SMALL && file_read(&c->file, &content) &&
	    buffer_append(&c->outgoing, content))
		file_close(&c->file);
}

static void respond(struct connection *c, const struct request *request, int status)
{
	bool head_only = slice_equal(request->method, "HEAD");
	struct response response =
		status == 0 ? handle(request) : response_error(status, request->problem);

	report_trace(request);
	if (status != 0 || c->finishing || !persists(request))
		c->last = true;
	response.connection = connection_field(c, request);
	bool written = response_write(&response, &c->outgoing, head_only);
	if (!written || head_only)
		response_drop_content(&response);
	access_log_add(c->socket, request, response.status, response_length(&response));
	c->file = response.file;
	c->last = c->last || !written;
	if (c->file.left == 0)
		file_close(&c->file);
	pack_small(c);
}

/*
 * A client that asks before it sends its content gets the answer instead: RFC 9110, 10.1.1. It
 * should then still send the content, but some don't, and we could not tell: so we close.
 */
static bool asks_first(const struct request *request)
{
	return fields_count(&request->fields, "Expect") > 0 &&
	       !slice_equal(request->version, "HTTP/1.0");
}

/*
 * Passes over the content that came along with the head, and adds its octets to len. Returns 0, or
 * the status code to refuse it with.
 */
static int frame_content(struct connection *c, struct request *request, size_t *len)
{
	struct slice rest = slice_skip(buffer_slice(&c->received), *len);
	int status = content_begin(&c->content, request);

	if (status != 0)
		return status;
	*len += content_skip(&c->content, rest);
	if (c->content.state == CONTENT_BAD)
		return request_refuse(request, 400, "the chunked coding of the content is wrong");
	if (content_is_large(&c->content) ||
	    (c->content.state != CONTENT_NONE && asks_first(request)))
		c->last = true;
	return 0;
}

/* Passes over what has come later of the content. Returns whether anything comes after it. */
static bool pass_content(struct connection *c)
{
	buffer_consume(&c->received, content_skip(&c->content, buffer_slice(&c->received)));
	if (c->content.state == CONTENT_BAD || content_is_large(&c->content))
		c->last = true;
	/* Empty lines begin no request: RFC 9112, 2.2. */
	while (c->content.state == CONTENT_NONE &&
	       slice_starts_with(buffer_slice(&c->received), "\r\n"))
		buffer_consume(&c->received, 2);
	return !c->last && c->content.state == CONTENT_NONE && c->received.len > 0;
}

bool exchange(struct connection *c)
{
	struct request request;

	if (c->last || c->file.left > 0 || c->outgoing.len > ENOUGH || !pass_content(c))
		return false;
	int status = request_parse(&request, buffer_slice(&c->received));
	if (status < 0)
		return false;
	size_t len = request.len;
	if (status == 0)
		status = frame_content(c, &request, &len);
	respond(c, &request, status);
	buffer_consume(&c->received, len);
	return true;
}

bool exchange_time_out(struct connection *c)
{
	struct request request;

	if (c->phase != PHASE_HEAD)
		return false;
	request_parse(&request, buffer_slice(&c->received)); /* as far as it goes: was it HEAD? */
	respond(c, &request, request_refuse(&request, 408, "the request took too long to arrive"));
	return true;
}
