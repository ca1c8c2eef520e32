#include "target.h"

#include <arpa/inet.h>
#include <stdio.h>

#include "token.h"

static bool is_ipv6(struct slice text)
{
	char address[INET6_ADDRSTRLEN];
	struct in6_addr number;

	if (text.len == 0 || text.len >= sizeof(address))
		return false;
	snprintf(address, sizeof(address), "%.*s", (int)text.len, text.ptr);
	return inet_pton(AF_INET6, address, &number) == 1;
}

/* "[::1]" or "[::1]:80": the colons inside the brackets are no port's. */
static bool is_ipv6_authority(struct slice text)
{
	struct slice port = slice_skip(text, 1);
	struct slice host = slice_cut(&port, ']');
	uint64_t number;

	if (port.ptr == NULL || !is_ipv6(host))
		return false;
	if (port.len <= 1)
		return port.len == 0 || *port.ptr == ':';
	return *port.ptr == ':' && slice_number(slice_skip(port, 1), 10, &number);
}

bool target_is_authority(struct slice text)
{
	struct slice port = text;
	struct slice host = slice_cut(&port, ':');
	uint64_t number;

	if (slice_starts_with(text, "["))
		return is_ipv6_authority(text);
	if (!token_is_made_of(host, "-._~!$&'()*+,;=%") || !token_is_encoded(host))
		return false;
	if (host.len == 0 && port.ptr != NULL)
		return false; /* a port of no host */
	return port.len == 0 || slice_number(port, 10, &number);
}

static void split(struct target *target, struct slice text)
{
	target->query = text;
	target->path = slice_cut(&target->query, '?');
}

/* "http://" authority, then a path and a query, if any: RFC 9112, 3.2.2; RFC 9110, 4.2.1. */
static const char *parse_absolute(struct target *target, struct slice text)
{
	struct slice rest = text;

	while (rest.len > 0 && *rest.ptr != '/' && *rest.ptr != '?')
		rest = slice_skip(rest, 1);
	target->authority = (struct slice){text.ptr, text.len - rest.len};
	split(target, rest);
	if (target->path.len == 0)
		target->path = slice_of("/");
	if (target->authority.len == 0 || !target_is_authority(target->authority))
		return "the target's host is empty, or not a host name with at most a port";
	return NULL;
}

const char *target_parse(struct target *target, struct slice method)
{
	struct slice text = target->text;
	struct slice scheme = {text.ptr, text.len < 7 ? text.len : 7};

	if (slice_equal(method, "CONNECT")) {
		target->authority = text;
		bool has_port = slice_contains(text, ':') && !slice_ends_with(text, ":") &&
		                !slice_ends_with(text, "]");
		return has_port && target_is_authority(text)
		               ? NULL
		               : "the target of CONNECT must be host:port";
	}
	if (slice_starts_with(text, "/")) {
		split(target, text);
		return NULL;
	}
	if (slice_equal_nocase(scheme, "http://"))
		return parse_absolute(target, slice_skip(text, 7));
	if (slice_equal(text, "*") && slice_equal(method, "OPTIONS"))
		return NULL;
	return "the target must begin with / or http://";
}
