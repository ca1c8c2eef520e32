/*
 * Time for the servers under test when deadlines matter: it takes the place of common/clock.c, and
 * runs ten times as fast, or as often as the variable SPEED says, so that no test has to wait for
 * long. With SPEED=0.2 it takes five times as long as it should, for a test that must not be late
 * itself. The servers are compiled with -Dpoll=fast_poll, since poll waits by the clock, too.
 */
#include "clock.h"

#include <poll.h>
#include <stdlib.h>
#include <time.h>

#ifdef __linux__ /* for the exercise about epoll */
#undef epoll_wait
#include <sys/epoll.h>
int fast_epoll_wait(int epoll, struct epoll_event *events, int most, int timeout);
#endif

#undef poll
int poll(struct pollfd *watched, nfds_t count, int timeout);
int fast_poll(struct pollfd *watched, nfds_t count, int timeout);

static double speed(void)
{
	static double times;

	if (times == 0) {
		const char *wanted = getenv("SPEED");
		times = wanted == NULL ? 10 : strtod(wanted, NULL);
	}
	return times > 0 ? times : 10;
}

int64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)(((double)now.tv_sec * 1000 + (double)now.tv_nsec / 1000000) * speed());
}

/* With WALL_CLOCK=stopped, the clock on the wall shows Sun, 06 Dec 2026 08:05:07 GMT, for ever. */
time_t time(time_t *also)
{
	struct timespec now = {.tv_sec = 1796544307};

	if (getenv("WALL_CLOCK") == NULL)
		clock_gettime(CLOCK_REALTIME, &now);
	if (also != NULL)
		*also = now.tv_sec;
	return now.tv_sec;
}

int fast_poll(struct pollfd *watched, nfds_t count, int timeout)
{
	return poll(watched, count, timeout > 0 ? (int)(timeout / speed()) + 1 : timeout);
}

#ifdef __linux__
int fast_epoll_wait(int epoll, struct epoll_event *events, int most, int timeout)
{
	return epoll_wait(epoll, events, most,
	                  timeout > 0 ? (int)(timeout / speed()) + 1 : timeout);
}
#endif
