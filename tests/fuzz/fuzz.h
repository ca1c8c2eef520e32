/*
 * What all fuzz targets share. Each target is a program of libFuzzer: it is given one input after
 * another, and a broken assertion, a sanitizer's report or a hang is a finding.
 */
#ifndef FUZZ_H
#define FUZZ_H

#undef NDEBUG
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

/* Tries one input. Always returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Called once, before the first input. Always returns 0. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

#endif
