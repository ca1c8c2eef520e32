/*
 * Time for the servers under test when deadlines are waited for: it takes the place of
 * common/clock.c, and runs ten times as fast, or as often as the variable HASTE says, so that no
 * test has to wait for long. The servers are compiled with -Dpoll=hasty_poll, since poll waits by
 * the clock, too.
 */
#include "clock.h"

#include <poll.h>
#include <stdlib.h>
#include <time.h>

#undef poll
int poll(struct pollfd *watched, nfds_t count, int timeout);
int hasty_poll(struct pollfd *watched, nfds_t count, int timeout);

static int haste(void)
{
	static int times;

	if (times == 0) {
		const char *wanted = getenv("HASTE");
		times = wanted == NULL ? 10 : (int)strtol(wanted, NULL, 10);
	}
	return times > 0 ? times : 10;
}

int64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return ((int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000) * haste() / 1000;
}

int hasty_poll(struct pollfd *watched, nfds_t count, int timeout)
{
	return poll(watched, count, (timeout + haste() - 1) / haste());
}
