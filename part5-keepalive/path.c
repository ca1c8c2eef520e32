#include "path.h"

#include <stdio.h>
#include <string.h>

#include "token.h"

/* Takes one octet off the front of text, decoded; -1 where the encoding is wrong: RFC 3986, 2.1. */
static int cut_octet(struct slice *text)
{
	bool encoded = *text->ptr == '%';
	uint64_t octet = (unsigned char)*text->ptr;

	if (encoded && (text->len < 3 ||
	                !slice_number((struct slice){text->ptr + 1, 2}, 16, &octet) || octet == 0))
		return -1;
	*text = slice_skip(*text, encoded ? 3 : 1);
	return (int)octet;
}

/* Decodes one segment. Returns 0, 400, or 404: a name can hold no slash, and only so many bytes. */
static int decode(char *name, size_t size, struct slice segment)
{
	size_t len = 0;

	while (segment.len > 0) {
		int octet = cut_octet(&segment);

		if (octet < 0)
			return 400;
		if (octet == '/' || len + 1 >= size)
			return 404;
		name[len++] = (char)octet;
	}
	name[len] = '\0';
	return 0;
}

/* Takes the last segment off a path that ends in a slash; false where there is none. */
static bool drop_segment(char *path)
{
	size_t len = strlen(path);

	if (len == 0)
		return false;
	path[len - 1] = '\0';
	char *slash = strrchr(path, '/');
	*(slash == NULL ? path : slash + 1) = '\0';
	return true;
}

int path_decode(char path[PATH_SIZE], struct slice target_path)
{
	struct slice rest = target_path;
	size_t len = 0;

	path[0] = '\0';
	while (rest.ptr != NULL) {
		struct slice segment = slice_cut(&rest, '/');
		char *name = path + len;
		int status = decode(name, PATH_SIZE - 1 - len, segment);

		if (status != 0)
			return status;
		bool up = strcmp(name, "..") == 0, here = *name == '\0' || strcmp(name, ".") == 0;
		if (*name == '.' && !up && !here)
			return 404; /* dot files are nobody's business */
		if (up || here)
			*name = '\0';
		if (up && !drop_segment(path))
			return 404;
		len = strlen(path);
		if (!up && !here && rest.ptr != NULL) {
			path[len++] = '/';
			path[len] = '\0';
		}
	}
	return 0;
}

/* Writes text with all octets encoded but letters, digits and those in `plain`; their number. */
static size_t encode(char *target, size_t size, struct slice text, const char *plain)
{
	size_t len = 0;

	for (size_t i = 0; i < text.len && len + 4 <= size; i++) {
		bool as_is = token_is_made_of((struct slice){text.ptr + i, 1}, plain);
		len += (size_t)snprintf(target + len, 4, as_is ? "%c" : "%%%02X",
		                        (unsigned char)text.ptr[i]);
	}
	return len;
}

/* pchar and, in a query, more: RFC 3986, 3.3 and 3.4. What is encoded in a query stays so. */
void path_write_target(char *target, size_t size, const char *path, struct slice query)
{
	static const char in_path[] = "-._~!$&'()*+,;=:@/", in_query[] = "-._~!$&'()*+,;=:@/?%";
	const char *plain = token_is_encoded(query) ? in_query : in_path;
	size_t len = (size_t)snprintf(target, size, "/");

	len += encode(target + len, size - len - 2, slice_of(path), in_path);
	len += (size_t)snprintf(target + len, size - len, query.ptr != NULL ? "/?" : "/");
	encode(target + len, size - len, query, plain);
}
