/*
 * A buffer: a block of memory of a fixed size, and how much of it is in use. Bytes are added at the
 * end and taken from the front. A buffer has its block only while it holds bytes, so an empty one
 * costs nothing.
 *
 * Slices of a buffer die when anything is added to it or taken from it.
 */
#ifndef BUFFER_H
#define BUFFER_H

#include "slice.h"

/* An empty buffer is { .size = … }. */
struct buffer {
	size_t size; /* how many bytes it can hold */
	char *memory; /* the block, or NULL */
	size_t start; /* where in the block the bytes in use begin */
	size_t len; /* how many they are */
};

/* The bytes in the buffer. */
struct slice buffer_slice(const struct buffer *buffer);

/* How many bytes could still be added. */
size_t buffer_room(const struct buffer *buffer);

/* Adds all the bytes. If there is no room or no memory, adds none and returns false. */
bool buffer_append(struct buffer *buffer, struct slice bytes);

/* Takes count bytes, at most len of them, from the front. */
void buffer_consume(struct buffer *buffer, size_t count);

/* Takes all bytes. */
void buffer_clear(struct buffer *buffer);

#endif
