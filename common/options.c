#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "slice.h"

struct options options = {
	.address = "127.0.0.1",
	.port = "8080",
	.directory = "common/www",
};

static _Noreturn void usage(FILE *out, int status)
{
	fprintf(out,
	        "usage: %s [-hqv] [-a address] [-p port] [directory]\n"
	        "  -a address  listen on this address (127.0.0.1)\n"
	        "  -p port     listen on this port (8080), up to 65535; 0 takes any that is free\n"
	        "  -q          no log\n"
	        "  -v          show every byte that comes and goes\n"
	        "  -h          this help\n"
	        "  directory   the folder to serve, if it serves one (common/www)\n",
	        options.program);
	exit(status);
}

void options_read(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	uint64_t port;
	int option;

	options.program = slash != NULL ? slash + 1 : argv[0];
	while ((option = getopt(argc, argv, "a:p:hqv")) != -1)
		if (option == 'a')
			options.address = optarg;
		else if (option == 'p')
			options.port = optarg;
		else if (option == 'q')
			options.quiet = true;
		else if (option == 'v')
			options.verbose = true;
		else
			usage(option == 'h' ? stdout : stderr, option == 'h' ? 0 : 2);
	bool is_port = slice_number(slice_of(options.port), 10, &port) && port <= 65535;
	if (!is_port)
		fprintf(stderr, "%s: not a port: %s\n", options.program, options.port);
	if (!is_port || argc - optind > 1)
		usage(stderr, 2);
	if (optind < argc)
		options.directory = argv[optind];
}
