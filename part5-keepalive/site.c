#include "site.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"
#include "media_type.h"
#include "path.h"
#include "precondition.h"

static int root = -1;

void site_open(const char *directory)
{
	root = open(directory, O_RDONLY | O_DIRECTORY);
	if (root < 0)
		log_fatal("can't serve the folder %s: %s; name another as the last argument",
		          directory, strerror(errno));
}

/* Whether it is a folder without a page to show. */
static bool lacks_page(int descriptor)
{
	struct stat page;

	if (fstatat(descriptor, "index.html", &page, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	return !S_ISREG(page.st_mode);
}

/* Opens what a path means; see site_response(). */
static int open_target(struct slice path, char name[PATH_NAME_SIZE])
{
	if (slice_ends_with(path, "/"))
		return path_open(root, path, "index.html", name);
	int found = path_open(root, path, "", name);
	if (found < 0 ? errno != ENOENT : !lacks_page(found))
		return found;
	if (found >= 0) /* a folder that has no page is as good as nothing */
		close(found);
	return path_open(root, path, ".html", name);
}

/* What a failed open means to the client. */
static struct response failure(int error)
{
	switch (error) {
	case EILSEQ: /* no name, on macOS */
	case ENAMETOOLONG:
	case ENOENT:
	case ENOTDIR: return response_error(404, "there is nothing at this path");
	case EACCES:
	case EPERM: return response_error(403, "this file may not be read");
	default: /* we are out of descriptors or memory, or the disk fails */
		return response_error(503, "this file can't be read now; try again");
	}
}

/* A folder without its slash: the relative links of its page need it. RFC 9110, 15.4.2. */
static struct response redirect(struct slice path, struct slice query)
{
	static char location[HEAD_LIMIT];
	struct response response =
		response_error(301, "this folder is at the same path with a slash");
	const char *mark = query.ptr != NULL ? "?" : "";

	if (query.ptr == NULL)
		query = slice_of("");
	while (slice_starts_with(path, "//")) /* which would name another host: RFC 3986, 4.2 */
		path = slice_skip(path, 1);
	snprintf(location, sizeof(location), "%.*s/%s%.*s", (int)path.len, path.ptr, mark,
	         (int)query.len, query.ptr);
	response.location = location;
	return response;
}

static struct response whole_file(int descriptor, const struct stat *info, const char *name)
{
	struct response response = response_of(200, slice_of(""), media_type_of(name));
	struct file start = {.descriptor = descriptor, .left = info->st_size > 0};
	struct slice byte;

	if (!file_read(&start, &byte)) {
		close(descriptor);
		return failure(EIO); /* once the head is out, it is too late to say so */
	}
	response.file = (struct file){.descriptor = descriptor, .left = (uint64_t)info->st_size};
	response.accept_ranges = "bytes";
	precondition_set_validators(&response, info);
	return response;
}

struct response site_response(const struct request *request)
{
	struct stat info = {.st_mode = 0};
	char name[PATH_NAME_SIZE];

	int found = open_target(request->path, name);
	if (found < 0)
		return failure(errno);
	int error = fstat(found, &info) == 0 ? ENOENT : errno;
	if (S_ISREG(info.st_mode))
		return whole_file(found, &info, name);
	close(found);
	return S_ISDIR(info.st_mode) ? redirect(request->path, request->query) : failure(error);
}
