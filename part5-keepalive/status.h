/* Status codes: RFC 9110, 15. */
#ifndef STATUS_H
#define STATUS_H

/* The reason phrase of a status code that this server sends; "Unknown" for any other. */
const char *status_reason(int status);

#endif
