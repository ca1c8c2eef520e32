/* What the server asks of the process that it runs in: signals, descriptors, the time. */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From here on SIGINT and SIGTERM ask the server to stop, and SIGPIPE is ignored. */
void process_catch_signals(void);

/* Whether such a signal has come. */
bool process_told_to_stop(void);

/*
 * Raises the limit on open descriptors as far as it goes, and returns how many clients that allows,
 * when each may need two (one for its socket, one for a file); at most `most`.
 */
size_t process_client_limit(size_t most);

/* Milliseconds, from a clock that never jumps. */
int64_t process_clock(void);

/* Does nothing for so many milliseconds, below 1000. */
void process_sleep(long milliseconds);

#endif
