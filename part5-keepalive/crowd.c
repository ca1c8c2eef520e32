#include "crowd.h"

#include "clock.h"

enum {
	SLEEPERS_A_MS = 100, /* each 100 sleepers delay the next full poll by 1 ms */
	SLEEP_AFTER = 100, /* milliseconds */
	GRACE = 15000, /* milliseconds; a slow line may bring nothing for some seconds */
};

static int64_t next_look; /* when; see clock_now() */

int crowd_next_look(void)
{
	int64_t now = clock_now();

	return next_look > now ? (int)(next_look - now) : 0;
}

bool crowd_may_sleep(const struct connection *c)
{
	return c->phase == PHASE_DRAIN || clock_now() - c->since > SLEEP_AFTER;
}

void crowd_sleeps(size_t sleepers)
{
	next_look = clock_now() + 1 + (int64_t)sleepers / SLEEPERS_A_MS;
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
