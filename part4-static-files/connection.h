/* A connection: one client's socket, what came from it, and what is to go to it. */
#ifndef CONNECTION_H
#define CONNECTION_H

#include "buffer.h"
#include "file.h"

/*
 * What a connection waits for the client to do.
 *
 *     IDLE --an octet--> HEAD --its end--> SEND --the last is sent--> DRAIN --it closes--> over
 */
enum phase {
	PHASE_IDLE, /* to begin a request */
	PHASE_HEAD, /* to end the head that it has begun */
	PHASE_SEND, /* to take what we send */
	PHASE_DRAIN, /* to close: we have said that we are done */
};

struct connection {
	int socket;
	struct buffer received;
	struct buffer outgoing;
	bool last; /* no exchange is to follow */
	enum phase phase;
	int64_t since; /* when the phase began, or bytes last went out; see clock_now() */
	struct file file; /* what is to follow the outgoing bytes */
	uint64_t sent; /* bytes, so far */
	bool finishing; /* no exchange is to begin after the one under way */
};

/*
 * Takes over a client's socket, which must not block. Returns NULL if there is no memory; the
 * socket is closed then.
 */
struct connection *connection_open(int socket);

/*
 * Does what can be done without waiting: one receive and one send at most, so that a fast client
 * can't keep the others waiting. Returns what to wait for, POLLIN or POLLOUT, or 0: it is over.
 */
short connection_advance(struct connection *connection);

/* Whether the client's time is up. Without progress, the next advance ends the connection. */
bool connection_is_late(const struct connection *connection);

/* Asks the connection to end with the exchange under way; if there is none, at the next advance. */
void connection_finish(struct connection *connection);

/* Closes the socket and frees everything. */
void connection_close(struct connection *connection);

#endif
