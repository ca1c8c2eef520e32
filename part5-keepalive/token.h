/* Tokens, the words of HTTP: RFC 9110, 5.6.2. */
#ifndef TOKEN_H
#define TOKEN_H

#include "slice.h"

/* Whether the text is a token: letters, digits and some signs, such as GET or Content-Type. */
bool token_is_valid(struct slice text);

#endif
