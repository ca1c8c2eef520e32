/* The request target (RFC 9112, 3.2) and what it is made of (RFC 3986, 3). */
#ifndef TARGET_H
#define TARGET_H

#include "slice.h"

/* What a target doesn't have is a slice whose ptr is NULL. Nothing is percent-decoded. */
struct target {
	struct slice text; /* all of it */
	struct slice authority; /* of absolute-form and authority-form: "example.com:8080" */
	struct slice path; /* of origin-form and absolute-form: "/a%20b" */
	struct slice query; /* what stands behind the "?" */
};

/*
 * Takes apart target->text, in one of the forms that the method allows: RFC 9112, 3.2.1 to 3.2.4.
 * Returns NULL, or says in words what is wrong.
 */
const char *target_parse(struct target *target, struct slice method);

/* Whether text is a host, with or without a port: RFC 9110, 7.2; RFC 3986, 3.2.2. */
bool target_is_authority(struct slice text);

#endif
