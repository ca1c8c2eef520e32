/* Percent-encoding: RFC 3986, 2.1. */
#ifndef PERCENT_H
#define PERCENT_H

#include "slice.h"

/*
 * Takes one octet off the front of text, decoded. The text must not be empty. Returns -1 if a "%"
 * lacks its two digits, or they stand for NUL, which no name may hold.
 */
int percent_cut(struct slice *text);

/* Whether percent_cut() can decode all of the text. */
bool percent_is_valid(struct slice text);

#endif
