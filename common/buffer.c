#include "buffer.h"

#include <stdarg.h>
#include <stdio.h>
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
	return buffer->pool->size - buffer->len;
}

static bool borrow(struct buffer *buffer)
{
	struct buffer_pool *pool = buffer->pool;

	if (pool->first == NULL)
		pool->first = malloc(pool->size);
	buffer->memory = pool->lent ? malloc(pool->size) : pool->first;
	pool->lent = pool->first != NULL;
	buffer->start = 0;
	return buffer->memory != NULL;
}

static void give_back(struct buffer *buffer)
{
	if (buffer->memory == buffer->pool->first)
		buffer->pool->lent = false;
	else
		free(buffer->memory);
	buffer->memory = NULL;
}

char *buffer_space(struct buffer *buffer)
{
	if (buffer->memory == NULL && !borrow(buffer))
		return NULL;
	if (buffer->start > 0) {
		memmove(buffer->memory, buffer->memory + buffer->start, buffer->len);
		buffer->start = 0;
	}
	return buffer->memory + buffer->len;
}

void buffer_added(struct buffer *buffer, size_t count)
{
	buffer->len += count;
	if (buffer->len == 0 && buffer->memory != NULL)
		give_back(buffer);
}

bool buffer_append(struct buffer *buffer, struct slice bytes)
{
	char *space;

	if (bytes.len == 0)
		return true;
	if (bytes.len > buffer_room(buffer) || (space = buffer_space(buffer)) == NULL)
		return false;
	memcpy(space, bytes.ptr, bytes.len);
	buffer_added(buffer, bytes.len);
	return true;
}

bool buffer_append_number(struct buffer *buffer, uint64_t number)
{
	char digits[20];
	size_t first = sizeof(digits);

	do {
		digits[--first] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	return buffer_append(buffer, (struct slice){digits + first, sizeof(digits) - first});
}

bool buffer_printf(struct buffer *buffer, const char *format, ...)
{
	size_t room = buffer_room(buffer);
	char *space = buffer_space(buffer);
	va_list args;
	int len = -1;

	va_start(args, format);
	if (space != NULL)
		len = vsnprintf(space, room, format, args);
	va_end(args);
	bool fits = len >= 0 && (size_t)len < room;
	buffer_added(buffer, fits ? (size_t)len : 0);
	return fits;
}

void buffer_consume(struct buffer *buffer, size_t count)
{
	buffer->start += count;
	buffer->len -= count;
	buffer_added(buffer, 0);
}

void buffer_erase(struct buffer *buffer, size_t position, size_t count)
{
	if (count == 0)
		return;
	char *gap = buffer->memory + buffer->start + position;
	memmove(gap, gap + count, buffer->len - position - count);
	buffer->len -= count;
	buffer_added(buffer, 0);
}

void buffer_cut(struct buffer *buffer, size_t position)
{
	buffer->len = position;
	buffer_added(buffer, 0);
}
