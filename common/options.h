/* The command line, the same for every server. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

/* What the command line says. Before options_read(): the defaults. */
extern struct options {
	const char *program; /* the name that the server was started by, without its folder */
	const char *address; /* a numeric address or a host name */
	const char *port; /* 0 to 65535, in digits; 0 takes any free one */
	const char *directory; /* the folder to serve, if it serves one */
	bool quiet; /* no log */
	bool verbose; /* show every byte */
} options;

/*
 * Reads the command line into options. If it is wrong, or asks for help, prints the usage and ends
 * the program, with status 2 or 0.
 */
void options_read(int argc, char **argv);

#endif
