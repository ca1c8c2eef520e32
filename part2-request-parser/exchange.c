#include "exchange.h"

#include "log.h"
#include "request.h"
#include "status.h"
#include "tcp.h"

static void respond(struct connection *c, const struct request *request, int status)
{
	char line[256];

	if (status == 0)
		request_describe(request, &c->outgoing);
	else
		buffer_printf(&c->outgoing, "refused: %s: %s\n", status_text(status),
		              request->problem);
	log_escape(line, sizeof(line), request->line);
	log_line("%s \"%s\" %d", tcp_peer(c->socket).text, line, status);
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
