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

/* Sees to it that there is a block, and that all free room is at its end. Returns false if not. */
static bool make_room(struct buffer *buffer)
{
	if (buffer->memory == NULL)
		buffer->memory = malloc(buffer->size);
	else if (buffer->start > 0)
		memmove(buffer->memory, buffer->memory + buffer->start, buffer->len);
	buffer->start = 0;
	return buffer->memory != NULL;
}

bool buffer_append(struct buffer *buffer, struct slice bytes)
{
	if (bytes.len == 0)
		return true;
	if (bytes.len > buffer_room(buffer) || !make_room(buffer))
		return false;
	memcpy(buffer->memory + buffer->len, bytes.ptr, bytes.len);
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
