#include "field.h"

#include <ctype.h>

#include "token.h"

static int is_not_control(int octet)
{
	return !iscntrl(octet);
}

bool field_value_is_valid(struct slice text)
{
	return slice_all(text, is_not_control, "\t");
}

/* field-line = field-name ":" OWS field-value OWS: RFC 9112, 5. */
const char *fields_add(struct fields *fields, struct slice line)
{
	struct slice value = line;
	struct slice name = slice_cut(&value, ':');

	if (value.ptr == NULL)
		return "a field line needs a colon";
	if (!token_is_valid(name)) /* so no white space stands before it, or before the colon */
		return "a field's name must be a token, such as Host, right before the colon";
	if (!field_value_is_valid(value))
		return "a field's value must not hold control characters";
	fields->list[fields->count++] = (struct field){name, slice_trim(value)};
	return NULL;
}

struct slice fields_find(const struct fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->count; i++)
		if (slice_equal_nocase(fields->list[i].name, name))
			return fields->list[i].value;
	return (struct slice){NULL, 0};
}

size_t fields_count(const struct fields *fields, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < fields->count; i++)
		count += slice_equal_nocase(fields->list[i].name, name);
	return count;
}

bool fields_next_member(const struct fields *fields, const char *name, struct member *member)
{
	while (member->rest.ptr == NULL) {
		if (member->line == fields->count)
			return false;
		const struct field *field = &fields->list[member->line++];
		if (slice_equal_nocase(field->name, name))
			member->rest = field->value;
	}
	member->text = slice_trim(slice_cut(&member->rest, ','));
	return true;
}
