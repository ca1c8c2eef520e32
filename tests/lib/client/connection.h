/* The client's connections, of which one is the current one, and its patience with them. */
#ifndef CONNECTION_H
#define CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CONNECTIONS = 2048,
	CHUNK = 64 * 1024,
};

extern const char *operation; /* what the client does now */
extern int current; /* the connection's number */
extern bool deaf, narrow, crumbs; /* see usage() */
extern int64_t patience, deadline, began; /* milliseconds */
extern uint64_t allowed; /* octets that may come, of all connections */

/* Takes the first address that these two name, and begins to count the time. */
void begin(const char *host, const char *port);

/* Ends the client, which tells why. */
_Noreturn void stop(int status, const char *format, ...);

/* Notes, in words, what the operation still waits for. */
void is_due(const char *format, ...);

int64_t clock_now(void);

/* Does nothing for so long, or until the test's time is over. */
void rest(int64_t milliseconds);

/* The operation has come on: it may wait as long again. */
void be_patient(void);

/* How long the operation may still wait. */
int64_t time_left(void);

/* Waits until the deadline for one of the events; 0 when it has passed. */
short await(int socket, short events);

/* The current connection's socket, connected at its first use. */
int connection(void);

/* Receives at most `most` octets, writes them out, and returns how many; 0 at the end. */
size_t receive(char *bytes, size_t most);

/* Sends all of it; reads meanwhile what comes, if told to, so that both sides can go on. */
void transmit(const char *bytes, size_t len);

/* Sends as much as goes at once, and returns how much that is. */
size_t transmit_some(const char *bytes, size_t len);

/* Closes the current connection; with a reset or without. */
void leave(bool reset);

#endif
