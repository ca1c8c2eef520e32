/*
 * Fuzzes a connection as a whole: connection_open(), connection_advance(), connection_is_late(),
 * connection_finish(), connection_close(), over a socket pair, with the site of fuzz.c.
 *
 * An input is what the client sends, with commands in between, which are control characters:
 *
 *	\1	send what stands before, and let the server go on if it can
 *	\2	a second goes by		\3	twenty seconds go by
 *	\4	close the sending side		\5	read no more, or read again
 *	\6	the server is told to end	\7	let the server go on though nothing came
 *	\10	at the end, close nothing	\16	another client asks for a file
 *
 * Asserts that what comes back is responses, one whole one behind the other, and nothing else, with
 * only the last cut where the client let the server wait; that what came in pieces is answered as
 *if it had come at once; that no file has a letter of another; that the connection ends in a
 *bounded number of turns, and, where the client does nothing more, within a bounded time; and that
 *every descriptor is closed.
 */
#include "fuzz.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "connection.h"
#include "handler.h"

enum {
	INPUT_LIMIT = 8192,
	RESPONSES = INPUT_LIMIT / 16, /* at most; no request is that short */
	TURN_LIMIT = 20000, /* of one connection */
	REPLY_SIZE = 48 * 1024 * 1024,
	SOCKET_BUFFER = 32 * 1024,
	PATIENCE = 80, /* seconds: a head, then a response that isn't taken, then the end */
};

static struct {
	struct connection *connection; /* NULL when it has ended */
	short events; /* what it waits for */
	int client; /* the client's end of the pair */
	unsigned turns;
	bool reads;
	bool stays; /* the client closes nothing at the end */
	bool waited; /* the client has let time go by, or not read */
	char sent[INPUT_LIMIT];
	size_t sent_len, flushed;
	size_t reply_len;
} run;
static char reply[REPLY_SIZE];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	fuzz_make_site();
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
	run.events = connection_advance(run.connection);
	if (run.events == 0) {
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
	struct pollfd descriptor = {.fd = run.connection->socket, .events = run.events};
	return poll(&descriptor, 1, 0) > 0 || connection_is_late(run.connection);
}

/*
 * Where the client reads, nothing is left to do while the server waits for it: all has been sent,
 * no whole request has come, and who gets no more has been told so.
 */
static void check_rest(void)
{
	const struct connection *c = run.connection;
	struct request request;
	char byte;

	if (c == NULL || !run.reads)
		return;
	assert(c->outgoing.len == 0 && c->file.left == 0);
	if (c->last)
		assert(recv(run.client, &byte, 1, MSG_PEEK) == 0);
	else if (c->content.state == CONTENT_NONE)
		assert(request_parse(&request, buffer_slice(&c->received)) < 0);
}

static void settle(void)
{
	read_reply();
	while (is_ready())
		advance();
	check_rest();
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
	fuzz_clock += milliseconds;
	run.waited = run.waited || milliseconds >= 5000 || !run.reads;
	settle();
}

/* The file has its place in memory where that of "/medium" is. */
static void ask_as_another(void)
{
	struct request request;

	assert(request_parse(&request, slice_of("GET /red HTTP/1.1\r\nHost: x\r\n\r\n")) == 0);
	struct response response = handle(&request);
	assert(response.status == 200);
	response_drop_content(&response);
}

static bool is_command(uint8_t byte)
{
	return (byte >= 1 && byte <= 8) || byte == 14;
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
	else if (byte == 8)
		run.stays = true;
	else if (byte == 14)
		ask_as_another();
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
	run.events = POLLIN;
	run.connection = connection_open(pair[0]);
	assert(run.connection != NULL);
}

/*
 * Lets the connection come to its end: of a client that closes its side and reads, or of one that
 * does nothing any more, and may not have read before.
 */
static void finish(void)
{
	flush_sent();
	settle();
	if (!run.stays) {
		shutdown(run.client, SHUT_WR);
		run.reads = true;
		settle();
	}
	for (int i = 0; run.connection != NULL && i < PATIENCE; i++)
		wait_for(1000);
	assert(run.connection == NULL);
	run.waited = run.waited || !run.reads;
	run.reads = true;
	read_reply();
	close(run.client);
}

/*
 * Cuts the head of a response off the reply, and notes what it says. Returns false if it is cut,
 * which only happens to clients that let the server wait.
 */
static bool cut_head(struct slice *rest, struct slice *head, uint64_t *length)
{
	struct slice all = *rest, line;

	*length = 0;
	while ((line = fuzz_cut_line(rest)).len > 0 && rest->ptr != NULL) {
		assert(!slice_contains(line, '\r'));
		if (slice_starts_with(line, "Content-Length: "))
			assert(slice_number(slice_skip(line, 16), 10, length));
	}
	assert(rest->ptr != NULL || run.waited);
	*head = (struct slice){all.ptr, all.len - rest->len};
	return rest->ptr != NULL;
}

/* All files that say nothing of what they are hold one letter, x or y. */
static void check_content(struct slice head, struct slice content)
{
	bool is_file = false;
	struct slice line;

	while ((line = fuzz_cut_line(&head)).len > 0)
		is_file = is_file || slice_equal(line, "Content-Type: application/octet-stream");
	for (size_t i = 0; is_file && i < content.len; i++)
		assert(content.ptr[i] == *content.ptr &&
		       (*content.ptr == 'x' || *content.ptr == 'y'));
}

/* Checks one response behind the other, and notes their statuses. Returns how many they are. */
static size_t check_reply(uint64_t statuses[RESPONSES])
{
	struct slice rest = {reply, run.reply_len}, head;
	size_t count = 0;
	uint64_t length;

	while (rest.len > 0) {
		if (!cut_head(&rest, &head, &length))
			return count;
		assert(slice_starts_with(head, "HTTP/1.1 ") && count < RESPONSES);
		assert(slice_number((struct slice){head.ptr + 9, 3}, 10, &statuses[count++]));
		assert(run.waited || length <= rest.len);
		size_t there = length < rest.len ? (size_t)length : rest.len;
		check_content(head, (struct slice){rest.ptr, there});
		rest = slice_skip(rest, there);
	}
	return count;
}

static bool has_sent(const char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0; i + len <= run.sent_len; i++)
		if (slice_equal_nocase((struct slice){run.sent + i, len}, text))
			return true;
	return false;
}

/*
 * Sends all again, at once. The answers must be the same; but where the chunked coding is wrong,
 * which is refused as long as nothing has been answered yet.
 */
static void check_at_once(const uint64_t *statuses, size_t count)
{
	static char sent[INPUT_LIMIT];
	uint64_t others[RESPONSES];
	size_t len = run.sent_len, same = 0;

	if (has_sent("Expect")) /* whoever has sent the content along doesn't ask for anything */
		return;
	memcpy(sent, run.sent, len);
	open_pair();
	memcpy(run.sent, sent, len);
	run.sent_len = len;
	finish();
	assert(check_reply(others) == count);
	while (same < count && statuses[same] == others[same])
		same++;
	assert(same == count || (same + 1 == count && others[same] == 400 && has_sent("chunked")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint64_t statuses[RESPONSES];
	int before = fuzz_free_descriptor();
	bool only_pieces = true;

	if (size > INPUT_LIMIT)
		return 0;
	open_pair();
	for (size_t i = 0; i < size; i++)
		if (is_command(data[i])) {
			command(data[i]);
			only_pieces = only_pieces && (data[i] == 1 || data[i] == 7);
		} else {
			run.sent[run.sent_len++] = (char)data[i];
		}
	finish();
	struct slice all = {reply, run.reply_len};
	assert(all.len < 9 || slice_starts_with(all, "HTTP/1.1 "));
	/* The response to HEAD has a length and no content: only its beginning is looked at then.
	 */
	if (!has_sent("HEAD")) {
		size_t count = check_reply(statuses);
		if (only_pieces)
			check_at_once(statuses, count);
	}
	assert(fuzz_free_descriptor() == before);
	return 0;
}
