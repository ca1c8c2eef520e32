#include "door.h"

#include <errno.h>

#include "clock.h"
#include "tcp.h"

enum {
	ACCEPTS_A_TURN = 64,
	CROWD = 4, /* newcomers in a turn */
	RETRY_AFTER = 10, /* milliseconds, when there is no descriptor or no memory */
};

static int accepted; /* this turn */
static int64_t opens; /* when; see clock_now() */

/*
 * After a crowd, newcomers wait at the door for a millisecond. Then they come in together, most
 * with their request in hand, and all of them cost one poll.
 */
static void end_of_turn(void)
{
	if (accepted > CROWD)
		opens = clock_now() + 1;
	accepted = 0;
}

int door_accept(int listener)
{
	int socket = -1;

	errno = EAGAIN;
	if (accepted < ACCEPTS_A_TURN)
		socket = tcp_accept(listener);
	if (socket >= 0) {
		accepted++;
		return socket;
	}
	end_of_turn();
	if (errno != EAGAIN && errno != EWOULDBLOCK)
		opens = clock_now() + RETRY_AFTER;
	return -1;
}

bool door_is_shut(void)
{
	return clock_now() < opens;
}
