#include "site.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"
#include "media_type.h"
#include "path.h"
#include "token.h"

static int root = -1;

void site_open(const char *directory)
{
	root = open(directory, O_RDONLY | O_DIRECTORY);
	if (root < 0)
		log_fatal("can't serve the folder %s: %s; name another as the last argument",
		          directory, strerror(errno));
}

/* Opens what a path means; see site_response(). */
static int open_target(struct slice path, char name[PATH_NAME_SIZE])
{
	if (slice_ends_with(path, "/"))
		return path_open(root, path, "index.html", name);
	int found = path_open(root, path, "", name);
	bool has_page = found >= 0 && faccessat(found, "index.html", F_OK, 0) == 0;
	if (has_page || errno != ENOENT)
		return found; /* a folder with a page; a file, which is no folder; or an error */
	int page = path_open(root, path, ".html", name);
	if (page < 0)
		return found;
	if (found >= 0)
		close(found);
	return page;
}

/* What a failed open means to the client. */
static struct response failure(int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
	case ELOOP: /* a symbolic link */
	case ENAMETOOLONG:
	case ENXIO: /* a socket */
		return response_error(404, "there is nothing at this path");
	case EACCES:
	case EPERM:
		return response_error(403, "this file may not be read");
	default: /* we are out of descriptors or memory, or the disk is ill */
		return response_error(503, "this file can't be read now; try again");
	}
}

/* A folder without its slash: the relative links of its page need it. RFC 9110, 15.4.2. */
static struct response redirect(const struct request *request)
{
	static char location[HEAD_LIMIT];
	struct response response = response_error(301, "this folder's path ends in a slash");

	snprintf(location, sizeof(location), "%.*s/%s%.*s", (int)request->path.len,
	         request->path.ptr, request->query.ptr != NULL ? "?" : "", (int)request->query.len,
	         request->query.ptr);
	response.location = location;
	return response;
}

/*
 * The entity tag changes whenever the content may have. The time of modification can be set by
 * anybody, that of change can't; and a file that takes another one's place is another inode.
 */
static void set_etag(struct response *response, const struct stat *info)
{
#ifdef __APPLE__
	long nanoseconds = info->st_ctimensec;
#else
	long nanoseconds = info->st_ctim.tv_nsec;
#endif
	snprintf(response->etag, sizeof(response->etag),
	         "\"%" PRIx64 "-%" PRIx64 "-%" PRIx64 ".%lx\"", (uint64_t)info->st_size,
	         (uint64_t)info->st_ino, (uint64_t)info->st_ctime, (unsigned long)nanoseconds);
}

static struct response whole_file(int descriptor, const struct stat *info, const char *name)
{
	struct response response = response_of(200, slice_of(""), media_type_of(name));
	time_t now = time(NULL);

	response.file = (struct file){.descriptor = descriptor, .left = (uint64_t)info->st_size};
	response.accept_ranges = "bytes";
	/* No later than the Date of the response: RFC 9110, 8.8.2.1. */
	response.modified = info->st_mtime < now ? info->st_mtime : now;
	date_format(response.last_modified, response.modified);
	set_etag(&response, info);
	return response;
}

struct response site_response(const struct request *request)
{
	struct stat info = {.st_mode = 0};
	char name[PATH_NAME_SIZE];

	if (!token_is_encoded(request->path) || slice_contains(request->path, '\\'))
		return response_error(400, "the path's percent-encoding is wrong");
	int found = open_target(request->path, name);
	if (found < 0)
		return failure(errno);
	if (fstat(found, &info) == 0 && S_ISREG(info.st_mode))
		return whole_file(found, &info, name);
	close(found);
	bool is_folder = S_ISDIR(info.st_mode) && !slice_ends_with(request->path, "/");
	return is_folder ? redirect(request) : failure(ENOENT);
}
