#include "connection.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "exchange.h"
#include "tcp.h"

enum {
	BUFFER_SIZE = 64 * 1024, /* bytes */
};

struct connection *connection_open(int socket)
{
	struct connection *c = malloc(sizeof(*c));

	if (c == NULL) {
		close(socket);
		return NULL;
	}
	*c = (struct connection){
		.socket = socket,
		.received = {.size = BUFFER_SIZE},
		.outgoing = {.size = BUFFER_SIZE},
	};
	return c;
}

/* While bytes wait to go out, we don't receive: a client that never reads can't fill our memory. */
static bool is_sending(const struct connection *c)
{
	return c->outgoing.len > 0;
}

/* Sends as much as the client takes now. Returns false if it has left. */
static bool send_some(struct connection *c)
{
	ssize_t count = tcp_send(c->socket, buffer_slice(&c->outgoing));

	if (count < 0)
		return false;
	buffer_consume(&c->outgoing, (size_t)count);
	return true;
}

/* Returns false if the connection is over. */
static bool take_turn(struct connection *c)
{
	if (!is_sending(c) && !tcp_receive(c->socket, &c->received))
		return false;
	while (exchange(c))
		continue;
	return send_some(c);
}

short connection_advance(struct connection *c)
{
	if (!take_turn(c))
		return 0;
	return is_sending(c) ? POLLOUT : POLLIN;
}

void connection_close(struct connection *c)
{
	close(c->socket);
	buffer_clear(&c->received);
	buffer_clear(&c->outgoing);
	free(c);
}
