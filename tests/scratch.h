// SPDX-License-Identifier: MIT
// A directory of its own for each cmocka test, removed afterwards with everything in it.
#ifndef KEFU_TESTS_SCRATCH_H
#define KEFU_TESTS_SCRATCH_H

#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct scratch {
	char path[64];
	int fd; /* for openat and friends */
};

static inline int scratch_setup(void **state)
{
	struct scratch *scratch = calloc(1, sizeof *scratch);
	const char *folder = getenv("TMPDIR");
	*state = scratch;
	snprintf(scratch->path, sizeof scratch->path, "%s/kefu-unit.XXXXXX",
		 folder && strlen(folder) < 40 ? folder : "/tmp");
	if (!mkdtemp(scratch->path))
		return -1;
	scratch->fd = open(scratch->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return scratch->fd < 0 ? -1 : 0;
}

static inline int scratch_remove(const char *path, const struct stat *found, int type,
				 struct FTW *at)
{
	(void)found, (void)type, (void)at;
	return remove(path);
}

static inline int scratch_teardown(void **state)
{
	struct scratch *scratch = *state;
	close(scratch->fd);
	nftw(scratch->path, scratch_remove, 16, FTW_DEPTH | FTW_PHYS);
	free(scratch);
	return 0;
}

static inline void scratch_mkdir(const struct scratch *scratch, const char *relative)
{
	assert_return_code(mkdirat(scratch->fd, relative, 0755), 0);
}

static inline void scratch_write(const struct scratch *scratch, const char *relative,
				 const char *text)
{
	int fd = openat(scratch->fd, relative, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	assert_return_code(fd, 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

/* Asserts that the file holds TEXT; NULL: that there is no such file. */
static inline void scratch_expect(const struct scratch *scratch, const char *relative,
				  const char *text)
{
	char found[4096] = "";
	int fd = openat(scratch->fd, relative, O_RDONLY | O_CLOEXEC);
	if (!text) {
		assert_int_equal(fd, -1);
		return;
	}
	assert_return_code(fd, 0);
	assert_true(read(fd, found, sizeof found - 1) >= 0);
	close(fd);
	assert_string_equal(found, text);
}

#endif
