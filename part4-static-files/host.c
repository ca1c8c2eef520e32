#include "host.h"

#include <arpa/inet.h>
#include <ctype.h>
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

/* The colons of an IPv6 address stand in brackets: "[::1]:80". */
bool host_is_valid(struct slice text)
{
	bool bracket = slice_starts_with(text, "[");
	struct slice port = bracket ? slice_skip(text, 1) : text;
	struct slice host = slice_cut(&port, bracket ? ']' : ':');

	if (bracket && (!is_ipv6(host) || port.ptr == NULL || slice_cut(&port, ':').len > 0))
		return false; /* the bracket must be closed, and only a port may follow */
	if (!bracket && (!slice_all(host, isalnum, "-._~!$&'()*+,;=%") || !token_is_encoded(host)))
		return false;
	if (host.len == 0)
		return port.ptr == NULL; /* a port needs a host */
	return slice_all(port, isdigit, "");
}
