#include "access_log.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "log.h"
#include "tcp.h"

void access_log(int socket, const struct request *request, int status, uint64_t length)
{
	time_t now = time(NULL);
	struct tm utc;
	char date[32], line[2048], bytes[24] = "-";

	if (log_is_quiet())
		return;
	gmtime_r(&now, &utc);
	strftime(date, sizeof(date), "%d/%b/%Y:%H:%M:%S +0000", &utc);
	log_escape(line, sizeof(line), request->line);
	if (length > 0)
		snprintf(bytes, sizeof(bytes), "%" PRIu64, length);
	log_line("%s - - [%s] \"%s\" %d %s", tcp_peer(socket).text, date, line, status, bytes);
}
