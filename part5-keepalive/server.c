#include "server.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "clock.h"
#include "connection.h"
#include "crowd.h"
#include "descriptors.h"
#include "tcp.h"

enum {
	CLIENTS = 16000, /* at most, at once */
	ACCEPTS_A_TURN = 64,
	CROWD = 4, /* newcomers in a turn */
	LONGEST_TURN = 1000, /* milliseconds */
	FINISH_WITHIN = 4000,
};

/* Slot 0 is the listener's. The clients' slots follow, without a gap. */
static struct pollfd watched[1 + CLIENTS];
static struct connection *connections[1 + CLIENTS];
static size_t count = 1;
static bool full; /* there was no descriptor left for the last newcomer */
static int64_t next_sweep; /* when; see clock_now() */
static size_t limit; /* of clients */
static int64_t next_look, next_accept; /* when */
static bool some_sleep;

static volatile sig_atomic_t told_to_stop;

static void stop(int signal)
{
	(void)signal;
	told_to_stop = 1;
}

static void catch_signals(void)
{
	sigaction(SIGINT, &(struct sigaction){.sa_handler = stop}, NULL);
	sigaction(SIGTERM, &(struct sigaction){.sa_handler = stop}, NULL);
	/* By default, a send to a client that has left would end the whole process. */
	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
}

/* Closes a connection; the last one takes its slot. */
static void drop(size_t i)
{
	connection_close(connections[i]);
	count--;
	watched[i] = watched[count];
	connections[i] = connections[count];
}

static void serve(size_t i)
{
	watched[i].events = connection_advance(connections[i]);
	if (watched[i].events == 0)
		drop(i);
	else if (connections[i]->phase == PHASE_DRAIN) {
		crowd_put_to_sleep(&watched[i]); /* it has its answer: nothing is urgent now */
		some_sleep = true;
	}
}

static bool make_room(void)
{
	if (count > 1)
		drop(1 + crowd_slowest(connections + 1, count - 1));
	return count <= limit;
}

static void add(int socket)
{
	if (count > limit)
		make_room();
	connections[count] = connection_open(socket);
	watched[count] = (struct pollfd){.fd = socket, .events = POLLIN};
	if (connections[count] != NULL)
		serve(count++); /* its request may be there already */
}

/*
 * After a crowd, newcomers wait at the door for a millisecond. Then they come in together, most
 * with their request in hand, and all of them cost one poll.
 */
static void accept_clients(void)
{
	int accepted = 0, socket = 0;

	while (accepted < ACCEPTS_A_TURN && (socket = tcp_accept(watched[0].fd)) >= 0) {
		add(socket);
		accepted++;
	}
	full = socket < 0 && errno != EAGAIN && errno != EWOULDBLOCK;
	if (full && (errno == EMFILE || errno == ENFILE))
		full = !make_room();
	if (accepted > CROWD)
		next_accept = clock_now() + 1;
}

/* From the last slot to the first: whoever takes a dropped one's slot has been served already. */
static void serve_ready(void)
{
	for (size_t i = count - 1; i > 0; i--)
		if (watched[i].revents != 0)
			serve(i);
	if (watched[0].revents != 0)
		accept_clients();
}

/* Ends the connections that are late, unless something has come just now. */
static void sweep(void)
{
	next_sweep = clock_now() + LONGEST_TURN;
	for (size_t i = count - 1; i > 0; i--)
		if (connection_is_late(connections[i]))
			serve(i);
}

static void let_sleep(void)
{
	next_look = clock_now() + crowd_let_sleep(watched + 1, connections + 1, count - 1);
	some_sleep = true;
}

/* How long poll may wait: it must not miss the next look, nor those who wait at the door. */
static int patience(int64_t now)
{
	if (now < next_accept)
		return 1;
	return some_sleep ? (int)(next_look - now) : LONGEST_TURN;
}

static void turn(void)
{
	int64_t now = clock_now();
	bool look = now >= next_look;

	if (look) {
		crowd_wake(watched + 1, count - 1);
		some_sleep = false;
	}
	/* A full house doesn't look at the door, or poll would return at once, over and over. */
	watched[0].events = full || now < next_accept ? 0 : POLLIN;
	full = false;
	int ready = poll(watched, (nfds_t)count, patience(now));
	if (ready > 0)
		serve_ready();
	if (ready > 0 && look)
		let_sleep();
	if (clock_now() >= next_sweep)
		sweep();
}

/* Without newcomers, until all exchanges that have begun are made. */
static void finish(void)
{
	int64_t end = clock_now() + FINISH_WITHIN;

	watched[0].fd = -1; /* poll passes over it */
	for (size_t i = count - 1; i > 0; i--) {
		connection_finish(connections[i]);
		serve(i);
	}
	while (count > 1 && clock_now() < end)
		turn();
}

void server_run(int listener)
{
	catch_signals();
	limit = descriptors_for_clients(CLIENTS);
	watched[0].fd = listener;
	while (!told_to_stop)
		turn();
	close(listener);
	finish();
	while (count > 1)
		drop(1);
}
