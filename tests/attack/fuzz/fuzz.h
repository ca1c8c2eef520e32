/*
 * What all fuzz targets share. Each target is a program of libFuzzer: it is given one input after
 * another, and a broken assertion, a sanitizer's report or a hang is a finding.
 *
 * Time stands still, so that a finding can be repeated: clock_now() and time() are ours.
 */
#ifndef FUZZ_H
#define FUZZ_H

#undef NDEBUG
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/* Tries one input. Always returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Called once, before the first input. Always returns 0. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* The time, in milliseconds, for both clocks: at first, 24 November 2026. */
extern int64_t fuzz_clock;

/*
 * Makes the folder "site" in the working directory, with files of all kinds, and around it, and in
 * it behind links and dots, what must never be served. Then opens it as the site.
 */
void fuzz_make_site(void);

/* Cuts a line off the rest, without the CR LF, or LF, behind it. */
struct slice fuzz_cut_line(struct slice *rest);

/* The lowest descriptor that is free. It is the same again if all that were opened were closed. */
int fuzz_free_descriptor(void);

#endif
