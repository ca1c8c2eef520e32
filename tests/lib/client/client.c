/*
 * A client for the tests: does to a server what it is told on the command line, one operation
 * after the other, and never waits for ever. See usage() for the operations.
 *
 * It ends with status 0 when all went as told; client.h has the others. Far more than can be due
 * comes when it is more than was sent, and 1 MiB (or what "most" says). All of it may take
 * TEST_SECONDS, or 60, of which nothing is left for a server that sends without end.
 */
#include "client.h"

#include "connection.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

/* Replaces \r \n \t \0 \\ and \xNN in place, and returns the length. */
static size_t unescape(char *text)
{
	static const char letters[] = "rnt0\\", octets[] = "\r\n\t\0\\";
	char *out = text;

	for (const char *in = text; *in != '\0'; in++) {
		const char *letter = *in == '\\' && in[1] != '\0' ? strchr(letters, in[1]) : NULL;
		if (letter != NULL) {
			*out++ = octets[letter - letters];
			in++;
		} else if (*in == '\\' && in[1] == 'x' && in[2] != '\0' && in[3] != '\0') {
			char digits[] = {in[2], in[3], '\0'};
			*out++ = (char)strtol(digits, NULL, 16);
			in += 3;
		} else {
			*out++ = *in;
		}
	}
	return (size_t)(out - text);
}

static int number(const char *text)
{
	return (int)strtol(text, NULL, 10);
}

static void do_on(char **args)
{
	current = number(args[0]);
	if (current < 0 || current >= CONNECTIONS)
		stop(NOT_BEGUN, "connections are numbered from 0 to %d", CONNECTIONS - 1);
}

static void do_crowd(char **args)
{
	int before = current, count = number(args[0]);

	for (current = CONNECTIONS - 1; current > CONNECTIONS - 1 - count; current--)
		connection();
	current = before;
}

static void do_send(char **args)
{
	size_t len = unescape(args[0]);

	transmit(args[0], len);
}

static void do_repeat(char **args)
{
	static char bytes[CHUNK];
	size_t len = unescape(args[1]), together = len > 0 && len < CHUNK ? CHUNK / len : 1;
	size_t count = strtoul(args[0], NULL, 10);

	if (together == 1) {
		for (; count > 0; count--)
			transmit(args[1], len);
		return;
	}
	for (size_t i = 0; i < together; i++)
		memcpy(bytes + i * len, args[1], len);
	for (; count >= together; count -= together)
		transmit(bytes, together * len);
	transmit(bytes, count * len);
}

static void do_drip(char **args)
{
	size_t len = unescape(args[1]);

	for (size_t i = 0; i < len; i++) {
		rest(i > 0 ? number(args[0]) : 0);
		transmit(args[1] + i, 1);
	}
}

static void do_file(char **args)
{
	static char bytes[CHUNK];
	FILE *file = fopen(args[0], "rb");
	size_t count;

	if (file == NULL)
		stop(NOT_BEGUN, "%s: %s", args[0], strerror(errno));
	while ((count = fread(bytes, 1, sizeof(bytes), file)) > 0)
		transmit(bytes, count);
	fclose(file);
}

/* Sends without reading until nothing has gone for half a second. */
static void do_flood(char **args)
{
	static char bytes[CHUNK];
	int64_t most = strtoll(args[0], NULL, 10) * 1024 * 1024, sent = 0;

	memset(bytes, 'x', sizeof(bytes));
	for (deadline = clock_now() + 500; await(connection(), POLLOUT) != 0 && time_left() > 0;) {
		sent += (int64_t)transmit_some(bytes, sizeof(bytes));
		if (sent > most)
			stop(UNEXPECTED, "the server took %s MiB and would take more", args[0]);
		deadline = clock_now() + 500;
	}
	fprintf(stderr, "%lld\n", (long long)sent);
}

static void do_read(char **args)
{
	static char bytes[CHUNK];

	(void)args;
	connection();
	is_due("the end: the server closes");
	while (receive(bytes, sizeof(bytes)) > 0)
		be_patient();
}

static void take(uint64_t left)
{
	static char bytes[CHUNK];

	connection();
	while (left > 0) {
		is_due("%llu more octets", (unsigned long long)left);
		size_t count = receive(bytes, left < CHUNK ? (size_t)left : CHUNK);
		if (count == 0)
			stop(UNEXPECTED, "the end came %llu octets too early",
			     (unsigned long long)left);
		left -= count;
		be_patient();
	}
}

static void do_take(char **args)
{
	take(strtoull(args[0], NULL, 10));
}

/* Reads through the first line that is empty or that is the end; keeps the Content-Length. */
static uint64_t read_head(void)
{
	char line[1024];
	size_t len = 0;
	uint64_t length = 0;

	connection();
	is_due("a head, through its empty line");
	while (receive(line + len, 1) > 0) {
		if (line[len] != '\n') {
			len += len < sizeof(line) - 1;
			continue;
		}
		line[len] = '\0';
		if (strcmp(line, "\r") == 0)
			return length;
		if (strncasecmp(line, "Content-Length:", 15) == 0)
			length = strtoull(line + 15, NULL, 10);
		len = 0;
	}
	stop(UNEXPECTED, "the end came before the end of a head");
}

static void do_head(char **args)
{
	(void)args;
	read_head();
}

static void do_reply(char **args)
{
	(void)args;
	take(read_head());
}

static void do_slow(char **args)
{
	static char bytes[CHUNK];
	size_t most = strtoul(args[0], NULL, 10);

	connection();
	is_due("the end: the server closes");
	while (receive(bytes, most < CHUNK ? most : CHUNK) > 0) {
		rest(number(args[1]));
		be_patient();
	}
}

static void do_silent(char **args)
{
	connection();
	is_due("silence");
	deadline = clock_now() + number(args[0]);
	if (await(connection(), POLLIN) != 0)
		stop(UNEXPECTED, "something came, or the end, where there should be silence");
}

static void do_shut(char **args)
{
	(void)args;
	shutdown(connection(), SHUT_WR);
}

static void do_close(char **args)
{
	(void)args;
	leave(false);
}

static void do_reset(char **args)
{
	(void)args;
	leave(true);
}

static void do_open(char **args)
{
	(void)args;
	connection();
}

static void do_pause(char **args)
{
	rest(number(args[0]));
}

static void do_timeout(char **args)
{
	patience = number(args[0]);
}

static void do_deaf(char **args)
{
	(void)args;
	deaf = true;
}

static void do_narrow(char **args)
{
	(void)args;
	narrow = true;
}

static void do_crumbs(char **args)
{
	(void)args;
	crumbs = true;
}

static void do_most(char **args)
{
	allowed += strtoull(args[0], NULL, 10) * 1024 * 1024;
}

static void do_lasts(char **args)
{
	int64_t took = clock_now() - began;

	if (took < number(args[0]) || took > number(args[1]))
		stop(UNEXPECTED, "that took %d ms, where %s to %s are due", (int)took, args[0],
		     args[1]);
}

static void do_say(char **args)
{
	fwrite(args[0], 1, unescape(args[0]), stderr);
}

static const struct operation {
	const char *name;
	int arguments;
	void (*run)(char **args);
	const char *help;
} operations[] = {
	{"on", 1, do_on, "K: go on with connection K, of 0 to 2047; 0 is the first"},
	{"open", 0, do_open, "connect now; else the first operation that needs it does"},
	{"crowd", 1, do_crowd, "N: open N more connections and leave them silent"},
	{"send", 1, do_send, "TEXT, with \\r \\n \\t \\0 \\\\ \\xNN"},
	{"repeat", 2, do_repeat, "N TEXT: send it N times, in pieces of up to 64 KiB"},
	{"drip", 2, do_drip, "MS TEXT: send it octet by octet, MS milliseconds apart"},
	{"file", 1, do_file, "PATH: send the file's content"},
	{"flood", 1, do_flood,
         "MIB: send, read nothing, until stuck; tells how much; MIB is too much"},
	{"deaf", 0, do_deaf, "from now on, read nothing while sending"},
	{"narrow", 0, do_narrow, "from now on, connect with a small receive buffer"},
	{"read", 0, do_read, "read to the end"},
	{"take", 1, do_take, "N: read N octets"},
	{"head", 0, do_head, "read through an empty line: a response to HEAD, say"},
	{"reply", 0, do_reply, "read a head and the content that its Content-Length announces"},
	{"slow", 2, do_slow, "N MS: read to the end, N octets every MS milliseconds"},
	{"silent", 1, do_silent, "MS: fail if anything comes, or the end"},
	{"shut", 0, do_shut, "send no more: half-close"},
	{"close", 0, do_close, "close"},
	{"reset", 0, do_reset, "close with a reset"},
	{"pause", 1, do_pause, "MS: do nothing"},
	{"timeout", 1, do_timeout, "MS: how long an operation may go without progress (8000)"},
	{"crumbs", 0, do_crumbs,
         "from now on, connect so that the server's socket takes small segments, and few"},
	{"most", 1, do_most, "MIB: so much more may come than was sent, and 1 MiB"},
	{"lasts", 2, do_lasts, "MIN MAX: fail unless all so far has taken MIN to MAX ms"},
	{"say", 1, do_say, "TEXT: write it on standard error"},
};

static _Noreturn void usage(void)
{
	fprintf(stderr, "usage: client HOST PORT operation...\n");
	for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
		fprintf(stderr, "  %-8s %s\n", operations[i].name, operations[i].help);
	exit(NOT_BEGUN);
}

static const struct operation *find(const char *name)
{
	for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
		if (strcmp(name, operations[i].name) == 0)
			return &operations[i];
	return NULL;
}

int arguments_of(const char *name)
{
	const struct operation *found = find(name);

	return found == NULL ? 0 : found->arguments;
}

int client_main(int argc, char **argv)
{
	if (argc < 3)
		usage();
	begin(argv[1], argv[2]);
	signal(SIGPIPE, SIG_IGN);
	for (int i = 3; i < argc; i++) {
		const struct operation *next = find(argv[i]);
		if (next == NULL)
			fprintf(stderr, "client: no such operation: %s\n", argv[i]);
		if (next == NULL || argc - i <= next->arguments)
			usage();
		operation = next->name;
		be_patient();
		is_due("");
		next->run(argv + i + 1);
		i += next->arguments;
	}
	return 0;
}
