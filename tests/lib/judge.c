/*
 * Judges what a server answered. It says nothing if that is right. Else it shows what came, every
 * octet visible, with a caret under the first that is wrong, and says what the likely cause is.
 *
 *     judge [-p PORT] [-c STATUS] [-m MESSAGE] [-b BESIDE] [-e ENDED] [-w WHY] REPLY
 *           JUDGEMENT [ARGUMENT...] [-- OPERATION...]
 *
 * REPLY is the file with all octets that came. The operations are those that client.c did; STATUS
 * is what it ended with, and MESSAGE what it said; BESIDE tells what others did that are still
 * connected. ENDED tells how the server has ended, if it has; WHY is a cause that is known. See
 * usage() for the judgements. The exit status is 0 if the reply is right, 1 if it is wrong, 2 if
 * the command line is.
 */
#include <ctype.h>
#include <regex.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum {
	FIELDS = 200,
	SHOWN_LINES = 40,
	SHOWN_WIDTH = 200, /* columns */
};

/* How the client ended: see client.c. */
enum {
	ENDED_WELL,
	NOT_BEGUN,
	WAS_RESET,
	TIMED_OUT,
	UNEXPECTED,
	FLOODED,
};

struct text {
	char *ptr;
	size_t len;
};

static struct text reply;
static const char *port = "", *message = "", *beside = "", *server_ended = "", *why = "";
static char awaited[128]; /* what the client still waited for */
static int waited; /* milliseconds, in vain */
static int ended = ENDED_WELL;
static char **operations; /* NULL after the last */
static char cause[2048]; /* the first that was found */
static char beside_form[600]; /* that the status is wrong, too */
static size_t wrong_at = SIZE_MAX; /* where in the reply the first wrong octet is */

static _Noreturn void usage(void)
{
	fputs("usage: judge [-p PORT] [-c STATUS] [-m MESSAGE] [-b BESIDE] [-e ENDED] "
	      "[-w WHY] REPLY JUDGEMENT [ARGUMENT...] [-- OPERATION...]\n"
	      "  bytes OCTETS      the reply is this, every octet visible\n"
	      "  is CODES [FIELD...]\n"
	      "                    a well-formed response with one of the codes, and these "
	      "fields:\n"
	      "                    'Name: value', 'Name: *', 'Name: ~EXPRESSION', '!Name'; prints\n"
	      "                    the code, and the lengths of its head and of its content\n"
	      "  facts             prints the same of whatever came\n"
	      "  statuses CODES    responses with exactly these codes, in order\n"
	      "  content FILE [FIRST LAST]\n"
	      "                    the content is that of the file, or its octets FIRST to LAST\n"
	      "  contents 'X...'   'this is X' came for each of these letters, in order, and no "
	      "more\n"
	      "  lacks EXPRESSION CAUSE\n"
	      "                    no line of the reply matches it\n"
	      "  ended [WHAT]      the conversation went as told; WHAT was expected, if not to be "
	      "told "
	      "by its end\n"
	      "  wrong WHAT CAUSE  never: only shows what came, WHAT was expected, and the cause\n"
	      "  show              prints the reply, every octet visible\n"
	      "  field NAME        prints the values of a field, one a line\n"
	      "  codes             prints the codes of all responses\n",
	      stderr);
	exit(2);
}

static void *grow(void *memory, size_t size)
{
	memory = realloc(memory, size);
	if (memory == NULL)
		abort();
	return memory;
}

static struct text read_all(FILE *file)
{
	struct text all = {grow(NULL, 65536), 0};
	size_t count;

	while ((count = fread(all.ptr + all.len, 1, 65535, file)) > 0) {
		all.len += count;
		all.ptr = grow(all.ptr, all.len + 65536);
	}
	all.ptr[all.len] = '\0';
	return all;
}

/* Notes a cause, unless there is one already: what follows from that would only hide it. */
static void blame(const char *format, ...)
{
	va_list args;

	if (*cause != '\0')
		return;
	va_start(args, format);
	vsnprintf(cause, sizeof(cause), format, args);
	va_end(args);
}

static void point_at(const char *octet)
{
	if (*cause == '\0')
		wrong_at = (size_t)(octet - reply.ptr);
}

/* ---- octets made visible, as cat -vet does: ^M is CR, $ the end of a line -------------------- */

static size_t show_octet(char shown[6], unsigned char octet)
{
	const char *meta = octet >= 128 ? "M-" : "";

	if (octet == '\n')
		return (size_t)snprintf(shown, 6, "$\n");
	octet &= 127;
	if (octet < ' ' || octet == 127)
		return (size_t)snprintf(shown, 6, "%s^%c", meta, octet ^ 64);
	return (size_t)snprintf(shown, 6, "%s%c", meta, octet);
}

/* Octet `mark` becomes `*column`, counted from the beginning of the text, if it is there. */
static struct text show(struct text octets, size_t mark, size_t *column)
{
	struct text shown = {grow(NULL, 5 * octets.len + 8), 0};

	for (size_t i = 0; i < octets.len; i++) {
		if (i == mark)
			*column = shown.len;
		shown.len += show_octet(shown.ptr + shown.len, (unsigned char)octets.ptr[i]);
	}
	if (mark >= octets.len && mark != SIZE_MAX)
		*column = shown.len;
	if (shown.len > 0 && shown.ptr[shown.len - 1] != '\n')
		shown.ptr[shown.len++] = '\n';
	shown.ptr[shown.len] = '\0';
	return shown;
}

/* Whether text begins with pattern, in which 'A' is a capital, 'a' a small letter, '0' a digit. */
static bool has_form(const char *text, const char *pattern)
{
	for (; *pattern != '\0'; text++, pattern++)
		if (!(*pattern == 'A'   ? isupper((unsigned char)*text)
		      : *pattern == 'a' ? islower((unsigned char)*text)
		      : *pattern == '0' ? isdigit((unsigned char)*text)
		                        : *text == *pattern))
			return false;
	return true;
}

static bool is_date(const char *text)
{
	return has_form(text, "Aaa, 00 Aaa 0000 00:00:00 ") && strncmp(text + 26, "GMT", 3) == 0;
}

static void replace(struct text *text, size_t at, size_t len, const char *with)
{
	size_t gained = strlen(with);

	text->ptr = grow(text->ptr, text->len + gained + 1);
	memmove(text->ptr + at + gained, text->ptr + at + len, text->len - at - len + 1);
	memcpy(text->ptr + at, with, gained);
	text->len += gained - len;
}

/* Dates, entity tags and ports differ from run to run. */
static void normalise(struct text *shown)
{
	static const char *const hosts[] = {"127.0.0.1:", "localhost:", "[::1]:"};
	char address[64];

	for (size_t i = 0; i < shown->len; i += strcspn(shown->ptr + i, "\n") + 1) {
		char *line = shown->ptr + i,
		     *quote = strncmp(line, "ETag: \"", 7) == 0 ? strchr(line + 7, '"') : NULL;
		if (strncmp(line, "Date: ", 6) == 0 && is_date(line + 6))
			replace(shown, i + 6, 29, "DATE");
		if (quote != NULL)
			replace(shown, i + 7, (size_t)(quote - line - 7), "TAG");
	}
	for (size_t i = 0; *port != '\0' && i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		snprintf(address, sizeof(address), "%s%s", hosts[i], port);
		for (char *at; (at = strstr(shown->ptr, address)) != NULL;)
			replace(shown, (size_t)(at - shown->ptr) + strlen(hosts[i]), strlen(port),
			        "PORT");
	}
}

/* ---- a response, taken apart ------------------------------------------------------------------
 */

/* The last head in the reply that isn't of a 1xx response. */
static struct head {
	struct text line;
	size_t start; /* where in the reply it begins */
	size_t len; /* through the empty line */
	int code; /* 0 if the first line is no status line */
	bool whole; /* the empty line has come */
	const char *bare; /* the end of the first line that ends in LF alone */
	size_t count;
	struct field {
		struct text name, value;
	} fields[FIELDS];
} head;

static struct text cut_line(struct text *rest)
{
	char *end = memchr(rest->ptr, '\n', rest->len);
	struct text line = {rest->ptr, end == NULL ? rest->len : (size_t)(end - rest->ptr)};
	size_t taken = line.len + (end != NULL);

	rest->ptr += taken;
	rest->len -= taken;
	return line;
}

static struct text trim(struct text text)
{
	while (text.len > 0 && (*text.ptr == ' ' || *text.ptr == '\t')) {
		text.ptr++;
		text.len--;
	}
	while (text.len > 0 && memchr(" \t\r", text.ptr[text.len - 1], 3) != NULL)
		text.len--;
	return text;
}

/* HTTP/1.1, a space, three digits, a space, a phrase: RFC 9112, 4. */
static int code_of(struct text line)
{
	if (line.len < 12 || !has_form(line.ptr, "HTTP/1.1 000"))
		return 0;
	if (line.len == 12 || line.ptr[12] != ' ')
		return 0;
	return (int)strtol(line.ptr + 9, NULL, 10);
}

static void add_field(struct text line)
{
	char *colon = memchr(line.ptr, ':', line.len);
	struct text name = line, value = {line.ptr, 0};

	if (head.count == FIELDS)
		return;
	if (colon != NULL) {
		name.len = (size_t)(colon - line.ptr);
		value = (struct text){colon + 1, line.len - name.len - 1};
	}
	head.fields[head.count++] = (struct field){name, trim(value)};
}

static void parse_head(size_t start)
{
	struct text rest = {reply.ptr + start, reply.len - start};

	memset(&head, 0, sizeof(head));
	head.start = start;
	for (size_t number = 0; rest.len > 0 && !head.whole; number++) {
		struct text line = cut_line(&rest);
		bool ends = line.ptr + line.len < reply.ptr + reply.len;

		if (ends && head.bare == NULL && (line.len == 0 || line.ptr[line.len - 1] != '\r'))
			head.bare = line.ptr + line.len;
		if (number == 0)
			head.line = line;
		else if (ends && (line.len == 0 || (line.len == 1 && *line.ptr == '\r')))
			head.whole = true;
		else
			add_field(line);
	}
	head.len = (size_t)(rest.ptr - reply.ptr) - start;
	head.code = code_of(head.line);
	if (head.whole && head.code >= 100 && head.code < 200)
		parse_head(start + head.len);
}

/* The first field of that name, in upper or lower case, and how many there are. */
static const struct field *find(const char *name, size_t *count)
{
	const struct field *found = NULL;

	*count = 0;
	for (size_t i = head.count; i-- > 0;)
		if (head.fields[i].name.len == strlen(name) &&
		    strncasecmp(head.fields[i].name.ptr, name, strlen(name)) == 0) {
			found = &head.fields[i];
			++*count;
		}
	return found;
}

/* The text that the client sent first, as it was told. */
static const char *sent_text(void)
{
	for (char **word = operations; word[0] != NULL && word[1] != NULL; word++) {
		if (strcmp(*word, "send") == 0)
			return word[1];
		if ((strcmp(*word, "drip") == 0 || strcmp(*word, "repeat") == 0) && word[2] != NULL)
			return word[2];
	}
	return "";
}

/* The head of the first request, whatever pieces it was sent in, as it was told. */
static const char *first_request(void)
{
	static char text[65536];
	size_t used = 0;
	char *end;

	text[0] = '\0';
	for (char **word = operations; word[0] != NULL && word[1] != NULL; word++) {
		const char *sent = strcmp(*word, "send") == 0 ? word[1]
		                   : (strcmp(*word, "drip") == 0 || strcmp(*word, "repeat") == 0)
		                           ? word[2]
		                           : NULL;
		if (sent == NULL || used + strlen(sent) >= sizeof(text))
			continue;
		memcpy(text + used, sent, strlen(sent) + 1);
		used += strlen(sent);
		word++;
		if ((end = strstr(text, "\\r\\n\\r\\n")) != NULL) {
			end[8] = '\0';
			break;
		}
	}
	return text;
}

static bool method_is(const char *names)
{
	const char *request = first_request();
	char method[32];

	snprintf(method, sizeof(method), " %.*s ", (int)strcspn(request, " "), request);
	return strstr(names, method) != NULL;
}

static size_t status_lines(char *list, size_t size)
{
	size_t count = 0, used = 0;

	list[0] = '\0';
	for (size_t i = 0; i + 12 <= reply.len; i++) {
		const char *next = memchr(reply.ptr + i, 'H', reply.len - i);
		if (next == NULL)
			break;
		i = (size_t)(next - reply.ptr);
		if (has_form(next, "HTTP/1.1 000")) {
			used += (size_t)snprintf(list + used, used < size ? size - used : 0,
			                         "%s%.3s", count++ > 0 ? " " : "",
			                         reply.ptr + i + 9);
			if (used + 8 > size)
				break;
		}
	}
	return count;
}

/* ---- likely causes ----------------------------------------------------------------------------
 */

/* How often the client did this. */
static int done(const char *operation)
{
	int count = 0;

	for (char **word = operations; *word != NULL; word++)
		count += strcmp(*word, operation) == 0;
	return count;
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
		blame("a request that came along with another got no answer: it is still in the "
		      "buffer, or lost; look there before you wait for more");
}

/* What has been found out already explains all that follows from it. */
static void blame_what_is_known(void)
{
	if (*why != '\0')
		blame("%s", why);
	if (*server_ended != '\0')
		blame("the server itself ended, with %s", server_ended);
}

static const char pieces[] =
	"the request came in pieces, and was never seen as a whole: one recv is not one "
	"request, so keep all that has come, and look for the empty line in that, not in "
	"the last piece";

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
	if (ended != FLOODED)
		return;
	if (method_is(" HEAD "))
		blame("content comes without end: the response to HEAD has none, whatever its "
		      "status is");
	if (repeats())
		blame("the same octets come again and again: are they taken from the buffer when "
		      "they have been sent, or does a loop not end?");
	blame("far more comes than was asked for, and no end");
}

/* What is to be learned from the way in which the conversation ended. */
static void blame_the_end(void)
{
	blame_what_is_known();
	if (ended == NOT_BEGUN)
		blame("no connection could be made (%s): the server runs, but does not listen on "
		      "the port that it names, or listens no more",
		      message);
	if (ended == WAS_RESET && (done("drip") > 0 || done("send") > 1))
		blame("the connection was reset: the first piece was taken for all of the request, "
		      "and the rest came to a server that had closed; one recv is not one request");
	if (ended == WAS_RESET && strlen(first_request()) > 1000)
		blame("the connection was reset: the server closed it with octets of the request "
		      "unread; is its buffer, or its one recv, too small for this request?");
	if (ended == WAS_RESET && reply.len == 0)
		blame("the connection was reset before a single octet came back: the server closed "
		      "it with octets of the client unread; shut your sending side down, read to "
		      "the end, then close");
	if (ended == WAS_RESET)
		blame("the connection was reset after these octets: the server closed it with "
		      "octets of "
		      "the client unread; shut your sending side down, read to the end, then "
		      "close");
	if (ended == TIMED_OUT && strcmp(awaited, "a connection") == 0)
		blame("no connection came about: the server accepts no more clients, and those who "
		      "may wait until it does are too few (the second argument of listen)");
	if (ended == TIMED_OUT && reply.len == 0 && done("drip") > 0)
		blame("%s", pieces);
	if (ended == TIMED_OUT && reply.len == 0)
		blame("not one octet came back in time: the server waits for more than was sent, "
		      "or has not flushed what it wrote");
	if (ended == TIMED_OUT)
		blame_pipelining();
	if (ended == TIMED_OUT)
		blame("these octets came, and then neither more nor the end: the server waits for "
		      "more "
		      "than was sent, announced more than it sends, or forgets to close");
	if (ended == UNEXPECTED)
		blame("%s", message);
	blame_the_flood();
}

static void blame_silence(void)
{
	if (reply.len == 0 && done("drip") > 0)
		blame("%s", pieces);
	if (reply.len == 0 && done("shut") > 0)
		blame("the server closed the connection without an answer: a client that "
		      "half-closes only says that it sends no more; it has not left, and reads on");
	if (reply.len == 0)
		blame("the server closed the connection without an answer: it took the request for "
		      "unfinished, or gave up on it, or did not flush what it wrote; or an error "
		      "ended "
		      "the thread or process that served it");
}

/* Octets of UTF-8 that begin no character: so many are missing if characters were counted. */
static size_t continuations(struct text text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += ((unsigned char)text.ptr[i] & 0xc0) == 0x80;
	return count;
}

/* How many requests the client has sent, as far as that can be told. */
static int requests_sent(void)
{
	int count = 0;

	for (char **word = operations; *word != NULL; word++)
		for (const char *at = *word; (at = strstr(at, " HTTP/")) != NULL; at++)
			count += word > operations + 1 && strcmp(word[-2], "repeat") == 0 ? 2 : 1;
	return count;
}

/* After the response no other may follow, if one request was sent. */
static void check_only_one(bool no_content)
{
	size_t count;
	const struct field *length = find("Content-Length", &count);
	size_t end = head.start + head.len +
	             (no_content || length == NULL ? 0 : strtoul(length->value.ptr, NULL, 10));

	if (requests_sent() != 1 || end + 7 > reply.len ||
	    strncmp(reply.ptr + end, "HTTP/1.", 7) != 0)
		return;
	point_at(reply.ptr + end);
	blame("a second response begins here, and only one is due: who has sent an error must "
	      "return, and not go on to the page");
}

static void check_length(bool no_content)
{
	struct text content = {reply.ptr + head.start + head.len,
	                       reply.len - head.start - head.len};
	size_t count;
	const struct field *length = find("Content-Length", &count);

	if (head.code == 204 && length != NULL) {
		point_at(length->name.ptr);
		blame("204 says already that there is no content: no Content-Length may be there, "
		      "not even 0");
	}
	if (no_content && content.len > 0) {
		point_at(content.ptr);
		if (method_is(" HEAD "))
			blame("%zu octets of content came: the response to HEAD has none, whatever "
			      "its status is",
			      content.len);
		if (head.code == 304)
			blame("%zu octets of content came, where none may come: the client has "
			      "them already, which is what 304 says",
			      content.len);
		blame("%zu octets of content came, where none may come", content.len);
	}
	if (no_content)
		return;
	if (length == NULL) {
		blame("Content-Length is missing: how is the client to know where the content "
		      "ends?");
		return;
	}
	size_t announced = strtoul(length->value.ptr, NULL, 10);
	if (count > 1 || length->value.len == 0 ||
	    strspn(length->value.ptr, "0123456789") < length->value.len) {
		point_at(length->value.ptr);
		blame("Content-Length must be there once, and be digits, nothing else: the number "
		      "of octets");
	}
	if (announced == content.len)
		return;
	point_at(length->value.ptr);
	if (announced + continuations(content) == content.len)
		blame("Content-Length is %zu, but %zu octets came: it counts octets, not "
		      "characters",
		      announced, content.len);
	if (announced > content.len)
		blame("Content-Length is %zu, but only %zu octets of content came: a send may take "
		      "fewer than it is given, and strlen() ends at the first NUL; go on with the "
		      "rest",
		      announced, content.len);
	blame("Content-Length is %zu, but %zu octets of content came", announced, content.len);
}

static void check_field_lines(void)
{
	for (size_t i = 0; i < head.count; i++) {
		struct text name = head.fields[i].name;
		bool is_token = name.len > 0 && name.ptr[name.len] == ':';

		for (size_t k = 0; k < name.len; k++)
			is_token = is_token && (isalnum((unsigned char)name.ptr[k]) ||
			                        strchr("!#$%&'*+-.^_`|~", name.ptr[k]) != NULL);
		if (!is_token) {
			point_at(name.ptr);
			blame("this is no field line: a name, a colon right after it, a value, CR "
			      "LF");
		}
	}
}

static void check_date(void)
{
	size_t count;
	const struct field *date = find("Date", &count);

	if (date == NULL && head.code >= 500)
		return; /* RFC 9110, 6.6.1: these may say it */
	if (date == NULL) {
		blame("Date is missing: a server that has a clock sends it with every response");
		return;
	}
	if (count == 1 && date->value.len == 29 && is_date(date->value.ptr))
		return;
	point_at(date->value.ptr);
	blame("Date must be there once, and look like Sun, 06 Nov 1994 08:49:37 GMT, day with two "
	      "digits");
}

/* A line of the head that ends in LF alone, though those before it don't, and that is no field
 * line, is content: the empty line before it is missing. */
static bool is_content(const char *bare)
{
	const char *start = bare;

	while (start > reply.ptr + head.start && start[-1] != '\n')
		start--;
	if (start == reply.ptr + head.start || start == bare)
		return false;
	for (; start < bare && *start != ':'; start++)
		if (!isalnum((unsigned char)*start) && *start != '-')
			return true;
	return start == bare;
}

/* No octet of the head, up to its end, is a control character, but the CR LF at the ends of lines,
 * and tabs. */
static void check_octets(size_t end)
{
	for (size_t i = head.start; i < end; i++) {
		const char *octet = reply.ptr + i;

		if (*octet == '\r' && octet[1] == '\r') {
			point_at(octet);
			blame("CR stands twice before LF: every line ends in CR LF, \\r\\n; does "
			      "something turn the \\n of your \\r\\n into \\r\\n again, such as a "
			      "file that was opened for text?");
		} else if ((iscntrl((unsigned char)*octet) && strchr("\t\r\n", *octet) == NULL) ||
		           *octet == '\0' ||
		           (*octet == '\r' && octet[1] != '\n' && octet[1] != '\0')) {
			point_at(octet);
			blame("a control character stands in the head");
		}
	}
}

/* What every response must be, whatever it says. */
static void check_form(void)
{
	char list[64];

	blame_silence();
	check_octets(head.bare != NULL ? (size_t)(head.bare - reply.ptr) : head.start + head.len);
	if (head.bare != NULL && head.code != 0 && is_content(head.bare)) {
		const char *start = head.bare;
		while (start[-1] != '\n')
			start--;
		point_at(start);
		blame("an empty line, \\r\\n, is missing before this: it ends the head, and the "
		      "content comes after it");
	}
	if (head.bare != NULL) {
		point_at(head.bare);
		blame("a line of the head ends in LF alone: every line ends in CR LF, \\r\\n");
	}
	if (head.code == 0 && head.line.len > 13 && has_form(head.line.ptr, "HTTP/1.0 000 ")) {
		point_at(head.line.ptr + 7);
		blame("the version is 1.0: a server that speaks HTTP/1.1 says so in each response, "
		      "whatever the client's version is");
	}
	if (head.code == 0) {
		point_at(head.line.ptr);
		blame("the first line is no status line: HTTP/1.1, a space, three digits, a space, "
		      "a "
		      "phrase, CR LF");
	}
	if (!head.whole) {
		point_at(reply.ptr + reply.len);
		blame("no empty line ends the head");
	}
	check_field_lines();
	check_date();
	bool no_content =
		method_is(" HEAD ") || head.code == 204 || head.code == 304;
	check_only_one(no_content);
	if (status_lines(list, sizeof(list)) <= 1)
		check_length(no_content);
}

/* Options of Connection may be in upper or lower case (RFC 9110, 7.6.1). */
static bool same_value(const char *name, const char *due, const char *got)
{
	return strcmp(due, got) == 0 ||
	       (strcmp(name, "Connection") == 0 && strcasecmp(due, got) == 0);
}

static void check_field(const char *rule)
{
	bool absent = *rule == '!';
	const char *name = rule + absent, *value = strchr(name, ':');
	char word[128];
	size_t count;

	snprintf(word, sizeof(word), "%.*s",
	         (int)(value == NULL ? strlen(name) : (size_t)(value - name)), name);
	const struct field *field = find(word, &count);
	if (absent ? field == NULL : false)
		return;
	if (field == NULL) {
		blame("%s is missing", word);
		return;
	}
	char *got = strndup(field->value.ptr, field->value.len);
	value = value == NULL ? "" : value + 1 + (value[1] == ' ');
	regex_t expression;
	bool right = !absent && count == 1;
	if (right && *value == '~') {
		right = regcomp(&expression, value + 1, REG_EXTENDED | REG_NOSUB) == 0 &&
		        regexec(&expression, got, 0, NULL, 0) == 0;
	} else if (right) {
		right = strcmp(value, "*") == 0 ? *got != '\0' : same_value(word, value, got);
	}
	if (right)
		return;
	point_at(field->value.ptr);
	if (absent)
		blame("%s must be absent", word);
	else if (count == 1 && strcmp(word, "Allow") == 0)
		blame("Allow is \"%s\"; it must name methods, with commas between them, and "
		      "nothing else: GET, HEAD, OPTIONS",
		      got);
	else if (count > 1)
		blame("%s is there %zu times, and must be there once", word, count);
	else
		blame("%s is \"%s\"; it must be %s%s", word, got,
		      *value == '~' ? "of the form " : "", *value == '~' ? value + 1 : value);
}

/* What can be wrong with a request, as it was told to the client: escapes are not yet octets. */
static const struct {
	int due; /* the status that this calls for; 0: any error */
	const char *expression, *words;
} flaws[] = {
	{0, "^[^ ]+ [^ ]*([.]|%2[eE])([.]|%2[eE])",
         "the path leads outside of the site, and the server followed it"},
	{501, "^[^ ]*[a-z]", "in a method, upper and lower case differ: get is not GET"},
	{501, "Transfer-Encoding", ""}, /* it is not about the method */
	{501, "", "a method that the server has never heard of was taken for one that it knows"},
	{505, "", "the version begins with another number than 1: that is another protocol"},
	{431, "",
         "the head has no limit, or a higher one: who sends field lines without end fills the "
         "memory"},
	{414, "",
         "the request line has no limit, or a higher one: who sends one without end fills the "
         "memory"},
	{400, "\\\\n( |\\\\t)",
         "a line begins with white space: it was taken for a part of the line above it, or the "
         "white space was cut off"},
	{400,
         "\\\\n[^:]*( |\\\\t):", "white space stands before the colon, and was cut off the name"},
	{400, "(^|[^r])\\\\n|[^\\]r\\\\n", "a line ends in LF alone, where CR LF is due"},
	{400, "\\\\r(\\\\[^n]|[^\\]|$)",
         "CR stands within a line: it ends none without LF after it"},
	{400, "\\\\(0|x0|x1|x7f)", "a control character was taken for one that means nothing"},
	{400, "^[A-Z]+ [^ ?]*%([^0-9A-Fa-f]|.[^0-9A-Fa-f])",
         "in a path, a percent sign has two hexadecimal digits after it, or means nothing"},
	{400, "\\\\nhost *:.*\\\\nhost *:", "Host is there twice: which of them is meant?"},
	{400, "\\\\nhost: *(:|[^ \\]*:[^ \\]*[^0-9 \\]|[^ \\]*[^-A-Za-z0-9.: \\]|[^ \\]+ +[^ \\])",
         "what Host says is no host with at most a port after it"},
	{400, "\\\\nhost *:", ""}, /* it is there, so what follows isn't the reason */
	{400, "HTTP/1[.][1-9]\\\\r", "there is no Host field, which HTTP/1.1 demands"},
	{200, "\\\\n(host|HOST|hOST):",
         "a field's name is the same in upper and lower case: host is Host"},
	{200, "( |\\\\t)\\\\r\\\\n|:( |\\\\t)*\\\\t",
         "white space around a field's value, spaces and tabs, is no part of it"},
};

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

/* "400 404" in words: "400 or 404". */
static const char *one_of(const char *codes)
{
	static char words[512];
	size_t used = 0;

	for (; *codes != '\0' && used + 8 < sizeof(words); codes++)
		if (*codes == ' ')
			used += (size_t)snprintf(words + used, sizeof(words) - used, " or ");
		else
			words[used++] = *codes;
	words[used] = '\0';
	return words;
}

/* Why another status may have come than the one that is due. */
static void blame_status(const char *codes)
{
	int due = (int)strtol(codes, NULL, 10);

	point_at(head.line.ptr + 9);
	if (due >= 200 && due < 300 && head.code == 400 &&
	    (done("drip") > 0 || (done("send") > 1 && done("head") + done("repeat") == 0)))
		blame("the server took the first piece for all of the request: one recv is not one "
		      "request");
	if ((due >= 400 ? head.code < 300 || (due == 400 && (head.code == 404 || head.code == 405))
	                : head.code == 400) &&
	    flaw(due) != NULL)
		blame("%s", flaw(due));
	if (due == 400 && head.code < 300)
		blame("the server took a malformed request for a good one");
	if (due >= 200 && due < 300 && head.code == 400)
		blame("the server refused a good request: it is stricter than the contract");
	if (due == 408 || head.code == 408)
		blame("the time was measured in another way: see the deadlines in the contract");
	if (head.code == 501 && method_is(" GET HEAD "))
		blame("501 says that the server does not know the method: how is it compared?");
	if (head.code == 404 && (due == 405 || due == 501 || due == 204))
		blame("the method fell through to the search for the path: look at the method, "
		      "too");
	if (head.code == 404)
		blame("the server did not find what the path names: was the path taken apart, or "
		      "decoded, "
		      "as the contract says?");
	if (due == 404 && head.code == 200)
		blame("the server found something where nothing may be found");
	if (head.code >= 500)
		blame("the server failed on a request that it should have %s",
		      due >= 400 ? "refused" : "answered");
	blame("the server decided for %d; the contract's row says when %s is due", head.code,
	      one_of(codes));
}

static bool is_among(int code, const char *codes)
{
	char padded[256], wanted[8];

	snprintf(padded, sizeof(padded), " %s ", codes);
	snprintf(wanted, sizeof(wanted), " %d ", code);
	return strstr(padded, wanted) != NULL;
}

/* ---- what is shown ----------------------------------------------------------------------------
 */

static void print_line(const char *line)
{
	size_t len = strcspn(line, "\n");

	if (len > SHOWN_WIDTH)
		printf("%.*s... and %zu more\n", SHOWN_WIDTH, line, len - SHOWN_WIDTH);
	else
		printf("%.*s\n", (int)len, line);
}

/* Prints lines, a caret under the column counted from the beginning, and what was expected there.
 */
static void print_marked(const char *text, size_t column, const char *expected)
{
	size_t at = 0;
	int lines = 0;
	bool marked = column == SIZE_MAX;

	for (; text[at] != '\0' && (lines < SHOWN_LINES || !marked); lines++) {
		size_t len = strcspn(text + at, "\n");

		if (lines < SHOWN_LINES || (column >= at && column <= at + len))
			print_line(text + at);
		if (!marked && column <= at + len) {
			size_t offset = column - at < SHOWN_WIDTH ? column - at : SHOWN_WIDTH;
			printf("%*s^%s%.*s\n", (int)offset, "",
			       expected == NULL ? "" : " expected here: ",
			       expected == NULL ? 0 : (int)strcspn(expected, "\n"),
			       expected == NULL ? "" : expected);
			marked = true;
		}
		at += len + (text[at + len] == '\n');
	}
	if (text[at] != '\0')
		printf("... and %zu octets more\n", strlen(text + at));
	if (!marked)
		printf("^%s%.*s\n", expected == NULL ? "" : " expected here: ",
		       expected == NULL ? 0 : (int)strcspn(expected, "\n"),
		       expected == NULL ? "" : expected);
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

/* How the conversation ended, after what came. */
static void print_end(void)
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

/* How many arguments an operation of the client has. */
static int arguments_of(const char *operation)
{
	static const char one[] = " on crowd send file flood take silent pause timeout say most ";
	static const char two[] = " repeat drip slow lasts ";
	char word[16];

	snprintf(word, sizeof(word), " %s ", operation);
	return strstr(one, word) != NULL ? 1 : strstr(two, word) != NULL ? 2 : 0;
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

/* The conversation, an operation a line. */
static void print_sent(void)
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

static int conclude(const char *expected)
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

/* ---- judgements -------------------------------------------------------------------------------
 */

static void print_facts(void)
{
	if (head.code == 0)
		printf("none 0 %zu\n", reply.len);
	else
		printf("%d %zu %zu\n", head.code, head.len, reply.len - head.start - head.len);
}

static void print_field(const char *name)
{
	for (size_t i = 0; i < head.count; i++) {
		struct field field = head.fields[i];

		if (field.name.len == strlen(name) &&
		    strncasecmp(field.name.ptr, name, field.name.len) == 0)
			printf("%.*s\n", (int)field.value.len, field.value.ptr);
	}
}

static void note_missing(char *list, size_t size, const char *name, size_t len, size_t *count)
{
	char word[64];
	size_t some, used = strlen(list);

	snprintf(word, sizeof(word), "%.*s", (int)len, name);
	if (find(word, &some) == NULL && strstr(list, word) == NULL) {
		snprintf(list + used, size - used, "%s%s", used > 0 ? ", " : "", word);
		++*count;
	}
}

/* If several fields are missing, all are told at once. */
static void check_presence(char **rules)
{
	char list[512] = "";
	size_t count = 0;

	if (head.code == 0 || !head.whole)
		return;
	note_missing(list, sizeof(list), "Date", 4, &count);
	if (head.code != 204 && head.code != 304 && !method_is(" HEAD "))
		note_missing(list, sizeof(list), "Content-Length", 14, &count);
	for (; *rules != NULL; rules++)
		if (**rules != '!')
			note_missing(list, sizeof(list), *rules, strcspn(*rules, ":"), &count);
	if (count > 1)
		blame("these fields are missing: %s", list);
}

static int judge_is(char **arguments)
{
	char expected[2048];
	size_t used =
		(size_t)snprintf(expected, sizeof(expected), "status %s", one_of(arguments[0]));

	blame_the_end();
	bool is_wrong = head.code != 0 && !is_among(head.code, arguments[0]);
	if (!is_wrong && reply.len > 0 && head.bare == NULL)
		check_presence(arguments + 1);
	check_form();
	if (is_wrong && *cause != '\0')
		snprintf(beside_form, sizeof(beside_form),
		         "--- and: the status is %d, where %s is due", head.code,
		         one_of(arguments[0]));
	if (is_wrong)
		blame_status(arguments[0]);
	for (char **rule = arguments + 1; *rule != NULL; rule++) {
		check_field(*rule);
		if (used < sizeof(expected))
			used += (size_t)snprintf(expected + used, sizeof(expected) - used, "; %s%s",
			                         **rule == '!' ? "no " : "",
			                         *rule + (**rule == '!'));
	}
	if (conclude(expected) != 0)
		return 1;
	print_facts();
	return 0;
}

static int judge_statuses(const char *codes)
{
	static char list[65536];
	char expected[2048];

	blame_the_end();
	size_t count = status_lines(list, sizeof(list));
	if (strcmp(list, codes) != 0) {
		if (*codes != '\0')
			blame_silence();
		size_t same = 0, due = *codes != '\0';
		for (const char *c = codes; *c != '\0'; c++)
			due += *c == ' ';
		while (list[same] != '\0' && list[same] == codes[same])
			same++;
		if (count > due && strstr(sent_text(), "\\nContent-Length:") != NULL)
			blame("the content of a request was taken for the next request: an "
			      "attacker can hide one there");
		if (count != due)
			blame("%zu responses came, where %zu are due; the first difference is in "
			      "response %zu",
			      count, due, same / 4 + 1);
		blame("response %zu has status %.3s, where %.3s is due", same / 4 + 1,
		      list + same / 4 * 4, codes + same / 4 * 4);
	}
	snprintf(expected, sizeof(expected), "these status codes, in order: %.1500s", codes);
	return conclude(expected);
}

static size_t first_difference(const char *a, const char *b)
{
	size_t i = 0;

	while (a[i] != '\0' && a[i] == b[i])
		i++;
	return i;
}

static int judge_bytes(const char *octets)
{
	struct text expected = {strdup(octets), strlen(octets)},
		    shown = show(reply, SIZE_MAX, NULL);

	if (strcmp(expected.ptr, "\n") == 0)
		expected.ptr[expected.len = 0] = '\0'; /* nothing is due */
	normalise(&shown);
	size_t at = first_difference(shown.ptr, expected.ptr);
	if (shown.ptr[at] == '\0' && expected.ptr[at] == '\0' && ended == ENDED_WELL)
		return 0;
	if (expected.len == 0 && reply.len == 0 && ended == TIMED_OUT)
		blame("the end, which alone is due, did not come: recv returns 0 when the client "
		      "has sent its last octet; then close");
	blame_the_end();
	blame_silence();
	if (expected.len == 0)
		blame("something came where nothing is due");
	const char *line = expected.ptr + at;
	while (line > expected.ptr && line[-1] != '\n')
		line--;
	if (strncmp(expected.ptr + at, "^@", 2) == 0 && strncmp(shown.ptr + at, "^@", 2) != 0)
		blame("the NUL that is due here is missing: what is received is no C string; take "
		      "its "
		      "length from recv, not from strlen");
	if (strncmp(shown.ptr + at, "^@", 2) == 0)
		blame("a NUL came where none is due: has the end of a C string been sent, or a "
		      "buffer "
		      "beyond what was received?");
	if (shown.ptr[at] == '\0')
		blame("the reply ends too early");
	if (expected.ptr[at] == '\0')
		blame("more came than is due");
	if (shown.ptr[at] == '$' && expected.ptr[at] == '^')
		blame("a line ends in LF alone, where CR LF is due");
	if (shown.ptr[at] == '^' && expected.ptr[at] == '$')
		blame("a line ends in CR LF, where LF alone is due");
	blame("the octet above the caret is another; the line must be: %.*s",
	      (int)strcspn(line, "\n"), line);
	print_sent();
	puts(expected.len == 0 ? "--- expected: not an octet, then the end: the server closes"
	                       : "--- expected: these octets (^M is CR, $ the end of a line)");
	print_marked(expected.ptr, SIZE_MAX, NULL);
	puts("--- came:");
	print_marked(shown.ptr, at, expected.len == 0 ? NULL : line);
	print_end();
	printf("--- likely cause: %s\n", cause);
	return 1;
}

/* The content that came is that of the file, or of its octets from first to last. */
static int judge_content(const char *path, const char *first, const char *last)
{
	FILE *file = fopen(path, "rb");
	char expected[512];

	if (file == NULL) {
		perror(path);
		return 2;
	}
	struct text wanted = read_all(file);
	struct text content = {reply.ptr + head.start + head.len,
	                       reply.len - head.start - head.len};
	fclose(file);
	snprintf(expected, sizeof(expected), "the content of %s", path);
	if (first != NULL) {
		size_t begin = strtoul(first, NULL, 10), end = strtoul(last, NULL, 10) + 1;
		wanted = (struct text){wanted.ptr + begin, end - begin};
		snprintf(expected, sizeof(expected), "octets %s to %s of %s", first, last, path);
	}
	if (content.len == wanted.len && memcmp(content.ptr, wanted.ptr, wanted.len) == 0)
		return 0;
	size_t at = 0;
	while (at < content.len && at < wanted.len && content.ptr[at] == wanted.ptr[at])
		at++;
	blame_the_end();
	point_at(content.ptr + at);
	if (at < content.len && at < wanted.len)
		blame("octet %zu is another", at + 1);
	if (content.len > wanted.len)
		blame("%zu octets too many follow", content.len - wanted.len);
	if (wanted.ptr[at] == '\0')
		blame("it ends where the file has its first NUL: octets are no string, so keep "
		      "their length");
	blame("it ends after %zu of its %zu octets: a send may take fewer than it is given; go on "
	      "with the rest",
	      at, wanted.len);
	return conclude(expected);
}

/* "this is a" came for a, and so on. */
static int judge_contents(const char *letters)
{
	static const char words[] = "this is ";
	const size_t len = sizeof(words) - 1;
	struct text got = {grow(NULL, reply.len + 2), 0};
	char expected[256];

	for (size_t i = 0; i + len < reply.len; i++)
		if (reply.ptr[i] == *words && memcmp(reply.ptr + i, words, len) == 0 &&
		    islower((unsigned char)reply.ptr[i + len])) {
			got.ptr[got.len++] = reply.ptr[i + len];
			got.ptr[got.len++] = ' ';
		}
	got.len -= got.len > 0;
	got.ptr[got.len] = '\0';
	size_t at = first_difference(got.ptr, letters);
	if (got.ptr[at] == '\0' && letters[at] == '\0')
		return 0;
	blame_the_end();
	if (got.ptr[at] == '\0')
		blame("%zu of %zu came, and then none: the request after them is still in the "
		      "buffer, or was lost, or taken for content",
		      (got.len + 1) / 2, (strlen(letters) + 1) / 2);
	if (letters[at] == '\0')
		blame("more came than is due: an answer to what is no request, or content where "
		      "none "
		      "may be: %.100s",
		      got.ptr);
	blame("they came in another order, or one of them is missing: number %zu is %c", at / 2 + 1,
	      got.ptr[at - at % 2]);
	snprintf(expected, sizeof(expected), "these contents (a.txt holds \"this is a\"): %.180s%s",
	         *letters == '\0' ? "none" : letters, strlen(letters) > 180 ? "..." : "");
	return conclude(expected);
}

/* No line of the reply matches; a NUL ends a line here, too. */
static int judge_lacks(const char *expression, const char *reason)
{
	regex_t compiled;
	regmatch_t match;
	char *text = grow(NULL, reply.len + 1), expected[256];

	memcpy(text, reply.ptr, reply.len + 1);
	for (size_t i = 0; i < reply.len; i++)
		if (text[i] == '\0')
			text[i] = '\n';
	if (regcomp(&compiled, expression, REG_EXTENDED | REG_NEWLINE) != 0)
		usage();
	if (regexec(&compiled, text, 1, &match, 0) != 0)
		return 0;
	blame_the_end();
	point_at(reply.ptr + match.rm_so);
	blame("%s", reason);
	snprintf(expected, sizeof(expected), "nothing like this: %.200s", expression);
	return conclude(expected);
}

/* What the client said, "client: OPERATION: WHAT in N ms; due: WHAT", taken apart. */
static void understand(char *said)
{
	char *behind = strstr(said, "; due: "), *time = strstr(said, " in ");

	if (behind != NULL) {
		snprintf(awaited, sizeof(awaited), "%s", behind + 7);
		*behind = '\0';
	}
	if (time != NULL)
		waited = (int)strtol(time + 4, NULL, 10);
	message = strncmp(said, "client: ", 8) == 0 ? said + 8 : said;
}

static int judge(const char *judgement, int count, char **arguments)
{
	if (strcmp(judgement, "bytes") == 0 && count == 1)
		return judge_bytes(arguments[0]);
	if (strcmp(judgement, "content") == 0 && (count == 1 || count == 3))
		return judge_content(arguments[0], arguments[1], arguments[count - 1]);
	if (strcmp(judgement, "contents") == 0 && count == 1)
		return judge_contents(arguments[0]);
	if (strcmp(judgement, "lacks") == 0 && count == 2)
		return judge_lacks(arguments[0], arguments[1]);
	if (strcmp(judgement, "is") == 0 && count >= 1)
		return judge_is(arguments);
	if (strcmp(judgement, "statuses") == 0 && count == 1)
		return judge_statuses(arguments[0]);
	if (strcmp(judgement, "facts") == 0) {
		print_facts();
		return 0;
	}
	if (strcmp(judgement, "field") == 0 && count == 1) {
		print_field(arguments[0]);
		return 0;
	}
	if (strcmp(judgement, "codes") == 0) {
		static char list[262144];
		status_lines(list, sizeof(list));
		puts(list);
		return 0;
	}
	if (strcmp(judgement, "ended") == 0 && count <= 1) {
		blame_the_end();
		if (count == 1)
			return conclude(arguments[0]);
		return conclude(*awaited != '\0' ? awaited : "the whole conversation, to its end");
	}
	if (strcmp(judgement, "wrong") == 0 && count == 2) {
		blame_what_is_known();
		blame("%s", *arguments[1] != '\0' ? arguments[1] : "it is something else");
		return conclude(arguments[0]);
	}
	if (strcmp(judgement, "show") == 0) {
		struct text shown = show(reply, SIZE_MAX, NULL);
		normalise(&shown);
		fputs(shown.ptr, stdout);
		return 0;
	}
	usage();
}

int main(int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "+p:c:m:b:e:w:")) != -1)
		if (option == 'p')
			port = optarg;
		else if (option == 'c')
			ended = (int)strtol(optarg, NULL, 10);
		else if (option == 'm')
			understand(optarg);
		else if (option == 'b')
			beside = optarg;
		else if (option == 'e')
			server_ended = optarg;
		else if (option == 'w')
			why = optarg;
		else
			usage();
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
