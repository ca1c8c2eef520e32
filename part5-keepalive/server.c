#include "server.h"

#include <errno.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "connection.h"
#include "crowd.h"
#include "descriptors.h"
#include "door.h"
#include "tcp.h"

enum {
	CLIENTS = 16000, /* at most, at once; most of them sleep */
	POLL_TIMEOUT = 1000, /* milliseconds; then a signal that came just before poll is seen */
	RETRY_AFTER = 10, /* milliseconds, when a call has failed */
	FINISH_WITHIN = 3000, /* milliseconds */
	LAST_TURNS = 8, /* at most, for one newcomer */
};

/* Slot 0 is the listener's. The clients' slots follow, without a gap. */
static struct pollfd watched[1 + CLIENTS];
static struct connection *connections[1 + CLIENTS];
static size_t count = 1;
static size_t awake = 1; /* from this slot on, they sleep */
static size_t limit; /* of clients */

static void swap(size_t i, size_t j)
{
	struct pollfd slot = watched[i];
	struct connection *c = connections[i];

	watched[i] = watched[j];
	connections[i] = connections[j];
	watched[j] = slot;
	connections[j] = c;
}

/* The last one who is awake takes its slot. Returns the new one. */
static size_t put_to_sleep(size_t i)
{
	if (i >= awake)
		return i;
	swap(i, --awake);
	return awake;
}

/* Closes a connection; the last one takes its slot. */
static void drop(size_t i)
{
	connection_close(connections[i]);
	swap(put_to_sleep(i), --count);
}

static void serve(size_t i)
{
	watched[i].events = connection_advance(connections[i]);
	if (watched[i].events == 0)
		drop(i);
	else if (connections[i]->phase == PHASE_DRAIN)
		put_to_sleep(i); /* it has its answer: nothing is urgent now */
}

/*
 * One goes. It gets a last turn, since it may have spoken just now: if that gets it any further,
 * another one goes. But if one after the other has spoken, the last of them has to go all the same.
 */
static void make_room(void)
{
	for (int turns = 1; count > 1; turns++) {
		size_t i = 1 + crowd_slowest(connections + 1, count - 1);
		struct connection *c = connections[i];
		int64_t since = c->since;

		watched[i].events = connection_advance(c);
		if (watched[i].events == 0 || c->since == since || turns == LAST_TURNS) {
			drop(i);
			return;
		}
	}
}

static void add(int socket)
{
	if (count > limit)
		make_room();
	connections[count] = connection_open(socket);
	watched[count] = (struct pollfd){.fd = socket, .events = POLLIN};
	if (connections[count] == NULL)
		return;
	swap(awake, count++);
	serve(awake++); /* its request may be there already */
}

static void accept_clients(void)
{
	int socket;

	while ((socket = door_accept(watched[0].fd)) >= 0)
		add(socket);
	if (errno == EMFILE || errno == ENFILE)
		make_room();
}

/* Backwards: if a connection is dropped, the last one takes its slot, and that has had its turn. */
static void serve_ready(void)
{
	for (size_t i = awake - 1; i > 0; i--)
		if (watched[i].revents != 0) /* bytes, room, an error or a hang-up */
			serve(i);
	if (watched[0].revents != 0)
		accept_clients();
}

/* Ends the late ones. One that we wait for gets a last turn: it may have spoken just now. */
static void end_late_ones(void)
{
	for (size_t i = count - 1; i > 0; i--)
		if (connection_is_late(connections[i]) && connections[i]->phase == PHASE_SEND)
			drop(i);
		else if (connection_is_late(connections[i]))
			serve(i);
}

/* Silent clients sleep, but only while others are talking; otherwise poll can wait for all. */
static void look_at_all(bool some_speak)
{
	end_late_ones();
	if (!some_speak)
		return;
	for (size_t i = awake - 1; i > 0; i--)
		if (crowd_may_sleep(connections[i]))
			put_to_sleep(i);
	crowd_sleeps(count - awake);
}

static void turn(void)
{
	int next_look = crowd_next_look();
	bool shut = door_is_shut();

	if (next_look == 0)
		awake = count;
	int timeout = awake < count ? next_look : POLL_TIMEOUT;
	/* While nobody may enter, we don't watch the listener: poll would always return at once. */
	watched[0].events = shut ? 0 : POLLIN;
	int ready = poll(watched, (nfds_t)awake, shut ? 1 : timeout);
	if (ready > 0)
		serve_ready();
	if (ready < 0 && errno != EINTR) /* don't try over and over */
		nanosleep(&(struct timespec){.tv_nsec = RETRY_AFTER * 1000000L}, NULL);
	if (next_look == 0)
		look_at_all(ready > 0);
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
	for (size_t i = count - 1; i > 0; i--)
		serve(i); /* a last turn: a sleeper may have spoken just now */
}

/* Whom the kernel has let in already, a crowd at a time. */
static void accept_the_last(void)
{
	size_t before;

	do {
		before = count;
		accept_clients();
	} while (count > before);
}

void server_run(int listener, const volatile sig_atomic_t *told_to_stop)
{
	limit = descriptors_for_clients(CLIENTS);
	watched[0].fd = listener;
	while (!*told_to_stop)
		turn();
	accept_the_last();
	close(listener);
	finish();
	while (count > 1)
		drop(1);
}
