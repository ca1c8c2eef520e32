/*
 * Thousands of clients. poll(2) looks at every socket that it is given, so the many that are silent
 * would slow down the few that speak. They sleep: most polls leave them out, and only now and then,
 * less often the more of them there are, comes a look at all. And when there is no place left for a
 * newcomer, somebody must go.
 */
#ifndef CROWD_H
#define CROWD_H

#include "connection.h"

/* Returns in how many milliseconds the next look at all is due: 0 if it is due now. */
int crowd_next_look(void);

/* After a look at all: whether a client may sleep, since nothing was sent to it for a while. */
bool crowd_may_sleep(const struct connection *connection);

/* Says how many clients sleep after a look at all. They decide when the next one is due. */
void crowd_sleeps(size_t sleepers);

/*
 * Returns which of the connections can be given up most easily: the one to which nothing has been
 * sent for longest. For one that has its answer and only has to close, we add some seconds to that;
 * for one that we are sending to, we take some off: it may be taking what is on its way.
 */
size_t crowd_slowest(struct connection *const *connections, size_t count);

#endif
