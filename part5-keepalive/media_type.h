/* Media types: RFC 9110, 8.3.1. */
#ifndef MEDIA_TYPE_H
#define MEDIA_TYPE_H

/*
 * The media type of a file, by the extension of its name, in upper or lower case. Texts say that
 * they are UTF-8. If the extension tells nothing, it is "application/octet-stream".
 */
const char *media_type_of(const char *name);

#endif
