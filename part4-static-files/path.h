/* From the path of a target to the path of a file: RFC 3986, 2.1 and 5.2.4. */
#ifndef PATH_H
#define PATH_H

#include "slice.h"

enum {
	PATH_SIZE = 4096, /* bytes of a decoded path and its NUL */
};

/*
 * Decodes a target's path, once, and resolves its dot segments: "/b/%2e%2e/a%20b/" becomes "a b/",
 * "/" becomes "". The result can't lead out of the folder that it is meant for, and has no segment
 * that begins with a dot. Returns 0, 400 where the encoding is wrong, 404 where no file can be
 * meant.
 */
int path_decode(char path[PATH_SIZE], struct slice target_path);

/*
 * Writes the target of a folder: "/", the path and "/", and the query if its ptr is not NULL, with
 * all octets percent-encoded that can't stand there. What doesn't fit into size bytes is cut.
 */
void path_write_target(char *target, size_t size, const char *path, struct slice query);

#endif
