/* Status codes: RFC 9110, 15. */
#ifndef STATUS_H
#define STATUS_H

/* A status code that this server sends, with its reason phrase: "400 Bad Request". */
const char *status_text(int status);

#endif
