#include "exchange.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "handler.h"
#include "log.h"
#include "options.h"
#include "report.h"
#include "request.h"
#include "tcp.h"

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

/* What the response has to say of it, if anything. */
static const char *connection_field(const struct connection *c, const struct request *request)
{
	if (c->last)
		return "close";
	return slice_equal(request->version, "HTTP/1.0") ? "keep-alive" : NULL;
}

/* A line in the Common Log Format. */
static void log_exchange(int socket, const struct request *request, int status, uint64_t length)
{
	time_t now = time(NULL);
	char peer[TCP_PEER_SIZE], date[64], line[2048], bytes[32] = "-";

	if (options.quiet)
		return;
	tcp_peer(socket, peer);
	strftime(date, sizeof(date), "%d/%b/%Y:%H:%M:%S +0000", gmtime(&now));
	log_escape(line, sizeof(line), request->line);
	if (length > 0)
		snprintf(bytes, sizeof(bytes), "%" PRIu64, length);
	log_line("%s - - [%s] \"%s\" %d %s", peer, date, line, status, bytes);
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
	if (status != 0 || response.status == 400 || c->finishing || !persists(request))
		c->last = true;
	response.connection = connection_field(c, request);
	bool written = response_write(&response, &c->outgoing, head_only);
	if (!written || head_only)
		response_drop_content(&response);
	c->file = response.file;
	c->last = c->last || !written;
	if (c->file.left == 0)
		file_close(&c->file);
	pack_small(c);
	log_exchange(c->socket, request, response.status, response_length(&response));
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

/* Passes over what came along of the content. Returns 0, or the status code to refuse it with. */
static int frame_content(struct connection *c, struct request *request)
{
	struct slice rest = slice_skip(buffer_slice(&c->received), request->len);
	int status = content_begin(&c->content, request);

	if (status != 0)
		return status;
	request->len += content_skip(&c->content, rest);
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
	if (status == 0)
		status = frame_content(c, &request);
	respond(c, &request, status);
	buffer_consume(&c->received, request.len);
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
