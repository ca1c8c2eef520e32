#include "connection.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "exchange.h"
#include "tcp.h"

enum {
	BUFFER_SIZE = 64 * 1024, /* bytes */
};

/* How long a phase may last, in milliseconds. */
static const int64_t patience[] = {
	[PHASE_IDLE] = 15000, /* it may still say something */
	[PHASE_HEAD] = 10000, /* from the first octet to the last */
	[PHASE_SEND] = 60000, /* without any progress */
	[PHASE_DRAIN] = 5000, /* then we close, whatever it does */
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
		.since = clock_now(),
	};
	return c;
}

/* While bytes wait to go out, we don't receive: a client that never reads can't fill our memory. */
static bool is_sending(const struct connection *c)
{
	return c->outgoing.len > 0;
}

static enum phase phase_of(const struct connection *c)
{
	if (is_sending(c))
		return PHASE_SEND;
	if (c->last)
		return PHASE_DRAIN;
	if (c->received.len > 0)
		return PHASE_HEAD;
	return PHASE_IDLE;
}

/*
 * If we closed with bytes of the client unread, TCP would reset the connection, and the client
 * could lose our answer: RFC 9112, 9.6. So we say that we are done, and then take what still comes.
 */
static void enter_phase(struct connection *c, enum phase phase)
{
	if (phase == c->phase)
		return;
	if (phase == PHASE_DRAIN)
		shutdown(c->socket, SHUT_WR);
	c->phase = phase;
	c->since = clock_now();
}

/* Sends as much as the client takes now. Returns false if it has left. */
static bool send_some(struct connection *c)
{
	ssize_t count = tcp_send(c->socket, buffer_slice(&c->outgoing));

	if (count < 0)
		return false;
	if (count > 0)
		c->since = clock_now();
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
	if (c->last)
		buffer_clear(&c->received); /* nobody will read it */
	return send_some(c);
}

short connection_advance(struct connection *c)
{
	if (!take_turn(c))
		return 0;
	enter_phase(c, phase_of(c));
	if (connection_is_late(c))
		return 0; /* even this turn has not helped */
	return is_sending(c) ? POLLOUT : POLLIN;
}

bool connection_is_late(const struct connection *c)
{
	return clock_now() - c->since >= patience[c->phase];
}

void connection_close(struct connection *c)
{
	close(c->socket);
	buffer_clear(&c->received);
	buffer_clear(&c->outgoing);
	free(c);
}
