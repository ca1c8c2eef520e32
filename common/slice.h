/*
 * A slice: a view of bytes that live elsewhere, as pointer and length. It owns nothing, needs no
 * NUL at its end, and dies when the memory that it points into changes.
 */
#ifndef SLICE_H
#define SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct slice {
	const char *ptr;
	size_t len;
};

/* The bytes of a C string, without its NUL. */
struct slice slice_of(const char *text);

/* Whether the slice holds exactly the bytes of text. */
bool slice_equal(struct slice slice, const char *text);

/* The same, with the ASCII letters A to Z equal to a to z. */
bool slice_equal_nocase(struct slice slice, const char *text);

/* Whether the slice begins, or ends, with the bytes of text. */
bool slice_starts_with(struct slice slice, const char *text);
bool slice_ends_with(struct slice slice, const char *text);

/* Whether the byte occurs in the slice. */
bool slice_contains(struct slice slice, char byte);

/* Whether every byte is of a class of <ctype.h>, such as isalnum, or one of `others`. */
bool slice_all(struct slice slice, int (*is)(int), const char *others);

/* What is left of the slice after its first count bytes, at most len of them. */
struct slice slice_skip(struct slice slice, size_t count);

/*
 * Cuts at the first separator: returns what is before it, and leaves in rest what is after it. If
 * there is none, returns all of rest, and leaves a rest whose ptr is NULL.
 */
struct slice slice_cut(struct slice *rest, char separator);

/* The slice without the spaces and tabs at its two ends. */
struct slice slice_trim(struct slice slice);

/*
 * Reads the whole slice as digits in a base from 2 to 16. Returns false unless it is one digit or
 * more, and nothing else. A number that doesn't fit becomes UINT64_MAX.
 */
bool slice_number(struct slice digits, unsigned base, uint64_t *number);

#endif
