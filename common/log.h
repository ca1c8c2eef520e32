/*
 * What a server says: the log and the wire trace on standard error, and the one line with which it
 * gives up.
 */
#ifndef LOG_H
#define LOG_H

#include "slice.h"

/* Names the program for log_fatal(); quiet drops the log, verbose turns the wire trace on. */
void log_setup(const char *program, bool quiet, bool verbose);

/* Whether log_line() writes nothing, and whether log_trace() writes anything. */
bool log_is_quiet(void);
bool log_is_verbose(void);

/* Writes one line of log, in the manner of printf, unless the log is quiet. */
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Writes bytes so that each of them can be seen, one line of output for each line in them, behind a
 * mark ("C" for what the client sent, "S" for the server's). Nothing unless verbose.
 */
void log_trace(const char *mark, struct slice bytes);

/*
 * Makes text of the bytes, as many as fit: printable ASCII stays, all else, and a double quote,
 * becomes an escape. The text never holds a line end, and always its NUL; size is at least 5.
 */
void log_escape(char *text, size_t size, struct slice bytes);

/* Writes "program: message" and ends the program with status 1. */
_Noreturn void log_fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
