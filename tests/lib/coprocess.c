/*
 * The client and the judge in one process, which a test starts once and asks often: to have the
 * shell start a program each time takes longer than most conversations. By the name of client or of
 * judge, it is that alone.
 *
^ *     coprocess QUESTIONS ANSWERS TEST SECONDS
 *
 * The first two are FIFOs, which the test holds open. A question is how many words follow, "client"
 * or "judge", a file for its standard output, one for its standard error (or nothing, if it is the
 * same), and then its arguments, each ended by a NUL. The answer is a line with its exit status.
 * When the seconds are over, the process TEST gets SIGUSR1; the question "seconds" N gives it N
 * from now on.
 *
^ *     coprocess lead SECONDS TEST LATE COMMAND...
 *
 * becomes the command, as the leader of a process group of its own. When the process TEST is gone,
 * or when the seconds are over (then it makes the file LATE), all of the group is killed. None of
 * it may write more than 64 MiB into a file, or leave a core.
 *
 * Without arguments, it makes a terminal that nobody reads, and prints its name.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int client_main(int argc, char **argv);
int judge_main(int argc, char **argv);

static pid_t test;

static void too_late(int number)
{
	(void)number;
	if (kill(test, SIGUSR1) != 0)
		_exit(1);
}

/* How many strings, each ended by a NUL, these octets hold. */
static size_t count_words(const char *octets, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += octets[i] == '\0';
	return count;
}

/* All that is asked this time: how many words, and the words; NULL when the test is gone. */
static char *read_question(int fifo, size_t *len)
{
	static char *question;
	static size_t size = 65536;
	ssize_t count = 1;

	if (question == NULL)
		question = malloc(size);
	*len = 0;
	while (question != NULL &&
	       (*len == 0 || count_words(question, *len) < 1 + strtoul(question, NULL, 10))) {
		count = read(fifo, question + *len, size - *len - 1);
		if (count == 0 || (count < 0 && errno != EINTR))
			return NULL;
		*len += count > 0 ? (size_t)count : 0;
		question[*len] = '\0';
		if (*len == size - 1)
			question = realloc(question, size *= 2);
	}
	return question;
}

static void put_to(const char *path, int descriptor)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (file < 0 || dup2(file, descriptor) < 0)
		_exit(126);
	close(file);
}

static int answer(char *question, size_t len)
{
	char **words = calloc(len + 1, sizeof(char *));
	int count = 0;

	if (words == NULL)
		return 126;
	for (char *word = question; word < question + len; word += strlen(word) + 1)
		words[count++] = word;
	if (count < 3)
		return 126;
	put_to(words[1], STDOUT_FILENO);
	if (*words[2] == '\0')
		dup2(STDOUT_FILENO, STDERR_FILENO);
	else
		put_to(words[2], STDERR_FILENO);
	words[2] = words[0];
	return (strcmp(words[0], "client") == 0 ? client_main : judge_main)(count - 2, words + 2);
}

static int make_terminal(void)
{
	int terminal = posix_openpt(O_RDWR | O_NOCTTY);

	if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0)
		return 1;
	int held = open(ptsname(terminal), O_RDWR | O_NOCTTY); /* it lasts as long as we do */
	printf("%s\n", ptsname(terminal));
	fclose(stdout);
	sleep(600);
	return held < 0;
}

static int ask(char *question, size_t len)
{
	int status = 126;
	pid_t child;

	if (strcmp(question, "seconds") == 0) {
		alarm((unsigned)strtoul(question + sizeof("seconds"), NULL, 10));
		return 0;
	}
	child = fork();
	if (child == 0)
		exit(answer(question, len));
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void answer_all(char **argv)
{
	struct sigaction action = {.sa_handler = too_late};
	int questions = open(argv[0], O_RDONLY), answers = open(argv[1], O_WRONLY);
	char *question;
	size_t len;

	test = (pid_t)strtol(argv[2], NULL, 10);
	sigaction(SIGALRM, &action, NULL);
	alarm((unsigned)strtoul(argv[3], NULL, 10));
	while ((question = read_question(questions, &len)) != NULL) {
		size_t skip = strlen(question) + 1;
		dprintf(answers, "%d\n", ask(question + skip, len - skip));
	}
}

/* Waits until all of the group has ended, or kills it. */
static void guard(pid_t group, long seconds, const char *late)
{
	struct timespec nap = {.tv_nsec = 100 * 1000 * 1000};

	setsid();
	for (int i = 0; i < 256; i++)
		close(i);
	for (long left = 10 * seconds; kill(test, 0) == 0 && kill(-group, 0) == 0; left--) {
		if (left == 0) {
			open(late, O_WRONLY | O_CREAT, 0600);
			break;
		}
		nanosleep(&nap, NULL);
	}
	kill(-group, SIGKILL);
}

static int lead(char **argv)
{
	struct rlimit size = {64 * 1024 * 1024, 64 * 1024 * 1024}, none = {0, 0};
	pid_t group = getpid(), child;

	signal(SIGINT, SIG_DFL); /* which a shell ignores for what it runs in the background */
	signal(SIGQUIT, SIG_DFL);
	setrlimit(RLIMIT_FSIZE, &size);
	setrlimit(RLIMIT_CORE, &none);
	test = (pid_t)strtol(argv[1], NULL, 10);
	setpgid(0, 0);
	child = fork();
	if (child == 0) {
		if (fork() == 0)
			guard(group, strtol(argv[0], NULL, 10), argv[2]);
		_exit(0);
	}
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
		continue;
	/* bash 3.2 leaves some open, of the few that a server may have. */
	for (int i = STDERR_FILENO + 1; i < 256; i++)
		fcntl(i, F_SETFD, FD_CLOEXEC);
	execvp(argv[3], argv + 3);
	fprintf(stderr, "%s: %s\n", argv[3], strerror(errno));
	return errno == ENOENT ? 127 : 126;
}

int main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/'), *name = slash == NULL ? argv[0] : slash + 1;

	if (strcmp(name, "client") == 0)
		return client_main(argc, argv);
	if (strcmp(name, "judge") == 0)
		return judge_main(argc, argv);
	if (argc == 1)
		return make_terminal();
	if (argc > 5 && strcmp(argv[1], "lead") == 0)
		return lead(argv + 2);
	if (argc != 5)
		return 2;
	answer_all(argv + 1);
	return 0;
}
