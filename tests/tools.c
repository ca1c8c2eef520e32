/*
 * The client and the judge in one process, which a test starts once and asks often: to have the
 * shell start a program each time takes longer than most conversations.
 *
 *     tools QUESTIONS ANSWERS
 *
 * Both are FIFOs. A question is "client" or "judge", a file for its standard output, one for its
 * standard error (or nothing, if it is the same), and then its arguments, each ended by a NUL. The
 * answer is a line with its exit status.
 *
 * Without arguments, it makes a terminal that nobody reads, and prints its name.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int client_main(int argc, char **argv);
int judge_main(int argc, char **argv);

/* All that is asked this time, ended by a NUL; NULL if that was nothing. */
static char *read_question(const char *path, size_t *len)
{
	static char *question;
	static size_t size = 65536;
	int fifo = open(path, O_RDONLY); /* waits until somebody asks */
	ssize_t count;

	*len = 0;
	if (question == NULL)
		question = malloc(size);
	while (question != NULL && (count = read(fifo, question + *len, size - *len - 1)) > 0) {
		*len += (size_t)count;
		if (*len == size - 1)
			question = realloc(question, size *= 2);
	}
	close(fifo);
	if (question == NULL || *len == 0)
		return NULL;
	question[*len] = '\0';
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

int main(int argc, char **argv)
{
	char *question;
	size_t len;

	if (argc == 1)
		return make_terminal();
	if (argc != 3)
		return 2;
	while (alarm(900),
	       (question = read_question(argv[1], &len)) != NULL) { /* or the test is gone */
		int status = 126;
		pid_t child = fork();
		if (child == 0)
			exit(answer(question, len));
		if (child > 0)
			waitpid(child, &status, 0);
		FILE *out = fopen(argv[2], "w"); /* waits until the test wants to know */
		if (out == NULL)
			return 1;
		fprintf(out, "%d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128);
		fclose(out);
	}
	return 0;
}
