/* An open file, on its way to a client. */
#ifndef FILE_H
#define FILE_H

#include <sys/types.h>

#include "buffer.h"

/* No file is { .descriptor = -1 }; 0 is a descriptor like others. */
struct file {
	int descriptor;
	off_t offset; /* where the next byte to send stands */
	uint64_t left; /* bytes still to be read from there */
	size_t lent; /* how many of those read last are not known to be sent */
};

/* Reads on into the buffer, as much as fits. False where the file has shrunk, or can't be read. */
bool file_top_up(struct file *file, struct buffer *outgoing);

/*
 * Takes out of the buffer what was read last and not sent: it can wait in the file, and costs no
 * memory there. Closes the file if there is no more of it to come.
 */
void file_take_back(struct file *file, struct buffer *outgoing);

/* Closes the file, if there is one. */
void file_close(struct file *file);

#endif
