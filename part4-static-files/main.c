#include <stdlib.h>

#include "log.h"
#include "options.h"
#include "server.h"
#include "site.h"
#include "tcp.h"

int main(int argc, char **argv)
{
	log_open();
	options_read(argc, argv);
	setenv("TZ", "UTC0", 1); /* HTTP knows no other time zone */
	site_open(options.directory);
	int listener = tcp_listen(options.address, options.port);
	tcp_announce(listener, "http");
	server_run(listener);
	return 0;
}
