#include "connection.h"

#include "client.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct addrinfo *server;
static int sockets[CONNECTIONS]; /* one more than the descriptor; 0 is none */
static bool ended[CONNECTIONS];
static int64_t last; /* the end of the test's time, in milliseconds */
static uint64_t came; /* octets, of all connections */
static char due[128]; /* what the operation still waits for, in words */
int current;
bool deaf, narrow, crumbs;
int64_t patience = 8000, deadline, began;
uint64_t allowed = 1024 * 1024;
const char *operation = "start";

void begin(const char *host, const char *port)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	const char *seconds = getenv("TEST_SECONDS");

	if (getaddrinfo(host, port, &hints, &server) != 0)
		stop(NOT_BEGUN, "no such address: %s, port %s", host, port);
	began = clock_now();
	last = began + 1000 * (seconds == NULL ? 60 : strtol(seconds, NULL, 10));
}

void stop(int status, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "client: %s: ", operation);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "%s%s\n", *due == '\0' ? "" : "; due: ", due);
	exit(status);
}

void is_due(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(due, sizeof(due), format, args);
	va_end(args);
}

int64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void rest(int64_t milliseconds)
{
	int64_t left = last - clock_now();

	if (milliseconds > left)
		milliseconds = left > 0 ? left : 0;
	struct timespec time = {
		.tv_sec = (time_t)(milliseconds / 1000),
		.tv_nsec = (long)(milliseconds % 1000) * 1000000,
	};

	while (nanosleep(&time, &time) != 0 && errno == EINTR)
		continue;
}

void be_patient(void)
{
	deadline = clock_now() + patience;
}

int64_t time_left(void)
{
	int64_t left = (deadline < last ? deadline : last) - clock_now();

	return left > 0 ? left : 0;
}

short await(int socket, short events)
{
	struct pollfd watched = {.fd = socket, .events = events};

	while (poll(&watched, 1, (int)time_left()) < 0 && errno == EINTR)
		continue;
	return watched.revents;
}

static short await_or_stop(int socket, short events)
{
	short ready = await(socket, events);

	if (clock_now() >= last)
		stop(TIMED_OUT, "this came to no end in %d ms", (int)(last - began));
	if (ready == 0)
		stop(TIMED_OUT, "nothing more happened in %d ms", (int)patience);
	return ready;
}

/*
 * Has the server's socket take small segments, and few. Linux gives a socket the more memory the
 * more it has sent to the same address lately. So we come from one that it doesn't know: all that
 * begin with 127 are ours. Where they are not, this fails, and does no harm.
 */
static void take_crumbs(int socket)
{
	const struct sockaddr_in *to = (const struct sockaddr_in *)server->ai_addr;
	struct sockaddr_in from = {.sin_family = AF_INET};
	int segment = 536;
	struct timespec now;

	setsockopt(socket, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof(segment));
	if (server->ai_family != AF_INET || ntohl(to->sin_addr.s_addr) >> 24 != 127)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	from.sin_addr.s_addr = htonl(0x7f010000 + (uint32_t)now.tv_nsec % 0xfd0000);
	bind(socket, (struct sockaddr *)&from, sizeof(from));
}

static int make_socket(void)
{
	int on = 1, size = 4096;
	int new = socket(server->ai_family, SOCK_STREAM, 0);

	if (new < 0)
		stop(NOT_BEGUN, "%s", strerror(errno));
	setsockopt(new, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (narrow)
		setsockopt(new, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (crumbs)
		take_crumbs(new);
	fcntl(new, F_SETFL, O_NONBLOCK);
	return new;
}

int connection(void)
{
	int error = 0;
	socklen_t len = sizeof(error);

	if (sockets[current] > 0)
		return sockets[current] - 1;
	is_due("a connection");
	int new = make_socket();
	sockets[current] = new + 1;
	if (connect(new, server->ai_addr, server->ai_addrlen) != 0 && errno != EINPROGRESS)
		stop(NOT_BEGUN, "can't connect: %s", strerror(errno));
	await_or_stop(new, POLLOUT);
	getsockopt(new, SOL_SOCKET, SO_ERROR, &error, &len);
	if (error != 0)
		stop(NOT_BEGUN, "can't connect: %s", strerror(error));
	is_due("");
	return new;
}

static void write_out(const char *bytes, size_t len)
{
	for (ssize_t count; len > 0; bytes += count, len -= (size_t)count)
		if ((count = write(STDOUT_FILENO, bytes, len)) < 0)
			stop(NOT_BEGUN, "can't write: %s", strerror(errno));
}

size_t receive(char *bytes, size_t most)
{
	ssize_t count = -1;

	while (!ended[current] && count < 0) {
		await_or_stop(connection(), POLLIN);
		count = recv(connection(), bytes, most, 0);
		if (count < 0 && errno != EAGAIN && errno != EINTR)
			stop(WAS_RESET, "%s", strerror(errno));
		ended[current] = count == 0;
	}
	if (count > 0) {
		write_out(bytes, (size_t)count);
		came += (uint64_t)count;
	}
	if (came > allowed)
		stop(FLOODED, "%llu octets came, and still more", (unsigned long long)came);
	return count > 0 ? (size_t)count : 0;
}

size_t transmit_some(const char *bytes, size_t len)
{
	ssize_t count = send(connection(), bytes, len, 0);

	if (count < 0 && errno != EAGAIN && errno != EINTR)
		stop(WAS_RESET, "%s", strerror(errno));
	allowed += count > 0 ? (uint64_t)count : 0;
	return count > 0 ? (size_t)count : 0;
}

void transmit(const char *bytes, size_t len)
{
	static char space[CHUNK];

	connection();
	while (len > 0) {
		is_due("that the server takes %zu more octets", len);
		short input = deaf || ended[current] ? 0 : POLLIN;
		short ready = await_or_stop(connection(), POLLOUT | input);
		size_t count = transmit_some(bytes, len);
		if (count == 0 && (ready & POLLIN) != 0)
			receive(space, sizeof(space));
		if (count > 0)
			be_patient();
		bytes += count;
		len -= count;
	}
}

void leave(bool reset)
{
	struct linger linger = {.l_onoff = reset, .l_linger = 0};

	setsockopt(connection(), SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	close(connection());
	sockets[current] = 0;
	ended[current] = false;
}
