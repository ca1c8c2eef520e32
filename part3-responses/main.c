#include "log.h"
#include "options.h"
#include "server.h"
#include "tcp.h"

int main(int argc, char **argv)
{
	log_open();
	options_read(argc, argv);
	int listener = tcp_listen(options.address, options.port);
	tcp_announce(listener, "http");
	server_run(listener);
	return 0;
}
