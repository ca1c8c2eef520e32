#include "token.h"

#include <ctype.h>

bool token_is_valid(struct slice text)
{
	return text.len > 0 && slice_all(text, isalnum, "!#$%&'*+-.^_`|~");
}
