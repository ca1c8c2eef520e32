#include "server.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	CONNECT_WITHIN = 5000, /* milliseconds */
};

static _Noreturn void fail(const char *what)
{
	perror(what);
	exit(2);
}

struct server server_begin(char *const command[], int log)
{
	struct server server = {.port = 0};
	char line[128] = "";
	int ends[2];

	if (pipe(ends) != 0 || (server.pid = fork()) < 0)
		fail(command[0]);
	if (server.pid == 0) {
		dup2(log, STDERR_FILENO);
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execv(command[0], command);
		fail(command[0]);
	}
	close(ends[1]);
	for (size_t len = 0; len + 1 < sizeof(line) && strchr(line, '\n') == NULL; len++)
		if (read(ends[0], line + len, 1) != 1)
			break;
	close(ends[0]);
	char *colon = strrchr(line, ':');
	if (colon != NULL)
		server.port = (uint16_t)strtoul(colon + 1, NULL, 10);
	return server;
}

struct server server_start(char *const command[])
{
	struct server server = server_begin(command, STDERR_FILENO);

	if (server.port == 0) {
		fprintf(stderr, "%s doesn't say where it listens\n", command[0]);
		exit(2);
	}
	return server;
}

/* Reads a file of the server's below /proc. */
static bool read_proc(struct server server, const char *name, char *text, size_t size)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%ld/%s", (long)server.pid, name);
	FILE *file = fopen(path, "r");
	if (file == NULL)
		return false;
	size_t len = fread(text, 1, size - 1, file);
	text[len] = '\0';
	fclose(file);
	return len > 0;
}

long server_cpu(struct server server)
{
	char text[1024];
	unsigned long user, system;

	if (!read_proc(server, "stat", text, sizeof(text)))
		return -1;
	char *behind_name = strrchr(text, ')');
	if (behind_name == NULL || strlen(behind_name) < 4 || behind_name[2] == 'Z')
		return -1;
	if (sscanf(behind_name + 3, "%*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
	           &system) != 2)
		return -1;
	return (long)(user + system) * 1000 / sysconf(_SC_CLK_TCK);
}

long server_memory(struct server server)
{
	char text[4096];
	char *line;

	if (!read_proc(server, "status", text, sizeof(text)) ||
	    (line = strstr(text, "VmRSS:")) == NULL)
		return -1;
	return strtol(line + 6, NULL, 10);
}

long server_descriptors(struct server server)
{
	char path[64];
	long count = 0;

	snprintf(path, sizeof(path), "/proc/%ld/fd", (long)server.pid);
	DIR *folder = opendir(path);
	if (folder == NULL)
		return -1;
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
		count += entry->d_name[0] != '.';
	closedir(folder);
	return count;
}

bool server_settles(struct server server, long descriptors, int64_t within)
{
	for (int64_t end = clock_now() + within; clock_now() < end; clock_sleep(10))
		if (server_descriptors(server) <= descriptors)
			return true;
	return server_descriptors(server) <= descriptors;
}

int server_wait(struct server server, int64_t within)
{
	int status;
	pid_t ended = 0;

	for (int64_t end = clock_now() + within; ended == 0 && clock_now() < end;) {
		ended = waitpid(server.pid, &status, WNOHANG);
		if (ended == 0)
			clock_sleep(2);
	}
	if (ended == 0) {
		kill(server.pid, SIGKILL);
		waitpid(server.pid, &status, 0);
		return -1;
	}
	return ended == server.pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int server_stop(struct server server, int64_t within)
{
	kill(server.pid, SIGTERM);
	return server_wait(server, within);
}

/* Whether a connect that was begun ends well, and soon. */
static bool is_connected(int client)
{
	struct pollfd descriptor = {.fd = client, .events = POLLOUT};
	int failure = ETIMEDOUT;
	socklen_t len = sizeof(failure);

	if (errno != EINPROGRESS || poll(&descriptor, 1, CONNECT_WITHIN) <= 0)
		return false;
	getsockopt(client, SOL_SOCKET, SO_ERROR, &failure, &len);
	errno = failure;
	return failure == 0;
}

int server_connect(struct server server, int from)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	int client = socket(AF_INET, SOCK_STREAM, 0), on = 1;

	if (client < 0)
		return -1;
	setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	address.sin_addr.s_addr = htonl(0x7f000000u + (uint32_t)from);
	bool bound = from == 1 || bind(client, (struct sockaddr *)&address, sizeof(address)) == 0;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	address.sin_port = htons(server.port);
	if (bound && fcntl(client, F_SETFL, O_NONBLOCK) == 0 &&
	    (connect(client, (struct sockaddr *)&address, sizeof(address)) == 0 ||
	     is_connected(client)))
		return client;
	int reason = errno;
	close(client);
	errno = reason;
	return -1;
}

int64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void clock_sleep(long milliseconds)
{
	struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};

	nanosleep(&time, NULL);
}

char site_byte(uint64_t i, uint64_t size)
{
	return (char)(i * 31 + (i >> 8) * 7 + size);
}

static void make_file(const char *directory, size_t size)
{
	struct timespec old[2] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
	char path[4096];

	snprintf(path, sizeof(path), "%s/%zu", directory, size);
	FILE *file = fopen(path, "w");
	if (file == NULL)
		fail(path);
	for (size_t i = 0; i < size; i++)
		fputc(site_byte(i, size), file);
	fflush(file);
	futimens(fileno(file), old); /* so that it may be cached at once */
	fclose(file);
}

void site_make(const char *directory, const size_t *sizes, size_t count)
{
	mkdir(directory, 0755);
	for (size_t i = 0; i < count; i++)
		make_file(directory, sizes[i]);
}
