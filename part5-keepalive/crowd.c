#include "crowd.h"

#include "clock.h"

enum {
	LOOKS_A_MS = 100, /* at clients that sleep */
	SLEEP_AFTER = 100, /* milliseconds of silence */
	GRACE = 15000,
};

static int64_t next_look; /* when; see clock_now() */
static bool some_sleep;

void crowd_put_to_sleep(struct pollfd *slot)
{
	if (slot->fd >= 0)
		slot->fd = ~slot->fd;
	some_sleep = true;
}

int crowd_wake(struct pollfd *slots, size_t count, int longest)
{
	int64_t now = clock_now();

	if (now < next_look)
		return some_sleep ? (int)(next_look - now) : longest;
	for (size_t i = 0; some_sleep && i < count; i++)
		if (slots[i].fd < 0)
			slots[i].fd = ~slots[i].fd;
	some_sleep = false;
	return longest;
}

void crowd_let_sleep(struct pollfd *slots, struct connection *const *connections, size_t count)
{
	int64_t now = clock_now(), sleepers = 0;

	if (now < next_look)
		return;
	for (size_t i = 0; i < count; i++)
		if (connections[i]->phase == PHASE_DRAIN ||
		    now - connections[i]->since > SLEEP_AFTER) {
			crowd_put_to_sleep(&slots[i]);
			sleepers++;
		}
	next_look = now + 1 + sleepers / LOOKS_A_MS;
}

size_t crowd_slowest(struct connection *const *connections, size_t count)
{
	int64_t earliest = INT64_MAX;
	size_t slowest = 0;

	for (size_t i = 0; i < count; i++) {
		int64_t grace = connections[i]->phase == PHASE_SEND ? GRACE : 0;

		if (connections[i]->since + grace < earliest) {
			earliest = connections[i]->since + grace;
			slowest = i;
		}
	}
	return slowest;
}
