// SPDX-License-Identifier: MIT
// Files that a command line names and that are no part of the ledger.
#include "cli/foreign.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 16 };

bool foreign_read(const char *path, size_t max, struct buf *out, struct err *err)
{
	int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO)
					: open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return err_system(err, "%s", path);
	const size_t before = out->len;
	bool done = true;
	for (ssize_t got = 1; done && got && out->len - before <= max;) {
		buf_reserve(out, CHUNK);
		got = read(fd, out->data + out->len, CHUNK);
		if (got < 0 && errno == EINTR)
			continue;
		done = got >= 0 || err_system(err, "%s", path);
		out->len += done ? (size_t)got : 0;
		out->data[out->len] = '\0';
	}
	close(fd);
	if (done && out->len - before > max)
		done = err_set(err, STATUS_REFUSED, "%s: has more than %zu MiB", path, max >> 20);
	return done;
}

bool foreign_rows(const char *path, size_t max, const struct rows_options *options,
		  struct rows *rows, struct err *err)
{
	struct buf bytes;
	buf_init(&bytes);
	bool done = foreign_read(path, max, &bytes, err) &&
		    rows_open(rows, bytes.data, bytes.len, options, err);
	buf_clear(&bytes);
	return done;
}

bool foreign_write(const char *path, const char *bytes, size_t len, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666);
	if (fd < 0)
		return err_system(err, "%s", path);
	bool done = true;
	while (done && len) {
		ssize_t put = write(fd, bytes, len);
		if (put < 0 && errno == EINTR)
			continue;
		done = put > 0 || err_system(err, "%s", path);
		bytes += done ? put : 0;
		len -= done ? (size_t)put : 0;
	}
	if (close(fd) < 0 && done)
		done = err_system(err, "%s", path);
	return done;
}

bool foreign_may_write(const char *path, struct err *err)
{
	if (!faccessat(AT_FDCWD, path, W_OK, AT_EACCESS))
		return true;
	const char *slash = strrchr(path, '/');
	struct buf folder;
	buf_init(&folder);
	buf_add(&folder, slash ? path : ".", slash ? (size_t)(slash - path) + 1 : 1);
	bool done = errno == ENOENT && !faccessat(AT_FDCWD, folder.data, W_OK | X_OK, AT_EACCESS);
	buf_clear(&folder);
	return done || err_system(err, "%s", path);
}

bool foreign_lies_in(const char *path, const char *folder)
{
	char *real = realpath(path, NULL);
	if (!real && errno == ENOENT) {
		const char *slash = strrchr(path, '/');
		struct buf parent;
		buf_init(&parent);
		buf_add(&parent, slash ? path : ".", slash ? (size_t)(slash - path) + 1 : 1);
		real = realpath(parent.data, NULL);
		buf_clear(&parent);
	}
	size_t len = strlen(folder);
	bool inside = real && strncmp(real, folder, len) == 0 && (!real[len] || real[len] == '/');
	free(real);
	return inside;
}

bool foreign_same(const char *path, const char *other)
{
	struct stat first, second;
	return stat(path, &first) == 0 && stat(other, &second) == 0 &&
	       first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}
