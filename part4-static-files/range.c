#include "range.h"

#include <inttypes.h>
#include <stdio.h>

#include "precondition.h"

/*
 * "bytes=0-99", "bytes=100-" or "bytes=-100": RFC 9110, 14.1.2. Returns false if it is none of
 * these. Else the range ends before `end`, and is empty if the content has no such bytes.
 */
static bool parse(struct slice value, uint64_t length, uint64_t *first, uint64_t *end)
{
	struct slice to = value;
	bool is_bytes = slice_equal_nocase(slice_cut(&to, '='), "bytes");
	struct slice from = slice_trim(slice_cut(&to, '-'));
	uint64_t last = UINT64_MAX;

	if (!is_bytes || to.ptr == NULL)
		return false;
	to = slice_trim(to);
	if ((to.len > 0 || from.len == 0) && !slice_number(to, 10, &last))
		return false;
	*end = last < length ? last + 1 : length;
	if (from.len > 0)
		return slice_number(from, 10, first) && *first <= last;
	*first = last < length ? length - last : 0; /* from the end */
	*end = length;
	return length > 0 || last == 0; /* any such range of nothing is all of it */
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
	    !parse(value, response_length(response), &first, &end) ||
	    !precondition_if_range(request, response))
		return;
	if (first < end)
		narrow(response, first, end);
	else
		refuse(response);
}
