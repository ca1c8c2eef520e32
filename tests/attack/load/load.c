/*
 * Puts a server under load, of one kind each time, with an honest client beside it, and asserts:
 * every request of the honest client is answered, whole and correct, within a second; afterwards
 * descriptors and memory are back where they were; SIGTERM ends the server with status 0.
 *
 * Memory may be somewhat more than before, for each kind of load a bound of its own: the table of
 * clients, once its pages have been touched, and what malloc keeps, to use it again, of what was
 * freed. A second round of the same load may then add next to nothing; but of 2,000 clients who
 * each hold a buffer malloc keeps all, or nothing, as it happens (17 MiB have been seen). Where it
 * kept little after the first round and more after the second, a third one decides: a leak adds in
 * each of them.
 *
 * usage: load KIND COUNT SECONDS COMMAND [ARGUMENT]...
 *        load site DIRECTORY                                       makes the site
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server.h"

enum {
	ANSWER_WITHIN = 1000, /* milliseconds */
	TURN_WITHIN = 100, /* beside one that is fast and never silent */
	END_WITHIN = 5000,
	CLIENTS = 19000,
	SMALL = 1000, /* bytes: the file that the honest client asks for */
	LARGE = 8 * 1024 * 1024, /* more than the system's buffers take */
	RECEIVE_BUFFER = 64 * 1024,
};

static const size_t sizes[] = {SMALL, 100000, 204800, LARGE, 0};
static const char huge_name[] = "huge"; /* 5 GiB, sparse */
static const off_t huge_size = (off_t)5 * 1024 * 1024 * 1024;

static struct server server;
static int sockets[CLIENTS];
static size_t count; /* of the sockets */
static int seconds;
static long asked, again, unanswered;
static int64_t worst;
static int failures;

static void say(bool holds, const char *what, long figure, const char *unit)
{
	printf("%s %s: %ld %s\n", holds ? "ok" : "not ok", what, figure, unit);
	fflush(stdout);
	failures += !holds;
}

/* Waits for the socket; false where that takes until `end`. */
static bool ready(int client, short events, int64_t end)
{
	struct pollfd descriptor = {.fd = client, .events = events};
	int64_t left = end - clock_now();

	return left > 0 && poll(&descriptor, 1, (int)left) > 0;
}

/* Receives until the end of file; the number of bytes, or -1 where that took too long. */
static ssize_t receive_all(int client, char *data, size_t size, int64_t end)
{
	size_t len = 0;
	ssize_t got = 1;

	while (got > 0 && len < size && ready(client, POLLIN, end)) {
		got = recv(client, data + len, size - len, 0);
		len += got > 0 ? (size_t)got : 0;
	}
	return got == 0 ? (ssize_t)len : -1;
}

/* Whether the reply is a response 200 with the whole file of that size. */
static bool is_file(const char *reply, size_t len, size_t size)
{
	char length[64];
	size_t head = len > size ? len - size : 0;

	snprintf(length, sizeof(length), "\r\nContent-Length: %zu\r\n", size);
	if (head < 4 || strncmp(reply, "HTTP/1.1 200 OK\r\n", 17) != 0 ||
	    strstr(reply, length) == NULL || memcmp(reply + head - 4, "\r\n\r\n", 4) != 0)
		return false;
	for (size_t i = 0; i < size; i++)
		if (reply[head + i] != site_byte(i, size))
			return false;
	return true;
}

/* Asks for the small file on a connection of its own. */
static bool ask(void)
{
	static const char text[] = "GET /1000 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
	char reply[4096] = "";
	int64_t end = clock_now() + END_WITHIN;
	int client = server_connect(server, 1);
	ssize_t len = -1;

	if (client < 0)
		return false;
	if (send(client, text, sizeof(text) - 1, MSG_NOSIGNAL) == (ssize_t)sizeof(text) - 1)
		len = receive_all(client, reply, sizeof(reply) - 1, end);
	close(client);
	return len > 0 && is_file(reply, (size_t)len, SMALL);
}

/*
 * The honest client: asks, and notes how long it took until it was answered. It may find that the
 * server has closed its connection to make room, and then tries again, as browsers do.
 */
static void probe(void)
{
	int64_t start = clock_now();
	bool answered = ask();

	for (; !answered && clock_now() < start + ANSWER_WITHIN; again++)
		answered = ask();
	int64_t took = clock_now() - start;
	asked++;
	unanswered += !answered;
	worst = took > worst ? took : worst;
}

static void probe_until(int64_t end)
{
	do {
		probe();
		clock_sleep(10);
	} while (clock_now() < end);
}

static void say_honest(int64_t limit)
{
	char text[128];

	say(unanswered == 0, "requests of the honest client unanswered", unanswered, "");
	snprintf(text, sizeof(text), "the slowest of its %ld requests, and %ld second tries", asked,
	         again);
	say(worst <= limit, text, (long)worst, "ms");
}

static void send_text(int client, const char *text)
{
	ssize_t sent = send(client, text, strlen(text), MSG_NOSIGNAL);

	(void)sent; /* who is dropped by the server has no say */
}

/* An address of its own for every few clients: ports that were just in use are slow to find. */
static int next_address(void)
{
	static int used;

	return 2 + used++ / 4000 % 250;
}

static void open_all(const char *text)
{
	for (size_t i = 0; i < count; i++) {
		sockets[i] = server_connect(server, next_address());
		if (sockets[i] >= 0 && text != NULL)
			send_text(sockets[i], text);
		if (i % 100 == 99)
			probe();
	}
}

/* How many of the sockets the server has not closed. */
static long held(void)
{
	long still = 0;
	char byte;

	for (size_t i = 0; i < count; i++) {
		ssize_t got = sockets[i] < 0 ? 0 : recv(sockets[i], &byte, 1, MSG_PEEK);
		still += got > 0 || (got < 0 && errno == EAGAIN);
	}
	return still;
}

static void close_all(void)
{
	for (size_t i = 0; i < count; i++)
		if (sockets[i] >= 0)
			close(sockets[i]);
}

/* The long form waits until the server has dropped them all by itself. */
static void silent(void)
{
	open_all(NULL);
	say(true, "silent connections held", held(), "");
	probe_until(clock_now() + seconds * 1000);
	if (seconds > 17)
		say(held() == 0, "silent connections held after 15 s", held(), "");
	close_all();
}

/* Reopens what the server has closed, so that the load stays what it is. */
static void dribble_once(void)
{
	for (size_t i = 0; i < count; i++) {
		if (sockets[i] >= 0 && send(sockets[i], "a", 1, MSG_NOSIGNAL) == 1)
			continue;
		if (sockets[i] >= 0)
			close(sockets[i]);
		sockets[i] = server_connect(server, next_address());
	}
}

static void dribble_behind(const char *text)
{
	int64_t start = clock_now();

	open_all(text);
	say(true, "dribbling connections held", held(), "");
	for (int i = 1; i <= seconds; i++) {
		dribble_once();
		probe_until(start + i * 1000);
	}
	close_all();
}

static void dribble(void)
{
	dribble_behind("GET / HTTP/1.1\r\nHost: x\r\nA: ");
}

static void dribble_content(void)
{
	dribble_behind("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
}

/* The long form waits until the server has dropped them all by itself. */
static void unread(void)
{
	char text[128];

	snprintf(text, sizeof(text), "GET /%s HTTP/1.1\r\nHost: x\r\n\r\n", huge_name);
	open_all(text);
	say(true, "connections held that don't read", held(), "");
	probe_until(clock_now() + seconds * 1000);
	if (seconds > 62) {
		bool dropped = server_descriptors(server) < (long)count;
		say(dropped, "descriptors after 60 s without progress", server_descriptors(server),
		    "");
	}
	close_all();
}

static void reset(int client)
{
	struct linger none = {.l_onoff = 1, .l_linger = 0};

	setsockopt(client, SOL_SOCKET, SO_LINGER, &none, sizeof(none));
	close(client);
}

/* Opens and resets connections: in silence, in a head, and behind a whole request, in turn. */
static void storm_on(int from, size_t connections)
{
	static const char *const texts[] = {"", "GET / HT",
	                                    "GET /204800 HTTP/1.1\r\nHost: x\r\n\r\n"};

	for (size_t i = 0; i < connections; i++) {
		int client = server_connect(server, from);
		if (client < 0)
			continue;
		send_text(client, texts[i % 3]);
		reset(client);
	}
}

static pid_t child_of(void)
{
	pid_t pid = fork();

	if (pid < 0) {
		perror("fork");
		exit(2);
	}
	return pid;
}

static void storm(void)
{
	enum { STORMS = 2 };
	pid_t pids[STORMS];
	int left = STORMS, status;

	for (int i = 0; i < STORMS; i++)
		if ((pids[i] = child_of()) == 0) {
			storm_on(2 + i, count / STORMS);
			_exit(0);
		}
	for (int64_t end = clock_now() + 300 * 1000; left > 0 && clock_now() < end;) {
		probe_until(0);
		for (int i = 0; i < STORMS; i++)
			if (pids[i] > 0 && waitpid(pids[i], &status, WNOHANG) == pids[i])
				left--, pids[i] = 0;
	}
	say(left == 0, "connections opened and reset", (long)count, "");
}

/* Keeps all descriptors of a small table taken, whatever the server closes. */
static void fill(const char *text)
{
	for (size_t i = 0; i < count; i++)
		sockets[i] = -1;
	for (int64_t end = clock_now() + seconds * 1000; clock_now() < end; probe()) {
		for (size_t i = 0; i < count; i++) {
			char byte;
			ssize_t got = sockets[i] < 0 ? 0 : recv(sockets[i], &byte, 1, MSG_PEEK);
			if (got > 0 || (got < 0 && errno == EAGAIN))
				continue;
			if (sockets[i] >= 0)
				close(sockets[i]);
			sockets[i] = server_connect(server, 1);
			if (sockets[i] >= 0)
				send_text(sockets[i], text);
		}
		clock_sleep(20);
	}
	close_all();
}

static void full_silent(void)
{
	fill("");
}

static void full_dribbling(void)
{
	fill("GET / HTTP/1.1\r\nA: b");
}

static void full_unread(void)
{
	fill("GET /huge HTTP/1.1\r\nHost: x\r\n\r\n");
}

/* Reads a file of 5 GiB as fast as it comes, again and again. */
static void devour(void)
{
	static char data[1024 * 1024];
	char text[128];

	snprintf(text, sizeof(text), "GET /%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
	         huge_name);
	for (int64_t end = clock_now() + 60000; clock_now() < end;) {
		int client = server_connect(server, 2);
		if (client < 0)
			continue;
		send_text(client, text);
		while (ready(client, POLLIN, end) && recv(client, data, sizeof(data), 0) > 0)
			continue;
		close(client);
	}
}

/* Pipelines requests without end, and reads what comes back. */
static void pipeline(void)
{
	static const char one[] = "GET /1000 HTTP/1.1\r\nHost: x\r\n\r\n";
	static char text[(sizeof(one) - 1) * 1000], data[1024 * 1024];
	struct pollfd descriptor = {.fd = server_connect(server, 3), .events = POLLIN | POLLOUT};
	size_t sent = 0;

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = one[i % (sizeof(one) - 1)];
	for (int64_t end = clock_now() + 60000; clock_now() < end;) {
		poll(&descriptor, 1, 1000);
		ssize_t got = send(descriptor.fd, text + sent, sizeof(text) - sent, MSG_NOSIGNAL);
		sent = got > 0 ? (sent + (size_t)got) % sizeof(text) : sent;
		while (recv(descriptor.fd, data, sizeof(data), 0) > 0)
			continue;
	}
}

static void turn(void)
{
	pid_t reader = child_of();

	if (reader == 0)
		devour();
	pid_t writer = reader == 0 ? 0 : child_of();
	if (writer == 0 && reader != 0)
		pipeline();
	if (reader == 0 || writer == 0)
		_exit(0);
	clock_sleep(200);
	probe_until(clock_now() + seconds * 1000);
	kill(reader, SIGKILL);
	kill(writer, SIGKILL);
	waitpid(reader, NULL, 0);
	waitpid(writer, NULL, 0);
}

/* One that was in the middle of a response of LARGE bytes when the server was told to end. */
struct reader {
	char *reply;
	size_t len;
	bool ended;
};

static void take(struct reader *reader, int client, size_t most)
{
	size_t room = LARGE + 4096 - 1 - reader->len;
	ssize_t got = recv(client, reader->reply + reader->len, most < room ? most : room, 0);

	reader->len += got > 0 ? (size_t)got : 0;
	reader->ended = reader->ended || got == 0 || (got < 0 && errno != EAGAIN);
	if (reader->ended)
		shutdown(client, SHUT_RDWR);
}

/* Reads on at a leisurely pace: all have read all in a second or two. */
static void read_on(struct reader *readers, int64_t end)
{
	bool all = false;

	while (!all && clock_now() < end) {
		all = true;
		for (size_t i = 0; i < count; i++) {
			if (!readers[i].ended)
				take(&readers[i], sockets[i], 128 * 1024);
			all = all && readers[i].ended;
		}
		clock_sleep(5);
	}
}

/* Begins to ask as client i; most ask for a large file, which the system is not to take whole. */
static void ask_as(size_t i)
{
	int size = RECEIVE_BUFFER;

	sockets[i] = server_connect(server, 1);
	setsockopt(sockets[i], SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	send_text(sockets[i], i % 3 == 2 ? "GET /1000 HTTP/1.1\r\nHost: x\r\n\r\n"
	                                 : "GET /8388608 HTTP/1.1\r\nHost: x\r\n\r\n");
}

/*
 * SIGTERM while responses are under way. A third of the clients has read some of the response, a
 * third none of it, a third has had its response and is idle; those get no byte more.
 */
static void stop(void)
{
	struct reader *readers = calloc(count, sizeof(*readers));
	long cut = 0, wrong = 0, before = server_descriptors(server);

	for (size_t i = 0; i < count; i++) {
		readers[i].reply = calloc(1, LARGE + 4096);
		ask_as(i);
	}
	for (size_t i = 0; i < count; i++)
		if (i % 3 != 1 && ready(sockets[i], POLLIN, clock_now() + 5000))
			take(&readers[i], sockets[i], 4096);
	long files = server_descriptors(server) - before - (long)count;
	int64_t start = clock_now();
	kill(server.pid, SIGTERM);
	read_on(readers, start + 2 * END_WITHIN);
	for (size_t i = 0; i < count; i++) {
		size_t size = i % 3 == 2 ? SMALL : LARGE;
		bool whole = is_file(readers[i].reply, readers[i].len, size);
		cut += !whole && readers[i].len < size;
		wrong += !whole && readers[i].len >= size;
		free(readers[i].reply);
	}
	close_all();
	free(readers);
	int status = server_wait(server, 2 * END_WITHIN);
	int64_t took = clock_now() - start;
	say(files > 0, "responses under way, whose file is still open", files, "");
	say(cut == 0, "responses lost, or cut", cut, "");
	say(wrong == 0, "responses with a wrong byte", wrong, "");
	say(status == 0, "exit status", status, "");
	say(took <= END_WITHIN, "time from SIGTERM to the end", (long)took, "ms");
}

/* SIGTERM while clients read nothing, say nothing, and close nothing. */
static void stubborn(void)
{
	open_all("GET /huge HTTP/1.1\r\nHost: x\r\n\r\n");
	int64_t start = clock_now();
	int status = server_stop(server, 2 * END_WITHIN);
	int64_t took = clock_now() - start;

	say(status == 0, "exit status", status, "");
	say(took <= END_WITHIN, "time from SIGTERM to the end", (long)took, "ms");
	close_all();
}

/* Another round of a load: how much more memory is in use after it, in KiB. */
static long added_by_another(void (*load)(void), long descriptors)
{
	long before = server_memory(server);

	load();
	server_settles(server, descriptors, 3000);
	return server_memory(server) - before;
}

/* Any load, twice, and what must hold during and after it. */
static void try_load(void (*load)(void), int64_t limit, long kept, long growth)
{
	long descriptors = server_descriptors(server);
	for (int i = 0; i < 20; i++)
		probe(); /* so that what is made once and kept is there */
	long memory = server_memory(server);

	load();
	say_honest(limit);
	bool settled = server_settles(server, descriptors, 3000);
	say(settled, "descriptors more than before", server_descriptors(server) - descriptors, "");
	long once = server_memory(server);
	say(once - memory <= kept, "memory more than before", once - memory, "KiB");
	long added = added_by_another(load, descriptors);
	const char *round = "memory that a second round added";
	if (added > growth) {
		added = added_by_another(load, descriptors);
		round = "memory that a third round added, since the second had added more";
	}
	say(added <= growth, round, added, "KiB");
	int status = server_stop(server, END_WITHIN);
	say(status == 0, "exit status", status, "");
}

static void make_huge(const char *directory)
{
	char path[4096];

	site_make(directory, sizes, sizeof(sizes) / sizeof(sizes[0]));
	snprintf(path, sizeof(path), "%s/%s", directory, huge_name);
	int file = open(path, O_WRONLY | O_CREAT, 0644);
	if (file < 0 || ftruncate(file, huge_size) != 0) {
		perror(path);
		exit(2);
	}
	close(file);
}

static const struct {
	const char *name;
	void (*load)(void);
	int64_t limit; /* of the honest client's worst time; 0: the load ends the server itself */
	long kept; /* KiB that may be in use once the load is gone */
	long growth; /* KiB that a second round may add */
} kinds[] = {
	{"silent", silent, ANSWER_WITHIN, 4096, 512},
	{"dribble", dribble, ANSWER_WITHIN, 20480, 20480},
	{"dribble-content", dribble_content, ANSWER_WITHIN, 2048, 512},
	{"unread", unread, ANSWER_WITHIN, 2048, 512},
	{"storm", storm, ANSWER_WITHIN, 2048, 512},
	{"full-silent", full_silent, ANSWER_WITHIN, 4096, 512},
	{"full-dribbling", full_dribbling, ANSWER_WITHIN, 1024, 512},
	{"full-unread", full_unread, ANSWER_WITHIN, 2048, 512},
	{"turn", turn, TURN_WITHIN, 2048, 512},
	{"stop", stop, 0, 0, 0},
	{"stubborn", stubborn, 0, 0, 0},
};

int main(int argc, char **argv)
{
	struct rlimit files;

	if (argc == 3 && strcmp(argv[1], "site") == 0) {
		make_huge(argv[2]);
		return 0;
	}
	getrlimit(RLIMIT_NOFILE, &files);
	for (size_t i = 0; argc > 4 && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(argv[1], kinds[i].name) != 0)
			continue;
		server = server_start(argv + 4);
		count = strtoul(argv[2], NULL, 10);
		seconds = (int)strtol(argv[3], NULL, 10);
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
		if (kinds[i].limit > 0)
			try_load(kinds[i].load, kinds[i].limit, kinds[i].kept, kinds[i].growth);
		else
			kinds[i].load();
		return failures > 0;
	}
	fprintf(stderr, "usage: load KIND COUNT SECONDS COMMAND [ARGUMENT]...\n");
	return 2;
}
