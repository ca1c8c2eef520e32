/* What others may know of the client. */
#ifndef CLIENT_H
#define CLIENT_H

/* How it ends: its exit status. */
enum {
	ENDED_WELL,
	NOT_BEGUN,
	WAS_RESET,
	TIMED_OUT, /* an operation took too long */
	UNEXPECTED, /* what came is not what was told */
	FLOODED, /* far more came than can be due */
};

/* How many arguments an operation has, 0 if there is no such operation. */
int arguments_of(const char *operation);

#endif
