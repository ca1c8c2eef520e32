/*
 * Judges what a server answered. It says nothing if that is right. Else it shows what came, every
 * octet visible, with a caret under the first that is wrong, and says what the likely cause is.
 *
 *     judge [-p PORT] [-c STATUS] [-m MESSAGE] [-b BESIDE] [-e ENDED] [-w WHY] REPLY
 *           JUDGEMENT [ARGUMENT...] [-- OPERATION...]
 *
 * REPLY is the file with all octets that came. The operations are those that the client did; STATUS
 * is what it ended with, and MESSAGE what it said; BESIDE tells what others did that are still
 * connected. ENDED tells how the server has ended, if it has; WHY is a cause that is known. See
 * usage() for the judgements. The exit status is 0 if the reply is right, 1 if it is wrong, 2 if
 * the command line is.
 */
#include "judge.h"

#include "../causes/answers.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static int judge_ended(char **arguments)
{
	blame_the_end();
	if (arguments[0] != NULL)
		return conclude(arguments[0]);
	return conclude(*awaited != '\0' ? awaited : "the whole conversation, to its end");
}

static int judge_wrong(char **arguments)
{
	blame_what_is_known();
	blame("%s", *arguments[1] != '\0' ? arguments[1] : something_else);
	return conclude(arguments[0]);
}

static int print_reply(char **arguments)
{
	struct text shown = show(reply, SIZE_MAX, NULL);

	(void)arguments;
	normalise(&shown);
	fputs(shown.ptr, stdout);
	return 0;
}

static int print_field(char **arguments)
{
	for (size_t i = 0; i < head.count; i++) {
		struct field field = head.fields[i];

		if (field.name.len == strlen(arguments[0]) &&
		    strncasecmp(field.name.ptr, arguments[0], field.name.len) == 0)
			printf("%.*s\n", (int)field.value.len, field.value.ptr);
	}
	return 0;
}

static int print_codes(char **arguments)
{
	static char list[262144];

	(void)arguments;
	status_lines(list, sizeof(list));
	puts(list);
	return 0;
}

static const struct judgement {
	const char *name;
	int least, most; /* arguments */
	int (*run)(char **arguments);
	const char *help;
} judgements[] = {
	{"bytes", 1, 1, judge_bytes, "OCTETS: the reply is this, every octet visible"},
	{"is", 1, FIELDS, judge_is,
         "CODES [FIELD...]: a well-formed response with one of the codes, and these fields: "
         "'Name: value', 'Name: *', 'Name: ~EXPRESSION', '!Name'; prints the code, and the "
         "lengths of its head and of its content"},
	{"facts", 0, 0, judge_facts, "prints the same of whatever came"},
	{"statuses", 1, 1, judge_statuses, "CODES: responses with exactly these codes, in order"},
	{"content", 1, 3, judge_content,
         "FILE [FIRST LAST]: the content is that of the file, or its octets FIRST to LAST"},
	{"contents", 1, 1, judge_contents,
         "'X...': 'this is X' came for each of these letters, in order, and no more"},
	{"lacks", 2, 2, judge_lacks, "EXPRESSION CAUSE: no line of the reply matches it"},
	{"ended", 0, 1, judge_ended,
         "[WHAT]: the conversation went as told; WHAT was expected, if not to be told by its end"},
	{"wrong", 2, 2, judge_wrong,
         "WHAT CAUSE: never: only shows what came, WHAT was expected, and the cause"},
	{"show", 0, 0, print_reply, "prints the reply, every octet visible"},
	{"field", 1, 1, print_field, "NAME: prints the values of a field, one a line"},
	{"codes", 0, 0, print_codes, "prints the codes of all responses"},
};

static _Noreturn void usage(void)
{
	fputs("usage: judge [-p PORT] [-c STATUS] [-m MESSAGE] [-b BESIDE] [-e ENDED] [-w WHY] "
	      "REPLY JUDGEMENT [ARGUMENT...] [-- OPERATION...]\n",
	      stderr);
	for (size_t i = 0; i < sizeof(judgements) / sizeof(judgements[0]); i++)
		fprintf(stderr, "  %-8s %s\n", judgements[i].name, judgements[i].help);
	exit(2);
}

static int judge(const char *name, int count, char **arguments)
{
	for (size_t i = 0; i < sizeof(judgements) / sizeof(judgements[0]); i++)
		if (strcmp(name, judgements[i].name) == 0 && count >= judgements[i].least &&
		    count <= judgements[i].most)
			return judgements[i].run(arguments);
	usage();
}

static void take_option(int option, char *argument)
{
	switch (option) {
	case 'p': port = argument; break;
	case 'c': ended = (int)strtol(argument, NULL, 10); break;
	case 'm': understand(argument); break;
	case 'b': beside = argument; break;
	case 'e': server_ended = argument; break;
	case 'w': why = argument; break;
	default: usage();
	}
}

int judge_main(int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "+p:c:m:b:e:w:")) != -1)
		take_option(option, optarg);
	if (argc - optind < 2)
		usage();
	FILE *file = fopen(argv[optind], "rb");
	if (file == NULL) {
		perror(argv[optind]);
		return 2;
	}
	reply = read_all(file);
	fclose(file);
	int last = optind + 2;
	while (last < argc && strcmp(argv[last], "--") != 0)
		last++;
	operations = last < argc ? argv + last + 1 : argv + argc;
	argv[last] = NULL;
	parse_head(0);
	return judge(argv[optind + 1], last - optind - 2, argv + optind + 2);
}
