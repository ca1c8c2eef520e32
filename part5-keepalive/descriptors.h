/* How many clients the descriptors are enough for. */
#ifndef DESCRIPTORS_H
#define DESCRIPTORS_H

#include <stddef.h>

/* Raises the limit as far as it goes. Ends the program if that is too few even for one client. */
void descriptors_raise(void);

/* How many clients, at most `most`, can have two each: one for the socket and one for a file. */
size_t descriptors_for_clients(size_t most);

#endif
