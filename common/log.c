#include "log.h"

#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "options.h"

enum {
	LINE_SIZE = 4096, /* bytes of a line; a pipe takes so many at once, or says that it can't */
	TRACE_SIZE = 1000, /* bytes that a line shows; an escape takes up to four */
};

/*
 * poll says that a terminal has room for a byte, but a line is longer, and the write would wait. If
 * the terminal is opened once more, ours can refuse to wait, and who shares it doesn't notice.
 */
static void open_terminal(void)
{
	const char *name = ttyname(STDERR_FILENO);
	int terminal = name != NULL ? open(name, O_WRONLY | O_NOCTTY | O_NONBLOCK) : -1;

	if (terminal < 0)
		return; /* it is none */
	dup2(terminal, STDERR_FILENO);
	close(terminal);
}

void log_open(void)
{
	int null;

	do
		null = open("/dev/null", O_RDWR);
	while (null >= 0 && null <= STDERR_FILENO);
	close(null);
	open_terminal();
}

/* Writes a line, which lacks its end, in one piece; unless that would mean to wait. */
static void write_line(char line[LINE_SIZE])
{
	struct pollfd log = {.fd = STDERR_FILENO, .events = POLLOUT};
	size_t len = strlen(line);

	line[len++] = '\n';
	if (poll(&log, 1, 0) == 1 && write(STDERR_FILENO, line, len) < 0)
		return; /* where could we say so? */
}

void log_line(const char *format, ...)
{
	char line[LINE_SIZE];
	va_list args;

	if (options.quiet)
		return;
	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	write_line(line);
}

/* As log_escape(), but a double quote becomes an escape only if the text is to stand in quotes. */
static void escape(char *text, size_t size, struct slice bytes, bool in_quotes)
{
	static const char from[] = "\r\n\t\\\"", to[] = "rnt\\\"";
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < bytes.len && used + 5 <= size; i++) {
		char byte = bytes.ptr[i];
		const char *special = byte == '\0' ? NULL : strchr(from, byte);

		if (special != NULL && (byte != '"' || in_quotes))
			snprintf(text + used, 5, "\\%c", to[special - from]);
		else if (byte >= ' ' && byte <= '~')
			snprintf(text + used, 5, "%c", byte);
		else
			snprintf(text + used, 5, "\\x%02x", (unsigned)(unsigned char)byte);
		used += strlen(text + used);
	}
}

void log_escape(char *text, size_t size, struct slice bytes)
{
	escape(text, size, bytes, true);
}

void log_trace(const char *mark, struct slice bytes)
{
	char line[LINE_SIZE];

	while (options.verbose && bytes.len > 0) {
		struct slice rest = bytes, shown = slice_cut(&rest, '\n');

		shown.len += rest.ptr != NULL; /* its end is shown, too */
		if (shown.len > TRACE_SIZE)
			shown.len = TRACE_SIZE;
		size_t len = (size_t)snprintf(line, sizeof(line), "%s: ", mark);
		escape(line + len, sizeof(line) - len, shown, false);
		write_line(line);
		bytes = slice_skip(bytes, shown.len);
	}
}

void log_fatal(const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s: ", options.program);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(EXIT_FAILURE);
}
