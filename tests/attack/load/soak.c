/*
 * A soak: several clients send a server so many requests, of mixed kinds, alone and pipelined, and
 * check every byte of every response: the content against the file, all else, but for the date,
 * against the first response to the same request. Afterwards the server must have no more
 * descriptors open, and little more memory, than it had after the first twentieth.
 *
 * usage: soak REQUESTS COMMAND [ARGUMENT]...          the site is that of "load site"
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server.h"

enum {
	CLIENTS = 4,
	BATCH = 12, /* requests that are pipelined, at most */
	ANSWER_WITHIN = 5000, /* milliseconds, for a batch */
	END_WITHIN = 5000,
	GROWTH = 256, /* KiB */
	HEAD_SIZE = 1024,
	SMALL_WINDOW = 64 * 1024,
	LARGE = 204800, /* more than the server keeps in memory */
	MEDIUM = 100000, /* kept there, but too large to be sent with other responses */
	SMALL = 1000,
};

/* The kinds of request, and what must come back. */
static const struct kind {
	const char *request; /* behind it, the rest of the head and content */
	int status;
	long length; /* of Content-Length; -1: there must be none, -2: that of the first */
	size_t file; /* the content's bytes are those of this file … */
	size_t from; /* … from here on */
	int weight;
	bool has_content; /* else only a head comes */
	bool closes;
} kinds[] = {
	{"GET /1000 HTTP/1.1\r\nHost: x\r\n\r\n", 200, SMALL, SMALL, 0, 10, true, false},
	{"GET /%31000?a=b HTTP/1.1\r\nHost: x\r\n\r\n", 200, SMALL, SMALL, 0, 4, true, false},
	{"GET /.//1000 HTTP/1.1\r\nHost: x\r\n\r\n", 200, SMALL, SMALL, 0, 2, true, false},
	{"GET /x/../1000 HTTP/1.1\r\nHost: x\r\n\r\n", 404, -2, 0, 0, 2, true, false},
	{"GET /0 HTTP/1.1\r\nHost: x\r\n\r\n", 200, 0, 0, 0, 2, true, false},
	{"GET /204800 HTTP/1.1\r\nHost: x\r\n\r\n", 200, LARGE, LARGE, 0, 2, true, false},
	{"GET /100000 HTTP/1.1\r\nHost: x\r\n\r\n", 200, MEDIUM, MEDIUM, 0, 3, true, false},
	{"GET /100000 HTTP/1.1\r\nHost: x\r\nRange: bytes=1-98765\r\n\r\n", 206, 98765, MEDIUM, 1,
         3, true, false},
	{"HEAD /204800 HTTP/1.1\r\nHost: x\r\n\r\n", 200, LARGE, 0, 0, 5, false, false},
	{"HEAD /1000 HTTP/1.1\r\nHost: x\r\n\r\n", 200, SMALL, 0, 0, 5, false, false},
	{"GET /1000 HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n\r\n", 304, -1, 0, 0, 5, false,
         false},
	{"GET /204800 HTTP/1.1\r\nHost: x\r\nIf-Modified-Since: Sun, 09 Sep 2001 01:46:40 "
         "GMT\r\n\r\n",
         304, -1, 0, 0, 3, false, false},
	{"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", 404, -2, 0, 0, 5, true, false},
	{"GET /1000 HTTP/1.1\r\nHost: x\r\nRange: bytes=100-899\r\n\r\n", 206, 800, SMALL, 100, 5,
         true, false},
	{"GET /204800 HTTP/1.1\r\nHost: x\r\nRange: bytes=-1000\r\n\r\n", 206, 1000, LARGE,
         LARGE - 1000, 4, true, false},
	{"GET /1000 HTTP/1.1\r\nHost: x\r\nRange: bytes=1000-\r\n\r\n", 416, -2, 0, 0, 3, true,
         false},
	{"POST /1000 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
         "5;a=b\r\nhello\r\n1B\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n\r\n0\r\nA: b\r\n\r\n",
         405, -2, 0, 0, 5, true, false},
	{"POST /1000 HTTP/1.1\r\nHost: x\r\nContent-Length: 27\r\n\r\n"
         "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
         405, -2, 0, 0, 5, true, false},
	{"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 204, -1, 0, 0, 2, false, false},
	{"GET /1000 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200, SMALL, SMALL, 0, 2,
         true, true},
	{"GET /1000 HTTP/1.0\r\n\r\n", 200, SMALL, SMALL, 0, 1, true, true},
};
enum {
	KINDS = sizeof(kinds) / sizeof(kinds[0]),
};

/* What the first response of each kind was like, its date made dots. */
static struct first {
	char head[HEAD_SIZE];
	char *content;
	size_t len;
} firsts[KINDS];

static struct server server;
static const size_t sizes[] = {SMALL, MEDIUM, LARGE};
static char files[3][LARGE]; /* of those sizes */

/* A connection, and what has come on it and is still to be looked at. */
static struct {
	int socket;
	char data[256 * 1024];
	size_t start, len;
	int64_t end;
} wire = {.socket = -1};

static _Noreturn void fail(size_t kind, const char *what)
{
	printf("not ok %s, in answer to: %.60s\n", what, kinds[kind].request);
	fflush(stdout);
	_exit(1);
}

static uint32_t roll(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)*seed * below >> 32);
}

static size_t choose(uint32_t *seed)
{
	int sum = 0;

	for (size_t i = 0; i < KINDS; i++)
		sum += kinds[i].weight;
	int at = (int)roll(seed, (uint32_t)sum);
	for (size_t i = 0; i < KINDS; i++)
		if ((at -= kinds[i].weight) < 0)
			return i;
	return 0;
}

/* Receives once; false at the end of file, or when time is up. */
static bool receive_more(void)
{
	struct pollfd descriptor = {.fd = wire.socket, .events = POLLIN};
	int64_t left = wire.end - clock_now();

	memmove(wire.data, wire.data + wire.start, wire.len);
	wire.start = 0;
	if (left <= 0 || poll(&descriptor, 1, (int)left) <= 0)
		return false;
	ssize_t got = recv(wire.socket, wire.data + wire.len, sizeof(wire.data) - wire.len, 0);
	wire.len += got > 0 ? (size_t)got : 0;
	return got > 0;
}

static void consume(size_t count)
{
	wire.start += count;
	wire.len -= count;
}

/* Copies the next head, its date made dots, to text. */
static void take_head(size_t kind, char text[HEAD_SIZE])
{
	static const char end[] = "\r\n\r\n";
	size_t len = 0;

	while (len < 4 || memcmp(wire.data + wire.start + len - 4, end, 4) != 0)
		if (len + 1 >= HEAD_SIZE)
			fail(kind, "a head without an end");
		else if (len < wire.len)
			len++;
		else if (!receive_more())
			fail(kind, "no response, or half a head");
	memcpy(text, wire.data + wire.start, len);
	text[len] = '\0';
	consume(len);
	char *date = strstr(text, "\r\nDate: ");
	if (date == NULL || strlen(date) < 39)
		fail(kind, "no Date");
	memset(date + 8, '.', 29);
}

static void check_head(size_t kind, char text[HEAD_SIZE], size_t *length)
{
	char expected[64];
	char *field = strstr(text, "\r\nContent-Length: ");

	snprintf(expected, sizeof(expected), "HTTP/1.1 %d ", kinds[kind].status);
	if (strncmp(text, expected, strlen(expected)) != 0)
		fail(kind, "a wrong status");
	*length = field == NULL ? 0 : strtoul(field + 18, NULL, 10);
	if (kinds[kind].length >= -1 && (field == NULL) != (kinds[kind].length == -1))
		fail(kind, "a Content-Length too many, or none");
	if (kinds[kind].length >= 0 && *length != (size_t)kinds[kind].length)
		fail(kind, "a wrong Content-Length");
	if (*firsts[kind].head == '\0')
		memcpy(firsts[kind].head, text, strlen(text) + 1);
	if (strcmp(firsts[kind].head, text) != 0)
		fail(kind, "another head than the first time");
}

/* What the content must be: the file's bytes, or those of the first response. */
static const char *content_of(size_t kind, size_t length)
{
	const struct kind *k = &kinds[kind];

	for (size_t i = 0; i < 3; i++)
		if (k->file == sizes[i])
			return files[i] + k->from;
	struct first *first = &firsts[kind];
	if (first->content != NULL && first->len != length)
		fail(kind, "another length than the first time");
	return first->content;
}

static void remember(size_t kind, size_t length)
{
	while (wire.len < length)
		if (!receive_more())
			fail(kind, "half a response");
	firsts[kind].content = malloc(length + 1);
	if (firsts[kind].content == NULL)
		fail(kind, "no memory here");
	memcpy(firsts[kind].content, wire.data + wire.start, length);
	firsts[kind].len = length;
}

static void check_response(size_t kind)
{
	char text[HEAD_SIZE];
	size_t length, done = 0;

	take_head(kind, text);
	check_head(kind, text, &length);
	if (!kinds[kind].has_content)
		return;
	if (content_of(kind, length) == NULL)
		remember(kind, length);
	for (const char *content = content_of(kind, length); done < length;) {
		if (wire.len == 0 && !receive_more())
			fail(kind, "half a response");
		size_t count = wire.len < length - done ? wire.len : length - done;
		if (memcmp(wire.data + wire.start, content + done, count) != 0)
			fail(kind, "a wrong byte");
		consume(count);
		done += count;
	}
}

static void disconnect(size_t kind)
{
	if (wire.len > 0 || receive_more())
		fail(kind, "a byte too many");
	close(wire.socket);
	wire.socket = -1;
}

/* Every other connection has a small window, so that the server can't send all at once. */
static void connect_again(uint32_t *seed)
{
	int size = SMALL_WINDOW;

	wire.socket = server_connect(server, 2 + (int)roll(seed, 8));
	if (roll(seed, 2) == 0)
		setsockopt(wire.socket, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
}

/* Sends a batch, in one piece or in two, and checks what comes back. Returns how many they were. */
static long try_batch(uint32_t *seed, long most)
{
	char text[BATCH * 256];
	size_t batch[BATCH], len = 0;
	long count = 1 + (long)roll(seed, most < BATCH ? (uint32_t)most : BATCH), made = 0;

	wire.end = clock_now() + ANSWER_WITHIN;
	if (wire.socket < 0)
		connect_again(seed);
	while (made < count && (made == 0 || !kinds[batch[made - 1]].closes)) {
		batch[made] = choose(seed);
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s",
		                        kinds[batch[made++]].request);
	}
	size_t cut = roll(seed, 4) == 0 ? roll(seed, (uint32_t)len) : 0;
	if (send(wire.socket, text, cut, MSG_NOSIGNAL) != (ssize_t)cut ||
	    send(wire.socket, text + cut, len - cut, MSG_NOSIGNAL) != (ssize_t)(len - cut))
		fail(batch[0], "a connection that was closed");
	for (long i = 0; i < made; i++)
		check_response(batch[i]);
	if (kinds[batch[made - 1]].closes)
		disconnect(batch[made - 1]);
	else if (wire.len > 0)
		fail(batch[made - 1], "a byte too many");
	return made;
}

static _Noreturn void run_client(uint32_t seed, long requests)
{
	while (requests > 0)
		requests -= try_batch(&seed, requests);
	_exit(0);
}

/* Whether all of the requests, shared among the clients, were answered rightly. */
static bool soak(long requests)
{
	static uint32_t seed = 1;
	pid_t pids[CLIENTS];
	bool right = true;

	for (int i = 0; i < CLIENTS; i++) {
		seed++;
		pids[i] = fork();
		if (pids[i] == 0)
			run_client(seed * 2654435761u, requests / CLIENTS);
	}
	for (int i = 0; i < CLIENTS; i++) {
		int status = -1;
		right = pids[i] > 0 && waitpid(pids[i], &status, 0) == pids[i] && status == 0 &&
		        right;
	}
	return right;
}

static int report(bool holds, const char *what, long figure, const char *unit)
{
	printf("%s %s: %ld %s\n", holds ? "ok" : "not ok", what, figure, unit);
	return !holds;
}

int main(int argc, char **argv)
{
	long requests = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
	int failures = 0;

	if (requests <= 0) {
		fprintf(stderr, "usage: soak REQUESTS COMMAND [ARGUMENT]...\n");
		return 2;
	}
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < sizes[i]; j++)
			files[i][j] = site_byte(j, sizes[i]);
	/* What malloc keeps, to use it again, isn't what the server has in use. */
	setenv("MALLOC_TRIM_THRESHOLD_", "0", 1);
	setenv("MALLOC_TOP_PAD_", "0", 1);
	server = server_start(argv + 2);
	long descriptors = server_descriptors(server);
	bool right = soak(requests / 20);
	server_settles(server, descriptors, 1000);
	long memory = server_memory(server), start = (long)clock_now();
	right = soak(requests) && right;
	long took = (long)clock_now() - start;
	failures += report(right, "requests answered, and every byte right", requests, "");
	failures += report(true, "they took", took, "ms");
	bool settled = server_settles(server, descriptors, 3000);
	long more = server_descriptors(server) - descriptors;
	failures += report(settled, "descriptors more than before", more, "");
	more = server_memory(server) - memory;
	failures += report(more <= GROWTH, "memory more than after a twentieth", more, "KiB");
	int status = server_stop(server, END_WITHIN);
	failures += report(status == 0, "exit status", status, "");
	return failures > 0;
}
