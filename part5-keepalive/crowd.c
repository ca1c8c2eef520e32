#include "crowd.h"

#include "clock.h"

enum {
	SLEEPERS_A_MS = 100, /* so many put off the next look by a millisecond */
	SLEEP_AFTER = 100, /* milliseconds */
	GRACE = 15000, /* milliseconds; a slow line may bring nothing for some seconds */
};

static int64_t next_look; /* when; see clock_now() */
static bool looking; /* this turn */
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

	looking = now >= next_look;
	if (!looking)
		return some_sleep ? (int)(next_look - now) : longest;
	for (size_t i = 0; some_sleep && i < count; i++)
		if (slots[i].fd < 0)
			slots[i].fd = ~slots[i].fd;
	some_sleep = false;
	return longest;
}

bool crowd_is_looking(void)
{
	return looking;
}

void crowd_let_sleep(struct pollfd *slots, struct connection *const *connections, size_t count)
{
	int64_t now = clock_now(), sleepers = 0;

	if (!looking)
		return; /* poll has not asked those who sleep */
	for (size_t i = 0; i < count; i++)
		if (connections[i]->phase == PHASE_DRAIN ||
		    now - connections[i]->since > SLEEP_AFTER) {
			crowd_put_to_sleep(&slots[i]);
			sleepers++;
		}
	next_look = now + 1 + sleepers / SLEEPERS_A_MS;
}

size_t crowd_slowest(struct connection *const *connections, size_t count)
{
	int64_t earliest = INT64_MAX;
	size_t slowest = 0;

	for (size_t i = 0; i < count; i++) {
		int64_t begun = connections[i]->since;

		if (connections[i]->phase == PHASE_SEND)
			begun += GRACE;
		if (connections[i]->phase == PHASE_DRAIN)
			begun -= GRACE;
		if (begun < earliest) {
			earliest = begun;
			slowest = i;
		}
	}
	return slowest;
}
