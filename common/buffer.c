#include "buffer.h"

#include <stdlib.h>
#include <string.h>

struct slice buffer_slice(const struct buffer *buffer)
{
	if (buffer->len == 0)
		return slice_of("");
	return (struct slice){buffer->memory + buffer->start, buffer->len};
}

size_t buffer_room(const struct buffer *buffer)
{
	return buffer->size - buffer->len;
}

char *buffer_space(struct buffer *buffer)
{
	if (buffer->memory == NULL)
		buffer->memory = malloc(buffer->size);
	else if (buffer->start > 0)
		memmove(buffer->memory, buffer->memory + buffer->start, buffer->len);
	buffer->start = 0;
	return buffer->memory == NULL ? NULL : buffer->memory + buffer->len;
}

void buffer_added(struct buffer *buffer, size_t count)
{
	buffer->len += count;
	buffer_consume(buffer, 0); /* frees the block if nothing was added */
}

bool buffer_append(struct buffer *buffer, struct slice bytes)
{
	char *space;

	if (bytes.len == 0)
		return true;
	if (bytes.len > buffer_room(buffer) || (space = buffer_space(buffer)) == NULL)
		return false;
	memcpy(space, bytes.ptr, bytes.len);
	buffer->len += bytes.len;
	return true;
}

void buffer_consume(struct buffer *buffer, size_t count)
{
	buffer->start += count;
	buffer->len -= count;
	if (buffer->len == 0) {
		free(buffer->memory);
		buffer->memory = NULL;
	}
}

void buffer_clear(struct buffer *buffer)
{
	buffer_consume(buffer, buffer->len);
}
