// SPDX-License-Identifier: MIT
// The only code that writes to a ledger: lock, temporary file, fsync, rename, fsync of the folders.
// A file is there whole or not at all.
#ifndef KEFU_STORE_STORE_H
#define KEFU_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/file.h"
#include "store/lock.h"
#include "store/mark.h"

/* "Durable" means what fsync(2), rename(2) and syncfs(2) promise.
 * STATUS_SYSTEM always means that nothing was written and nothing is left
 * behind; STATUS_UNDURABLE that a file is in place but the disk did not confirm
 * it. A failed fsync is never repeated: the second one may succeed although the
 * data were lost. */
struct store {
	struct root root;       /* readers of the same ledger may use it */
	struct lock lock;       /* .kefu/lock */
	struct lock turn;       /* .kefu/turn */
	struct file_names left; /* by store_find_left: paths of temporary files */
	struct err said; /* what the person is to know of marks that are damaged or gone, though it
			    ends nothing: with STATUS_DONE; or not set */
};

bool store_open(struct store *store, const char *ledger_path, struct err *err);
void store_close(struct store *store); /* unlocks; also after a failed store_open */

/* Waits at most TIMEOUT_MS (STORE_PATIENCE_MS for commands) for the lock, which
 * one writer at a time holds; makes .kefu/ when missing. When the last holder died
 * while writing, what it left is first made durable or removed. The caller has to
 * read again what it read before it held the lock. */
bool store_lock(struct store *store, unsigned timeout_ms, struct err *err);
void store_unlock(struct store *store); /* does nothing when not locked */

enum { STORE_PATIENCE_MS = 10000 };

#define STORE_FOLDER ".kefu" /* of the store, beneath the ledger */

/* For a dry run: whether the lock could be taken, or the turn, were it free. Takes nothing, makes
 * nothing. */
bool store_may_lock(const struct store *store, struct err *err);
bool store_may_turn(const struct store *store, struct err *err);

/* Importers look through the whole ledger before they write, which would take too long under the
 * lock. So they take turns: while one has the turn, no other adds rows, though everybody can
 * record between its batches. Waits like store_lock. store_close ends it, too. */
bool store_turn(struct store *store, unsigned timeout_ms, struct err *err);
void store_turn_end(struct store *store);

enum store_mode {
	STORE_CREATE,  /* the name must be free */
	STORE_REPLACE, /* a file of that name is replaced; its mode and group are kept */
};

enum store_result {
	STORE_WRITTEN,
	STORE_EXISTS, /* STORE_CREATE only: the name is taken, nothing written; ERR is not set */
	STORE_FAILED, /* with STATUS_UNDURABLE: the file is there all the same */
};

/* Writes a whole file below the root, makes its folders when missing, and
 * returns when it is on the disk. The lock must be held. A new file in a folder with
 * the setgid bit belongs to the folder's group and is as open as the folder,
 * whatever the umask; elsewhere the umask decides. */
enum store_result store_write(struct store *store, const char *relative, const char *text,
			      size_t len, enum store_mode mode, struct err *err);

/* The same, with the number that is used by it: MARK (or NULL) is raised once the file has its
 * name, and on the disk before this returns. Whoever dies in between has used up no number. */
enum store_result store_write_marked(struct store *store, const char *relative, const char *text,
				     size_t len, enum store_mode mode, const struct mark *mark,
				     struct err *err);

/* For a dry run: what store_write_marked and store_batch_add would answer, as far as that does not
 * depend on the moment. KEY is the mark's, or NULL. Writes nothing, needs no lock. */
enum store_result store_may_write(const struct store *store, const char *relative, size_t len,
				  enum store_mode mode, const char *key, struct err *err);

/* Makes the file and every folder up to the root durable once more. For a repeated
 * command that finds its document recorded already. A missing file is STATUS_SYSTEM. */
bool store_sync(struct store *store, const char *relative, struct err *err);

/* The same, with the number that is used by it: MARK is raised where it is lower. The lock must be
 * held. */
bool store_sync_marked(struct store *store, const char *relative, const struct mark *mark,
		       struct err *err);

/* Adds TEXT to the end of a file in STORE_FOLDER, which is made where it is missing and may be
 * lost: nothing is forced to the disk. The lock must be held. */
bool store_note(struct store *store, const char *relative, const char *text, size_t len,
		struct err *err);

/* Removes a file, durably. Only for one whose content has been written elsewhere
 * before. The lock must be held. A missing file is no failure. */
bool store_remove(struct store *store, const char *relative, struct err *err);

/* Looks through the whole ledger for temporary files that a writer may have left whose lock was
 * lost with it, at a power cut. To be called without the lock, as it takes long; the next
 * store_batch_begin removes those of them that are still there, which under the lock are nobody's.
 * What cannot be read is passed over: such files are hidden and harm nobody. */
void store_find_left(struct store *store);

/* Many files that are made durable together, which is faster. The lock is held from
 * begin to commit or abort. Before the commit only hidden temporary files exist. If
 * the process or the machine dies during the commit, some of the files may be there,
 * each of them whole; whoever runs it again looks and adds what is missing. The next
 * writer removes the temporary files of a batch that died (store_lock, store_find_left). */
struct store_batch;

struct store_batch *store_batch_begin(struct store *store, struct err *err); /* NULL on failure */

/* A path may be added once. STORE_WRITTEN: it will be there after the commit. */
enum store_result store_batch_add(struct store_batch *batch, const char *relative, const char *text,
				  size_t len, enum store_mode mode, struct err *err);

/* The number that is used by a file of the batch; the key is copied. */
void store_batch_mark(struct store_batch *batch, const struct mark *mark);

/* Each frees the batch. A failed commit is STATUS_SYSTEM (nothing written) or
 * STATUS_UNDURABLE (some of it, or durability unknown). */
bool store_batch_commit(struct store_batch *batch, struct err *err);
void store_batch_abort(struct store_batch *batch); /* NULL is allowed */

#endif
