#include "connection.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "exchange.h"
#include "tcp.h"

enum {
	RECEIVE_SIZE = 32 * 1024, /* bytes */
	SEND_SIZE = 256 * 1024,
	DRAIN_LIMIT = 64 * 1024 * 1024,
};

/* For how long it waits, in milliseconds. */
static const int64_t patience[] = {
	/* clang-format off */
	[PHASE_IDLE] = 15000,
	[PHASE_SEND] = 30000,
	[PHASE_HEAD] = 10000,
	[PHASE_DRAIN] = 5000,
	[PHASE_CONTENT] = 30000,
	/* clang-format on */
};

static struct buffer_pool receive_pool = {.size = RECEIVE_SIZE};
static struct buffer_pool send_pool = {.size = SEND_SIZE};

struct connection *connection_open(int socket, int64_t now)
{
	struct connection *c = malloc(sizeof(*c));

	if (c != NULL)
		*c = (struct connection){
			.socket = socket,
			.since = now,
			.received = {.pool = &receive_pool},
			.outgoing = {.pool = &send_pool},
			.file = {.descriptor = -1},
		};
	else
		close(socket);
	return c;
}

static bool is_sending(const struct connection *c)
{
	return c->outgoing.len > 0 || c->file.left > 0;
}

static enum phase phase_of(const struct connection *c)
{
	if (is_sending(c))
		return PHASE_SEND;
	if (c->last)
		return PHASE_DRAIN;
	if (c->content.state != CONTENT_NONE)
		return PHASE_CONTENT;
	if (slice_equal(buffer_slice(&c->received), "\r"))
		return PHASE_IDLE; /* half an empty line begins no head, and wins no time */
	if (c->received.len > 0)
		return PHASE_HEAD;
	return PHASE_IDLE;
}

/*
 * Once the last byte has been sent: says so, then reads on until the client closes, too. A close
 * with bytes unread would reset the connection, and the client would lose what we sent: RFC 9112,
 * 9.6.
 */
static enum tcp_result drain(struct connection *c)
{
	if (c->phase != PHASE_DRAIN)
		shutdown(c->socket, SHUT_WR);
	c->drained += c->received.len;
	buffer_cut(&c->received, 0);
	return c->drained < DRAIN_LIMIT ? TCP_DONE : TCP_OVER;
}

static enum next next_of(const struct connection *c, enum tcp_result result)
{
	if (result == TCP_OVER || (c->finishing && c->phase == PHASE_IDLE))
		return NEXT_CLOSE;
	if (c->phase == PHASE_DRAIN)
		return NEXT_LINGER;
	return is_sending(c) ? NEXT_SEND : NEXT_RECEIVE;
}

enum next connection_advance(struct connection *c, int64_t now)
{
	enum tcp_result result = connection_expired(c, now) ? TCP_OVER : TCP_DONE;

	if (result == TCP_OVER && exchange_time_out(c))
		result = TCP_DONE;
	if (result == TCP_DONE && !is_sending(c))
		result = tcp_receive(c->socket, &c->received);
	while (result == TCP_DONE && exchange(c))
		continue;
	if (result == TCP_DONE && !file_top_up(&c->file, &c->outgoing))
		result = TCP_OVER;
	size_t unsent = c->outgoing.len;
	if (result == TCP_DONE)
		result = tcp_send(c->socket, &c->outgoing);
	if (result == TCP_DONE && c->last && !is_sending(c))
		result = drain(c);
	bool progress = c->outgoing.len < unsent;
	file_take_back(&c->file, &c->outgoing);
	if (result == TCP_DONE && !is_sending(c))
		exchange(c); /* requests that waited until there was room for their responses */
	if (phase_of(c) != c->phase || progress) {
		c->phase = phase_of(c);
		c->since = now;
	}
	return next_of(c, result);
}

bool connection_expired(const struct connection *c, int64_t now)
{
	return now - c->since >= patience[c->phase];
}

void connection_finish(struct connection *c)
{
	c->finishing = true;
}

void connection_close(struct connection *c)
{
	close(c->socket);
	file_close(&c->file);
	buffer_cut(&c->received, 0);
	buffer_cut(&c->outgoing, 0);
	free(c);
}
