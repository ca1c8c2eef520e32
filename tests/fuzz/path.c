/*
 * Fuzzes the way from a target's path to that of a file: path_decode(), path_encode().
 *
 * Asserts that a decoded path is relative, holds no empty segment, none that begins with a dot and
 * so no ".." either, is no longer than it was encoded, and fits; that its encoded form is one line
 * of visible ASCII which names no host; and that this form, decoded, gives the same path.
 */
#include "fuzz.h"

#include <string.h>

#include "path.h"
#include "token.h"

static void check_segments(const char *path)
{
	struct slice rest = slice_of(path);

	while (rest.ptr != NULL) {
		struct slice segment = slice_cut(&rest, '/');

		assert(!slice_starts_with(segment, "."));
		assert(segment.len > 0 || rest.ptr == NULL); /* behind the last slash, nothing */
	}
}

static void check_round_trip(const char *path)
{
	static char text[3 * PATH_SIZE];
	char again[PATH_SIZE];
	size_t len = path_encode(text, sizeof(text), path);

	assert(len == strlen(text) && len < sizeof(text));
	assert(*text == '/' && text[1] != '/'); /* "//name" would lead to another host */
	assert(token_is_visible(slice_of(text)) && strchr(text, '?') == NULL);
	assert(path_decode(again, slice_of(text)) == 0);
	assert(strcmp(again, path) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[PATH_SIZE];

	memset(path, 'x', sizeof(path));
	int status = path_decode(path, (struct slice){(const char *)data, size});
	assert(status == 0 || status == 400 || status == 404);
	if (status != 0)
		return 0;
	assert(memchr(path, '\0', sizeof(path)) != NULL);
	assert(strlen(path) <= size && *path != '/');
	check_segments(path);
	check_round_trip(path);
	return 0;
}
