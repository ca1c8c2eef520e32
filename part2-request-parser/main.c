#include "log.h"
#include "options.h"
#include "server.h"
#include "tcp.h"

int main(int argc, char **argv)
{
	struct options options = options_parse(argc, argv);

	log_setup(options.program, options.quiet, options.verbose);
	int listener = tcp_listen(options.address, options.port);
	tcp_announce(listener, "http");
	server_run(listener);
	return 0;
}
