#include <signal.h>

#include "log.h"
#include "options.h"
#include "server.h"
#include "tcp.h"

static volatile sig_atomic_t told_to_stop;

static void stop(int signal)
{
	(void)signal;
	told_to_stop = 1;
}

/* What a shell runs in the background has to ignore Ctrl-C: so what is ignored stays ignored. */
static void stop_on(int signal)
{
	struct sigaction before;

	sigaction(signal, NULL, &before);
	if (before.sa_handler != SIG_IGN)
		sigaction(signal, &(struct sigaction){.sa_handler = stop}, NULL);
}

static void catch_signals(void)
{
	stop_on(SIGINT);
	stop_on(SIGTERM);
	/* By default, a send to a client that has left would end the whole process. */
	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	/* So would a line of log for which its file has no room. */
	sigaction(SIGXFSZ, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
}

int main(int argc, char **argv)
{
	log_open();
	options_read(argc, argv);
	catch_signals();
	int listener = tcp_listen(options.address, options.port);
	tcp_announce(listener, "http");
	server_run(listener, &told_to_stop);
	return 0;
}
