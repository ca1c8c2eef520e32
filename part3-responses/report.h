/* The report: what was understood of a request, as text. */
#ifndef REPORT_H
#define REPORT_H

#include "buffer.h"
#include "request.h"

/* Adds "name: value" lines to a buffer. Returns false if there is no room or no memory. */
bool report(const struct request *request, struct buffer *out);

/* With -v, shows the report in the trace, marked "R", between the client's bytes and ours. */
void report_trace(const struct request *request);

#endif
