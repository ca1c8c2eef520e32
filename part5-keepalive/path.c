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

size_t path_encode(char *text, size_t size, const char *path)
{
	size_t len = (size_t)snprintf(text, size, "/");

	for (; *path != '\0' && len + 4 <= size; path++) {
		bool plain = token_is_made_of((struct slice){path, 1}, "/-._~!$&'()*+,;=:@");
		len += (size_t)snprintf(text + len, 4, plain ? "%c" : "%%%02X",
		                        (unsigned char)*path);
	}
	return len;
}
