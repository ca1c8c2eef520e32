#include "precondition.h"

/*
 * Whether the fields of that name list the tag, or "*". If a weak tag will do, its "W/" means
 * nothing: RFC 9110, 8.8.3.2. No tag of ours has a comma, so it doesn't matter that a list is also
 * cut at the commas within others.
 */
static bool lists_tag(const struct request *request, const char *name, const char *tag, bool weak)
{
	struct member member = {.line = 0};

	while (fields_next_member(&request->fields, name, &member)) {
		if (weak && slice_starts_with(member.text, "W/"))
			member.text = slice_skip(member.text, 2);
		if (slice_equal(member.text, tag) || slice_equal(member.text, "*"))
			return true;
	}
	return false;
}

/* Whether the response is newer than the date in the field; `otherwise` if that is no date. */
static bool modified_since(const struct request *request, const char *name,
                           const struct response *response, bool otherwise)
{
	time_t date;

	if (*response->last_modified == '\0' || fields_count(&request->fields, name) != 1 ||
	    !date_parse(fields_find(&request->fields, name), &date))
		return otherwise;
	return response->modified > date;
}

/* In the order of RFC 9110, 13.2.2. */
int precondition_check(const struct request *request, const struct response *response)
{
	if (fields_count(&request->fields, "If-Match") > 0) {
		if (!lists_tag(request, "If-Match", response->etag, false))
			return 412;
	} else if (modified_since(request, "If-Unmodified-Since", response, false)) {
		return 412;
	}
	if (fields_count(&request->fields, "If-None-Match") > 0)
		return lists_tag(request, "If-None-Match", response->etag, true) ? 304 : 0;
	return modified_since(request, "If-Modified-Since", response, true) ? 0 : 304;
}

bool precondition_if_range(const struct request *request, const struct response *response)
{
	struct slice value = fields_find(&request->fields, "If-Range");
	time_t date;

	if (value.ptr == NULL)
		return true;
	if (date_parse(value, &date)) /* a date is strong a second later: RFC 9110, 8.8.2.2 */
		return date == response->modified && date < time(NULL);
	return slice_equal(value, response->etag);
}
