/*
 * What a server says on standard error: the log, the wire trace, and the one line with which it
 * gives up. A line of log or trace that can't be written at once, since nobody reads the others, is
 * lost: no log is worth making a client wait.
 */
#ifndef LOG_H
#define LOG_H

#include "slice.h"

/*
 * To be called first. If standard input, output or error is closed, opens it on /dev/null: else the
 * first client's socket would get its number, and with it what is written there. If standard error
 * is a terminal, sees to it that a line never waits for it.
 */
void log_open(void);

/* Writes one line, without its end, in the manner of printf(); nothing if options.quiet. */
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Shows bytes so that each can be seen, a line of output for each line in them, after a mark: "C"
 * for what the client sent, "S" for what the server did. Nothing unless options.verbose.
 */
void log_trace(const char *mark, struct slice bytes);

/*
 * Makes text of bytes, as many as fit. Printable ASCII stays; a double quote, a backslash and all
 * else become escapes such as \n or \x7f, so the text is always one line. Its size is at least 5.
 */
void log_escape(char *text, size_t size, struct slice bytes);

/* Writes "program: message" and ends the program with status 1. */
_Noreturn void log_fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
