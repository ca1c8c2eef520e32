/* What the files of the judge share: the reply, the conversation, and what is wrong. */
#ifndef JUDGE_H
#define JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
	FIELDS = 200,
	SHOWN_LINES = 40,
	SHOWN_WIDTH = 200, /* columns */
};

struct text {
	char *ptr;
	size_t len;
};

/* ---- octets.c: octets, and how they are shown ------------------------------------------------ */

void *grow(void *memory, size_t size);
struct text read_all(FILE *file);

/*
 * The octets made visible, as cat -vet does: ^M is CR, $ the end of a line. Octet `mark` becomes
 * `*column`, counted from the beginning of the text, if it is there.
 */
struct text show(struct text octets, size_t mark, size_t *column);

/* Dates, entity tags and ports differ from run to run: after this, they don't. */
void normalise(struct text *shown);

/* Whether text begins with pattern, in which 'A' is a capital, 'a' a small letter, '0' a digit. */
bool has_form(const char *text, const char *pattern);

/* Whether text begins with a date as HTTP has it. */
bool is_date(const char *text);

size_t first_difference(const char *a, const char *b);

/* Prints lines, a caret under the column counted from the beginning, and what was expected there;
 * a column of SIZE_MAX is none. */
void print_marked(const char *text, size_t column, const char *expected);

/* ---- response.c: what came, taken apart ------------------------------------------------------ */

extern struct text reply;
extern const char *port; /* the server's */

/* The last head in the reply that isn't of a 1xx response. */
extern struct head {
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

void parse_head(size_t start);

/* All that came after the head. */
struct text content(void);

/* The first field of that name, in upper or lower case, and how many there are. */
const struct field *find(const char *name, size_t *count);

/* The codes of all responses, with a space between them; returns how many there are. */
size_t status_lines(char *list, size_t size);

/* "400 404" in words: "400 or 404". */
const char *one_of(const char *codes);

bool is_among(int code, const char *codes);

/* ---- conversation.c: what the client did, and how that ended --------------------------------- */

/* How the client ended: see client.h. */
extern int ended;
extern const char *message, *beside;
extern char awaited[128]; /* what the client still waited for */
extern char **operations; /* NULL after the last */

/* Takes apart what the client said, "client: OPERATION: WHAT in N ms; due: WHAT". */
void understand(char *said);

/* How often the client did this. */
int done(const char *operation);

/* The text that the client sent first, as it was told: escapes are not yet octets. */
const char *sent_text(void);

/* How many octets the client sent, about. */
size_t sent_size(void);

/* The head of the first request, whatever pieces it was sent in, as it was told. */
const char *first_request(void);

/* Whether its method is among the names, each of which has a space before and after it. */
bool method_is(const char *names);

/* How many requests the client has sent, as far as that can be told. */
int requests_sent(void);

/* The conversation, an operation a line. */
void print_sent(void);

/* How the conversation ended, after what came. */
void print_end(void);

/* ---- why.c: likely causes, in the words of causes/answers.h ---------------------------------- */

extern const char *server_ended, *why;
extern char beside_form[600]; /* that the status is wrong, too */

/* Notes a cause, unless there is one already: what follows from that would only hide it. */
void blame(const char *format, ...);

/* The same, of an octet in the reply, under which the caret is to be. */
void point_at(const char *octet);

/* What has been found out already explains all that follows from it. */
void blame_what_is_known(void);

/* What is to be learned from the way in which the conversation ended. */
void blame_the_end(void);

/* Nothing came, though something was due. */
void blame_silence(void);

/* Why another status may have come than the one that is due. */
void blame_status(const char *codes);

/* Tells the first cause, if there is one, and all that shows it; returns the judge's status. */
int conclude(const char *expected);

/* The same, where what is expected is shown below, octet for octet, with what came. */
int conclude_bytes(const char *expected, const char *octets, struct text shown, size_t at);

/* ---- form.c: what every response must be, whatever it says ----------------------------------- */

void check_form(void);

/* "Name: value", "Name: *", "Name: ~EXPRESSION", "!Name" */
void check_field(const char *rule);

/* If several fields are missing, all are told at once. */
void check_presence(char **rules);

/* ---- judgements.c: what a test asks for ------------------------------------------------------ */

int judge_is(char **arguments);
int judge_statuses(char **arguments);
int judge_bytes(char **arguments);
int judge_content(char **arguments);
int judge_contents(char **arguments);
int judge_lacks(char **arguments);
int judge_facts(char **arguments);

#endif
