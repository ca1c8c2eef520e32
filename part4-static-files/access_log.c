#include "access_log.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "log.h"
#include "options.h"
#include "tcp.h"

void access_log_add(int socket, const struct request *request, int status, uint64_t length)
{
	time_t now = time(NULL);
	char peer[TCP_PEER_SIZE], date[64], line[2048], bytes[32] = "-";

	if (options.quiet)
		return;
	tcp_peer(socket, peer);
	strftime(date, sizeof(date), "%d/%b/%Y:%H:%M:%S +0000", gmtime(&now));
	log_escape(line, sizeof(line), request->line);
	if (length > 0)
		snprintf(bytes, sizeof(bytes), "%" PRIu64, length);
	log_line("%s - - [%s] \"%s\" %d %s", peer, date, line, status, bytes);
}
