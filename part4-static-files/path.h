/* From the path of a target to a file: RFC 3986, 2.1 and 3.3. */
#ifndef PATH_H
#define PATH_H

#include "slice.h"

enum {
	PATH_NAME_SIZE = 256, /* bytes of a file's name and its NUL */
};

/*
 * Opens what a path ends at, with a suffix behind its last segment, in the folder root, and tells
 * its name. The path begins with a slash, and its percent-encoding must be right. Returns a
 * descriptor, which is not blocking; or -1, with errno, also if a segment may be no file's name: it
 * is empty, has an encoded slash, or begins with a dot, which leaves out ".." (".well-known" is a
 * name: RFC 8615).
 */
int path_open(int root, struct slice path, const char *suffix, char name[PATH_NAME_SIZE]);

#endif
