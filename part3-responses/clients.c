#include "clients.h"

enum {
	GRACE = 5000, /* milliseconds, for who is being sent to */
};

static void swap(struct clients *c, size_t a, size_t b)
{
	struct pollfd watched = c->watched[a];
	struct connection *connection = c->connections[a];
	int64_t heard = c->heard[a];

	c->watched[a] = c->watched[b];
	c->connections[a] = c->connections[b];
	c->heard[a] = c->heard[b];
	c->watched[b] = watched;
	c->connections[b] = connection;
	c->heard[b] = heard;
}

void clients_add(struct clients *c, int socket, int64_t now)
{
	c->watched[c->count] = (struct pollfd){.fd = socket};
	c->connections[c->count] = connection_open(socket, now);
	if (c->connections[c->count] == NULL)
		return;
	swap(c, c->awake, c->count++);
	clients_serve(c, c->awake++, now);
}

void clients_serve(struct clients *c, size_t i, int64_t now)
{
	enum next next = connection_advance(c->connections[i], now);

	c->heard[i] = now;
	c->watched[i].events = next == NEXT_SEND ? POLLOUT : POLLIN;
	if (next == NEXT_CLOSE)
		clients_drop(c, i);
	else if (next == NEXT_LINGER)
		clients_sleep(c, i);
}

void clients_wake(struct clients *c, size_t i)
{
	swap(c, i, c->awake++);
}

void clients_sleep(struct clients *c, size_t i)
{
	if (i < c->awake)
		swap(c, i, --c->awake);
}

void clients_reverse(struct clients *c)
{
	for (size_t low = 1, high = c->awake - 1; low < high; low++, high--)
		swap(c, low, high);
}

void clients_drop(struct clients *c, size_t i)
{
	bool sleeps = i >= c->awake;

	connection_close(c->connections[i]);
	clients_sleep(c, i);
	swap(c, sleeps ? i : c->awake, --c->count);
}

void clients_make_room(struct clients *c)
{
	int64_t earliest = INT64_MAX;
	size_t silent = 0;

	for (size_t i = 1; i < c->count; i++) {
		int64_t heard = c->heard[i] + (c->watched[i].events == POLLOUT ? GRACE : 0);

		if (heard < earliest) {
			earliest = heard;
			silent = i;
		}
	}
	if (silent != 0)
		clients_drop(c, silent);
}
