#include "fuzz.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "options.h"
#include "site.h"

int64_t fuzz_clock = INT64_C(1795521600000);

int64_t clock_now(void)
{
	return fuzz_clock;
}

time_t time(time_t *also)
{
	time_t now = (time_t)(fuzz_clock / 1000);

	if (also != NULL)
		*also = now;
	return now;
}

/* A file of one letter, so many times; a new one was changed in the future. */
static void make_file(const char *path, char letter, size_t size, bool is_new)
{
	struct timespec times[2] = {{.tv_sec = 1000000000}, {.tv_sec = is_new ? 4000000000 : 1}};
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert(file >= 0);
	for (size_t i = 0; i < size; i++)
		assert(write(file, &letter, 1) == 1);
	assert(futimens(file, times) == 0);
	close(file);
}

static void make_link(const char *to, const char *path)
{
	unlink(path);
	assert(symlink(to, path) == 0);
}

static void make_bait(void)
{
	mkdir("outside", 0755);
	make_file("outside/secret", 'x', 7, false);
	make_file("outside/index.html", 'x', 7, false);
	make_file("secret", 'x', 7, false);
	make_file("secret.html", 'x', 7, false);
	make_file("index.html", 'x', 7, false);
	make_file("site/.hidden", 'x', 7, false);
	mkdir("site/.folder", 0755);
	make_file("site/.folder/secret", 'x', 7, false);
	make_file("site/.html", 'x', 7, false);
	make_link("../secret", "site/link");
	make_link("../secret.html", "site/page2.html");
	make_link("../outside", "site/out");
	make_link(".", "site/self");
	make_link("../../outside/index.html", "site/dir/index.html");
	mkfifo("site/fifo", 0644);
}

void fuzz_make_site(void)
{
	static const char *const folders[] = {"site",        "site/dir",         "site/dir/deep",
	                                      "site/folder", "site/.well-known", "site/both",
	                                      "site/\\far"};

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		mkdir(folders[i], 0755);
	make_file("site/index.html", 'x', 300, false);
	make_file("site/large", 'x', 140 * 1024, false); /* too large to be kept in memory */
	make_file("site/medium", 'x', 100 * 1024, false); /* too large to be sent with others */
	make_file("site/red", 'y', 100 * 1024,
	          false); /* has its place in memory where medium has */
	make_file("site/empty", 'x', 0, false);
	make_file("site/new", 'x', 10, true);
	make_file("site/page.html", 'x', 10, false);
	make_file("site/both.html", 'x', 10, false);
	make_file("site/a b%", 'x', 10, false);
	make_file("site/dir/deep/file", 'x', 10, false);
	make_file("site/folder/index.html", 'x', 10, false);
	make_file("site/.well-known/x", 'x', 10, false);
	make_bait();
	options.quiet = true;
	setenv("TZ", "UTC0", 1);
	site_open("site");
}

struct slice fuzz_cut_line(struct slice *rest)
{
	struct slice line = slice_cut(rest, '\n');

	line.len -= slice_ends_with(line, "\r");
	return line;
}

int fuzz_free_descriptor(void)
{
	int descriptor = dup(STDERR_FILENO);

	assert(descriptor >= 0);
	close(descriptor);
	return descriptor;
}
