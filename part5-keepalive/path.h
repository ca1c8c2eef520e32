/* From the path of a target to a file: RFC 3986, 2.1 and 3.3. */
#ifndef PATH_H
#define PATH_H

#include "slice.h"

enum {
	PATH_NAME_SIZE = 256, /* bytes of a file's name and its NUL */
};

/*
 * Opens the regular file or, without a suffix, the folder at a path below the folder root; the
 * suffix is added to the last segment. Tells its name. The path begins with a slash, and is well
 * encoded; an empty segment, or a single dot, stands for the folder before it. Returns a descriptor
 * that doesn't block; or -1, with errno. ENOENT also stands for another kind of file, such as a
 * link, and for a segment that may be no name: it has an encoded slash, or begins with a dot, as
 * ".." does. Only ".well-known" may: RFC 8615.
 */
int path_open(int root, struct slice path, const char *suffix, char name[PATH_NAME_SIZE]);

#endif
