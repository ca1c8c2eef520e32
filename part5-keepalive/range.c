#include "range.h"

#include <inttypes.h>
#include <stdio.h>

/*
 * "bytes=0-99", "bytes=100-" or "bytes=-100": RFC 9110, 14.1.2. Returns false if the range is to be
 * ignored. Else it ends before `end`, and is empty if the content has no such bytes.
 */
static bool parse(struct slice value, uint64_t length, uint64_t *first, uint64_t *end)
{
	struct slice to = value;
	bool is_bytes = slice_equal_nocase(slice_cut(&to, '='), "bytes");
	uint64_t last = UINT64_MAX;

	to = slice_trim(to);
	struct slice from = slice_cut(&to, '-');
	if (!is_bytes || to.ptr == NULL || length == 0) /* an empty file is sent whole */
		return false;
	if ((to.len > 0 || from.len == 0) && !slice_number(to, 10, &last))
		return false;
	*end = last < length ? last + 1 : length;
	if (from.len > 0)
		return slice_number(from, 10, first) && *first <= last;
	*first = last < length ? length - last : 0; /* so many from the end */
	*end = length;
	return true;
}

/* Whether the client's piece is of this very state of the file: RFC 9110, 13.1.5. */
static bool is_same(const struct request *request, const struct response *response)
{
	size_t count = fields_count(&request->fields, "If-Range");

	/* A date is no proof: within its second, the file may have changed twice. */
	return count == 0 || (count == 1 && slice_equal(fields_find(&request->fields, "If-Range"),
	                                                response->etag));
}

static void narrow(struct response *response, uint64_t first, uint64_t end)
{
	snprintf(response->content_range, sizeof(response->content_range),
	         "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, first, end - 1,
	         response_length(response));
	response->status = 206;
	response->file.offset += (off_t)first;
	response->file.left = end - first;
}

static void refuse(struct response *response)
{
	uint64_t length = response_length(response);

	file_close(&response->file);
	*response = response_error(416, "the content has no such bytes");
	snprintf(response->content_range, sizeof(response->content_range), "bytes */%" PRIu64,
	         length);
}

void range_apply(const struct request *request, struct response *response)
{
	struct slice value = fields_find(&request->fields, "Range");
	uint64_t first, end;

	if (response->accept_ranges == NULL || !slice_equal(request->method, "GET") ||
	    fields_count(&request->fields, "Range") != 1 ||
	    !parse(value, response_length(response), &first, &end) || !is_same(request, response))
		return;
	if (first < end)
		narrow(response, first, end);
	else
		refuse(response);
}
