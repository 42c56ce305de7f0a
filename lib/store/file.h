// SPDX-License-Identifier: MIT
// Reads files beneath a root directory: no symbolic links, nothing outside of it, plain files only.
// Never writes, takes no lock.
#ifndef KEFU_STORE_FILE_H
#define KEFU_STORE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/* The directory that all relative paths below start from. The descriptor is O_PATH:
 * it keeps meaning this directory even if that is renamed or moved. */
struct root {
	int fd;
	char *path; /* as it was given, for messages; heap */
};

/* Also opens whichever of the descriptors 0 to 2 are closed, so that no file of the ledger can get
 * the number of stdout and be printed into. Reading and writing them still fails with EBADF. */
bool root_open(struct root *root, const char *path, struct err *err);
void root_close(struct root *root); /* also after a failed root_open */

/* openat2(2) beneath the root with RESOLVE_BENEATH, NO_SYMLINKS and
 * NO_MAGICLINKS; O_CLOEXEC is added. Returns a descriptor, or -1 with errno. */
int root_reach(const struct root *root, const char *relative, int flags, mode_t mode);

/* Puts the errno of a failed call on RELATIVE into words ("cannot ACTION").
 * A link, a way out of the root or something that is no plain file is
 * STATUS_DAMAGED, anything else STATUS_SYSTEM. Returns false. */
bool root_explain(const struct root *root, const char *relative, const char *action,
		  struct err *err);

enum file_result {
	FILE_READ,
	FILE_ABSENT, /* no such file, or no such folder on the way; ERR is not set */
	FILE_FAILED,
};

/* Reads a whole file of at most MAX bytes into OUT, which is emptied first.
 * Writers replace files by renaming, so what is read is always one whole
 * version. Anything but a plain file and anything larger is STATUS_DAMAGED;
 * a FIFO does not hang. The error's place is the relative path. */
enum file_result file_read(const struct root *root, const char *relative, size_t max,
			   struct buf *out, struct err *err);

/* Whether there is a plain file at RELATIVE. Good enough for the wording of a message, not for
 * deciding whether a name is free: another process may take it meanwhile (use STORE_CREATE). */
bool file_exists(const struct root *root, const char *relative);

/* Whether something stands in PATH, a path or a name, before ENDING at its end. */
bool file_ends_in(const char *path, const char *ending);

struct file_names {
	char **items; /* heap, terminated */
	size_t count;
};

/* The names in a folder ("." for the root itself), sorted by their bytes,
 * without those that begin with a dot, such as temporary files. NAMES is the
 * caller's and emptied first; clear it even after a failure. */
enum file_result file_list(const struct root *root, const char *folder, struct file_names *names,
			   struct err *err);
/* Keeps the names that end in ENDING, without it: of "lihua.yaml" and "notes.txt" by ".yaml" stays
 * "lihua". */
void file_names_keep(struct file_names *names, const char *ending);
void file_names_clear(struct file_names *names);

#endif
