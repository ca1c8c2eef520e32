#include "report.h"

/* Adds one line; none for a part that the request doesn't have. */
static bool add(struct buffer *out, struct slice name, struct slice value)
{
	return value.ptr == NULL ||
	       (buffer_append(out, name) && buffer_append(out, slice_of(": ")) &&
	        buffer_append(out, value) && buffer_append(out, slice_of("\n")));
}

bool report(const struct request *request, struct buffer *out)
{
	bool fits = add(out, slice_of("method"), request->method) &&
	            add(out, slice_of("target"), request->target) &&
	            add(out, slice_of("path"), request->path) &&
	            add(out, slice_of("query"), request->query) &&
	            add(out, slice_of("version"), request->version);

	return fits;
}
