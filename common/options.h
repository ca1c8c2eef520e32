/* The command line, the same for every part. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

struct options {
	const char *program; /* the name that the server was started by, without its folder */
	const char *address; /* a numeric address or a host name */
	const char *port; /* 0 to 65535, in digits; 0 takes any free one */
	const char *directory; /* what is served, where a part serves files */
	bool quiet;
	bool verbose;
};

/*
 * Reads the command line. Ends the program with the usage and status 2 where it is wrong, with the
 * usage and status 0 where it asks for help.
 */
struct options options_parse(int argc, char **argv);

#endif
