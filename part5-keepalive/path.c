#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "percent.h"

/* Decodes a segment, once, and adds the suffix. Returns false if no file may have that name. */
static bool decode(struct slice segment, const char *suffix, char name[PATH_NAME_SIZE])
{
	size_t len = 0;

	while (segment.len > 0 && len + strlen(suffix) < PATH_NAME_SIZE - 1) {
		int octet = percent_cut(&segment);

		if (octet == '/')
			return false; /* "%2F" is no separator, and no name has a slash */
		name[len++] = (char)octet;
	}
	snprintf(name + len, PATH_NAME_SIZE - len, "%s", suffix);
	if (segment.len > 0 || *name == '\0')
		return false; /* too long, or empty */
	return *name != '.' || strcmp(name, ".well-known") == 0;
}

/* Opens a file in a folder; neither follows a symbolic link nor waits for a FIFO. */
static int open_in(int folder, const char *name, bool must_be_folder)
{
	return openat(folder, name,
	              O_RDONLY | O_NOFOLLOW | O_NONBLOCK | (must_be_folder ? O_DIRECTORY : 0));
}

/*
 * A check of the whole path before an open would not do: somebody may put a link there in between.
 * So each folder is opened in the one before it.
 */
int path_open(int root, struct slice path, const char *suffix, char name[PATH_NAME_SIZE])
{
	struct slice rest = slice_skip(path, 1);
	int opened = root;

	while (rest.ptr != NULL && opened >= 0) {
		struct slice segment = slice_cut(&rest, '/');
		bool last = rest.ptr == NULL;
		int next = -1, error = ENOENT;

		if (decode(segment, last ? suffix : "", name)) {
			next = open_in(opened, name, !last);
			error = errno;
		}
		if (opened != root)
			close(opened);
		errno = error; /* close() may have changed it */
		opened = next;
	}
	return opened;
}
