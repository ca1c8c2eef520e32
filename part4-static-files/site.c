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

static int root = -1;

void site_open(const char *directory)
{
	root = open(directory, O_RDONLY | O_DIRECTORY);
	if (root < 0)
		log_fatal("can't serve the folder %s: %s; name another as the last argument",
		          directory, strerror(errno));
}

/* Opens what one segment names; never through a symbolic link, never waiting for a FIFO. */
static int open_segment(int folder, struct slice segment, bool must_be_folder)
{
	char name[256];

	if (segment.len >= sizeof(name)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	snprintf(name, sizeof(name), "%.*s", (int)segment.len, segment.ptr);
	return openat(folder, name,
	              O_RDONLY | O_NOFOLLOW | O_NONBLOCK | (must_be_folder ? O_DIRECTORY : 0));
}

/*
 * Walks from folder to folder and opens what the path ends at. A check of the whole path before an
 * open would not do: somebody may put a link there in between.
 */
static int open_path(const char *path)
{
	struct slice rest = slice_of(path);
	int folder = root, next = root;

	while (rest.ptr != NULL && next >= 0) {
		struct slice segment = slice_cut(&rest, '/');
		next = open_segment(folder, segment, rest.ptr != NULL);
		int error = errno;
		if (folder != root)
			close(folder);
		errno = error;
		folder = next;
	}
	return next;
}

/* What a failed open or stat means to the client. */
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
	case EMFILE:
	case ENFILE:
	case ENOMEM:
	case EAGAIN:
	case EINTR:
		return response_error(503, "the server is busy; try again");
	default:
		return response_error(500, "this file can't be read");
	}
}

/* A folder without its slash: relative links in its page would miss it. RFC 9110, 15.4.2. */
static struct response redirect(const char *path, struct slice query)
{
	static char location[3 * (PATH_SIZE + HEAD_LIMIT)];
	struct response response = response_error(301, "this folder's path ends in a slash");

	path_write_target(location, sizeof(location), path, query);
	if (strlen(location) > HEAD_LIMIT / 2)
		return response_error(414, "the path of this folder would be too long to ask for");
	response.location = location;
	return response;
}

static struct response whole_file(int descriptor, const struct stat *info, const char *path)
{
	struct response response = response_page(slice_of(""));
	time_t now = time(NULL);

	response.media_type = media_type_of(path);
	response.accept_ranges = "bytes";
	response.file = (struct file){.descriptor = descriptor, .left = (uint64_t)info->st_size};
	/* No later than the Date of the response: RFC 9110, 8.8.2.1. */
	response.modified = info->st_mtime < now ? info->st_mtime : now;
	date_format(response.last_modified, response.modified);
	/* A file with an old date may be a new one; its time of change can't be set by anybody. */
	response.changed = info->st_ctime;
#ifdef __APPLE__
	long nanoseconds = info->st_ctimensec;
#else
	long nanoseconds = info->st_ctim.tv_nsec;
#endif
	snprintf(response.etag, sizeof(response.etag), "\"%" PRIx64 "-%" PRIx64 ".%lx\"",
	         (uint64_t)info->st_size, (uint64_t)info->st_ctime, (unsigned long)nanoseconds);
	return response;
}

struct response site_response(const struct request *request)
{
	char path[PATH_SIZE + sizeof("index.html") + sizeof(".html")];
	int status = path_decode(path, request->target.path);
	struct stat info;

	if (status != 0)
		return response_error(status, status == 400 ? "the path's percent-encoding is wrong"
		                                            : "there is nothing at this path");
	if (*path == '\0' || slice_ends_with(slice_of(path), "/"))
		snprintf(path + strlen(path), sizeof("index.html"), "index.html");
	int descriptor = open_path(path);
	if (descriptor < 0 && errno == ENOENT) {
		snprintf(path + strlen(path), sizeof(".html"), ".html");
		descriptor = open_path(path);
	}
	if (descriptor < 0)
		return failure(errno);
	bool known = fstat(descriptor, &info) == 0;
	int error = known ? ENOENT : errno; /* neither file nor folder is nothing to us */
	if (known && S_ISREG(info.st_mode))
		return whole_file(descriptor, &info, path);
	close(descriptor);
	if (known && S_ISDIR(info.st_mode))
		return redirect(path, request->target.query);
	return failure(error);
}
