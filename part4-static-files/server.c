#include "server.h"

#include <errno.h>
#include <unistd.h>

#include "clients.h"
#include "process.h"
#include "tcp.h"

enum {
	ACCEPTS_A_TURN = 64,
	CROWD = 16, /* clients that are awake */
	/* Milliseconds: */
	LOOK_EVERY = 10, /* at the clients that sleep */
	SWEEP_EVERY = 1000, /* for those that have passed their deadline */
	REST = 10, /* without new clients, when there are no descriptors */
	FINISH_WITHIN = 4000,
};

static struct clients clients;
static int64_t now, next_look, next_sweep, rest_until; /* in milliseconds */

/*
 * In a crowd, newcomers wait at the door for a millisecond. Then they come in together, most with
 * their request in hand, and all of them cost one poll.
 */
static void accept_clients(void)
{
	rest_until = clients.awake > CROWD ? now + 1 : now;
	for (int i = 0; i < ACCEPTS_A_TURN && clients.count <= clients.limit; i++) {
		int socket = tcp_accept(clients.watched[0].fd);
		if (socket < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
			rest_until = now + REST;
		if (socket < 0)
			return;
		clients_add(&clients, socket, now);
		clients_make_room(&clients);
	}
}

static void sweep(void)
{
	next_sweep = now + SWEEP_EVERY;
	clients.awake = 1; /* who still speaks is awake again after the next look */
	for (size_t i = clients.count; i-- > 1;)
		if (connection_expired(clients.connections[i], now))
			clients_serve(&clients, i, now);
}

/* Serves those of the first `looked_at` slots that poll found ready. */
static void serve_ready(size_t looked_at)
{
	for (size_t i = clients.awake; i < looked_at; i++)
		if (clients.watched[i].revents != 0)
			clients_wake(&clients, i);
	for (size_t i = clients.awake; i-- > 1;) /* from the last one: see clients_drop() */
		if (clients.watched[i].revents != 0)
			clients_serve(&clients, i, now);
	if (clients.watched[0].revents != 0)
		accept_clients();
}

static void turn(void)
{
	bool all = clients.awake == clients.count || now >= next_look;
	size_t looked_at = all ? clients.count : clients.awake;
	bool rests = now < rest_until;
	int timeout = rests ? 1 : all ? SWEEP_EVERY : LOOK_EVERY;

	clients.watched[0].events = rests || clients.count > clients.limit ? 0 : POLLIN;
	int ready = poll(clients.watched, looked_at, timeout);
	now = process_clock();
	next_look = all ? now + LOOK_EVERY : next_look;
	if (ready > 0)
		serve_ready(looked_at);
	if (now >= next_sweep)
		sweep();
}

void server_run(int listener)
{
	clients.awake = clients.count = 1;
	clients.limit = 1 + process_client_limit(CLIENTS - 2);
	clients.watched[0].fd = listener;
	process_catch_signals();
	now = process_clock();
	while (!process_told_to_stop())
		turn();
	close(listener);
	clients.watched[0].fd = -1; /* which poll passes over */
	for (size_t i = clients.count; i-- > 1;) {
		connection_finish(clients.connections[i]);
		clients_serve(&clients, i, now);
	}
	for (int64_t end = now + FINISH_WITHIN; clients.count > 1 && now < end;)
		turn();
	while (clients.count > 1)
		clients_drop(&clients, 1);
}
