#include "process.h"

#include <signal.h>
#include <sys/resource.h>
#include <time.h>

enum {
	OTHERS = 8, /* standard input and output, the listener, folders on the way to a file */
};

static volatile sig_atomic_t told_to_stop;

static void on_signal(int signal)
{
	(void)signal;
	told_to_stop = 1;
}

void process_catch_signals(void)
{
	struct sigaction stop = {.sa_handler = on_signal};
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	sigaction(SIGINT, &stop, NULL);
	sigaction(SIGTERM, &stop, NULL);
	/* By default, a send to a client that has left would end the whole process. */
	sigaction(SIGPIPE, &ignore, NULL);
}

bool process_told_to_stop(void)
{
	return told_to_stop != 0;
}

size_t process_client_limit(size_t most)
{
	struct rlimit files = {.rlim_cur = 0};

	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	getrlimit(RLIMIT_NOFILE, &files); /* where it could not be raised, the old one holds */
	rlim_t half = files.rlim_cur / 2;
	if (half <= OTHERS)
		return 1;
	return half - OTHERS < most ? (size_t)half - OTHERS : most;
}

int64_t process_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void process_sleep(long milliseconds)
{
	struct timespec time = {.tv_nsec = milliseconds * 1000000L};

	nanosleep(&time, NULL);
}
