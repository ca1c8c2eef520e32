#include "precondition.h"

#include <inttypes.h>
#include <stdio.h>

/*
 * The entity tag changes whenever the content may have. Anybody can set a file's time of
 * modification, but not its time of change; and a file that takes another's place is another inode.
 */
void precondition_set_validators(struct response *response, const struct stat *info)
{
	time_t now = time(NULL);
#ifdef __APPLE__ /* which has a name of its own for this */
	long nanoseconds = info->st_ctimensec;
#else
	long nanoseconds = info->st_ctim.tv_nsec;
#endif
	snprintf(response->etag, sizeof(response->etag),
	         "\"%" PRIx64 "-%" PRIx64 "-%" PRIx64 ".%lx\"", (uint64_t)info->st_size,
	         (uint64_t)info->st_ino, (uint64_t)info->st_ctime, (unsigned long)nanoseconds);
	/* No later than the Date of the response: RFC 9110, 8.8.2.1. */
	response->modified = info->st_mtime < now ? info->st_mtime : now;
	date_format(response->last_modified, response->modified);
}

/*
 * Whether the fields of that name list the tag, or are "*". If a weak tag will do, its "W/" means
 * nothing: RFC 9110, 8.8.3.2. No tag of ours has a comma, so it doesn't matter that a list is also
 * cut at the commas within others.
 */
static bool lists_tag(const struct request *request, const char *name, const char *tag, bool weak)
{
	struct member member = {.line = 0};

	if (slice_equal(fields_find(&request->fields, name), "*"))
		return true;
	while (fields_next_member(&request->fields, name, &member)) {
		if (weak && slice_starts_with(member.text, "W/"))
			member.text = slice_skip(member.text, 2);
		if (slice_equal(member.text, tag))
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

/* Returns 0, 304 or 412, in the order of RFC 9110, 13.2.2. */
static int check(const struct request *request, const struct response *response)
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

void precondition_apply(const struct request *request, struct response *response)
{
	int status = check(request, response);

	if (status == 0)
		return;
	response_drop_content(response);
	if (status == 412)
		*response = response_error(412, "this file is not the one that you know");
	response->status = status;
	if (status == 304)
		response->media_type = response->accept_ranges = NULL;
}
