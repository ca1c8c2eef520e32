/*
 * A server under test, as a process of its own: starting it, what it uses, ending it. And the site
 * that it is given to serve, whose every byte is known.
 */
#ifndef SERVER_UNDER_TEST_H
#define SERVER_UNDER_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct server {
	pid_t pid;
	uint16_t port;
};

/* Starts the command and reads its port from its first line; ends this program where there is none.
 */
struct server server_start(char *const command[]);

/*
 * The same, with standard error going to the descriptor `log`. The port is 0 where the command
 * doesn't say one; it has ended then, or is about to.
 */
struct server server_begin(char *const command[], int log);

/* What it has used and uses: milliseconds of CPU time, KiB of memory, descriptors; -1 if it ended.
 */
long server_cpu(struct server server);
long server_memory(struct server server);
long server_descriptors(struct server server);

/* Whether no more than so many descriptors are open, now or within so many milliseconds. */
bool server_settles(struct server server, long descriptors, int64_t within);

/*
 * Asks it to end, by SIGTERM, and waits for so many milliseconds. Returns its exit status; -1 where
 * a signal ended it or it had to be killed.
 */
int server_stop(struct server server, int64_t within);

/* Waits, with no SIGTERM, in the same way. */
int server_wait(struct server server, int64_t within);

/* Connects from the address 127.0.0.`from`; the socket doesn't block afterwards. -1 on failure. */
int server_connect(struct server server, int from);

/* Milliseconds, from a clock that never jumps. */
int64_t clock_now(void);
void clock_sleep(long milliseconds);

/* Byte i of a file of that size. */
char site_byte(uint64_t i, uint64_t size);

/* Makes the files of that name, "1000", "204800" and so on, which are as long as their names say.
 */
void site_make(const char *directory, const size_t *sizes, size_t count);

#endif
