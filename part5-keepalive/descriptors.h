/* How many clients the descriptors are enough for. */
#ifndef DESCRIPTORS_H
#define DESCRIPTORS_H

#include <stddef.h>

/*
 * Raises the limit on open descriptors as far as it goes. Returns how many clients can then have
 * two each, one for the socket and one for a file; at most `most`. If there are too few even for
 * one client, ends the program with one line.
 */
size_t descriptors_for_clients(size_t most);

#endif
