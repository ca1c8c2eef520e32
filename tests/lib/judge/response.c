#include "judge.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct text reply;
const char *port = "";
struct head head;

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

static void add_line(size_t number, struct text line)
{
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

void parse_head(size_t start)
{
	struct text rest = {reply.ptr + start, reply.len - start};

	memset(&head, 0, sizeof(head));
	head.start = start;
	for (size_t number = 0; rest.len > 0 && !head.whole; number++)
		add_line(number, cut_line(&rest));
	head.len = (size_t)(rest.ptr - reply.ptr) - start;
	head.code = code_of(head.line);
	if (head.whole && head.code >= 100 && head.code < 200)
		parse_head(start + head.len);
}

struct text content(void)
{
	size_t end = head.start + head.len;

	return (struct text){reply.ptr + end, reply.len - end};
}

const struct field *find(const char *name, size_t *count)
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

size_t status_lines(char *list, size_t size)
{
	size_t count = 0, used = 0;

	list[0] = '\0';
	for (size_t i = 0; i + 12 <= reply.len && used + 8 <= size; i++) {
		const char *next = memchr(reply.ptr + i, 'H', reply.len - i);
		if (next == NULL)
			break;
		i = (size_t)(next - reply.ptr);
		if (has_form(next, "HTTP/1.1 000"))
			used += (size_t)snprintf(list + used, size - used, "%s%.3s",
			                         count++ > 0 ? " " : "", next + 9);
	}
	return count;
}

const char *one_of(const char *codes)
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

bool is_among(int code, const char *codes)
{
	char padded[256], wanted[8];

	snprintf(padded, sizeof(padded), " %s ", codes);
	snprintf(wanted, sizeof(wanted), " %d ", code);
	return strstr(padded, wanted) != NULL;
}
