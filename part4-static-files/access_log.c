#include "access_log.h"

#include <inttypes.h>
#include <time.h>

#include "log.h"
#include "tcp.h"

void access_log(int socket, const struct request *request, int status, uint64_t length)
{
	time_t now = time(NULL);
	struct tm utc;
	char date[32], line[2048];

	if (log_is_quiet())
		return;
	gmtime_r(&now, &utc);
	strftime(date, sizeof(date), "%d/%b/%Y:%H:%M:%S +0000", &utc);
	log_escape(line, sizeof(line), request->line);
	log_line("%s - - [%s] \"%s\" %d %" PRIu64, tcp_peer(socket).text, date, line, status,
	         length);
}
