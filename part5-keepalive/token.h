/* Which octets may stand where: RFC 9110, 5.6.2, and RFC 3986, 2. */
#ifndef TOKEN_H
#define TOKEN_H

#include "slice.h"

/* Whether the text is a token, as methods and field names are: RFC 9110, 5.6.2. */
bool token_is_valid(struct slice text);

/* Whether all octets are printable ASCII, without the space: "!" to "~". */
bool token_is_visible(struct slice text);

/* Whether each "%" is followed by two hexadecimal digits: RFC 3986, 2.1. */
bool token_is_encoded(struct slice text);

/* Whether all octets are letters, digits or one of `others`. */
bool token_is_made_of(struct slice text, const char *others);

#endif
