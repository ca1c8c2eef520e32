/* Header fields: RFC 9112, 5, and RFC 9110, 5. */
#ifndef FIELD_H
#define FIELD_H

#include "slice.h"

enum {
	FIELD_LIMIT = 100, /* field lines in a request */
};

struct field {
	struct slice name;
	struct slice value; /* without the white space around it */
};

/* The field lines of one request, in their order. */
struct fields {
	size_t count;
	struct field list[FIELD_LIMIT];
};

/* Whether text has no control characters but the tab: RFC 9110, 5.5. */
bool field_value_is_valid(struct slice text);

/*
 * Adds the field that a line, without its line end, holds; there must be room for it. Returns NULL,
 * or says in words what is wrong with the line.
 */
const char *fields_add(struct fields *fields, struct slice line);

/* The value of the first field of that name, in upper or lower case; its ptr is NULL if none is. */
struct slice fields_find(const struct fields *fields, const char *name);

/* How many field lines have that name, in upper or lower case. */
size_t fields_count(const struct fields *fields, const char *name);

#endif
