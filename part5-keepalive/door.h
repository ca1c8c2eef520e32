/* The door: when newcomers come in, and how many at once. */
#ifndef DOOR_H
#define DOOR_H

#include <stdbool.h>

/*
 * Returns the socket of the next newcomer that may come in now. Otherwise -1, and errno: EAGAIN if
 * there is none or enough have come in; EMFILE or ENFILE if there is no descriptor left; or what
 * else accept(2) says. After any of these but EAGAIN, the door is shut for a few milliseconds.
 */
int door_accept(int listener);

/* Whether nobody may come in now. In that case it opens again by itself, a little later. */
bool door_is_shut(void);

#endif
