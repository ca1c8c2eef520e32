/* The time, for deadlines. */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

/* Milliseconds since some moment in the past, by a clock that never jumps. */
int64_t clock_now(void);

#endif
