// SPDX-License-Identifier: MIT
// Reads files beneath a root directory: no symbolic links, nothing outside of it, plain files only.
// Never writes, takes no lock.
#include "store/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/mem.h"

static bool hold_standard(struct err *err)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) >= 0)
			continue;
		/* The lowest free descriptor is this one. O_PATH can neither be
		 * read nor written, so a closed stdout stays an error. */
		if (open("/", O_PATH | O_DIRECTORY) < 0)
			return err_system(err, "cannot open /");
	}
	return true;
}

bool root_open(struct root *root, const char *path, struct err *err)
{
	*root = (struct root){.fd = -1};
	if (!hold_standard(err))
		return false;
	root->fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root->fd < 0)
		return err_system(err, "cannot open %s", path);
	root->path = mem_dup(path);
	return true;
}

void root_close(struct root *root)
{
	if (root->fd >= 0)
		close(root->fd);
	free(root->path);
	*root = (struct root){.fd = -1};
}

int root_reach(const struct root *root, const char *relative, int flags, mode_t mode)
{
	struct open_how how = {
		.flags = (unsigned)flags | O_CLOEXEC,
		.mode = flags & O_CREAT ? mode : 0,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
	};
	/* The kernel gives up with EAGAIN on a path with ".." when anything is
	 * renamed meanwhile; busy writers must not make a reader fail. */
	for (int tries = 0;;) {
		int fd = (int)syscall(SYS_openat2, root->fd, relative, &how, sizeof how);
		if (fd >= 0 || (errno != EINTR && (errno != EAGAIN || ++tries == 64)))
			return fd;
	}
}

/* How much of RELATIVE leads to its first symbolic link; all of it when none is found any more. */
static size_t link_length(const struct root *root, const char *relative)
{
	size_t len = strlen(relative);
	char *prefix = mem_dup(relative);
	for (size_t i = 1; i < len; i++) {
		if (relative[i] != '/')
			continue;
		struct stat found;
		prefix[i] = '\0';
		bool is_link = !fstatat(root->fd, prefix, &found, AT_SYMLINK_NOFOLLOW) &&
			       S_ISLNK(found.st_mode);
		prefix[i] = '/';
		if (is_link) {
			len = i;
			break;
		}
	}
	free(prefix);
	return len;
}

bool root_explain(const struct root *root, const char *relative, const char *action,
		  struct err *err)
{
	switch (errno) {
	case ELOOP: {
		char *link = mem_dup_len(relative, link_length(root, relative));
		err_set(err, STATUS_DAMAGED,
			"is a symbolic link: the ledger holds only plain files");
		err_place(err, link, 0, 0);
		free(link);
		return false;
	}
	case EXDEV:
		err_set(err, STATUS_DAMAGED, "leads out of the ledger");
		break;
	case ENOTDIR:
		err_set(err, STATUS_DAMAGED, "a part of this path is not a folder");
		break;
	case EISDIR:
	case ENXIO: /* a socket */
		err_set(err, STATUS_DAMAGED, "is not a plain file");
		break;
	default:
		err_system(err, "cannot %s", action);
	}
	return err_place(err, relative, 0, 0);
}

/* Reads the rest of FD, probably SIZE bytes, but at most MAX + 1. */
static bool read_all(int fd, size_t size, size_t max, struct buf *out)
{
	size_t step = (size < max ? size : max) + 1;
	while (out->len <= max) {
		buf_reserve(out, step);
		size_t room = out->cap - 1 - out->len;
		if (room > max + 1 - out->len)
			room = max + 1 - out->len;
		ssize_t got = read(fd, out->data + out->len, room);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		if (!got)
			break;
		out->len += (size_t)got;
		step = 4096;
	}
	buf_reserve(out, 0);
	out->data[out->len] = '\0';
	return true;
}

enum file_result file_read(const struct root *root, const char *relative, size_t max,
			   struct buf *out, struct err *err)
{
	enum file_result result = FILE_FAILED;
	struct stat found;

	buf_reset(out);
	int fd = root_reach(root, relative, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
	if (fd < 0 && errno == ENOENT)
		return FILE_ABSENT;
	if (fd < 0 || fstat(fd, &found) < 0) {
		root_explain(root, relative, "read", err);
		goto out;
	}
	if (!S_ISREG(found.st_mode)) {
		errno = EISDIR;
		root_explain(root, relative, "read", err);
		goto out;
	}
	if (!read_all(fd, (size_t)found.st_size, max, out)) {
		root_explain(root, relative, "read", err);
		goto out;
	}
	if (out->len > max) {
		err_set(err, STATUS_DAMAGED, "is larger than %zu bytes", max);
		err_place(err, relative, 0, 0);
		goto out;
	}
	result = FILE_READ;
out:
	if (fd >= 0)
		close(fd);
	if (result != FILE_READ)
		buf_reset(out);
	return result;
}

bool file_exists(const struct root *root, const char *relative)
{
	struct stat found;
	int fd = root_reach(root, relative, O_PATH | O_NOFOLLOW, 0);
	if (fd < 0)
		return false;
	bool exists = !fstat(fd, &found) && S_ISREG(found.st_mode);
	close(fd);
	return exists;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

enum file_result file_list(const struct root *root, const char *folder, struct file_names *names,
			   struct err *err)
{
	enum file_result result = FILE_FAILED;
	DIR *stream = NULL;

	*names = (struct file_names){0};
	int fd = root_reach(root, folder, O_RDONLY | O_DIRECTORY, 0);
	if (fd < 0 && errno == ENOENT)
		return FILE_ABSENT;
	if (fd < 0 || !(stream = fdopendir(fd))) {
		root_explain(root, folder, "read this folder", err);
		goto out;
	}
	fd = -1; /* the stream's now */
	for (struct dirent *entry; errno = 0, (entry = readdir(stream));) {
		if (entry->d_name[0] == '.')
			continue;
		names->items = mem_room(names->items, names->count, 1, sizeof *names->items);
		names->items[names->count++] = mem_dup(entry->d_name);
	}
	if (errno) {
		root_explain(root, folder, "read this folder", err);
		goto out;
	}
	if (names->count)
		qsort(names->items, names->count, sizeof *names->items, compare_names);
	result = FILE_READ;
out:
	if (stream)
		closedir(stream);
	if (fd >= 0)
		close(fd);
	return result;
}

bool file_ends_in(const char *path, const char *ending)
{
	size_t len = strlen(path), cut = strlen(ending);
	return len > cut && memcmp(path + len - cut, ending, cut) == 0;
}

void file_names_keep(struct file_names *names, const char *ending)
{
	size_t kept = 0;
	for (size_t i = 0; i < names->count; i++) {
		char *name = names->items[i];
		if (file_ends_in(name, ending)) {
			name[strlen(name) - strlen(ending)] = '\0';
			names->items[kept++] = name;
		} else {
			free(name);
		}
	}
	names->count = kept;
}

void file_names_clear(struct file_names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	free(names->items);
	*names = (struct file_names){0};
}
