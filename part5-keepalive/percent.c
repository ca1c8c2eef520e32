#include "percent.h"

int percent_cut(struct slice *text)
{
	bool encoded = *text->ptr == '%';
	uint64_t octet = (unsigned char)*text->ptr;

	if (encoded && (text->len < 3 ||
	                !slice_number((struct slice){text->ptr + 1, 2}, 16, &octet) || octet == 0))
		return -1;
	*text = slice_skip(*text, encoded ? 3 : 1);
	return (int)octet;
}

bool percent_is_valid(struct slice text)
{
	while (text.len > 0)
		if (percent_cut(&text) < 0)
			return false;
	return true;
}
