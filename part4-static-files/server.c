#include "server.h"

#include <errno.h>
#include <unistd.h>

#include "clients.h"
#include "process.h"
#include "tcp.h"

enum {
	ACCEPTS_A_TURN = 64,
	CROWD = 4, /* clients that come in at once */
	LOOKS_A_MS = 100, /* at clients that sleep */
	/* Milliseconds: */
	SWEEP_EVERY = 1000,
	SLEEP_AFTER = 100, /* of silence */
	REST = 10, /* when descriptors, or memory, are out */
	TURN = 10, /* for all that are ready; then newcomers are let in */
	FINISH_WITHIN = 4000,
};

static struct clients clients;
static int64_t now, next_look, next_sweep, rest_until; /* in milliseconds */

/* No client came in. Where descriptors are out, the next one needs somebody else's. */
static void cope_with(int error)
{
	if (error == EAGAIN || error == EWOULDBLOCK)
		return; /* there was none */
	if (error == EMFILE || error == ENFILE)
		clients_make_room(&clients);
	rest_until = now + REST;
}

/*
 * After a crowd, newcomers wait at the door for a millisecond. Then they come in together, most
 * with their request in hand, and all of them cost one poll.
 */
static void accept_clients(void)
{
	size_t before = clients.count;

	rest_until = now;
	for (int i = 0; i < ACCEPTS_A_TURN && clients.count <= clients.limit; i++) {
		int socket = tcp_accept(clients.watched[0].fd);
		if (socket < 0) {
			cope_with(errno);
			break;
		}
		clients_add(&clients, socket, now);
		if (clients.count > clients.limit)
			clients_make_room(&clients);
	}
	if (rest_until == now && clients.count > before + CROWD)
		rest_until = now + 1;
}

static void sweep(void)
{
	next_sweep = now + SWEEP_EVERY;
	for (size_t i = clients.count; i-- > 1;)
		if (connection_expired(clients.connections[i], now))
			clients_serve(&clients, i, now);
}

/* Puts off the next look at all clients, the longer the more of them sleep. */
static void let_sleep(void)
{
	for (size_t i = clients.awake; i-- > 1;)
		if (now - clients.heard[i] > SLEEP_AFTER)
			clients_sleep(&clients, i);
	next_look = now + 1 + (int64_t)(clients.count - clients.awake) / LOOKS_A_MS;
}

/*
 * Serves those of the first `looked_at` slots that poll found ready, from the last one: see
 * clients_drop(). Who gets no turn in time will be among the first of the next.
 */
static void serve_ready(size_t looked_at)
{
	int64_t end = now + TURN;
	size_t i;

	for (i = clients.awake; i < looked_at; i++)
		if (clients.watched[i].revents != 0)
			clients_wake(&clients, i);
	for (i = clients.awake - 1; i > 0 && process_clock() < end; i--)
		if (clients.watched[i].revents != 0)
			clients_serve(&clients, i, now);
	if (i > 0)
		clients_reverse(&clients);
	if (clients.watched[0].revents != 0)
		accept_clients();
}

/* How long poll may wait: it must not miss the end of a rest, the next look or the next sweep. */
static int timeout(bool all)
{
	if (now < rest_until)
		return 1;
	return (int)(all ? SWEEP_EVERY : next_look - now);
}

static void turn(void)
{
	bool all = clients.awake == clients.count || now >= next_look;
	size_t looked_at = all ? clients.count : clients.awake;
	bool open = now >= rest_until && clients.count <= clients.limit;

	clients.watched[0].events = open ? POLLIN : 0;
	int ready = poll(clients.watched, looked_at, timeout(all));
	now = process_clock();
	if (ready < 0 && errno != EINTR)
		process_sleep(REST);
	if (ready > 0)
		serve_ready(looked_at);
	if (all)
		let_sleep();
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
