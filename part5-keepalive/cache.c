#include "cache.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	ENTRIES = 512,
	FILE_SIZE = 128 * 1024, /* bytes; so all of them take 64 MiB at most */
};

static struct entry {
	char path[128];
	time_t read_at;
	struct response response;
	unsigned readers; /* connections that send the content */
	char content[FILE_SIZE];
} entries[ENTRIES];

/* The one place where a path can be. Two that share it cost each other time, and nothing else. */
static struct entry *entry_for(struct slice path)
{
	uint32_t hash = 2166136261u; /* FNV-1a */

	for (size_t i = 0; i < path.len; i++)
		hash = (hash ^ (unsigned char)path.ptr[i]) * 16777619u;
	return &entries[hash % ENTRIES];
}

static void take(struct entry *entry, struct response *response)
{
	*response = entry->response;
	entry->readers++;
}

bool cache_find(struct slice path, struct response *response)
{
	struct entry *entry = entry_for(path);

	if (entry->read_at != time(NULL) || !slice_equal(path, entry->path))
		return false;
	take(entry, response);
	return true;
}

/* Copies the content into the entry. Returns false if it doesn't fit, or can't be read. */
static bool copy_content(struct entry *entry, const struct response *response)
{
	uint64_t len = response_length(response);

	if (len > FILE_SIZE)
		return false;
	if (response->file.descriptor < 0) {
		memcpy(entry->content, response->content.ptr, (size_t)len);
		return true;
	}
	return pread(response->file.descriptor, entry->content, (size_t)len, 0) == (ssize_t)len;
}

/* Whether the response can be kept, and its place is free. */
static bool may_keep(const struct entry *entry, struct slice path, const struct response *response)
{
	return (response->status == 200 || response->status == 404) &&
	       path.len < sizeof(entry->path) && entry->readers == 0 &&
	       entry->read_at != time(NULL);
}

void cache_keep(struct slice path, struct response *response)
{
	struct entry *entry = entry_for(path);

	if (!may_keep(entry, path, response))
		return;
	entry->read_at = 0;
	if (!copy_content(entry, response))
		return;
	entry->read_at = time(NULL);
	snprintf(entry->path, sizeof(entry->path), "%.*s", (int)path.len, path.ptr);
	entry->response = *response;
	entry->response.content = slice_of("");
	entry->response.file = (struct file){
		.descriptor = -1,
		.left = response_length(response),
		.memory = entry->content,
		.readers = &entry->readers,
	};
	file_close(&response->file);
	take(entry, response);
}
