#include "judge.h"

#include "../causes/answers.h"
#include "../client/client.h"

#include <ctype.h>
#include <regex.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int judge_facts(char **arguments)
{
	(void)arguments;
	if (head.code == 0)
		printf("none 0 %zu\n", reply.len);
	else
		printf("%d %zu %zu\n", head.code, head.len, content().len);
	return 0;
}

/* The codes and the rules, in words. */
static const char *in_words(const char *codes, char **rules)
{
	static char words[2048];
	size_t used = (size_t)snprintf(words, sizeof(words), "status %s", one_of(codes));

	for (; *rules != NULL && used < sizeof(words); rules++)
		used += (size_t)snprintf(words + used, sizeof(words) - used, "; %s%s",
		                         **rules == '!' ? "no " : "", *rules + (**rules == '!'));
	return words;
}

int judge_is(char **arguments)
{
	bool is_wrong = head.code != 0 && !is_among(head.code, arguments[0]);

	blame_the_end();
	if (!is_wrong && reply.len > 0 && head.bare == NULL)
		check_presence(arguments + 1);
	check_form();
	if (is_wrong)
		blame_status(arguments[0]);
	for (char **rule = arguments + 1; *rule != NULL; rule++)
		check_field(*rule);
	if (conclude(in_words(arguments[0], arguments + 1)) != 0)
		return 1;
	return judge_facts(NULL);
}

/* How the codes that came, of so many responses, differ from those that are due. */
static void blame_codes(const char *came, size_t count, const char *codes)
{
	size_t same = first_difference(came, codes), due = *codes != '\0';

	for (const char *c = codes; *c != '\0'; c++)
		due += *c == ' ';
	if (*codes != '\0')
		blame_silence();
	if (count > due && strstr(sent_text(), "\\nContent-Length:") != NULL)
		blame(content_taken_for_request);
	if (count != due)
		blame(responses_differ, count, due, same / 4 + 1);
	if (strncmp(came + same / 4 * 4, "400", 3) == 0 && codes[same / 4 * 4] == '2')
		blame(what_follows_is_read);
	blame(response_differs, same / 4 + 1, came + same / 4 * 4, codes + same / 4 * 4);
}

int judge_statuses(char **arguments)
{
	static char list[65536];
	char expected[2048];
	size_t count = status_lines(list, sizeof(list));

	blame_the_end();
	if (strcmp(list, arguments[0]) != 0)
		blame_codes(list, count, arguments[0]);
	snprintf(expected, sizeof(expected), "these status codes, in order: %.1500s", arguments[0]);
	return conclude(expected);
}

static const char *line_at(const char *text, size_t at)
{
	const char *line = text + at;

	while (line > text && line[-1] != '\n')
		line--;
	return line;
}

/* The line of a report in whose place a value came, "target" for "method: /$"; NULL if there is
 * none. */
static const char *true_name(const char *expected, const char *came, size_t at)
{
	const char *value = strstr(line_at(came, at), ": ");

	if (value == NULL || strlen(value) < 4 || value > came + at)
		return NULL;
	for (const char *line = expected; *line != '\0'; line += strcspn(line, "\n") + 1) {
		const char *due = strstr(line, ": ");
		size_t len = strcspn(value, "\n");

		if (due != NULL && strcspn(due, "\n") == len && strncmp(due, value, len) == 0)
			return line;
		if (strchr(line, '\n') == NULL)
			break;
	}
	return NULL;
}

/* A line of a report that is not among those that are due, whatever its value. */
static void blame_undue_line(const char *expected, const char *came)
{
	static const char *const names[] = {"path: ", "query: "};

	for (size_t i = 0; i < 2; i++)
		if (strncmp(expected, "method: ", 8) == 0 &&
		    strncmp(came, names[i], strlen(names[i])) == 0 &&
		    strstr(expected, names[i]) == NULL)
			blame(line_undue, (int)strlen(names[i]) - 2, names[i]);
}

/* What may be wrong where the octets that came, made visible, differ from those that are due. */
static void blame_octet(const char *expected, const char *came, size_t at)
{
	const char *line = line_at(expected, at), *name = true_name(expected, came, at);

	if (*expected == '\0' && requests_sent() > 0 &&
	    strstr(first_request(), "\\r\\n\\r\\n") == NULL)
		blame(undue_without_head);
	if (*expected == '\0')
		blame(undue);
	if (strncmp(expected, "method: ", 8) == 0 && strncmp(came, "refused: ", 9) == 0)
		blame(good_refused, (int)strcspn(came + 9, "$"), came + 9);
	if (strncmp(expected + at, "^@", 2) == 0 && strncmp(came + at, "^@", 2) != 0)
		blame(nul_missing);
	if (strncmp(came + at, "^@", 2) == 0)
		blame(nul_undue);
	if (came[at] == '\0' || strcmp(came + at, "\n") == 0) /* which show() has added */
		blame(too_few);
	if (expected[at] == '\0')
		blame(too_many);
	if (came[at] == '$' && expected[at] == '^')
		blame(lf_for_crlf);
	if (came[at] == '^' && expected[at] == '$')
		blame(crlf_for_lf);
	blame_undue_line(expected, line_at(came, at));
	if (name != NULL)
		blame(value_of_another, (int)strcspn(name, ":"), name);
	blame(octet_differs, (int)strcspn(line, "\n"), line);
}

int judge_bytes(char **arguments)
{
	const char *expected = strcmp(arguments[0], "\n") == 0 ? "" : arguments[0];
	struct text shown = show(reply, SIZE_MAX, NULL);

	normalise(&shown);
	size_t at = first_difference(shown.ptr, expected);
	if (shown.ptr[at] == '\0' && expected[at] == '\0' && ended == ENDED_WELL)
		return 0;
	if (*expected == '\0' && reply.len == 0 && ended == TIMED_OUT)
		blame(end_missing);
	blame_the_end();
	blame_silence();
	blame_octet(expected, shown.ptr, at);
	return conclude_bytes(
		*expected == '\0' ? "--- expected: not an octet, then the end: the server closes"
				  : "--- expected: these octets (^M is CR, $ the end of a line)",
		expected, shown, at);
}

/* How the content differs from the one that is wanted, from this octet on. */
static void blame_content(struct text got, struct text wanted, size_t at, bool is_range)
{
	blame_the_end();
	point_at(got.ptr + at);
	if (at < got.len && at < wanted.len)
		blame(content_differs, at + 1);
	if (got.len > wanted.len)
		blame(content_goes_on, got.len - wanted.len);
	if (is_range && at + 1 == wanted.len)
		blame(range_one_short);
	if (wanted.ptr[at] == '\0')
		blame(content_ends_at_nul);
	blame(content_ends, at, wanted.len);
}

int judge_content(char **arguments)
{
	const char *path = arguments[0], *first = arguments[1];
	FILE *file = fopen(path, "rb");
	char expected[512];
	size_t at = 0;

	if (file == NULL) {
		perror(path);
		return 2;
	}
	struct text wanted = read_all(file), got = content();
	fclose(file);
	snprintf(expected, sizeof(expected), "the content of %s", path);
	if (first != NULL) {
		size_t begin = strtoul(first, NULL, 10), end = strtoul(arguments[2], NULL, 10) + 1;
		wanted = (struct text){wanted.ptr + begin, end - begin};
		snprintf(expected, sizeof(expected), "octets %s to %s of %s", first, arguments[2],
		         path);
	}
	while (at < got.len && at < wanted.len && got.ptr[at] == wanted.ptr[at])
		at++;
	if (at == got.len && at == wanted.len)
		return 0;
	blame_content(got, wanted, at, first != NULL);
	return conclude(expected);
}

/* The letters in each "this is a" that came, with a space between them. */
static char *letters_that_came(void)
{
	static const char words[] = "this is ";
	const size_t len = sizeof(words) - 1;
	struct text got = {grow(NULL, reply.len + 2), 0};

	for (size_t i = 0; i + len < reply.len; i++)
		if (reply.ptr[i] == *words && memcmp(reply.ptr + i, words, len) == 0 &&
		    islower((unsigned char)reply.ptr[i + len])) {
			got.ptr[got.len++] = reply.ptr[i + len];
			got.ptr[got.len++] = ' ';
		}
	got.len -= got.len > 0;
	got.ptr[got.len] = '\0';
	return got.ptr;
}

int judge_contents(char **arguments)
{
	const char *got = letters_that_came(), *letters = arguments[0];
	size_t at = first_difference(got, letters);
	char expected[256];

	if (got[at] == '\0' && letters[at] == '\0')
		return 0;
	blame_the_end();
	if (got[at] == '\0')
		blame(answers_end, (strlen(got) + 1) / 2, (strlen(letters) + 1) / 2);
	if (letters[at] == '\0')
		blame(answers_undue, got);
	blame(answers_in_disorder, at / 2 + 1, got[at - at % 2]);
	snprintf(expected, sizeof(expected), "these contents (a.txt holds \"this is a\"): %.180s%s",
	         *letters == '\0' ? "none" : letters, strlen(letters) > 180 ? "..." : "");
	return conclude(expected);
}

int judge_lacks(char **arguments)
{
	regex_t compiled;
	regmatch_t match;
	char *text = grow(NULL, reply.len + 1), expected[256];

	memcpy(text, reply.ptr, reply.len + 1);
	for (size_t i = 0; i < reply.len; i++) /* a NUL ends a line here, too */
		if (text[i] == '\0')
			text[i] = '\n';
	if (regcomp(&compiled, arguments[0], REG_EXTENDED | REG_NEWLINE) != 0) {
		fprintf(stderr, "judge: no expression: %s\n", arguments[0]);
		return 2;
	}
	if (regexec(&compiled, text, 1, &match, 0) != 0)
		return 0;
	blame_the_end();
	point_at(reply.ptr + match.rm_so);
	blame("%s", arguments[1]);
	snprintf(expected, sizeof(expected), "nothing like this: %.200s", arguments[0]);
	return conclude(expected);
}
