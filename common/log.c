#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LINE_SIZE = 4096, /* a log line's bytes at most */
};

static const char *name = "server";
static bool is_quiet;
static bool is_verbose;

void log_setup(const char *program, bool quiet, bool verbose)
{
	name = program;
	is_quiet = quiet;
	is_verbose = verbose;
	setvbuf(stderr, NULL, _IOLBF, LINE_SIZE); /* a line is one write, and never torn */
}

bool log_is_quiet(void)
{
	return is_quiet;
}

bool log_is_verbose(void)
{
	return is_verbose;
}

static void write_line(const char *prefix, const char *format, va_list args)
{
	char text[LINE_SIZE];

	vsnprintf(text, sizeof(text), format, args);
	fprintf(stderr, "%s%s\n", prefix, text);
}

void log_line(const char *format, ...)
{
	va_list args;

	if (is_quiet)
		return;
	va_start(args, format);
	write_line("", format, args);
	va_end(args);
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
	char text[5];

	for (size_t i = 0; is_verbose && i < bytes.len; i++) {
		if (i == 0 || bytes.ptr[i - 1] == '\n')
			fprintf(stderr, "%s%s: ", i > 0 ? "\n" : "", mark);
		escape(text, bytes.ptr[i]);
		fputs(text[1] == '"' ? text + 1 : text, stderr);
	}
	if (is_verbose && bytes.len > 0)
		fputc('\n', stderr);
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
	char prefix[LINE_SIZE];
	va_list args;

	snprintf(prefix, sizeof(prefix), "%s: ", name);
	va_start(args, format);
	write_line(prefix, format, args);
	va_end(args);
	exit(EXIT_FAILURE);
}
