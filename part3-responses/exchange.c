#include "exchange.h"

#include <stdio.h>
#include <time.h>

#include "handler.h"
#include "log.h"
#include "options.h"
#include "report.h"
#include "request.h"
#include "tcp.h"

/* A line in the Common Log Format. */
static void log_exchange(int socket, const struct request *request, int status, size_t length)
{
	time_t now = time(NULL);
	char peer[TCP_PEER_SIZE], date[64], line[2048], bytes[32] = "-";

	if (options.quiet)
		return;
	tcp_peer(socket, peer);
	strftime(date, sizeof(date), "%d/%b/%Y:%H:%M:%S +0000", gmtime(&now));
	log_escape(line, sizeof(line), request->line);
	if (length > 0)
		snprintf(bytes, sizeof(bytes), "%zu", length);
	log_line("%s - - [%s] \"%s\" %d %s", peer, date, line, status, bytes);
}

static void respond(struct connection *c, const struct request *request, int status)
{
	bool head_only = slice_equal(request->method, "HEAD");
	struct response response =
		status == 0 ? handle(request) : response_error(status, request->problem);

	report_trace(request);
	response_write(&response, &c->outgoing, head_only);
	log_exchange(c->socket, request, response.status, head_only ? 0 : response.content.len);
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
