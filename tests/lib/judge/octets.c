#include "judge.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *grow(void *memory, size_t size)
{
	memory = realloc(memory, size);
	if (memory == NULL)
		abort();
	return memory;
}

struct text read_all(FILE *file)
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

struct text show(struct text octets, size_t mark, size_t *column)
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

static bool fits(char octet, char pattern)
{
	switch (pattern) {
	case 'A': return isupper((unsigned char)octet);
	case 'a': return islower((unsigned char)octet);
	case '0': return isdigit((unsigned char)octet);
	default: return octet == pattern;
	}
}

bool has_form(const char *text, const char *pattern)
{
	for (; *pattern != '\0'; text++, pattern++)
		if (!fits(*text, *pattern))
			return false;
	return true;
}

bool is_date(const char *text)
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

static void normalise_port(struct text *shown)
{
	static const char *const hosts[] = {"127.0.0.1:", "localhost:", "[::1]:"};
	char address[64];

	for (size_t i = 0; *port != '\0' && i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		snprintf(address, sizeof(address), "%s%s", hosts[i], port);
		for (char *at; (at = strstr(shown->ptr, address)) != NULL;)
			replace(shown, (size_t)(at - shown->ptr) + strlen(hosts[i]), strlen(port),
			        "PORT");
	}
}

void normalise(struct text *shown)
{
	for (size_t i = 0; i < shown->len; i += strcspn(shown->ptr + i, "\n") + 1) {
		char *line = shown->ptr + i,
		     *quote = strncmp(line, "ETag: \"", 7) == 0 ? strchr(line + 7, '"') : NULL;
		if (strncmp(line, "Date: ", 6) == 0 && is_date(line + 6))
			replace(shown, i + 6, 29, "DATE");
		if (quote != NULL)
			replace(shown, i + 7, (size_t)(quote - line - 7), "TAG");
	}
	normalise_port(shown);
}

size_t first_difference(const char *a, const char *b)
{
	size_t i = 0;

	while (a[i] != '\0' && a[i] == b[i])
		i++;
	return i;
}

static void print_line(const char *line)
{
	size_t len = strcspn(line, "\n");

	if (len > SHOWN_WIDTH)
		printf("%.*s... and %zu more\n", SHOWN_WIDTH, line, len - SHOWN_WIDTH);
	else
		printf("%.*s\n", (int)len, line);
}

static void print_caret(size_t offset, const char *expected)
{
	printf("%*s^", offset < SHOWN_WIDTH ? (int)offset : SHOWN_WIDTH, "");
	if (expected != NULL)
		printf(" expected here: %.*s", (int)strcspn(expected, "\n"), expected);
	putchar('\n');
}

void print_marked(const char *text, size_t column, const char *expected)
{
	size_t at = 0;
	int lines = 0;
	bool marked = column == SIZE_MAX;

	for (; text[at] != '\0' && (lines < SHOWN_LINES || !marked); lines++) {
		size_t len = strcspn(text + at, "\n");

		if (lines < SHOWN_LINES || (column >= at && column <= at + len))
			print_line(text + at);
		if (!marked && column <= at + len) {
			print_caret(column - at, expected);
			marked = true;
		}
		at += len + (text[at + len] == '\n');
	}
	if (text[at] != '\0')
		printf("... and %zu octets more\n", strlen(text + at));
	if (!marked)
		print_caret(0, expected);
}
