#include "host.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>

#include "percent.h"

static bool is_ipv6(struct slice text)
{
	char address[INET6_ADDRSTRLEN];
	struct in6_addr number;

	if (text.len == 0 || text.len >= sizeof(address))
		return false;
	snprintf(address, sizeof(address), "%.*s", (int)text.len, text.ptr);
	return inet_pton(AF_INET6, address, &number) == 1;
}

/* The colons of an IPv6 address are in brackets: "[::1]:80". */
static bool cut_host(struct slice *text)
{
	if (slice_starts_with(*text, "[")) {
		*text = slice_skip(*text, 1);
		bool is_valid = is_ipv6(slice_cut(text, ']'));
		return is_valid && text->ptr != NULL && slice_cut(text, ':').len == 0;
	}
	struct slice name = slice_cut(text, ':');
	if (name.len == 0)
		return text->ptr == NULL; /* a port needs a host */
	return slice_all(name, isalnum, "-._~!$&'()*+,;=%") && percent_is_valid(name);
}

bool host_is_valid(struct slice text)
{
	struct slice port = text;

	return cut_host(&port) && slice_all(port, isdigit, "");
}
