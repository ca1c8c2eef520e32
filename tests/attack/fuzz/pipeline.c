/*
 * Fuzzes how a connection is cut: a whole pipeline of requests at once, against the same octets in
 * pieces, with the site of fuzz.c.
 *
 * An input is one octet for each request, which takes it from the list below, then a zero, and then
 * the lengths of the pieces, over and over; without them, each octet is a piece. After each piece
 * the server does what it can.
 *
 * Asserts that both clients get the same octets, and that there are some; that a connection takes a
 * bounded number of turns; and that every descriptor is closed. The list has nothing that depends
 * by right on what has come along with a head: no Expect, and no chunked coding that is wrong.
 */
#include "fuzz.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "connection.h"

enum {
	REQUESTS = 24, /* at most, in a pipeline */
	PIPELINE_SIZE = REQUESTS * 512,
	REPLY_SIZE = 8 * 1024 * 1024,
	TURN_LIMIT = 50000,
};

#define GET(target, fields) "GET " target " HTTP/1.1\r\nHost: x\r\n" fields "\r\n"
#define CHUNKED "Host: x\r\nTransfer-Encoding: chunked\r\n\r\n"

static const char *const requests[] = {
	GET("/", ""),
	GET("/page", ""),
	GET("/both?a=b", "X: y\r\n"),
	GET("/large", ""),
	GET("/medium", ""),
	GET("/empty", ""),
	GET("/missing", ""),
	GET("/folder", ""),
	GET("//folder//./", ""),
	GET("/fifo", ""),
	GET("/a%20b%25", ""),
	GET("/page", "Range: bytes=2-5\r\n"),
	GET("/large", "Range: bytes=-100000\r\n"),
	GET("/page", "Range: bytes=99-\r\n"),
	GET("/empty", "Range: bytes=0-\r\n"),
	GET("/page", "If-None-Match: *\r\n"),
	GET("/page", "If-Match: \"x\"\r\n"),
	GET("http://y/page", ""),
	GET("/", "Connection: keep-alive\r\n"),
	"HEAD /large HTTP/1.1\r\nHost: x\r\n\r\n",
	"HEAD /missing HTTP/1.1\r\nHost: x\r\n\r\n",
	"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
	"GET /page HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
	"POST /page HTTP/1.1\r\nHost: x\r\nContent-Length: 32\r\n\r\n"
	"GET / HTTP/1.1\r\nHost: inside\r\n\r\n",
	"PUT /page HTTP/1.1\r\n" CHUNKED
	"5;x=\"y\"\r\nGET /\r\n1B\r\n HTTP/1.1\r\nHost: inside\r\n\r\n"
	"\r\n0\r\nA: b\r\n\r\n",
	"GET / HTTP/1.1\r\n" CHUNKED "0\r\n\r\n",
	"\r\n",
	"BREW / HTTP/1.1\r\nHost: x\r\n\r\n",
	/* Each of these is the last one. */
	GET("/page", "Connection: close\r\n"),
	GET("/%zz", ""),
	"GET / HTTP/1.0\r\n\r\n",
	"GET / HTTP/1.1\r\n\r\n",
	"GET / HTTP/2.0\r\nHost: x\r\n\r\n",
	"GET / HTTP/1.1\nHost: x\n\n",
	"GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
	"PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
	"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
	"GET /page HTTP/1.1\r\nHost: ",
};

struct client {
	struct connection *connection; /* NULL when it has ended */
	short events; /* what it waits for */
	int socket;
	unsigned turns;
	size_t len; /* of the reply */
	char reply[REPLY_SIZE];
};
static struct client whole, cut;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	fuzz_make_site();
	return 0;
}

static void begin(struct client *client)
{
	int pair[2];

	assert(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	for (int i = 0; i < 2; i++)
		assert(fcntl(pair[i], F_SETFL, O_NONBLOCK) == 0);
	client->socket = pair[1];
	client->events = POLLIN;
	client->turns = 0;
	client->len = 0;
	client->connection = connection_open(pair[0]);
	assert(client->connection != NULL);
}

static void read_reply(struct client *client)
{
	ssize_t count = 1;

	while (count > 0) {
		assert(client->len < REPLY_SIZE);
		count = recv(client->socket, client->reply + client->len, REPLY_SIZE - client->len,
		             0);
		client->len += count > 0 ? (size_t)count : 0;
	}
}

/* Whether the server's loop would let the connection go on now. */
static bool is_ready(const struct client *client)
{
	if (client->connection == NULL)
		return false;
	struct pollfd watched = {.fd = client->connection->socket, .events = client->events};
	return poll(&watched, 1, 0) > 0;
}

static void settle(struct client *client)
{
	while (is_ready(client)) {
		assert(++client->turns < TURN_LIMIT);
		client->events = connection_advance(client->connection);
		if (client->events == 0) {
			connection_close(client->connection);
			client->connection = NULL;
		}
		read_reply(client);
	}
}

/* A server that has answered the last request reads on for a while, and a client may find it gone.
 */
static void give(struct client *client, const char *bytes, size_t len)
{
	if (client->connection != NULL)
		assert(send(client->socket, bytes, len, MSG_NOSIGNAL) == (ssize_t)len);
	settle(client);
}

static void end(struct client *client)
{
	shutdown(client->socket, SHUT_WR);
	settle(client);
	assert(client->connection == NULL);
	read_reply(client);
	close(client->socket);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char pipeline[PIPELINE_SIZE];
	int before = fuzz_free_descriptor();
	size_t len = 0, used = 0, next;

	for (; used < size && data[used] != 0 && used < REQUESTS; used++) {
		const char *request =
			requests[(data[used] - 1u) % (sizeof(requests) / sizeof(requests[0]))];

		memcpy(pipeline + len, request, strlen(request));
		len += strlen(request);
	}
	next = ++used;
	begin(&whole);
	give(&whole, pipeline, len);
	end(&whole);
	begin(&cut);
	for (size_t done = 0, piece; done < len; done += piece) {
		piece = used < size && data[next] != 0 ? data[next] : 1;
		piece = piece < len - done ? piece : len - done;
		next = next + 1 < size ? next + 1 : used;
		give(&cut, pipeline + done, piece);
	}
	end(&cut);
	assert(whole.len == cut.len && memcmp(whole.reply, cut.reply, cut.len) == 0);
	assert(fuzz_free_descriptor() == before);
	return 0;
}
