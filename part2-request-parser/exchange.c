#include "exchange.h"

#include <stdio.h>

#include "log.h"
#include "report.h"
#include "request.h"
#include "status.h"
#include "tcp.h"

static void respond(struct connection *c, const struct request *request, int status)
{
	const char *outcome = status == 0 ? "reported" : status_text(status);
	char peer[TCP_PEER_SIZE], line[2048];

	if (status == 0) {
		report(request, &c->outgoing);
	} else {
		snprintf(line, sizeof(line), "refused: %s: %s\n", outcome, request->problem);
		buffer_append(&c->outgoing, slice_of(line));
	}
	tcp_peer(c->socket, peer);
	log_escape(line, sizeof(line), request->line);
	log_line("%s \"%s\" %s", peer, line, outcome);
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
