/* A connection: one client's socket, what came from it, and what is to go to it. */
#ifndef CONNECTION_H
#define CONNECTION_H

#include "buffer.h"

struct connection {
	int socket;
	struct buffer received;
	struct buffer outgoing;
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

/* Closes the socket and frees everything. */
void connection_close(struct connection *connection);

#endif
