#include "persistence.h"

bool request_persists(const struct request *request)
{
	bool persists = !slice_equal(request->version, "HTTP/1.0");
	struct member member = {.line = 0};

	while (fields_next_member(&request->fields, "Connection", &member)) {
		if (slice_equal_nocase(member.text, "close"))
			return false;
		if (slice_equal_nocase(member.text, "keep-alive"))
			persists = true;
	}
	return persists;
}

const char *persistence_field(const struct request *request, bool persists)
{
	if (!persists)
		return "close";
	return slice_equal(request->version, "HTTP/1.0") ? "keep-alive" : NULL;
}
