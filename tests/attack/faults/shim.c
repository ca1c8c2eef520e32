/*
 * A library to be preloaded into a server (LD_PRELOAD), which makes calls of the system's fail.
 *
 * FAULT=call:error:when says which: call is the name of one of the functions below (open is openat,
 * too); error is a name such as EINTR, or SHORT, which cuts the call to one byte; when is "3" for
 * the third call, "2-5" for the second to the fifth, "3-" for all from the third on, or "/4" for
 * every fourth. Calls count from the first poll on, since what fails while a server starts may end
 * it; behind "@", as in "@3", they count from the start. SIGUSR1 ends the fault. At the end of the
 * process the number of faults that there were is written to the file that FAULT_REPORT names.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
	SHORT = -1, /* an error like others, but for its effect */
};

static const struct {
	const char *name;
	int number;
} errors[] = {
	{"EINTR", EINTR},
	{"EAGAIN", EAGAIN},
	{"ECONNRESET", ECONNRESET},
	{"EMFILE", EMFILE},
	{"ENFILE", ENFILE},
	{"ENOMEM", ENOMEM},
	{"ENOSPC", ENOSPC},
	{"EIO", EIO},
	{"EPIPE", EPIPE},
	{"SHORT", SHORT},
	{"ECONNABORTED", ECONNABORTED},
	{"EACCES", EACCES},
	{"EADDRINUSE", EADDRINUSE},
	{"EINVAL", EINVAL},
	{"ELOOP", ELOOP},
	{"ENETDOWN", ENETDOWN},
	{"ENOBUFS", ENOBUFS},
	{"ENOENT", ENOENT},
	{"ENOTCONN", ENOTCONN},
	{"ENOTDIR", ENOTDIR},
	{"EPERM", EPERM},
	{"EPROTO", EPROTO},
	{"ESTALE", ESTALE},
	{"ETIMEDOUT", ETIMEDOUT},
};

static char call[16];
static int error;
static unsigned long from, to, every; /* when; every is 0 where the other two hold */
static unsigned long calls, faults;
static volatile sig_atomic_t armed, over;

static void on_signal(int number)
{
	(void)number;
	over = 1;
}

static void read_when(const char *when)
{
	char *end;

	if (*when == '@') {
		armed = 1;
		when++;
	}
	if (*when == '/') {
		every = strtoul(when + 1, NULL, 10);
		return;
	}
	from = to = strtoul(when, &end, 10);
	if (*end == '-')
		to = end[1] == '\0' ? (unsigned long)-1 : strtoul(end + 1, NULL, 10);
}

__attribute__((constructor)) static void set_up(void)
{
	const char *fault = getenv("FAULT");
	char name[16], when[32];

	if (fault == NULL || sscanf(fault, "%15[^:]:%15[^:]:%31s", call, name, when) != 3)
		return;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (strcmp(errors[i].name, name) == 0)
			error = errors[i].number;
	if (error == 0)
		dprintf(2, "shim: no such error: %s\n", name);
	read_when(when);
	struct sigaction action = {.sa_handler = on_signal};
	sigaction(SIGUSR1, &action, NULL);
}

__attribute__((destructor)) static void report(void)
{
	const char *path = getenv("FAULT_REPORT");
	FILE *file;

	over = 1;
	if (path == NULL || (file = fopen(path, "w")) == NULL)
		return;
	fprintf(file, "%lu\n", faults);
	fclose(file);
}

/* Whether this call is to fail, with errno set then, or to be short. */
static int fails(const char *name)
{
	if (!armed || over || error == 0 || strcmp(name, call) != 0)
		return 0;
	calls++;
	if (every > 0 ? calls % every != 0 : calls < from || calls > to)
		return 0;
	faults++;
	if (error != SHORT)
		errno = error;
	return 1;
}

/* The call that ours stands before. A pointer to data can't be cast to one to a function in C. */
static void *next(void **known, const char *name)
{
	if (*known == NULL)
		*known = dlsym(RTLD_NEXT, name);
	if (*known == NULL)
		abort();
	return *known;
}

#define NEXT(name, result, ...)                                                                    \
	static void *known;                                                                        \
	result (*real)(__VA_ARGS__);                                                               \
	*(void **)&real = next(&known, name)

static size_t cut(size_t size)
{
	return error == SHORT && size > 1 ? 1 : size;
}

ssize_t read(int fd, void *data, size_t size)
{
	NEXT("read", ssize_t, int, void *, size_t);
	if (fails("read") && (size = cut(size), error != SHORT))
		return -1;
	return real(fd, data, size);
}

#define PREAD(name, offset_type)                                                                   \
	ssize_t name(int fd, void *data, size_t size, offset_type offset)                          \
	{                                                                                          \
		NEXT(#name, ssize_t, int, void *, size_t, offset_type);                            \
		if (fails("pread") && (size = cut(size), error != SHORT))                          \
			return -1;                                                                 \
		return real(fd, data, size, offset);                                               \
	}
PREAD(pread, off_t)
PREAD(pread64, off64_t)

ssize_t recv(int fd, void *data, size_t size, int flags)
{
	NEXT("recv", ssize_t, int, void *, size_t, int);
	if (fails("recv") && (size = cut(size), error != SHORT))
		return -1;
	return real(fd, data, size, flags);
}

ssize_t send(int fd, const void *data, size_t size, int flags)
{
	NEXT("send", ssize_t, int, const void *, size_t, int);
	if (fails("send") && (size = cut(size), error != SHORT))
		return -1;
	return real(fd, data, size, flags);
}

ssize_t writev(int fd, const struct iovec *pieces, int count)
{
	NEXT("writev", ssize_t, int, const struct iovec *, int);
	if (!fails("writev"))
		return real(fd, pieces, count);
	struct iovec one = {pieces[pieces[0].iov_len == 0].iov_base, 1};
	return error == SHORT ? real(fd, &one, 1) : -1;
}

ssize_t write(int fd, const void *data, size_t size)
{
	NEXT("write", ssize_t, int, const void *, size_t);
	if (fails("write") && (size = cut(size), error != SHORT))
		return -1;
	return real(fd, data, size);
}

/* A close that fails has closed, on Linux. */
int close(int fd)
{
	NEXT("close", int, int);
	int result = real(fd);
	return fails("close") ? -1 : result;
}

int accept(int fd, struct sockaddr *address, socklen_t *size)
{
	NEXT("accept", int, int, struct sockaddr *, socklen_t *);
	return fails("accept") ? -1 : real(fd, address, size);
}

static mode_t mode_of(va_list args, int flags)
{
	return (flags & O_CREAT) != 0 ? va_arg(args, mode_t) : 0;
}

#define OPEN(name)                                                                                 \
	int name(const char *path, int flags, ...)                                                 \
	{                                                                                          \
		NEXT(#name, int, const char *, int, ...);                                          \
		va_list args;                                                                      \
		va_start(args, flags);                                                             \
		mode_t mode = mode_of(args, flags);                                                \
		va_end(args);                                                                      \
		return fails("open") ? -1 : real(path, flags, mode);                               \
	}
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                               \
	int name(int folder, const char *path, int flags, ...)                                     \
	{                                                                                          \
		NEXT(#name, int, int, const char *, int, ...);                                     \
		va_list args;                                                                      \
		va_start(args, flags);                                                             \
		mode_t mode = mode_of(args, flags);                                                \
		va_end(args);                                                                      \
		return fails("open") ? -1 : real(folder, path, flags, mode);                       \
	}
OPENAT(openat)
OPENAT(openat64)

void *malloc(size_t size)
{
	NEXT("malloc", void *, size_t);
	return fails("malloc") ? NULL : real(size);
}

int poll(struct pollfd *list, nfds_t count, int timeout)
{
	NEXT("poll", int, struct pollfd *, nfds_t, int);
	armed = 1;
	return fails("poll") ? -1 : real(list, count, timeout);
}

#define FCNTL(name)                                                                                \
	int name(int fd, int command, ...)                                                         \
	{                                                                                          \
		NEXT(#name, int, int, int, ...);                                                   \
		va_list args;                                                                      \
		va_start(args, command);                                                           \
		void *argument = va_arg(args, void *);                                             \
		va_end(args);                                                                      \
		return fails("fcntl") ? -1 : real(fd, command, argument);                          \
	}
FCNTL(fcntl)
FCNTL(fcntl64)

int shutdown(int fd, int how)
{
	NEXT("shutdown", int, int, int);
	return fails("shutdown") ? -1 : real(fd, how);
}

#define NAME_CALL(name)                                                                            \
	int name(int fd, struct sockaddr *address, socklen_t *size)                                \
	{                                                                                          \
		NEXT(#name, int, int, struct sockaddr *, socklen_t *);                             \
		return fails(#name) ? -1 : real(fd, address, size);                                \
	}
NAME_CALL(getpeername)
NAME_CALL(getsockname)

int getaddrinfo(const char *host, const char *port, const struct addrinfo *hints,
                struct addrinfo **list)
{
	NEXT("getaddrinfo", int, const char *, const char *, const struct addrinfo *,
	     struct addrinfo **);
	return fails("getaddrinfo") ? EAI_SYSTEM : real(host, port, hints, list);
}

int socket(int domain, int type, int protocol)
{
	NEXT("socket", int, int, int, int);
	return fails("socket") ? -1 : real(domain, type, protocol);
}

int setsockopt(int fd, int level, int name, const void *value, socklen_t size)
{
	NEXT("setsockopt", int, int, int, int, const void *, socklen_t);
	return fails("setsockopt") ? -1 : real(fd, level, name, value, size);
}

int bind(int fd, const struct sockaddr *address, socklen_t size)
{
	NEXT("bind", int, int, const struct sockaddr *, socklen_t);
	return fails("bind") ? -1 : real(fd, address, size);
}

int listen(int fd, int backlog)
{
	NEXT("listen", int, int, int);
	return fails("listen") ? -1 : real(fd, backlog);
}

#define GETRLIMIT(name, type)                                                                      \
	int name(__rlimit_resource_t resource, type *limit)                                        \
	{                                                                                          \
		NEXT(#name, int, __rlimit_resource_t, type *);                                     \
		return fails("getrlimit") ? -1 : real(resource, limit);                            \
	}
GETRLIMIT(getrlimit, struct rlimit)
GETRLIMIT(getrlimit64, struct rlimit64)

#define SETRLIMIT(name, type)                                                                      \
	int name(__rlimit_resource_t resource, const type *limit)                                  \
	{                                                                                          \
		NEXT(#name, int, __rlimit_resource_t, const type *);                               \
		return fails("setrlimit") ? -1 : real(resource, limit);                            \
	}
SETRLIMIT(setrlimit, struct rlimit)
SETRLIMIT(setrlimit64, struct rlimit64)

struct stat;
struct stat64;

#define FSTAT(name, type)                                                                          \
	int name(int fd, type *info)                                                               \
	{                                                                                          \
		NEXT(#name, int, int, type *);                                                     \
		return fails("fstat") ? -1 : real(fd, info);                                       \
	}
FSTAT(fstat, struct stat)
FSTAT(fstat64, struct stat64)

#define FSTATAT(name, type)                                                                        \
	int name(int folder, const char *path, type *info, int flags)                              \
	{                                                                                          \
		NEXT(#name, int, int, const char *, type *, int);                                  \
		return fails("fstatat") ? -1 : real(folder, path, info, flags);                    \
	}
FSTATAT(fstatat, struct stat)
FSTATAT(fstatat64, struct stat64)
