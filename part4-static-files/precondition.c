#include "precondition.h"

/* Takes the first entity tag off a list, quotes and all, and says if it is weak: RFC 9110, 8.8.3.
 */
static struct slice cut_tag(struct slice *list, bool *weak)
{
	struct slice start;

	while (slice_starts_with(*list = slice_trim(*list), ","))
		*list = slice_skip(*list, 1);
	*weak = slice_starts_with(*list, "W/");
	if (*weak)
		*list = slice_skip(*list, 2);
	start = *list;
	if (!slice_starts_with(start, "\"") || !slice_contains(slice_skip(start, 1), '"'))
		return *list = slice_of(""); /* no entity tag, so the list ends here */
	*list = slice_skip(start, 1);
	slice_cut(list, '"');
	return (struct slice){start.ptr, start.len - list->len};
}

/* Whether the fields of that name list the tag, or are "*"; a strong match needs no weak tag. */
static bool lists_tag(const struct request *request, const char *name, const char *tag, bool strong)
{
	for (size_t i = 0; i < request->fields.count; i++) {
		struct slice list = request->fields.list[i].value;

		if (!slice_equal_nocase(request->fields.list[i].name, name))
			continue;
		if (slice_equal(list, "*"))
			return true;
		while (list.len > 0) {
			bool weak;
			struct slice listed = cut_tag(&list, &weak);

			if (listed.len > 0 && slice_equal(listed, tag) && !(strong && weak))
				return true;
		}
	}
	return false;
}

/* Whether the response is newer than the date in the field; `otherwise` where that is none. */
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
		if (!lists_tag(request, "If-Match", response->etag, true))
			return 412;
	} else if (modified_since(request, "If-Unmodified-Since", response, false)) {
		return 412;
	}
	if (fields_count(&request->fields, "If-None-Match") > 0)
		return lists_tag(request, "If-None-Match", response->etag, false) ? 304 : 0;
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
