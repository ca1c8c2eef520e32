#include "file.h"

#include <errno.h>
#include <unistd.h>

enum {
	AT_ONCE = 256 * 1024, /* bytes */
};

bool file_read(const struct file *file, struct slice *bytes)
{
	static char memory[AT_ONCE];
	size_t wanted = file->left < AT_ONCE ? (size_t)file->left : AT_ONCE;
	ssize_t count = 0;

	if (wanted > 0)
		do
			count = pread(file->descriptor, memory, wanted, file->offset);
		while (count < 0 && errno == EINTR);
	*bytes = (struct slice){memory, count > 0 ? (size_t)count : 0};
	return bytes->len > 0 || wanted == 0;
}

void file_sent(struct file *file, size_t count)
{
	file->offset += (off_t)count;
	file->left -= count;
	if (file->left == 0)
		file_close(file);
}

void file_close(struct file *file)
{
	if (file->descriptor >= 0)
		close(file->descriptor);
	*file = (struct file){.descriptor = -1};
}
