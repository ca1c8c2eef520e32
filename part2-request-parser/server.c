#include "server.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "connection.h"
#include "process.h"
#include "tcp.h"

enum {
	CONNECTIONS = 16384,
	ACCEPTS_A_TURN = 64,
	LOOK_EVERY = 10, /* milliseconds: at those that sleep */
	SWEEP_EVERY = 1000, /* for those that have passed their deadline */
	FINISH_WITHIN = 4000,
};

/*
 * Slot 0 is the listener's. The first `awake` slots are of clients that spoke within this second,
 * watched all the time; the others sleep, and are looked at now and then, so that ten thousand
 * silent clients don't slow down the rest. One slot is for who comes when all are taken.
 */
static struct pollfd watched[1 + CONNECTIONS + 1];
static struct client {
	struct connection *connection;
	int64_t heard; /* when it was last served */
} clients[1 + CONNECTIONS + 1];
static size_t awake = 1, count = 1, limit;
static int64_t now, next_look, next_sweep, rest_until;

static void swap(size_t a, size_t b)
{
	struct pollfd descriptor = watched[a];
	struct client client = clients[a];

	watched[a] = watched[b];
	clients[a] = clients[b];
	watched[b] = descriptor;
	clients[b] = client;
}

static void drop(size_t i)
{
	connection_close(clients[i].connection);
	if (i < awake) {
		swap(i, --awake);
		i = awake;
	}
	swap(i, --count);
}

static void serve(size_t i)
{
	enum next next = connection_advance(clients[i].connection, now);

	clients[i].heard = now;
	watched[i].events = next == NEXT_SEND ? POLLOUT : POLLIN;
	if (next == NEXT_CLOSE)
		drop(i);
}

static void add(int socket)
{
	struct connection *connection = connection_open(socket, now);

	if (connection == NULL)
		return;
	watched[count] = (struct pollfd){.fd = socket};
	clients[count] = (struct client){.connection = connection};
	swap(awake, count++);
	serve(awake++);
}

/* When all slots are taken, the client that has kept us waiting longest makes room. */
static void make_room(void)
{
	size_t longest = 0;

	clients[0].heard = now + 1;
	for (size_t i = 1; i < count; i++)
		if (watched[i].events == POLLIN && clients[i].heard < clients[longest].heard)
			longest = i;
	if (longest != 0)
		drop(longest);
}

static void accept_clients(void)
{
	for (int i = 0; i < ACCEPTS_A_TURN && count <= limit; i++) {
		int socket = tcp_accept(watched[0].fd);
		if (socket < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
			rest_until = now + LOOK_EVERY;
		if (socket < 0)
			return;
		add(socket);
		if (count > limit)
			make_room();
	}
}

static void sweep(void)
{
	next_sweep = now + SWEEP_EVERY;
	awake = 1; /* who still speaks is awake again after the next look */
	for (size_t i = count; i-- > 1;)
		if (connection_expired(clients[i].connection, now))
			serve(i);
}

static void turn(void)
{
	bool all = awake == count || now >= next_look;
	size_t looked_at = all ? count : awake;

	watched[0].events = count <= limit && now >= rest_until ? POLLIN : 0;
	int ready = poll(watched, looked_at, all ? SWEEP_EVERY : LOOK_EVERY);
	now = process_clock();
	next_look = all ? now + LOOK_EVERY : next_look;
	for (size_t i = awake; ready > 0 && i < looked_at; i++)
		if (watched[i].revents != 0)
			swap(i, awake++);
	for (size_t i = awake; ready > 0 && i-- > 1;)
		if (watched[i].revents != 0)
			serve(i);
	if (ready > 0 && watched[0].revents != 0)
		accept_clients();
	if (now >= next_sweep)
		sweep();
}

void server_run(int listener)
{
	limit = 1 + process_client_limit(CONNECTIONS);
	watched[0].fd = listener;
	process_catch_signals();
	now = process_clock();
	while (!process_told_to_stop())
		turn();
	close(listener);
	watched[0].fd = -1; /* which poll passes over */
	for (size_t i = count; i-- > 1;) {
		connection_finish(clients[i].connection);
		serve(i);
	}
	for (int64_t end = now + FINISH_WITHIN; count > 1 && now < end;)
		turn();
	while (count > 1)
		drop(1);
}
