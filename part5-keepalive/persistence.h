/* Whether a connection outlives a request: RFC 9112, 9.3. */
#ifndef PERSISTENCE_H
#define PERSISTENCE_H

#include "request.h"

/* Whether the client wants to go on with the connection after this request. */
bool request_persists(const struct request *request);

/* What the Connection field of a response must say, or NULL if it can be left out. */
const char *persistence_field(const struct request *request, bool persists);

#endif
