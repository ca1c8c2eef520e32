/* The exchange: received bytes become outgoing ones. */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include "connection.h"

/* Makes one exchange. Returns false if it can't make one now. */
bool exchange(struct connection *c);

/*
 * Refuses, with 408, the request whose head has taken too long: RFC 9110, 15.5.9. Returns false if
 * none has begun.
 */
bool exchange_time_out(struct connection *c);

#endif
