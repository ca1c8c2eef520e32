#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "slice.h"

static _Noreturn void usage(FILE *out, const char *program, int code)
{
	fprintf(out,
	        "usage: %s [-hqv] [-a address] [-p port] [directory]\n"
	        "  -a address  listen on this address (127.0.0.1)\n"
	        "  -p port     listen on this port (8080); 0 takes any that is free\n"
	        "  -q          no log\n"
	        "  -v          show every byte that comes and goes\n"
	        "  -h          this help\n"
	        "  directory   the site (common/www); parts 1 to 3 serve none\n",
	        program);
	exit(code);
}

static bool is_port(const char *text)
{
	uint64_t number;

	return slice_number(slice_of(text), 10, &number) && number <= 65535;
}

static void set(struct options *options, int option)
{
	switch (option) {
	case 'a':
		options->address = optarg;
		break;
	case 'p':
		options->port = optarg;
		break;
	case 'q':
		options->quiet = true;
		break;
	case 'v':
		options->verbose = true;
		break;
	default:
		usage(option == 'h' ? stdout : stderr, options->program, option == 'h' ? 0 : 2);
	}
}

struct options options_parse(int argc, char **argv)
{
	struct options options = {
		.program = argv[0],
		.address = "127.0.0.1",
		.port = "8080",
		.directory = "common/www",
	};
	const char *slash = strrchr(argv[0], '/');
	int option;

	if (slash != NULL)
		options.program = slash + 1;
	while ((option = getopt(argc, argv, "a:p:hqv")) != -1)
		set(&options, option);
	if (!is_port(options.port)) {
		fprintf(stderr, "%s: the port must be a number from 0 to 65535, not \"%s\"\n",
		        options.program, options.port);
		usage(stderr, options.program, 2);
	}
	if (argc - optind > 1) {
		fprintf(stderr, "%s: only one directory, and behind all options\n",
		        options.program);
		usage(stderr, options.program, 2);
	}
	if (optind < argc)
		options.directory = argv[optind];
	return options;
}
