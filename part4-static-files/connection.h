/* A connection: one client's socket, what came from it, and what is to go to it. */
#ifndef CONNECTION_H
#define CONNECTION_H

#include "buffer.h"
#include "file.h"

/* What a connection waits for the client to do. */
enum phase {
	PHASE_IDLE, /* to begin */
	PHASE_SEND, /* to take what we send */
	PHASE_HEAD, /* to end the head that it began */
	PHASE_DRAIN, /* to close, as we have */
};

struct connection {
	int socket;
	enum phase phase;
	int64_t since; /* when the phase began, or bytes last went out in it */
	bool finishing; /* no exchange is to begin after the one under way */
	struct buffer received;
	struct buffer outgoing;
	bool last; /* the last exchange has been made */
	size_t drained; /* bytes passed over since */
	struct file file; /* what is still to follow the outgoing bytes */
};

/* What a connection needs before it can go on. */
enum next {
	NEXT_RECEIVE,
	NEXT_SEND,
	NEXT_CLOSE,
	NEXT_LINGER, /* as NEXT_RECEIVE, but there is no hurry */
};

/*
 * Takes over a client's socket, which must not block. Every `now` here is in milliseconds, from a
 * clock that never jumps. NULL where memory is out; then the socket has been closed.
 */
struct connection *connection_open(int socket, int64_t now);

/*
 * Does what can be done without waiting, and says what to wait for. A turn is one receive and one
 * send at most, so that a client that is fast, or never silent, can't keep the others waiting.
 */
enum next connection_advance(struct connection *connection, int64_t now);

/* Whether the client has let us wait for longer than it may; the next advance ends it then. */
bool connection_expired(const struct connection *connection, int64_t now);

/* Asks the connection to end with the exchange under way, at the next advance if there is none. */
void connection_finish(struct connection *connection);

/* Closes the socket and frees everything. */
void connection_close(struct connection *connection);

#endif
