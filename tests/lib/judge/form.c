#include "judge.h"

#include "../causes/answers.h"

#include <ctype.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Octets of UTF-8 that begin no character: so many are missing if characters were counted. */
static size_t continuations(struct text text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += ((unsigned char)text.ptr[i] & 0xc0) == 0x80;
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
	blame(second_response);
}

/* HEAD, 204 and 304 have no content (RFC 9112, 6.3). */
static void check_no_content(void)
{
	if (content().len == 0)
		return;
	point_at(content().ptr);
	if (method_is(" HEAD "))
		blame(content_after_head, content().len);
	if (head.code == 304)
		blame(content_with_304, content().len);
	blame(content_undue, content().len);
}

static void check_number(const struct field *length, size_t count)
{
	size_t announced = strtoul(length->value.ptr, NULL, 10), came = content().len;

	if (count > 1 || length->value.len == 0 ||
	    strspn(length->value.ptr, "0123456789") < length->value.len) {
		point_at(length->value.ptr);
		blame(length_malformed);
	}
	if (announced == came)
		return;
	point_at(length->value.ptr);
	if (find("Content-Encoding", &count) != NULL)
		blame(length_before_coding, announced, came);
	if (announced + continuations(content()) == came)
		blame(length_of_characters, announced, came);
	if (announced > came)
		blame(length_too_large, announced, came);
	blame(length_differs, announced, came);
}

static void check_length(bool no_content)
{
	size_t count;
	const struct field *length = find("Content-Length", &count);

	if (head.code == 204 && length != NULL) {
		point_at(length->name.ptr);
		blame(length_with_204);
	}
	if (no_content)
		check_no_content();
	else if (length == NULL)
		blame(length_missing);
	else
		check_number(length, count);
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
			blame(no_field_line);
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
		blame(date_missing);
		return;
	}
	if (count == 1 && date->value.len == 29 && is_date(date->value.ptr))
		return;
	point_at(date->value.ptr);
	blame(date_malformed);
}

static void check_last_modified(void)
{
	size_t count;
	const struct field *date = find("Last-Modified", &count);

	if (date == NULL || (count == 1 && date->value.len == 29 && is_date(date->value.ptr)))
		return;
	point_at(date->value.ptr);
	blame(last_modified_malformed);
}

static const char *start_of_line(const char *octet)
{
	while (octet > reply.ptr + head.start && octet[-1] != '\n')
		octet--;
	return octet;
}

/* A line of the head that ends in LF alone, though those before it don't, and that is no field
 * line, is content: the empty line before it is missing. */
static bool is_content(const char *bare)
{
	const char *start = start_of_line(bare);

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
			blame(cr_twice);
		} else if ((iscntrl((unsigned char)*octet) && strchr("\t\r\n", *octet) == NULL) ||
		           *octet == '\0' ||
		           (*octet == '\r' && octet[1] != '\n' && octet[1] != '\0')) {
			point_at(octet);
			blame(control_character);
		}
	}
}

static void check_lines(void)
{
	if (head.code == 0 && strncmp(reply.ptr + head.start, "HTTP/", 5) != 0) {
		point_at(head.line.ptr);
		blame(no_status_line);
	}
	check_octets(head.bare != NULL ? (size_t)(head.bare - reply.ptr) : head.start + head.len);
	if (head.bare != NULL && head.code != 0 && is_content(head.bare)) {
		point_at(start_of_line(head.bare));
		blame(empty_line_missing);
	}
	if (head.bare != NULL) {
		point_at(head.bare);
		blame(bare_lf);
	}
	if (head.code == 0 && head.line.len > 13 && has_form(head.line.ptr, "HTTP/1.0 000 ")) {
		point_at(head.line.ptr + 7);
		blame(version_is_1_0);
	}
	if (head.code == 0) {
		point_at(head.line.ptr);
		blame(no_status_line);
	}
	if (!head.whole) {
		point_at(reply.ptr + reply.len);
		blame(no_empty_line);
	}
}

void check_form(void)
{
	char list[64];
	bool no_content = method_is(" HEAD ") || head.code == 204 || head.code == 304;

	blame_silence();
	check_lines();
	check_field_lines();
	check_date();
	check_last_modified();
	check_only_one(no_content);
	if (status_lines(list, sizeof(list)) <= 1)
		check_length(no_content);
}

/* Whether what came is what is due: a value, * for any, or ~EXPRESSION. Options of Connection may
 * be in upper or lower case (RFC 9110, 7.6.1). */
static bool is_right(const char *name, const char *due, const char *got)
{
	regex_t expression;

	if (*due == '~')
		return regcomp(&expression, due + 1, REG_EXTENDED | REG_NOSUB) == 0 &&
		       regexec(&expression, got, 0, NULL, 0) == 0;
	if (strcmp(due, "*") == 0)
		return *got != '\0';
	return strcmp(due, got) == 0 ||
	       (strcmp(name, "Connection") == 0 && strcasecmp(due, got) == 0);
}

static void check_value(const char *name, const char *due, const struct field *field, size_t count)
{
	char *got = strndup(field->value.ptr, field->value.len);

	if (count == 1 && is_right(name, due, got))
		return;
	point_at(field->value.ptr);
	if (count > 1)
		blame(field_several_times, name, count);
	else if (strcmp(name, "Allow") == 0)
		blame(allow_malformed, got);
	else
		blame(field_differs, name, got, *due == '~' ? "of the form " : "",
		      *due == '~' ? due + 1 : due);
}

void check_field(const char *rule)
{
	bool absent = *rule == '!';
	const char *value = strchr(rule, ':');
	char name[128];
	size_t count;

	rule += absent;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(rule, ":"), rule);
	const struct field *field = find(name, &count);
	if (field == NULL && !absent)
		blame(field_missing, name);
	if (field != NULL && absent) {
		point_at(field->value.ptr);
		blame(field_must_be_absent, name);
	}
	if (field != NULL && !absent)
		check_value(name, value == NULL ? "" : value + 1 + (value[1] == ' '), field, count);
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

void check_presence(char **rules)
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
		blame(fields_missing, list);
}
