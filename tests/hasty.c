/*
 * Time for the servers under test when deadlines are waited for: it takes the place of
 * common/clock.c, and runs ten times as fast, so that no test has to wait for long. The servers are
 * compiled with -Dpoll=hasty_poll, since poll waits by the clock, too.
 */
#include "clock.h"

#include <poll.h>
#include <time.h>

#undef poll
int poll(struct pollfd *watched, nfds_t count, int timeout);
int hasty_poll(struct pollfd *watched, nfds_t count, int timeout);

int64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 10000 + now.tv_nsec / 100000;
}

int hasty_poll(struct pollfd *watched, nfds_t count, int timeout)
{
	return poll(watched, count, (timeout + 9) / 10);
}
