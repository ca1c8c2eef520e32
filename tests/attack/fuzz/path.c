/*
 * Fuzzes the way from a target's path to a file: path_open(), in the site of fuzz.c.
 *
 * Asserts that it opens what the path names, and opens it exactly where the path, by a simpler
 * reading, names something that may be found: no part of it has a slash in it, begins with a dot
 * (but for the dot alone, which is the folder itself, as nothing is) or is anything but a folder;
 * at the end, it is a regular file or, without a suffix, a folder. Asserts also that it tells the
 * name, that a failure has one of the reasons that mean 404, and that no descriptor is left open.
 */
#include "fuzz.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "path.h"
#include "percent.h"

static int root;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	fuzz_make_site();
	root = open("site", O_RDONLY | O_DIRECTORY);
	assert(root >= 0);
	return 0;
}

static int hex(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	return (digit | 0x20) - 'a' + 10;
}

/* Writes the decoded segment and the suffix. Returns false if no file may be found by that name. */
static bool read_segment(struct slice segment, const char *suffix, char name[PATH_NAME_SIZE])
{
	size_t len = 0, end = strlen(suffix);

	for (size_t i = 0; i < segment.len; i++) {
		char byte = segment.ptr[i];

		if (byte == '%') {
			byte = (char)(hex(segment.ptr[i + 1]) * 16 + hex(segment.ptr[i + 2]));
			i += 2;
		}
		if (byte == '/' || len + end + 1 >= PATH_NAME_SIZE)
			return false;
		name[len++] = byte;
	}
	memcpy(name + len, suffix, end + 1);
	return *name != '.' || strcmp(name, ".") == 0 || strcmp(name, ".well-known") == 0;
}

/* Whether the path names a file or a folder of the site, and which. */
static bool find(struct slice path, const char *suffix, char name[PATH_NAME_SIZE],
                 struct stat *info)
{
	static char whole[32 * 1024];
	size_t len = (size_t)snprintf(whole, sizeof(whole), "site");
	struct slice rest = slice_skip(path, 1);

	info->st_mode = S_IFDIR;
	while (rest.ptr != NULL) {
		struct slice segment = slice_cut(&rest, '/');

		if (!S_ISDIR(info->st_mode) ||
		    !read_segment(segment, rest.ptr == NULL ? suffix : "", name))
			return false;
		if (rest.ptr != NULL && (*name == '\0' || strcmp(name, ".") == 0))
			continue;
		len += (size_t)snprintf(whole + len, sizeof(whole) - len, "/%s", name);
		if (len >= PATH_MAX || lstat(whole, info) != 0)
			return false;
	}
	return *name != '\0' &&
	       (S_ISREG(info->st_mode) || (S_ISDIR(info->st_mode) && *suffix == '\0'));
}

static void check(struct slice path, const char *suffix)
{
	char name[PATH_NAME_SIZE], expected_name[PATH_NAME_SIZE];
	int before = fuzz_free_descriptor();
	struct stat info, expected;

	bool is_there = find(path, suffix, expected_name, &expected);
	errno = 0;
	int found = path_open(root, path, suffix, name);
	assert(found >= 0 || errno == ENOENT || errno == ENAMETOOLONG);
	assert(is_there == (found >= 0));
	if (found >= 0) {
		assert(fstat(found, &info) == 0);
		assert(info.st_ino == expected.st_ino && info.st_dev == expected.st_dev);
		assert(strcmp(name, expected_name) == 0);
		assert((fcntl(found, F_GETFL) & O_NONBLOCK) != 0);
		close(found);
	}
	assert(fuzz_free_descriptor() == before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice path = {(const char *)data, size};

	if (!slice_starts_with(path, "/") || slice_contains(path, '\0') || !percent_is_valid(path))
		return 0;
	check(path, "");
	check(path, ".html");
	check(path, "index.html");
	return 0;
}
