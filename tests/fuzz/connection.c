/*
 * Fuzzes a connection as a whole: connection_open(), connection_advance(), connection_expired(),
 * connection_finish(), connection_close(), over a socket pair, with the small site that it makes in
 * the folder "site" of the working directory.
 *
 * An input is what the client sends, with commands in between, which are control characters:
 *
 *	\1	send what stands before, and let the server go on if it can
 *	\2	a second goes by		\3	twenty seconds go by
 *	\4	close the sending side		\5	read no more, or read again
 *	\6	the server is told to end	\7	let the server go on though nothing came
 *
 * Asserts that what comes back is responses, one whole one behind the other, and nothing else, with
 * only the last cut where the client let the server wait; that the connection ends in a bounded
 * number of turns; and that every descriptor is closed.
 */
#include "fuzz.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "connection.h"
#include "log.h"
#include "site.h"

enum {
	INPUT_LIMIT = 8192,
	TURN_LIMIT = 20000, /* of one connection */
	REPLY_SIZE = 16 * 1024 * 1024,
	SOCKET_BUFFER = 32 * 1024,
};

static struct {
	struct connection *connection; /* NULL when it has ended */
	enum next next;
	int client; /* the client's end of the pair */
	int64_t now;
	unsigned turns;
	bool reads;
	bool waited; /* the client has let time go by, or not read */
	char sent[INPUT_LIMIT];
	size_t sent_len, flushed;
	size_t reply_len;
} run;
static char reply[REPLY_SIZE];

static void make_file(const char *path, size_t size, bool is_new)
{
	struct timespec times[2] = {{.tv_sec = 1000000000}, {.tv_sec = is_new ? 4000000000 : 1}};
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert(file >= 0);
	for (size_t i = 0; i < size; i++)
		assert(write(file, "x", 1) == 1);
	assert(futimens(file, times) == 0);
	close(file);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	mkdir("site", 0755);
	mkdir("site/dir", 0755);
	make_file("site/index.html", 300, false);
	make_file("site/large", 100 * 1024, false); /* too large to be kept in memory */
	make_file("site/empty", 0, true); /* so new that it isn't kept either */
	make_file("site/new", 10, true);
	log_setup("fuzz", true, false);
	site_open("site");
	return 0;
}

static void read_reply(void)
{
	ssize_t count = 1;

	while (run.reads && count > 0) {
		assert(run.reply_len < REPLY_SIZE);
		count = recv(run.client, reply + run.reply_len, REPLY_SIZE - run.reply_len, 0);
		run.reply_len += count > 0 ? (size_t)count : 0;
	}
}

static void advance(void)
{
	if (run.connection == NULL)
		return;
	assert(++run.turns < TURN_LIMIT);
	run.next = connection_advance(run.connection, run.now);
	if (run.next == NEXT_CLOSE) {
		connection_close(run.connection);
		run.connection = NULL;
	}
	read_reply();
}

/* Whether the server's loop would let the connection go on now. */
static bool is_ready(void)
{
	if (run.connection == NULL)
		return false;
	struct pollfd descriptor = {.fd = run.connection->socket};
	descriptor.events = run.next == NEXT_SEND ? POLLOUT : POLLIN;
	return poll(&descriptor, 1, 0) > 0 || connection_expired(run.connection, run.now);
}

static void settle(void)
{
	read_reply();
	while (is_ready())
		advance();
}

static void flush_sent(void)
{
	ssize_t count = 1;

	while (run.flushed < run.sent_len && count > 0) {
		count = send(run.client, run.sent + run.flushed, run.sent_len - run.flushed,
		             MSG_NOSIGNAL);
		run.flushed += count > 0 ? (size_t)count : 0;
		if (count < 0 && errno == EAGAIN)
			run.flushed = run.sent_len; /* a client that gives up what it can't send */
	}
}

static void wait_for(int64_t milliseconds)
{
	run.now += milliseconds;
	run.waited = run.waited || milliseconds >= 5000 || !run.reads;
	settle();
}

static void command(uint8_t byte)
{
	flush_sent();
	if (byte == 2 || byte == 3)
		wait_for(byte == 2 ? 1000 : 20000);
	else if (byte == 4)
		shutdown(run.client, SHUT_WR);
	else if (byte == 5)
		run.reads = !run.reads;
	else if (byte == 6 && run.connection != NULL)
		connection_finish(run.connection);
	if (byte == 7)
		advance();
	else
		settle();
}

static void open_pair(void)
{
	int pair[2], size = SOCKET_BUFFER;

	assert(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	for (int i = 0; i < 2; i++) {
		assert(fcntl(pair[i], F_SETFL, O_NONBLOCK) == 0);
		setsockopt(pair[i], SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	}
	memset(&run, 0, sizeof(run));
	run.client = pair[1];
	run.reads = true;
	run.now = 1000000;
	run.connection = connection_open(pair[0], run.now);
	assert(run.connection != NULL);
}

/* Lets the connection come to its end; a minute of a silent client must do. */
static void finish(void)
{
	command(4);
	run.reads = true;
	settle();
	for (int i = 0; run.connection != NULL && i < 60; i++)
		wait_for(1000);
	assert(run.connection == NULL);
	read_reply();
	close(run.client);
}

/* The length of the head of a response, which must end; its content's length goes to `length`. */
static size_t response_head(struct slice rest, uint64_t *length)
{
	struct slice all = rest, line;

	assert(slice_starts_with(rest, "HTTP/1.1 "));
	while ((line = slice_cut_line(&rest)).len > 0) {
		assert(rest.ptr != NULL && !slice_contains(line, '\r'));
		if (slice_starts_with(line, "Content-Length: "))
			assert(slice_number(slice_skip(line, 16), 10, length));
	}
	assert(rest.ptr != NULL);
	return all.len - rest.len;
}

static void check_reply(void)
{
	struct slice rest = {reply, run.reply_len};
	uint64_t length;

	for (; rest.len > 0; rest = slice_skip(rest, (size_t)length)) {
		length = 0;
		rest = slice_skip(rest, response_head(rest, &length));
		assert(run.waited || length <= rest.len);
		if (length > rest.len)
			return;
	}
}

/* A HEAD's response has a length and no content: only its beginning is looked at then. */
static bool has_head_request(void)
{
	for (size_t i = 0; i + 4 <= run.sent_len; i++)
		if (memcmp(run.sent + i, "HEAD", 4) == 0)
			return true;
	return false;
}

/* The number of descriptors that are open, of those that one connection can come to. */
static int open_descriptors(void)
{
	int count = 0;

	for (int descriptor = 0; descriptor < 64; descriptor++)
		count += fcntl(descriptor, F_GETFD) >= 0;
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int open_before = open_descriptors();

	if (size > INPUT_LIMIT)
		return 0;
	open_pair();
	for (size_t i = 0; i < size; i++)
		if (data[i] >= 1 && data[i] <= 7)
			command(data[i]);
		else
			run.sent[run.sent_len++] = (char)data[i];
	finish();
	assert(open_descriptors() == open_before);
	struct slice all = {reply, run.reply_len};
	assert(all.len == 0 || slice_starts_with(all, "HTTP/1.1 "));
	if (!run.waited && !has_head_request())
		check_reply();
	return 0;
}
