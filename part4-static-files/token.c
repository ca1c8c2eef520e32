#include "token.h"

#include <ctype.h>

bool token_is_valid(struct slice text)
{
	return text.len > 0 && slice_all(text, isalnum, "!#$%&'*+-.^_`|~");
}

static int is_no_control(int octet)
{
	return !iscntrl(octet);
}

bool token_is_text(struct slice text)
{
	return slice_all(text, is_no_control, "\t");
}

int token_cut_octet(struct slice *text)
{
	bool encoded = *text->ptr == '%';
	uint64_t octet = (unsigned char)*text->ptr;

	if (encoded && (text->len < 3 ||
	                !slice_number((struct slice){text->ptr + 1, 2}, 16, &octet) || octet == 0))
		return -1;
	*text = slice_skip(*text, encoded ? 3 : 1);
	return (int)octet;
}

bool token_is_encoded(struct slice text)
{
	while (text.len > 0)
		if (token_cut_octet(&text) < 0)
			return false;
	return true;
}
