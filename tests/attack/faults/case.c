/*
 * One case of a fault: starts a server with the shim, talks to it while the fault lasts, and
 * asserts that what it answers meanwhile is right, as far as it comes: the next response in the
 * order of the requests, or in its place one that says that it can't be had now. Then asserts that
 * the server still runs, answers correctly within a second, has used little CPU time, has no
 * descriptor left open, and ends with status 0 on SIGTERM. One that can't start for a fault must
 * end at once, with status 1 and a single line that says why. Prints "ok …" or "not ok …".
 *
 * usage: case site DIRECTORY                                makes the site
 *        case PART SHIM DIRECTORY CALL:ERROR:WHEN           tries ./partPART
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server.h"

enum {
	ANSWER_WITHIN = 1000, /* milliseconds, once the fault is over */
	GIVE_UP_AFTER = 250, /* while it lasts */
	HOLD = 400, /* for which a fault without end lasts, with a client that waits */
	CPU_LIMIT = 100, /* of a whole case */
	SHORT_CPU_LIMIT = 400, /* where every call moves one byte */
	END_WITHIN = 5000,
	REPLY_SIZE = 1024 * 1024,
};

static const size_t sizes[] = {1000, 204800};

static int part;
static struct server server;
static char reply[REPLY_SIZE + 1];
static size_t reply_len;

/* A response: its status, and its content, bytes of a file; no length: it may be anything. */
struct answer {
	int status;
	bool head; /* no content comes, whatever the length says */
	size_t size, from, length;
};

/* Waits for the socket; false where that takes too long. */
static bool ready(int client, short events, int64_t end)
{
	struct pollfd descriptor = {.fd = client, .events = events};
	int64_t left = end - clock_now();

	return left > 0 && poll(&descriptor, 1, (int)left) > 0;
}

static bool send_all(int client, const char *text, int64_t end)
{
	size_t len = strlen(text), sent = 0;

	while (sent < len && ready(client, POLLOUT, end)) {
		ssize_t count = send(client, text + sent, len - sent, MSG_NOSIGNAL);
		if (count < 0 && errno != EAGAIN)
			return false;
		sent += count > 0 ? (size_t)count : 0;
	}
	return sent == len;
}

static bool receive_all(int client, int64_t end)
{
	ssize_t count = 1;

	reply_len = 0;
	while (count > 0 && reply_len < REPLY_SIZE && ready(client, POLLIN, end)) {
		count = recv(client, reply + reply_len, REPLY_SIZE - reply_len, 0);
		reply_len += count > 0 ? (size_t)count : 0;
	}
	reply[reply_len] = '\0';
	return count == 0;
}

/* Sends the text and takes what comes until the server closes; false where it didn't in time. */
static bool converse(const char *text, int64_t within)
{
	int64_t end = clock_now() + within;
	int client = server_connect(server, 1);
	bool done = client >= 0 && send_all(client, text, end);

	reply_len = 0;
	if (done && part == 1)
		shutdown(client, SHUT_WR);
	done = done && receive_all(client, end);
	if (client >= 0)
		close(client);
	return done;
}

/* Whether the reply is, whole, a response 200 with the file of that size, or any if size is 0. */
static bool is_file(size_t size)
{
	char *content = strstr(reply, "\r\n\r\n"), *length = strstr(reply, "Content-Length: ");

	if (strncmp(reply, "HTTP/1.1 200 OK\r\n", 17) != 0 || content == NULL || length == NULL)
		return false;
	content += 4;
	size_t len = reply_len - (size_t)(content - reply);
	if (len == 0 || len != strtoul(length + 16, NULL, 10) || (size > 0 && len != size))
		return false;
	for (size_t i = 0; i < size; i++)
		if (content[i] != site_byte(i, size))
			return false;
	return true;
}

/* Asks for a file; whether the answer was whole, correct and in time. */
static bool ask(size_t size, int64_t within)
{
	char text[256];

	snprintf(text, sizeof(text), "GET /%zu HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
	         size);
	if (part == 3)
		return converse("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n", within) && is_file(0);
	if (!converse(text, within))
		return false;
	if (part == 1)
		return strcmp(reply, text) == 0;
	if (part == 2)
		return strncmp(reply, "method: GET\n", 12) == 0;
	return is_file(size);
}

/* Whether the fault says that there is no such file. */
static bool hides_file(const char *fault)
{
	return (strncmp(fault, "open:", 5) == 0 || strncmp(fault, "fstatat:", 8) == 0) &&
	       (strstr(fault, ":ENOENT:") != NULL || strstr(fault, ":ENOTDIR:") != NULL);
}

/* Whether that is what a client may hear of the fault in place of what it asked for. */
static bool is_excuse(int status, const char *fault)
{
	if (hides_file(fault))
		return status == 404;
	if (strncmp(fault, "open:EACCES:", 12) == 0 || strncmp(fault, "open:EPERM:", 11) == 0 ||
	    strncmp(fault, "fstatat:EACCES:", 15) == 0)
		return status == 403;
	return status == 503;
}

/* Whether so many bytes of content are those of the answer, of whose content they are the start. */
static bool is_content(const char *content, size_t len, const struct answer *answer)
{
	for (size_t i = 0; i < len; i++)
		if (content[i] != site_byte(answer->from + i, answer->size))
			return false;
	return true;
}

/*
 * Whether the response at that place is the answer, or an excuse, as far as it has come. Moves the
 * place behind it; NULL where the response is cut.
 */
static bool is_answer(const char **at, const struct answer *answer, const char *fault)
{
	size_t left = reply_len - (size_t)(*at - reply);
	const char *head = *at, *end = strstr(head, "\r\n\r\n");
	const char *field = strstr(head, "\r\nContent-Length: ");

	*at = NULL;
	if (strncmp(head, "HTTP/1.1 ", left < 9 ? left : 9) != 0)
		return false;
	if (end == NULL)
		return true;
	int status = (int)strtol(head + 9, NULL, 10);
	size_t length = field != NULL && field < end ? strtoul(field + 18, NULL, 10) : 0;
	if (status != answer->status && !is_excuse(status, fault))
		return false;
	if (status == answer->status && answer->length > 0 && length != answer->length)
		return false;
	const char *content = end + 4;
	length = answer->head ? 0 : length;
	left = reply_len - (size_t)(content - reply);
	if (length <= left)
		*at = content + length;
	return status != answer->status || answer->length == 0 ||
	       is_content(content, length < left ? length : left, answer);
}

/* Whether the reply is these answers, one behind the other, as far as it has come. */
static bool are_answers(const struct answer *answers, size_t count, const char *fault)
{
	const char *at = reply;

	reply[reply_len] = '\0';
	if (part < 4)
		return true;
	for (size_t i = 0; i < count && at != NULL && at < reply + reply_len; i++)
		if (!is_answer(&at, &answers[i], fault))
			return false;
	return at == NULL || at == reply + reply_len;
}

/* How often the text occurs in the reply, which may hold NULs. */
static size_t count_of(const char *text)
{
	size_t count = 0, len = strlen(text);

	for (size_t i = 0; i + len <= reply_len; i++)
		count += memcmp(reply + i, text, len) == 0;
	return count;
}

/* Several requests on one connection, of all kinds; part 5 answers them all. */
static bool pipeline(int64_t within)
{
	bool done = converse("GET /1000 HTTP/1.1\r\nHost: x\r\n\r\n"
	                     "HEAD /204800 HTTP/1.1\r\nHost: x\r\n\r\n"
	                     "GET /1000 HTTP/1.1\r\nHost: x\r\nRange: bytes=1-5\r\n\r\n"
	                     "POST /folder HTTP/1.1\r\nHost: x\r\n"
	                     "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
	                     "GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
	                     within);

	return done && (part < 5 || count_of("HTTP/1.1 ") == 5);
}

/* Whether a client must not notice the fault: nothing failed that couldn't be tried again. */
static bool is_harmless(const char *fault)
{
	static const char *const harmless[] = {
		":SHORT:",       "recv:EINTR:",   "recv:EAGAIN:", "send:EINTR:",  "send:EAGAIN:",
		"writev:EINTR:", "writev:EAGAIN", "poll:EINTR:",  "poll:EAGAIN:", "accept:EINTR:",
		"accept:EAGAIN", "pread:EINTR:",  "write:",       "getpeername:", "close:",
	};

	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		if (strstr(fault, harmless[i]) != NULL)
			return true;
	return false;
}

/* Talks to the server while the fault lasts. Returns NULL, or what was wrong. */
static const char *suffer(const char *fault)
{
	static const struct answer small = {200, false, 1000, 0, 1000};
	static const struct answer large = {200, false, 204800, 0, 204800};
	static const struct answer several[] = {
		{200, false, 1000, 0, 1000}, {200, true, 0, 0, 204800}, {206, false, 1000, 1, 5},
		{301, false, 0, 0, 0},       {404, false, 0, 0, 0},
	};
	bool strict = is_harmless(fault), right = true, true_so_far = true;
	int64_t within = strict ? ANSWER_WITHIN : GIVE_UP_AFTER;

	for (int i = 0; i < 2; i++) {
		right = ask(1000, within) && right;
		true_so_far = are_answers(&small, 1, fault) && true_so_far;
		right = pipeline(within) && right;
		true_so_far = are_answers(several, 5, fault) && true_so_far;
		right = ask(204800, within) && right;
		true_so_far = are_answers(&large, 1, fault) && true_so_far;
	}
	if (fault[strlen(fault) - 1] == '-') {
		int client = server_connect(server, 1);

		if (client >= 0)
			send_all(client, "GET /1000 HTTP/1.1\r\nHost: x\r\n\r\n",
			         clock_now() + 100);
		clock_sleep(HOLD);
		if (client >= 0)
			close(client);
	}
	if (!true_so_far)
		return "a wrong answer while the fault lasted";
	return strict && !right ? "a request was not answered while the fault lasted" : NULL;
}

/* What must hold afterwards. Returns NULL, or what didn't. */
static const char *recover(const char *fault, long descriptors)
{
	long limit = strstr(fault, ":SHORT:") != NULL ? SHORT_CPU_LIMIT : CPU_LIMIT;

	if (server_cpu(server) < 0)
		return "the server ended";
	kill(server.pid, SIGUSR1);
	if (hides_file(fault))
		clock_sleep(1000); /* for so long, a file that isn't there may stay away */
	if (!ask(1000, ANSWER_WITHIN))
		return "no correct answer within a second after the fault";
	if (!ask(204800, ANSWER_WITHIN))
		return "no correct large answer within a second after the fault";
	if (!pipeline(ANSWER_WITHIN))
		return "requests on one connection were not all answered after the fault";
	if (!server_settles(server, descriptors, 1000))
		return "a descriptor was left open";
	if (server_cpu(server) > limit)
		return "it used too much CPU time";
	return NULL;
}

static long faults_in(const char *path)
{
	FILE *file = fopen(path, "r");
	long count = -1;

	if (file != NULL && fscanf(file, "%ld", &count) != 1)
		count = -1;
	if (file != NULL)
		fclose(file);
	remove(path);
	return count;
}

/* Whether the log is one line. */
static bool is_one_line(FILE *log)
{
	int byte, lines = 0, last = 0;

	rewind(log);
	while ((byte = getc(log)) != EOF) {
		lines += byte == '\n';
		last = byte;
	}
	return lines == 1 && last == '\n';
}

/* What a server must do that couldn't start. Returns NULL, or what it didn't. */
static const char *check_refusal(FILE *log)
{
	if (server_wait(server, END_WITHIN) != 1)
		return "it didn't start, and its exit status was not 1";
	return is_one_line(log) ? NULL : "it didn't start, and said not one line";
}

/* What must hold during and after the fault. Returns NULL, or what didn't. */
static const char *live_through(const char *fault, FILE *log, long *cpu)
{
	long descriptors = server_descriptors(server);
	const char *problem = suffer(fault), *later = recover(fault, descriptors);

	*cpu = server_cpu(server);
	if (*cpu < 0 && strchr(fault, '@') != NULL)
		return check_refusal(log);
	int status = server_stop(server, END_WITHIN);
	if (later != NULL)
		return later;
	return problem == NULL && status != 0 ? "its exit status was not 0" : problem;
}

static int try_fault(const char *shim, char *site, char *fault)
{
	/* Only a server that has a log writes it, and asks who the client is. */
	bool logs = strncmp(fault, "write:", 6) == 0 || strncmp(fault, "getpeername:", 12) == 0;
	char name[16], report[64];
	char *command[] = {name, "-p", "0", logs ? "--" : "-q", site, NULL};
	FILE *log = tmpfile();
	long cpu = 0;

	if (log == NULL) {
		perror("tmpfile");
		return 2;
	}
	snprintf(name, sizeof(name), "./part%d", part);
	snprintf(report, sizeof(report), "/tmp/fault-report.%ld", (long)getpid());
	setenv("LD_PRELOAD", shim, 1);
	setenv("FAULT", fault, 1);
	setenv("FAULT_REPORT", report, 1);
	server = server_begin(command, fileno(log));
	unsetenv("LD_PRELOAD");
	const char *problem;
	if (server.port != 0)
		problem = live_through(fault, log, &cpu);
	else if (strchr(fault, '@') != NULL)
		problem = check_refusal(log);
	else
		problem = "it didn't start";
	long faults = faults_in(report);
	fclose(log);
	printf("%s part%d %s: %ld faults, %ld ms of CPU time%s%s\n", problem ? "not ok" : "ok",
	       part, fault, faults, cpu, problem ? ": " : "", problem ? problem : "");
	return problem != NULL;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "site") == 0) {
		site_make(argv[2], sizes, sizeof(sizes) / sizeof(sizes[0]));
		return 0;
	}
	if (argc != 5) {
		fprintf(stderr, "usage: case site DIRECTORY | case PART SHIM DIRECTORY FAULT\n");
		return 2;
	}
	part = (int)strtol(argv[1], NULL, 10);
	return try_fault(argv[2], argv[3], argv[4]);
}
