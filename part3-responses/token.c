#include "token.h"

#include <string.h>

bool token_is_valid(struct slice text)
{
	return text.len > 0 && token_is_made_of(text, "!#$%&'*+-.^_`|~");
}

bool token_is_visible(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < '!' || text.ptr[i] > '~')
			return false;
	return true;
}

bool token_is_encoded(struct slice text)
{
	uint64_t octet;

	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '%' &&
		    (text.len - i < 3 ||
		     !slice_number((struct slice){text.ptr + i + 1, 2}, 16, &octet)))
			return false;
	return true;
}

bool token_is_made_of(struct slice text, const char *others)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool plain =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

		if (!plain && (c == '\0' || strchr(others, c) == NULL))
			return false;
	}
	return true;
}
