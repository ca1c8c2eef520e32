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
	        "  directory   the site (common/www); parts 1 to 3 serve none\n",
	        options.program);
	exit(status);
}

static void set(int option)
{
	if (option == 'a')
		options.address = optarg;
	else if (option == 'p')
		options.port = optarg;
	else if (option == 'q')
		options.quiet = true;
	else if (option == 'v')
		options.verbose = true;
	else if (option == 'h')
		usage(stdout, 0);
	else
		usage(stderr, 2);
}

static _Noreturn void refuse(const char *what, const char *word)
{
	fprintf(stderr, "%s: %s: %s\n", options.program, what, word);
	usage(stderr, 2);
}

void options_read(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	uint64_t number;
	int option;

	options.program = slash != NULL ? slash + 1 : argv[0];
	while ((option = getopt(argc, argv, "a:p:hqv")) != -1)
		set(option);
	if (!slice_number(slice_of(options.port), 10, &number) || number > 65535)
		refuse("not a port", options.port);
	if (optind < argc)
		options.directory = argv[optind++];
	if (optind < argc)
		refuse("one directory is enough, behind all options", argv[optind]);
}
