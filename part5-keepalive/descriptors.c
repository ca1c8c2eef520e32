#include "descriptors.h"

#include <sys/resource.h>

#include "log.h"

enum {
	OURS = 8, /* standard streams, the listener, the site, folders on the way to a file */
};

void descriptors_raise(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return; /* nobody can tell; accept() will, when there is none left */
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files); /* if it can't be raised, the old one holds */
	if (descriptors_for_clients(1) == 0)
		log_fatal("there are too few descriptors for a client: ulimit -n 64");
}

size_t descriptors_for_clients(size_t most)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= OURS + 2 * most)
		return most;
	return files.rlim_cur < OURS ? 0 : (size_t)(files.rlim_cur - OURS) / 2;
}
