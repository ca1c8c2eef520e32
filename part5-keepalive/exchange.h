/* The exchange: received bytes become outgoing ones. What each part teaches is plugged in here. */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include "connection.h"

/* Makes one exchange; false while there is nothing, or not enough, to make one of. */
bool exchange(struct connection *c);

/*
 * Refuses, with 408, the request that the client has taken too long over: RFC 9110, 15.5.9. False
 * where it has begun none.
 */
bool exchange_time_out(struct connection *c);

#endif
