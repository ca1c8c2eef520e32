/*
 * A buffer: memory of bounded size and how much of it is in use. It has memory only while it holds
 * bytes: the first byte borrows a block from the pool, the last one to go gives it back. So what is
 * empty costs no memory, and buffers that are used one after another all use the same block, which
 * stays warm in the processor's cache.
 *
 * Slices of a buffer die when anything is added to it or taken from it.
 */
#ifndef BUFFER_H
#define BUFFER_H

#include "slice.h"

/* Where buffers of one size get their memory: { .size = … } is a pool ready for use. */
struct buffer_pool {
	size_t size; /* of each block, in bytes */
	char *first; /* the block that is kept for ever, once it was needed */
	bool lent; /* whether a buffer has that one; then others get blocks of their own */
};

/* An empty buffer is { .pool = … }. */
struct buffer {
	struct buffer_pool *pool;
	char *memory; /* NULL while the buffer is empty */
	size_t start; /* where in the memory its bytes begin */
	size_t len; /* how many they are */
};

/* The bytes in the buffer. */
struct slice buffer_slice(const struct buffer *buffer);

/* How many bytes could still be added. */
size_t buffer_room(const struct buffer *buffer);

/*
 * Makes all the room there is one piece, behind the bytes in use. Write up to buffer_room() bytes
 * there, then call buffer_added(). NULL where memory is out; then the buffer is unchanged.
 */
char *buffer_space(struct buffer *buffer);

/* Takes count bytes, written into buffer_space(), into use. */
void buffer_added(struct buffer *buffer, size_t count);

/* Adds all the bytes, or none and returns false: no room or no memory. */
bool buffer_append(struct buffer *buffer, struct slice bytes);

/* Adds a number in decimal digits, all or nothing in the same way. */
bool buffer_append_number(struct buffer *buffer, uint64_t number);

/* Adds text as printf would write it, all or nothing in the same way. */
bool buffer_printf(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Removes count bytes, at most len of them, from the front. */
void buffer_consume(struct buffer *buffer, size_t count);

/* Removes count bytes from the middle; the bytes before the position stay where they are. */
void buffer_erase(struct buffer *buffer, size_t position, size_t count);

/* Removes all bytes from the position on, at most len; what stands before it stays. */
void buffer_cut(struct buffer *buffer, size_t position);

#endif
