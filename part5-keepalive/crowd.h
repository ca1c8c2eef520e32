/*
 * Thousands of clients. poll(2) looks at every socket that it is given, so the many that are silent
 * would slow down the few that speak. They sleep: most polls pass over them, and only now and then,
 * less often the more of them there are, comes a look at all. And when there is no place left for a
 * newcomer, somebody must go.
 */
#ifndef CROWD_H
#define CROWD_H

#include <poll.h>

#include "connection.h"

/* Puts the client of a slot to sleep: poll(2) passes over a negative descriptor. */
void crowd_put_to_sleep(struct pollfd *slot);

/*
 * Begins a turn. If it is time for a look at all, wakes the clients of all slots. Returns for how
 * long poll(2) may wait, in milliseconds: until the next look; or `longest`, if nobody sleeps.
 */
int crowd_wake(struct pollfd *slots, size_t count, int longest);

/* Whether this turn looks at all clients. */
bool crowd_is_looking(void);

/* After a look at all, puts to sleep those to whom nothing has been sent for a while. */
void crowd_let_sleep(struct pollfd *slots, struct connection *const *connections, size_t count);

/*
 * Returns which of the connections can be given up most easily: one that has its answer and only
 * has to close, or else the one to which nothing has been sent for longest. Those that we are
 * sending to have some time more: they may be taking what is on its way.
 */
size_t crowd_slowest(struct connection *const *connections, size_t count);

#endif
