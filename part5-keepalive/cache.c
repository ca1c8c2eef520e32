#include "cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	ENTRIES = 1024,
	FILE_SIZE = 64 * 1024, /* bytes, so all of them take 64 MiB at most */
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

static bool is_fit(struct slice path, const struct response *response, time_t now)
{
	return response->status == 200 && response->file.descriptor >= 0 &&
	       response->file.left <= FILE_SIZE && response->modified + SETTLED <= now &&
	       path.len < sizeof(entries[0].path);
}

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

void cache_keep(struct slice path, struct response *response)
{
	struct entry *entry = entry_for(path);
	time_t now = time(NULL);

	if (!is_fit(path, response, now))
		return;
	if (!slice_equal(path, entry->path) || strcmp(entry->response.etag, response->etag) != 0) {
		char *content = read_file(&response->file);
		if (content == NULL)
			return;
		free(entry->content);
		entry->content = content;
		snprintf(entry->path, sizeof(entry->path), "%.*s", (int)path.len, path.ptr);
	}
	response->content = (struct slice){entry->content, (size_t)response->file.left};
	file_close(&response->file);
	entry->response = *response;
	entry->seen = now;
}
