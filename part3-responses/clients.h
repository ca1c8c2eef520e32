/*
 * The clients: a slot for each, as poll(2) wants them. Slot 0 is the listener's. The slots below
 * `awake` are those of clients that spoke just now, and are watched all the time; the
 * others sleep, and are looked at now and then, so that thousands of them don't slow down the rest.
 */
#ifndef CLIENTS_H
#define CLIENTS_H

#include <poll.h>

#include "connection.h"

enum {
	CLIENTS = 16384, /* at most, the listener included */
};

/* While nobody is there, awake and count are 1. */
struct clients {
	size_t awake;
	size_t count;
	size_t limit; /* of count, below CLIENTS; one more is there until room is made */
	struct pollfd watched[CLIENTS];
	struct connection *connections[CLIENTS];
	int64_t heard[CLIENTS]; /* when each was last served */
};

/* Takes in the client behind a socket, awake, and serves it at once. */
void clients_add(struct clients *clients, int socket, int64_t now);

/* Carries client i one turn further. If that was the last one, its slot goes to another client. */
void clients_serve(struct clients *clients, size_t i, int64_t now);

/* Wakes client i, which sleeps; the first sleeper takes its slot. */
void clients_wake(struct clients *clients, size_t i);

/* Lets client i sleep; another client takes its slot, one with a higher number. */
void clients_sleep(struct clients *clients, size_t i);

/* Reverses the order of the clients that are awake: who was last is first. */
void clients_reverse(struct clients *clients);

/* Closes client i's connection; another client takes its slot, one with a higher number. */
void clients_drop(struct clients *clients, size_t i);

/*
 * Drops the client that was silent for longest. One that we are sending to has a few seconds more:
 * it may be taking what is already on its way.
 */
void clients_make_room(struct clients *clients);

#endif
