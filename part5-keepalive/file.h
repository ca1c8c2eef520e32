/* An open file on its way to a client; or its content, in memory. */
#ifndef FILE_H
#define FILE_H

#include <sys/types.h>

#include "slice.h"

/* { .descriptor = -1 } means that there is no file. */
struct file {
	int descriptor;
	off_t offset; /* where the next byte to send stands */
	uint64_t left; /* bytes still to be sent from there */
	const char *memory; /* all of the content; NULL if it has to be read */
	unsigned *readers; /* of that memory: one less when the file is closed */
};

/*
 * Reads what is to be sent next, as much as is sent at once, into memory that all files share: it
 * dies at the next call. Returns false if the file has shrunk, or can't be read.
 */
bool file_read(const struct file *file, struct slice *bytes);

/* Notes that count bytes have been sent; after the last one, closes the file. */
void file_sent(struct file *file, size_t count);

/* Closes the file, if there is one. */
void file_close(struct file *file);

#endif
