/* From the path of a target to a file: RFC 3986, 2.1 and 3.3. */
#ifndef PATH_H
#define PATH_H

#include "slice.h"

enum {
	PATH_NAME_SIZE = 256, /* bytes of a file's name and its NUL */
};

/*
 * Opens the file or folder at a path below the folder root, with a suffix added to the last
 * segment, and tells its name. The path begins with a slash, and is well encoded. Returns a
 * descriptor that doesn't block; or -1, with errno. ENOENT also stands for a segment that may be no
 * name: it is empty, has an encoded slash, or begins with a dot, as ".." does. Only ".well-known"
 * may: RFC 8615.
 */
int path_open(int root, struct slice path, const char *suffix, char name[PATH_NAME_SIZE]);

#endif
