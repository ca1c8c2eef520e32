#include "field.h"

#include "token.h"

bool field_value_is_valid(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] < ' ' && text.ptr[i] != '\t')
			return false;
	return !slice_contains(text, 0x7f);
}

/* field-line = field-name ":" OWS field-value OWS: RFC 9112, 5. */
const char *fields_add(struct fields *fields, struct slice line)
{
	struct slice value = line;
	struct slice name = slice_cut(&value, ':');

	if (slice_starts_with(line, " ") || slice_starts_with(line, "\t"))
		return "a field line must not begin with white space"; /* RFC 9112, 5.2 */
	if (value.ptr == NULL)
		return "a field line needs a colon";
	if (slice_trim(name).len < name.len)
		return "no white space may stand before a field line's colon"; /* RFC 9112, 5.1 */
	if (!token_is_valid(name))
		return "a field's name must be a token, such as Host";
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
