/* Media types: RFC 9110, 8.3.1. */
#ifndef MEDIA_TYPE_H
#define MEDIA_TYPE_H

/*
 * The media type of a file, by the extension of its name, in upper or lower case; texts say that
 * they are UTF-8. "application/octet-stream" where the extension tells nothing.
 */
const char *media_type_of(const char *path);

#endif
