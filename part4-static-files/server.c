#include "server.h"

#include <errno.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "connection.h"
#include "tcp.h"

enum {
	CLIENTS = 500, /* at most, at once; each may have a file open, too */
	POLL_TIMEOUT = 1000, /* milliseconds; then a signal that came just before poll is seen */
	RETRY_AFTER = 10, /* milliseconds, when a call has failed */
	FINISH_WITHIN = 3000, /* milliseconds */
};

/* Slot 0 is the listener's. The clients' slots follow, without a gap. */
static struct pollfd watched[1 + CLIENTS];
static struct connection *connections[1 + CLIENTS];
static size_t count = 1;
static bool accept_failed; /* there was no descriptor left for the last newcomer */
static int64_t next_look; /* when; see clock_now() */

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
}

static void add(int socket)
{
	connections[count] = connection_open(socket);
	watched[count] = (struct pollfd){.fd = socket, .events = POLLIN};
	if (connections[count] != NULL)
		count++;
}

static void accept_clients(void)
{
	int socket = 0;

	while (count <= CLIENTS && (socket = tcp_accept(watched[0].fd)) >= 0)
		add(socket);
	accept_failed = socket < 0 && errno != EAGAIN && errno != EWOULDBLOCK;
}

/* Backwards: if a connection is dropped, the last one takes its slot, and that has had its turn. */
static void serve_ready(void)
{
	for (size_t i = count - 1; i > 0; i--)
		if (watched[i].revents != 0) /* bytes, room, an error or a hang-up */
			serve(i);
	if (watched[0].revents != 0)
		accept_clients();
}

/* Ends the late ones. One that we wait for gets a last turn: it may have spoken just now. */
static void end_late_ones(void)
{
	next_look = clock_now() + POLL_TIMEOUT;
	for (size_t i = count - 1; i > 0; i--)
		if (connection_is_late(connections[i]) && connections[i]->phase == PHASE_SEND)
			drop(i);
		else if (connection_is_late(connections[i]))
			serve(i);
}

static void turn(void)
{
	int timeout = accept_failed ? RETRY_AFTER : POLL_TIMEOUT;

	/* While nobody may enter, we don't watch the listener: poll would always return at once. */
	watched[0].events = accept_failed || count > CLIENTS ? 0 : POLLIN;
	accept_failed = false;
	int ready = poll(watched, (nfds_t)count, timeout);
	if (ready > 0)
		serve_ready();
	if (ready < 0 && errno != EINTR) /* don't try over and over */
		nanosleep(&(struct timespec){.tv_nsec = RETRY_AFTER * 1000000L}, NULL);
	if (clock_now() >= next_look)
		end_late_ones();
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

void server_run(int listener, const volatile sig_atomic_t *told_to_stop)
{
	watched[0].fd = listener;
	while (!*told_to_stop)
		turn();
	accept_clients(); /* whom the kernel has let in already */
	close(listener);
	finish();
	while (count > 1)
		drop(1);
}
