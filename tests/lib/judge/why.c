#include "judge.h"

#include "../causes/answers.h"
#include "../client/client.h"

#include <regex.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *server_ended = "", *why = "";
char beside_form[600];
static char cause[2048]; /* the first that was found */
static size_t wrong_at = SIZE_MAX; /* where in the reply the first wrong octet is */

void blame(const char *format, ...)
{
	va_list args;

	if (*cause != '\0')
		return;
	va_start(args, format);
	vsnprintf(cause, sizeof(cause), format, args);
	va_end(args);
}

void point_at(const char *octet)
{
	if (*cause == '\0')
		wrong_at = (size_t)(octet - reply.ptr);
}

/* How many requests the client's first send had, and how many responses came. */
static void blame_pipelining(void)
{
	char list[64];
	size_t requests = 0, responses = status_lines(list, sizeof(list));

	for (const char *at = sent_text(); (at = strstr(at, " HTTP/1.")) != NULL; at++)
		requests++;
	if (strstr(sent_text(), "\\nContent-Length:") != NULL ||
	    strstr(sent_text(), "\\nTransfer-Encoding:") != NULL)
		return; /* what came along may be content */
	if (responses > 0 && requests > responses && responses < 8)
		blame(pipelined_lost);
}

void blame_what_is_known(void)
{
	if (*why != '\0')
		blame("%s", why);
	if (*server_ended != '\0')
		blame(server_ended_itself, server_ended);
}

/* Whether what came last had come just so not long before. */
static bool repeats(void)
{
	enum {
		SAME = 64,
		PERIOD = 256 * 1024,
	};

	if (reply.len < SAME + PERIOD)
		return false;
	const char *last = reply.ptr + reply.len - SAME;
	for (size_t period = 1; period <= PERIOD; period++)
		if (memcmp(last, last - period, SAME) == 0)
			return true;
	return false;
}

/* More came than can be due, and the client gave up. */
static void blame_the_flood(void)
{
	if (method_is(" HEAD "))
		blame(flood_after_head);
	if (repeats())
		blame(flood_repeats);
	blame(flood);
}

static void blame_the_reset(void)
{
	bool whole = strstr(sent_text(), "\\r\\n\\r\\n") != NULL; /* at once */

	if (sent_size() > 1000 && !whole)
		blame(reset_by_long_request);
	if ((done("drip") > 0 || done("send") > 1) && !whole)
		blame(reset_after_first_piece);
	blame(reply.len == 0 ? reset_before_answer : reset_after_answer);
}

/* Whether all of a response has come: the content that its head announces, or, in part 2, a whole
 * line. */
static bool is_whole(void)
{
	size_t count;
	const struct field *length = find("Content-Length", &count);

	if (reply.len == 0 || reply.ptr[reply.len - 1] != '\n' || requests_sent() != 1)
		return false;
	if (head.code == 0)
		return strncmp(reply.ptr, "HTTP/", 5) != 0;
	return head.whole && length != NULL &&
	       strtoul(length->value.ptr, NULL, 10) == content().len;
}

/* Whether a line of a request of HTTP ends in LF alone. */
static bool has_bare_lf(void)
{
	const char *text = first_request();

	if (strstr(text, "HTTP/") == NULL)
		return false;
	for (const char *at = text; (at = strstr(at, "\\n")) != NULL; at++)
		if (at < text + 2 || strncmp(at - 2, "\\r", 2) != 0)
			return true;
	return false;
}

/* The client waited in vain. */
static void blame_the_wait(void)
{
	if (strcmp(awaited, "a connection") == 0)
		blame(not_accepted);
	if (reply.len == 0 && strstr(first_request(), "\\0") != NULL)
		blame(nul_hides_the_end);
	if (reply.len == 0 && strcmp(first_request(), "") != 0 && has_bare_lf())
		blame(lf_hides_the_end);
	if (reply.len == 0)
		blame(done("drip") > 0 ? pieces : nothing_in_time);
	blame_pipelining();
	if (strncmp(awaited, "the end", 7) == 0 && is_whole())
		blame(end_not_said);
	blame(no_end_in_time);
}

void blame_the_end(void)
{
	blame_what_is_known();
	switch (ended) {
	case NOT_BEGUN: blame(not_listening, message); break;
	case WAS_RESET: blame_the_reset(); break;
	case TIMED_OUT: blame_the_wait(); break;
	case UNEXPECTED: blame("%s", message); break;
	case FLOODED: blame_the_flood(); break;
	default: break;
	}
}

void blame_silence(void)
{
	if (reply.len > 0)
		return;
	if (done("drip") > 0)
		blame(pieces);
	if (done("shut") > 0)
		blame(half_close_taken_for_leaving);
	blame(closed_without_answer);
}

/* What the server has overlooked in the request, which is due this status; NULL if unknown. */
static const char *flaw(int due)
{
	const char *text = first_request();
	regex_t expression;

	for (size_t i = 0; i < sizeof(flaws) / sizeof(flaws[0]); i++) {
		if ((flaws[i].due != due && (flaws[i].due != 0 || due < 400)) ||
		    regcomp(&expression, flaws[i].expression,
		            REG_EXTENDED | REG_NOSUB | (due == 400 ? REG_ICASE : 0)) != 0)
			continue;
		bool found = regexec(&expression, text, 0, NULL, 0) == 0;
		regfree(&expression);
		if (found)
			return *flaws[i].words == '\0' ? NULL : flaws[i].words;
	}
	return NULL;
}

/* Whether what came shows that what the status calls for was overlooked. */
static bool has_overlooked(int due)
{
	if (due < 400)
		return head.code == 400;
	return head.code < 300 || due == 505 ||
	       (due == 400 && (head.code == 404 || head.code == 405));
}

/* Whether the request's target begins with a scheme and a host. */
static bool is_absolute(void)
{
	const char *target = strchr(first_request(), ' ');

	return target != NULL && strncasecmp(target + 1, "http://", 7) == 0;
}

/* Conditions and ranges: parts 4 and 5. */
static void blame_condition(int due)
{
	if (due == 304 && head.code == 200)
		blame(condition_ignored);
	if (due == 412 && head.code < 400)
		blame(condition_not_refused);
	if (due == 200 && (head.code == 304 || head.code == 412))
		blame(condition_obeyed);
	if (due == 206 && head.code == 200)
		blame(range_ignored);
	if (due == 200 && (head.code == 206 || head.code == 416))
		blame(range_obeyed);
	if (due == 416 && head.code < 400)
		blame(range_outside);
	if ((due == 404 || due == 400) && head.code == 403)
		blame(found_forbidden);
}

static void blame_another_status(int due)
{
	bool good = due >= 200 && due < 300;

	if (good && head.code == 400 &&
	    (done("drip") > 0 || (done("send") > 1 && done("head") + done("repeat") == 0)))
		blame(first_piece_is_all);
	if (good && (head.code == 400 || head.code == 404) && is_absolute())
		blame(absolute_form);
	if (has_overlooked(due) && flaw(due) != NULL)
		blame("%s", flaw(due));
	if (due == 400 && head.code < 300)
		blame(malformed_taken_for_good);
	if (good && head.code == 400)
		blame(stricter);
	if (due == 408 || head.code == 408)
		blame(time_differs);
	if (head.code == 501 && method_is(" GET HEAD "))
		blame(method_unknown);
	if (head.code == 404 && (due == 405 || due == 501 || due == 204))
		blame(method_fell_through);
	blame_condition(due);
	if (head.code == 404)
		blame(path_not_found);
	if (due == 404 && head.code == 200)
		blame(found_something);
	if (head.code >= 500)
		blame(failed_on_request, due >= 400 ? "refused" : "answered");
}

void blame_status(const char *codes)
{
	if (*cause != '\0')
		snprintf(beside_form, sizeof(beside_form), status_beside_form, head.code,
		         one_of(codes));
	point_at(head.line.ptr + 9);
	blame_another_status((int)strtol(codes, NULL, 10));
	blame(another_status, head.code, one_of(codes));
}

int conclude(const char *expected)
{
	size_t column = SIZE_MAX;

	if (*cause == '\0')
		return 0;
	print_sent();
	printf("--- expected: %s\n--- came:\n", expected);
	struct text shown = show(reply, wrong_at, &column);
	print_marked(shown.ptr, column, NULL);
	print_end();
	printf("--- likely cause: %s\n", cause);
	if (*beside_form != '\0')
		puts(beside_form);
	return 1;
}

int conclude_bytes(const char *expected, const char *octets, struct text shown, size_t at)
{
	const char *line = octets + at;

	while (line > octets && line[-1] != '\n')
		line--;
	print_sent();
	puts(expected);
	print_marked(octets, SIZE_MAX, NULL);
	puts("--- came:");
	print_marked(shown.ptr, at, *octets == '\0' ? NULL : line);
	print_end();
	printf("--- likely cause: %s\n", cause);
	return 1;
}
