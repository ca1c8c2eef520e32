#include "cache.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"

enum {
	ENTRIES = 512,
	FILE_SIZE = 128 * 1024, /* bytes; so all of them take 64 MiB at most */
	FRESH = 1000, /* milliseconds */
};

static struct entry {
	char path[128];
	int64_t read_at; /* see clock_now() */
	struct response response;
	unsigned readers; /* connections that send the content */
	char content[FILE_SIZE];
} entries[ENTRIES];

/* The one place where a path can be. If two paths share one, each is only looked up more often. */
static struct entry *entry_for(struct slice path)
{
	uint32_t hash = 2166136261u; /* FNV-1a */

	for (size_t i = 0; i < path.len; i++)
		hash = (hash ^ (unsigned char)path.ptr[i]) * 16777619u;
	return &entries[hash % ENTRIES];
}

/* Whether it was read so short a time ago that it counts as new. */
static bool is_fresh(const struct entry *entry)
{
	return clock_now() - entry->read_at < FRESH;
}

static void take(struct entry *entry, struct response *response)
{
	*response = entry->response;
	entry->readers++;
}

bool cache_find(struct slice path, struct response *response)
{
	struct entry *entry = entry_for(path);

	if (!slice_equal(path, entry->path) || !is_fresh(entry))
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
	       path.len < sizeof(entry->path) && entry->readers == 0 && !is_fresh(entry);
}

void cache_keep(struct slice path, struct response *response)
{
	struct entry *entry = entry_for(path);

	if (!may_keep(entry, path, response))
		return;
	*entry->path = '\0'; /* half a copy is none */
	if (!copy_content(entry, response))
		return;
	entry->read_at = clock_now();
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
