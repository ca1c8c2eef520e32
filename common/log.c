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
};

void log_open(void)
{
	int null;

	do
		null = open("/dev/null", O_RDWR);
	while (null >= 0 && null <= STDERR_FILENO);
	close(null);
}

/* Writes a line whose end stands at line[len], in one piece, unless that would mean to wait. */
static void write_line(char line[LINE_SIZE], size_t len)
{
	struct pollfd log = {.fd = STDERR_FILENO, .events = POLLOUT};

	line[len++] = '\n';
	if (poll(&log, 1, 0) == 1 && write(STDERR_FILENO, line, len) < 0)
		return; /* there is no place left to say so */
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
	write_line(line, strlen(line));
}

static void escape(char text[5], char byte)
{
	static const char from[] = "\r\n\t\\\"", to[] = "rnt\\\"";
	const char *special = byte == '\0' ? NULL : strchr(from, byte);

	if (special != NULL)
		snprintf(text, 5, "\\%c", to[special - from]);
	else if (byte >= ' ' && byte <= '~')
		snprintf(text, 5, "%c", byte);
	else
		snprintf(text, 5, "\\x%02x", (unsigned)(unsigned char)byte);
}

void log_trace(const char *mark, struct slice bytes)
{
	char line[LINE_SIZE], text[5];
	size_t len = 0;

	for (size_t i = 0; options.verbose && i < bytes.len; i++) {
		if (len == 0)
			len = (size_t)snprintf(line, sizeof(line), "%s: ", mark);
		escape(text, bytes.ptr[i]);
		const char *seen = text[1] == '"' ? text + 1 : text;
		len += (size_t)snprintf(line + len, sizeof(line) - len, "%s", seen);
		if (bytes.ptr[i] == '\n' || i + 1 == bytes.len || len + 5 > sizeof(line)) {
			write_line(line, len);
			len = 0;
		}
	}
}

void log_escape(char *text, size_t size, struct slice bytes)
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < bytes.len && used + 5 <= size; i++) {
		escape(text + used, bytes.ptr[i]);
		used += strlen(text + used);
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
