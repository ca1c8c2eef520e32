#include "file.h"

#include <errno.h>
#include <unistd.h>

bool file_top_up(struct file *file, struct buffer *outgoing)
{
	size_t room = buffer_room(outgoing);
	size_t wanted = file->left < room ? (size_t)file->left : room;
	char *space = wanted > 0 ? buffer_space(outgoing) : NULL;

	if (space == NULL)
		return wanted == 0;
	ssize_t count = pread(file->descriptor, space, wanted, file->offset);
	file->lent = count > 0 ? (size_t)count : 0;
	file->offset += (off_t)file->lent;
	file->left -= file->lent;
	buffer_added(outgoing, file->lent);
	return count > 0 || (count < 0 && errno == EINTR);
}

void file_take_back(struct file *file, struct buffer *outgoing)
{
	size_t unsent = file->lent < outgoing->len ? file->lent : outgoing->len;

	buffer_cut(outgoing, outgoing->len - unsent);
	file->offset -= (off_t)unsent;
	file->left += unsent;
	file->lent = 0;
	if (file->left == 0)
		file_close(file);
}

void file_close(struct file *file)
{
	if (file->descriptor >= 0)
		close(file->descriptor);
	*file = (struct file){.descriptor = -1};
}
