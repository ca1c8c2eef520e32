/* Tokens, the words of HTTP: RFC 9110, 5.6.2. */
#ifndef TOKEN_H
#define TOKEN_H

#include "slice.h"

/* Whether the text is a token: letters, digits and some signs, such as GET or Content-Type. */
bool token_is_valid(struct slice text);

/* Whether the text has no control characters but the tab: RFC 9110, 5.5. */
bool token_is_text(struct slice text);

/* Takes one octet off the front of text, percent-decoded: RFC 3986, 2.1. -1 if it is malformed. */
int token_cut_octet(struct slice *text);

/* Whether each "%" in the text has its two digits, and none of them stands for NUL. */
bool token_is_encoded(struct slice text);

#endif
