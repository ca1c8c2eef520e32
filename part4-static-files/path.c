#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "percent.h"

/* An empty segment, or a dot, means the folder that we are in already: "/b//c" is "/b/./c". */
static bool is_folder_itself(const char *name)
{
	return *name == '\0' || strcmp(name, ".") == 0;
}

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
	if (segment.len > 0)
		return false; /* too long */
	return *name != '.' || is_folder_itself(name) || strcmp(name, ".well-known") == 0;
}

/*
 * Opens a regular file in a folder, or a folder in it. To open a FIFO or a device already does
 * something to it, so we look first. Should another file take the place of what we have seen, no
 * link is followed all the same, no FIFO makes us wait, and no terminal becomes ours.
 */
static int open_in(int folder, const char *name, bool may_be_file, bool may_be_folder)
{
	struct stat info;

	if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
		return -1;
	errno = ENOENT;
	if (S_ISREG(info.st_mode) ? !may_be_file : !S_ISDIR(info.st_mode) || !may_be_folder)
		return -1;
	return openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
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
			if (!last && is_folder_itself(name))
				continue;
			next = open_in(opened, name, last, !last || *suffix == '\0');
			error = errno;
		}
		if (opened != root)
			close(opened);
		errno = error; /* close() may have changed it */
		opened = next;
	}
	return opened;
}
