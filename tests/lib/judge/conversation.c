#include "judge.h"

#include "../client/client.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

int ended = ENDED_WELL;
const char *message = "", *beside = "";
char awaited[128];
char **operations;
static int waited; /* milliseconds, in vain */

void understand(char *said)
{
	char *due = strstr(said, "; due: "), *time = strstr(said, " in ");

	if (due != NULL) {
		snprintf(awaited, sizeof(awaited), "%s", due + 7);
		*due = '\0';
	}
	if (time != NULL)
		waited = (int)strtol(time + 4, NULL, 10);
	message = strncmp(said, "client: ", 8) == 0 ? said + 8 : said;
}

int done(const char *operation)
{
	int count = 0;

	for (char **word = operations; *word != NULL; word++)
		count += strcmp(*word, operation) == 0;
	return count;
}

/* The text that the operation which begins with this word sends; NULL if it sends none. */
static const char *text_of(char **word)
{
	if (word[1] == NULL)
		return NULL;
	if (strcmp(*word, "send") == 0)
		return word[1];
	return strcmp(*word, "drip") == 0 || strcmp(*word, "repeat") == 0 ? word[2] : NULL;
}

const char *sent_text(void)
{
	for (char **word = operations; *word != NULL; word++)
		if (text_of(word) != NULL)
			return text_of(word);
	return "";
}

size_t sent_size(void)
{
	size_t size = 0;

	for (char **word = operations; *word != NULL; word++) {
		const char *text = text_of(word);
		if (text != NULL)
			size += strlen(text) *
			        (strcmp(*word, "repeat") == 0 ? strtoul(word[1], NULL, 10) : 1);
	}
	return size;
}

const char *first_request(void)
{
	static char text[65536];
	size_t used = 0;

	text[0] = '\0';
	for (char **word = operations; *word != NULL; word++) {
		const char *sent = text_of(word);
		if (sent == NULL || used + strlen(sent) >= sizeof(text))
			continue;
		memcpy(text + used, sent, strlen(sent) + 1);
		used += strlen(sent);
		word++;
		char *end = strstr(text, "\\r\\n\\r\\n");
		if (end != NULL) {
			end[8] = '\0';
			break;
		}
	}
	return text;
}

bool method_is(const char *names)
{
	const char *request = first_request();
	char method[32];

	snprintf(method, sizeof(method), " %.*s ", (int)strcspn(request, " "), request);
	return strstr(names, method) != NULL;
}

int requests_sent(void)
{
	int count = 0;

	for (char **word = operations; *word != NULL; word++)
		for (const char *at = *word; (at = strstr(at, " HTTP/")) != NULL; at++)
			count += word > operations + 1 && strcmp(word[-2], "repeat") == 0 ? 2 : 1;
	return count;
}

/* Whether the last that the client did was to read to the end. */
static bool has_read_on(void)
{
	char **word = operations;

	while (word[0] != NULL && word[1] != NULL)
		word++;
	return word[0] != NULL && (strcmp(word[0], "read") == 0 ||
	                           (word - operations >= 2 && strcmp(word[-2], "slow") == 0));
}

void print_end(void)
{
	const char *then = reply.len == 0 ? "nothing" : "then nothing more";

	if (ended == TIMED_OUT && strcmp(awaited, "a connection") == 0)
		printf("(no connection within %g s)\n", waited / 1000.0);
	else if (ended == TIMED_OUT)
		printf("(%s within %g s; the connection is still open)\n", then, waited / 1000.0);
	else if (ended == NOT_BEGUN)
		puts("(nothing: no connection)");
	else if (ended == WAS_RESET)
		printf("(%s: the connection was reset)\n", then);
	else if (ended == FLOODED)
		puts("(more came, without end: the client left)");
	else if (strstr(message, "the end came") != NULL || (ended == ENDED_WELL && has_read_on()))
		printf("(%s: the server closed)\n", then);
	else if (reply.len == 0)
		puts("(nothing)");
}

/* A word of the client's, in which all that can't be seen is escaped, as the client takes it. */
static void print_word(const char *word)
{
	for (int i = 0; word[i] != '\0'; i++) {
		if (i == SHOWN_WIDTH) {
			printf("... and %zu more", strlen(word + i));
			return;
		}
		if (word[i] == '\r' || word[i] == '\n' || word[i] == '\t')
			printf("\\%c", word[i] == '\r' ? 'r' : word[i] == '\n' ? 'n' : 't');
		else if (isprint((unsigned char)word[i]))
			putchar(word[i]);
		else
			printf("\\x%02x", (unsigned char)word[i]);
	}
}

void print_sent(void)
{
	if (*beside != '\0')
		printf("--- connected already, beside the one that is told of here: %.*s\n",
		       SHOWN_WIDTH, beside);
	puts(*operations == NULL ? "--- sent: nothing" : "--- sent:");
	for (char **word = operations; *word != NULL; word++) {
		bool is_on = strcmp(*word, "on") == 0;
		print_word(*word);
		for (int count = arguments_of(*word); count > 0 && word[1] != NULL; count--) {
			putchar(' ');
			print_word(*++word);
		}
		fputs(is_on ? ": " : "\n", stdout);
		if (word - operations > 2 * SHOWN_LINES) {
			puts("...");
			break;
		}
	}
}
