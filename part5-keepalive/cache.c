#include "cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	ENTRIES = 512,
	FILE_SIZE = 128 * 1024, /* bytes, so all of them take 64 MiB at most */
	WAYS = 4, /* places where one path can be */
	SETTLED = 2, /* seconds after which a file's time of change tells its state */
};

static struct entry {
	char path[128];
	time_t seen;
	struct response response;
	char *content;
} entries[ENTRIES];

/* The entry of that path, or the one to give up for it: that which was not seen for longest. */
static struct entry *entry_for(struct slice path)
{
	uint32_t hash = 2166136261u; /* FNV-1a */
	struct entry *oldest = NULL;

	for (size_t i = 0; i < path.len; i++)
		hash = (hash ^ (unsigned char)path.ptr[i]) * 16777619u;
	for (size_t i = 0; i < WAYS; i++) {
		struct entry *entry = &entries[(hash + i) % ENTRIES];
		if (slice_equal(path, entry->path))
			return entry;
		if (oldest == NULL || entry->seen < oldest->seen)
			oldest = entry;
	}
	return oldest;
}

bool cache_find(struct slice path, struct response *response)
{
	const struct entry *entry = entry_for(path);

	if (entry->seen != time(NULL) || !slice_equal(path, entry->path))
		return false;
	*response = entry->response;
	return true;
}

/* A copy of a file's content; NULL where it can't be had. */
static char *read_file(const struct file *file)
{
	size_t len = (size_t)file->left, done = 0;
	char *content = malloc(len + 1);
	ssize_t count = 1;

	while (content != NULL && done < len && count > 0) {
		count = pread(file->descriptor, content + done, len - done, (off_t)done);
		done += count > 0 ? (size_t)count : 0;
	}
	if (done == len)
		return content;
	free(content);
	return NULL;
}

static char *copy(struct slice bytes)
{
	char *content = malloc(bytes.len + 1);

	if (content != NULL)
		memcpy(content, bytes.ptr, bytes.len);
	return content;
}

static bool is_fit(const struct response *response, time_t now)
{
	if (response->status == 404)
		return true;
	return response->status == 200 && response->file.left <= FILE_SIZE &&
	       response->changed + SETTLED <= now;
}

/* Whether the entry has the content of the response already. */
static bool is_same(const struct entry *entry, struct slice path, const struct response *response)
{
	return slice_equal(path, entry->path) && entry->response.status == response->status &&
	       strcmp(entry->response.etag, response->etag) == 0;
}

void cache_keep(struct slice path, struct response *response)
{
	struct entry *entry = entry_for(path);
	time_t now = time(NULL);

	if (!is_fit(response, now) || path.len >= sizeof(entry->path) || entry->seen == now)
		return;
	if (!is_same(entry, path, response)) {
		char *content = response->status == 200 ? read_file(&response->file)
		                                        : copy(response->content);
		if (content == NULL)
			return;
		free(entry->content);
		entry->content = content;
		snprintf(entry->path, sizeof(entry->path), "%.*s", (int)path.len, path.ptr);
	}
	response->content = (struct slice){entry->content, (size_t)response_length(response)};
	file_close(&response->file);
	entry->response = *response;
	entry->seen = now;
}
