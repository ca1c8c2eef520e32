/*
 * Fuzzes the way from a target's path to that of a file, and back: path_decode(),
 * path_write_target().
 *
 * Asserts that a decoded path is relative, holds no empty segment, none that begins with a dot and
 * so no ".." either, is no longer than it was encoded, and fits; that the target written of a
 * folder is visible ASCII, whatever the query, and names no host; and that its path, decoded, is
 * the same with a slash behind it.
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

/* Writes the target of a folder of that path, as a redirect does, and reads it again. */
static void check_round_trip(const char *path, struct slice query)
{
	static char text[8 * PATH_SIZE];
	char again[PATH_SIZE];
	size_t len = strlen(path);

	path_write_target(text, sizeof(text), path, query);
	assert(memchr(text, '\0', sizeof(text)) != NULL);
	assert(*text == '/' && text[1] != '/'); /* "//name" would lead to another host */
	assert(token_is_visible(slice_of(text)));
	struct slice rest = slice_of(text), target = slice_cut(&rest, '?');
	assert((query.ptr != NULL) == (rest.ptr != NULL));
	assert(path_decode(again, target) == 0 || len + 2 >= PATH_SIZE);
	assert(len + 2 >= PATH_SIZE || strncmp(again, path, len) == 0);
	assert(len + 2 >= PATH_SIZE || strcmp(again + len, "/") == 0);
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
	if (*path == '\0' || path[strlen(path) - 1] == '/')
		return 0;
	check_round_trip(path, (struct slice){NULL, 0});
	check_round_trip(path, (struct slice){(const char *)data, size < 4096 ? size : 4096});
	return 0;
}
