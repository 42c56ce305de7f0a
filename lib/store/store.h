// SPDX-License-Identifier: MIT
// The only writer: lock, temporary file, fsync, rename, fsync of the folders. A file is whole or
// not there at all.
#ifndef KEFU_STORE_STORE_H
#define KEFU_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/file.h"
#include "store/lock.h"

/* What the disk is asked to promise is what fsync(2), rename(2) and syncfs(2)
 * promise. STATUS_SYSTEM always means that nothing was written and nothing
 * is left behind; STATUS_UNDURABLE that a file is in place but the disk did
 * not confirm it. A failed fsync is never repeated: the second may well
 * succeed without the data. */
struct store {
	struct root root; /* readers of the same ledger may use it */
	struct lock lock; /* .kefu/lock */
};

bool store_open(struct store *store, const char *ledger_path, struct err *err);
void store_close(struct store *store); /* unlocks; also after a failed store_open */

/* Waits at most TIMEOUT_MS (STORE_PATIENCE_MS for commands) for the only
 * right to write; makes .kefu/ when missing. When the holder before died at
 * work, what it left is made durable or removed first. Everything read before
 * the lock was held has to be read again. */
bool store_lock(struct store *store, unsigned timeout_ms, struct err *err);
void store_unlock(struct store *store); /* nothing when not locked */

enum { STORE_PATIENCE_MS = 10000 };

enum store_mode {
	STORE_CREATE,  /* the name must be free */
	STORE_REPLACE, /* whether or not it is; mode and group are kept */
};

enum store_result {
	STORE_WRITTEN,
	STORE_EXISTS, /* STORE_CREATE only: the name is taken, nothing written; ERR is not set */
	STORE_FAILED, /* with STATUS_UNDURABLE: the file is there all the same */
};

/* Writes a whole file below the root, the folders on its way included, and
 * returns when it is on the disk. The lock must be held. New files may be
 * read and written by the group, in a folder with the setgid bit by whoever
 * may use that folder, whatever the umask. */
enum store_result store_write(struct store *store, const char *relative, const char *text,
			      size_t len, enum store_mode mode, struct err *err);

/* For a retry that finds its record already there: asks the disk again for
 * the file and every folder up to the root. A missing file is STATUS_SYSTEM. */
bool store_sync(struct store *store, const char *relative, struct err *err);

/* Takes a file away, durably; for what has been written elsewhere before.
 * The lock must be held. A missing file is no failure. */
bool store_remove(struct store *store, const char *relative, struct err *err);

/* Many files with one acknowledgement. The lock is held from begin to the
 * end. Nothing but hidden temporaries exists before the commit; if the
 * process or the machine dies in it, any of the files may be there, each
 * whole, so the caller looks again and adds what is missing. Temporaries of
 * a batch that died are removed by the next. */
struct store_batch;

struct store_batch *store_batch_begin(struct store *store, struct err *err); /* NULL on failure */

/* A path may be added once. STORE_WRITTEN: it will be there after the commit. */
enum store_result store_batch_add(struct store_batch *batch, const char *relative, const char *text,
				  size_t len, enum store_mode mode, struct err *err);

/* Each frees the batch. A failed commit is STATUS_SYSTEM (nothing written) or
 * STATUS_UNDURABLE (some of it, or durability unknown). */
bool store_batch_commit(struct store_batch *batch, struct err *err);
void store_batch_abort(struct store_batch *batch); /* NULL is allowed */

#endif
