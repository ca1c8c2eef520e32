/*
 * Thousands of clients. poll(2) looks at every socket that it is given, so the many that are silent
 * would slow down the few that speak. They sleep: most polls leave them out. Now and then comes a
 * full poll, less often the more of them sleep. And when there is no place left for a newcomer,
 * somebody must go.
 */
#ifndef CROWD_H
#define CROWD_H

#include "connection.h"

/* Returns in how many milliseconds the next full poll is due; 0 is now. */
int crowd_next_look(void);

/* After a full poll: whether a client may sleep, since nothing was sent to it for a while. */
bool crowd_may_sleep(const struct connection *connection);

/* Notes how many clients sleep after a full poll. That decides when the next one is due. */
void crowd_sleeps(size_t sleepers);

/*
 * Returns which of the connections can be given up most easily: the one to which nothing has been
 * sent for longest. For one that has its answer and only has to close, we add some seconds to that;
 * for one that we are sending to, we take some off: it may be taking what is on its way.
 */
size_t crowd_slowest(struct connection *const *connections, size_t count);

#endif
