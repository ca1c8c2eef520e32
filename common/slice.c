#include "slice.h"

#include <string.h>
#include <strings.h>

struct slice slice_of(const char *text)
{
	return (struct slice){text, strlen(text)};
}

bool slice_equal(struct slice slice, const char *text)
{
	return slice.len == strlen(text) && slice_starts_with(slice, text);
}

bool slice_equal_nocase(struct slice slice, const char *text)
{
	size_t len = strlen(text);

	return slice.len == len && (len == 0 || strncasecmp(slice.ptr, text, len) == 0);
}

bool slice_starts_with(struct slice slice, const char *text)
{
	size_t len = strlen(text);

	return slice.len >= len && (len == 0 || memcmp(slice.ptr, text, len) == 0);
}

bool slice_ends_with(struct slice slice, const char *text)
{
	size_t len = strlen(text);

	return slice.len >= len && slice_equal(slice_skip(slice, slice.len - len), text);
}

bool slice_contains(struct slice slice, char byte)
{
	return slice.len > 0 && memchr(slice.ptr, byte, slice.len) != NULL;
}

bool slice_all(struct slice slice, int (*is)(int), const char *others)
{
	for (size_t i = 0; i < slice.len; i++)
		if (!is((unsigned char)slice.ptr[i]) &&
		    (slice.ptr[i] == '\0' || strchr(others, slice.ptr[i]) == NULL))
			return false;
	return true;
}

struct slice slice_skip(struct slice slice, size_t count)
{
	if (count == 0)
		return slice;
	return (struct slice){slice.ptr + count, slice.len - count};
}

struct slice slice_cut(struct slice *rest, char separator)
{
	struct slice all = *rest;
	const char *found = all.len > 0 ? memchr(all.ptr, separator, all.len) : NULL;

	if (found == NULL) {
		*rest = (struct slice){NULL, 0};
		return all;
	}
	*rest = slice_skip(all, (size_t)(found - all.ptr) + 1);
	return (struct slice){all.ptr, (size_t)(found - all.ptr)};
}

struct slice slice_trim(struct slice slice)
{
	while (slice.len > 0 && (*slice.ptr == ' ' || *slice.ptr == '\t'))
		slice = slice_skip(slice, 1);
	while (slice.len > 0 &&
	       (slice.ptr[slice.len - 1] == ' ' || slice.ptr[slice.len - 1] == '\t'))
		slice.len--;
	return slice;
}

bool slice_number(struct slice digits, unsigned base, uint64_t *number)
{
	static const char alphabet[] = "00112233445566778899aAbBcCdDeEfF";
	const char *found;

	*number = 0;
	for (size_t i = 0; i < digits.len; i++) {
		found = memchr(alphabet, digits.ptr[i], (size_t)2 * base);
		if (found == NULL)
			return false;
		unsigned digit = (unsigned)(found - alphabet) / 2;
		bool fits = *number <= (UINT64_MAX - digit) / base;
		*number = fits ? *number * base + digit : UINT64_MAX;
	}
	return digits.len > 0;
}
