// SPDX-License-Identifier: MIT
// The only code that writes to a ledger: lock, temporary file, fsync, rename, fsync of the folders.
// A file is there whole or not at all.
#include "store/store_parts.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/rights.h"

#define STORE_LOCK STORE_FOLDER "/lock"
#define STORE_TURN STORE_FOLDER "/turn"

/* Deeper than any ledger; bounds the descriptors a write holds open. */
enum { DEPTH_MAX = 16 };

/* The folders from the root (the first) down to a file's own (the last). */
struct chain {
	int fds[DEPTH_MAX];
	size_t count;
	size_t made;     /* how many of the last ones are new */
	struct buf path; /* the last one's, relative; "" for the root */
};

/* A file written under a hidden name, to be renamed. */
struct draft {
	char *relative, *temporary; /* heap; the second is a name, not a path */
	enum store_mode mode;
};

struct store_batch {
	struct store *store;
	int sync_fd; /* opened before anything is written, so that syncfs reports what goes wrong
			with it */
	dev_t device;
	struct chain chain; /* of the last file added or renamed: files come in folders */
	struct draft *drafts;
	size_t count;
	char **made; /* folders made for this batch, outer before inner; heap */
	size_t made_count;
	struct mark *marks; /* with keys of their own */
	size_t mark_count;
};

bool store_open(struct store *store, const char *ledger_path, struct err *err)
{
	store->lock = store->turn = (struct lock)LOCK_INIT;
	store->left = (struct file_names){0};
	store->said = (struct err)ERR_INIT;
	return root_open(&store->root, ledger_path, err);
}

void store_close(struct store *store)
{
	store_unlock(store);
	store_turn_end(store);
	root_close(&store->root);
	file_names_clear(&store->left);
	err_clear(&store->said);
}

static bool locked(const struct store *store, struct err *err)
{
	return store->lock.fd >= 0 || err_set(err, STATUS_SYSTEM, "writing without the lock");
}

/* What follows the last slash. */
static const char *name_of(const char *relative)
{
	const char *slash = strrchr(relative, '/');
	return slash ? slash + 1 : relative;
}

static void chain_init(struct chain *chain)
{
	chain->count = chain->made = 0;
	buf_init(&chain->path);
}

static void chain_close(struct chain *chain)
{
	while (chain->count)
		close(chain->fds[--chain->count]);
	chain->made = 0;
	buf_clear(&chain->path);
}

/* Removes the folders the chain has made, as far as they are empty, and closes it. */
static void chain_undo(struct chain *chain)
{
	for (; chain->made; chain->made--) {
		close(chain->fds[--chain->count]);
		unlinkat(chain->fds[chain->count - 1], name_of(chain->path.data), AT_REMOVEDIR);
		const char *slash = strrchr(chain->path.data, '/');
		chain->path.len = slash ? (size_t)(slash - chain->path.data) : 0;
		chain->path.data[chain->path.len] = '\0';
	}
	chain_close(chain);
}

/* MADE is NULL where a missing folder is a failure. Returns -1 with errno. */
static int folder_open(int parent, const char *name, bool *made)
{
	const struct root at = {.fd = parent};
	int fd = root_reach(&at, name, O_RDONLY | O_DIRECTORY, 0);
	if (fd >= 0 || errno != ENOENT || !made)
		return fd;

	if (mkdirat(parent, name, 0775) < 0 && errno != EEXIST)
		return -1;
	fd = root_reach(&at, name, O_RDONLY | O_DIRECTORY, 0);
	if (fd >= 0 && rights_of_new(fd, parent, 0777)) {
		*made = true;
		return fd;
	}
	int code = errno;
	if (fd >= 0)
		close(fd);
	unlinkat(parent, name, AT_REMOVEDIR);
	errno = code;
	return -1;
}

/* Opens every folder on the way to RELATIVE. With MAKE missing ones are made;
 * after a failure none of those is left. */
static bool chain_open(struct chain *chain, const struct root *root, const char *relative,
		       bool make, struct err *err)
{
	chain_init(chain);
	int fd = root_reach(root, ".", O_RDONLY | O_DIRECTORY, 0);
	if (fd < 0)
		return root_explain(root, ".", "open this folder", err);
	chain->fds[chain->count++] = fd;

	struct buf next;
	buf_init(&next);
	for (const char *slash = relative; (slash = strchr(slash, '/')); slash++) {
		buf_reset(&next);
		buf_add(&next, relative, (size_t)(slash - relative));
		bool made = false;
		errno = ENAMETOOLONG;
		fd = chain->count == DEPTH_MAX
			     ? -1
			     : folder_open(chain->fds[chain->count - 1], name_of(next.data),
					   make ? &made : NULL);
		if (fd < 0) {
			root_explain(root, next.data, "open this folder", err);
			buf_clear(&next);
			chain_undo(chain);
			return false;
		}
		chain->fds[chain->count++] = fd;
		chain->made += made;
		buf_reset(&chain->path);
		buf_adds(&chain->path, next.data);
	}
	buf_clear(&next);
	return true;
}

static int chain_last(const struct chain *chain)
{
	return chain->fds[chain->count - 1];
}

/* The last COUNT folders, the innermost first. */
static bool chain_sync(const struct chain *chain, size_t count)
{
	for (size_t i = 0; i < count && i < chain->count; i++)
		if (fsync(chain->fds[chain->count - 1 - i]) < 0)
			return false;
	return true;
}

static bool undurable(const char *relative, struct err *err)
{
	int code = errno;
	err_set(err, STATUS_UNDURABLE,
		"written, but whether it survives a power cut is unknown: %s", strerror(code));
	return err_place(err, relative, 0, 0);
}

/* ---- drafts ---- */

static void draft_clear(struct draft *draft)
{
	free(draft->relative);
	free(draft->temporary);
	*draft = (struct draft){0};
}

static bool write_all(int fd, const char *text, size_t len)
{
	struct rlimit limit;
	if (!getrlimit(RLIMIT_FSIZE, &limit) && limit.rlim_cur < len) {
		errno = EFBIG; /* rather than SIGXFSZ */
		return false;
	}
	while (len) {
		ssize_t put = write(fd, text, len);
		if (put < 0 && errno == EINTR)
			continue;
		if (!put)
			errno = ENOSPC;
		if (put <= 0)
			return false;
		text += put;
		len -= (size_t)put;
	}
	return true;
}

static char *temporary_name(const char *name)
{
	uint64_t chance;
	if (getrandom(&chance, sizeof chance, 0) != sizeof chance)
		return NULL;
	struct buf temporary;
	buf_init(&temporary);
	buf_addf(&temporary, ".%s.%ld.%016" PRIx64 ".tmp", name, (long)getpid(), chance);
	return buf_take(&temporary);
}

static bool is_temporary(const char *name)
{
	const size_t tail = sizeof ".0123456789abcdef.tmp" - 1;
	size_t len = strlen(name);
	if (name[0] != '.' || len < tail + 3 || strcmp(name + len - 4, ".tmp") ||
	    name[len - tail] != '.')
		return false;
	for (size_t i = len - tail + 1; i < len - 4; i++)
		if (!isxdigit((unsigned char)name[i]))
			return false;
	return isdigit((unsigned char)name[len - tail - 1]);
}

/* Writes TEXT beside its place, in the chain's last folder. On anything but
 * STORE_WRITTEN there is no temporary and nothing to clear. */
static enum store_result draft_write(struct draft *draft, const struct chain *chain,
				     const struct root *root, const char *relative,
				     const char *text, size_t len, enum store_mode mode,
				     bool durable, struct err *err)
{
	struct stat old;
	const char *name = name_of(relative);
	int at = chain_last(chain), fd = -1;

	*draft = (struct draft){0};
	bool exists = !fstatat(at, name, &old, AT_SYMLINK_NOFOLLOW);
	if (exists && mode == STORE_CREATE)
		return STORE_EXISTS;
	if (exists && !S_ISREG(old.st_mode)) {
		errno = S_ISLNK(old.st_mode) ? ELOOP : EISDIR;
		goto failed;
	}
	draft->temporary = temporary_name(name);
	if (!draft->temporary)
		goto failed;
	fd = openat(at, draft->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		    0664);
	if (fd < 0)
		goto failed;
	if (!(exists ? rights_of_old(fd, at, name, &old) : rights_of_new(fd, at, 0666)) ||
	    !write_all(fd, text, len) || (durable && fsync(fd) < 0))
		goto failed;
	int closing = fd;
	fd = -1;
	if (close(closing) < 0)
		goto failed;
	draft->relative = mem_dup(relative);
	draft->mode = mode;
	return STORE_WRITTEN;
failed:
	root_explain(root, relative, "write", err);
	if (fd >= 0)
		close(fd);
	if (draft->temporary)
		unlinkat(at, draft->temporary, 0);
	draft_clear(draft);
	return STORE_FAILED;
}

/* Gives the draft its name. On anything but STORE_WRITTEN the temporary is gone. */
static enum store_result draft_place(struct draft *draft, const struct chain *chain,
				     const struct root *root, struct err *err)
{
	int at = chain_last(chain);
	const char *name = name_of(draft->relative);
	if (!renameat2(at, draft->temporary, at, name,
		       draft->mode == STORE_CREATE ? RENAME_NOREPLACE : 0))
		return STORE_WRITTEN;
	int code = errno;
	unlinkat(at, draft->temporary, 0);
	errno = code;
	if (code == EEXIST)
		return STORE_EXISTS;
	root_explain(root, draft->relative, "write", err);
	return STORE_FAILED;
}

/* ---- one file ---- */

enum store_result store_write(struct store *store, const char *relative, const char *text,
			      size_t len, enum store_mode mode, struct err *err)
{
	return store_write_marked(store, relative, text, len, mode, NULL, err);
}

enum store_result store_write_marked(struct store *store, const char *relative, const char *text,
				     size_t len, enum store_mode mode, const struct mark *mark,
				     struct err *err)
{
	struct chain chain;
	struct draft draft;
	struct marking marking = {0};

	if (!locked(store, err) || !chain_open(&chain, &store->root, relative, true, err))
		return STORE_FAILED;
	enum store_result result =
		draft_write(&draft, &chain, &store->root, relative, text, len, mode, true, err);
	if (result == STORE_WRITTEN && mark && !marking_begin(&marking, store, mark, 1, err)) {
		unlinkat(chain_last(&chain), draft.temporary, 0);
		result = STORE_FAILED;
	}
	if (result == STORE_WRITTEN)
		result = draft_place(&draft, &chain, &store->root, err);
	if (result != STORE_WRITTEN) {
		marking_drop(&marking, store);
		chain_undo(&chain);
	} else if (!marking_end(&marking, store, true) || !chain_sync(&chain, chain.made + 1)) {
		undurable(relative, err);
		result = STORE_FAILED;
	}
	draft_clear(&draft);
	chain_close(&chain);
	return result;
}

int store_touch(struct store *store, const char *relative, size_t *new, struct err *err)
{
	const int flags = O_RDWR | O_NONBLOCK | O_NOCTTY;
	struct chain chain;
	*new = 0;
	int fd = root_reach(&store->root, relative, flags, 0);
	if (fd >= 0)
		return fd;
	if (errno != ENOENT) {
		root_explain(&store->root, relative, "write", err);
		return -1;
	}
	if (!chain_open(&chain, &store->root, relative, true, err))
		return -1;
	fd = openat(chain_last(&chain), name_of(relative),
		    flags | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0664);
	if (fd < 0 || !rights_of_new(fd, chain_last(&chain), 0666)) {
		root_explain(&store->root, relative, "write", err);
		if (fd >= 0)
			close(fd);
		fd = -1;
	}
	*new = chain.made + 1;
	chain_close(&chain);
	return fd;
}

bool store_note(struct store *store, const char *relative, const char *text, size_t len,
		struct err *err)
{
	size_t new;
	int fd = locked(store, err) ? store_touch(store, relative, &new, err) : -1;
	if (fd < 0)
		return false;
	off_t end = lseek(fd, 0, SEEK_END);
	bool done = end >= 0;
	for (size_t at = 0; done && at < len;) {
		ssize_t written = write(fd, text + at, len - at);
		done = written > 0 || (written < 0 && errno == EINTR);
		at += written > 0 ? (size_t)written : 0;
	}
	if (!done)
		root_explain(&store->root, relative, "write", err);
	close(fd);
	return done;
}

bool store_sync_folders(struct store *store, const char *relative, size_t count)
{
	struct err ignored = ERR_INIT;
	struct chain chain;
	if (!count)
		return true;
	if (!chain_open(&chain, &store->root, relative, false, &ignored)) {
		int code = errno;
		err_clear(&ignored);
		errno = code;
		return false;
	}
	bool done = chain_sync(&chain, count);
	chain_close(&chain);
	return done;
}

bool store_sync_marked(struct store *store, const char *relative, const struct mark *mark,
		       struct err *err)
{
	struct marking marking;
	if (!locked(store, err) || !marking_begin(&marking, store, mark, 1, err))
		return false;
	return marking_end(&marking, store, true) ? store_sync(store, relative, err)
						  : undurable(relative, err);
}

bool store_sync(struct store *store, const char *relative, struct err *err)
{
	struct chain chain;
	bool done = false;

	if (!chain_open(&chain, &store->root, relative, false, err))
		return false;
	int fd = root_reach(&store->root, relative, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
	if (fd < 0) {
		root_explain(&store->root, relative, "read", err);
		goto out;
	}
	if (fsync(fd) < 0 || !chain_sync(&chain, chain.count)) {
		undurable(relative, err);
		goto out;
	}
	done = true;
out:
	if (fd >= 0)
		close(fd);
	chain_close(&chain);
	return done;
}

bool store_remove(struct store *store, const char *relative, struct err *err)
{
	struct chain chain;
	bool done = false;

	if (!locked(store, err))
		return false;
	int fd = root_reach(&store->root, relative, O_PATH | O_NOFOLLOW, 0);
	if (fd < 0)
		return errno == ENOENT || root_explain(&store->root, relative, "remove", err);
	close(fd);
	if (!chain_open(&chain, &store->root, relative, false, err))
		return false;
	if (unlinkat(chain_last(&chain), name_of(relative), 0) < 0) {
		root_explain(&store->root, relative, "remove", err);
		goto out;
	}
	if (!chain_sync(&chain, 1)) {
		undurable(relative, err);
		goto out;
	}
	done = true;
out:
	chain_close(&chain);
	return done;
}

/* ---- the lock, and what a dead holder left ---- */

/* Removes temporary files below FD, the folder PATH ("" for the root), or with FOUND adds their
 * paths to that; closes FD. What cannot be read or removed stays: it is hidden and harms nobody. */
static void sweep(int fd, unsigned depth, struct buf *path, struct file_names *found)
{
	size_t len = path->len;
	DIR *stream = fdopendir(fd);
	if (!stream) {
		close(fd);
		return;
	}
	for (struct dirent *entry; (entry = readdir(stream));) {
		path->len = len;
		buf_addf(path, "%s%s", len ? "/" : "", entry->d_name);
		if (is_temporary(entry->d_name) && found) {
			found->items =
				mem_room(found->items, found->count, 1, sizeof *found->items);
			found->items[found->count++] = mem_dup(path->data);
		} else if (is_temporary(entry->d_name)) {
			unlinkat(fd, entry->d_name, 0);
		}
		/* of the hidden folders only our own */
		bool hidden = entry->d_name[0] == '.' &&
			      (depth || strcmp(entry->d_name, STORE_FOLDER) != 0);
		if (hidden || depth == DEPTH_MAX || is_temporary(entry->d_name) ||
		    (entry->d_type != DT_DIR && entry->d_type != DT_UNKNOWN))
			continue;
		const struct root at = {.fd = fd};
		int below = root_reach(&at, entry->d_name, O_RDONLY | O_DIRECTORY, 0);
		if (below >= 0)
			sweep(below, depth + 1, path, found);
	}
	path->len = len;
	closedir(stream);
}

static int root_folder(const struct root *root, struct err *err)
{
	int fd = root_reach(root, ".", O_RDONLY | O_DIRECTORY, 0);
	if (fd < 0)
		root_explain(root, ".", "open this folder", err);
	return fd;
}

/* A holder that died may have made folders without fsync: what we write into
 * them could be lost with them. It may also have left temporary files. */
static bool recover(const struct root *root, struct err *err)
{
	int fd = root_folder(root, err);
	if (fd < 0)
		return false;
	if (syncfs(fd) < 0) {
		root_explain(root, ".", "make earlier work durable", err);
		close(fd);
		return false;
	}
	struct buf path;
	buf_init(&path);
	sweep(fd, 0, &path, NULL);
	buf_clear(&path);
	return true;
}

void store_find_left(struct store *store)
{
	struct buf path;
	file_names_clear(&store->left);
	int fd = root_reach(&store->root, ".", O_RDONLY | O_DIRECTORY, 0);
	buf_init(&path);
	if (fd >= 0)
		sweep(fd, 0, &path, &store->left);
	buf_clear(&path);
}

/* Removes what store_find_left has found. */
static void remove_left(struct store *store)
{
	for (size_t i = 0; i < store->left.count; i++) {
		struct err ignored = ERR_INIT;
		struct chain chain;
		const char *path = store->left.items[i];
		if (!chain_open(&chain, &store->root, path, false, &ignored)) {
			err_clear(&ignored);
			continue;
		}
		unlinkat(chain_last(&chain), name_of(path), 0);
		chain_close(&chain);
	}
	file_names_clear(&store->left);
}

static bool take(struct store *store, struct lock *lock, const char *relative, unsigned timeout_ms,
		 struct err *err)
{
	struct chain chain;

	if (lock->fd >= 0)
		return err_set(err, STATUS_SYSTEM, "locking twice");
	if (!chain_open(&chain, &store->root, relative, true, err))
		return false;
	bool taken = lock_take(lock, &store->root, relative, timeout_ms, err);
	if (taken)
		rights_added(lock->fd, chain_last(&chain), 0666);
	chain_close(&chain);
	return taken;
}

bool store_lock(struct store *store, unsigned timeout_ms, struct err *err)
{
	bool taken = take(store, &store->lock, STORE_LOCK, timeout_ms, err);
	if (taken && store->lock.abandoned && !recover(&store->root, err)) {
		/* The number stays in the lock file, so that the next holder tries to recover, too.
		 */
		close(store->lock.fd);
		store->lock = (struct lock)LOCK_INIT;
		return false;
	}
	return taken;
}

bool store_may_lock(const struct store *store, struct err *err)
{
	return rights_to_change(&store->root, STORE_LOCK, "lock the ledger", err);
}

bool store_turn(struct store *store, unsigned timeout_ms, struct err *err)
{
	return take(store, &store->turn, STORE_TURN, timeout_ms, err);
}

void store_turn_end(struct store *store)
{
	lock_release(&store->turn);
}

bool store_may_turn(const struct store *store, struct err *err)
{
	return rights_to_change(&store->root, STORE_TURN, "lock the ledger", err);
}

enum store_result store_may_write(const struct store *store, const char *relative, size_t len,
				  enum store_mode mode, const char *key, struct err *err)
{
	struct buf path;
	bool done = rights_to_write(&store->root, relative, len, err);
	buf_init(&path);
	if (done && key) {
		mark_path(mark_file_of(key), &path);
		done = rights_to_change(&store->root, path.data, "write", err);
	}
	buf_clear(&path);
	if (!done)
		return STORE_FAILED;
	return mode == STORE_CREATE && file_exists(&store->root, relative) ? STORE_EXISTS
									   : STORE_WRITTEN;
}

void store_unlock(struct store *store)
{
	lock_release(&store->lock);
}

/* ---- many files ---- */

struct store_batch *store_batch_begin(struct store *store, struct err *err)
{
	struct stat found;
	if (!locked(store, err))
		return NULL;
	int fd = root_folder(&store->root, err);
	if (fd < 0)
		return NULL;
	if (fstat(fd, &found) < 0) {
		root_explain(&store->root, ".", "write", err);
		close(fd);
		return NULL;
	}
	remove_left(store);
	struct store_batch *batch = mem_alloc(sizeof *batch);
	batch->store = store;
	batch->sync_fd = fd;
	batch->device = found.st_dev;
	chain_init(&batch->chain);
	return batch;
}

static void batch_note_made(struct store_batch *batch)
{
	const struct chain *chain = &batch->chain;
	for (size_t from_end = chain->made; from_end; from_end--) {
		/* The folder FROM_END - 1 levels above the last one. */
		size_t len = chain->path.len;
		for (size_t up = 1; up < from_end; up++)
			while (chain->path.data[--len] != '/')
				;
		batch->made = mem_room(batch->made, batch->made_count, 1, sizeof *batch->made);
		batch->made[batch->made_count++] = mem_dup_len(chain->path.data, len);
	}
}

/* Makes the batch's chain lead to RELATIVE. */
static bool batch_turn(struct store_batch *batch, const char *relative, bool make, struct err *err)
{
	size_t own = (size_t)(name_of(relative) - relative);
	if (batch->chain.count && batch->chain.path.len == (own ? own - 1 : 0) &&
	    !memcmp(batch->chain.path.data, relative, batch->chain.path.len))
		return true;
	chain_close(&batch->chain);
	struct chain chain;
	if (!chain_open(&chain, &batch->store->root, relative, make, err))
		return false;
	batch->chain = chain;
	batch_note_made(batch);

	struct stat found;
	if (!fstat(chain_last(&chain), &found) && found.st_dev == batch->device)
		return true;
	err_set(err, STATUS_SYSTEM,
		"is on another file system than the ledger: cannot write many files there at once");
	return err_place(err, relative, 0, 0);
}

enum store_result store_batch_add(struct store_batch *batch, const char *relative, const char *text,
				  size_t len, enum store_mode mode, struct err *err)
{
	struct draft draft;
	if (!batch_turn(batch, relative, true, err))
		return STORE_FAILED;
	enum store_result result = draft_write(&draft, &batch->chain, &batch->store->root, relative,
					       text, len, mode, false, err);
	if (result != STORE_WRITTEN)
		return result;
	batch->drafts = mem_room(batch->drafts, batch->count, 1, sizeof *batch->drafts);
	batch->drafts[batch->count++] = draft;
	return STORE_WRITTEN;
}

void store_batch_mark(struct store_batch *batch, const struct mark *mark)
{
	batch->marks = mem_room(batch->marks, batch->mark_count, 1, sizeof *batch->marks);
	batch->marks[batch->mark_count++] =
		(struct mark){.key = mem_dup(mark->key), .value = mark->value};
}

/* Removes the temporaries from the draft FIRST on, and with WITH_FOLDERS
 * what folders were made; frees everything. */
static void batch_free(struct store_batch *batch, size_t first, bool with_folders)
{
	struct err ignored = ERR_INIT;
	for (size_t i = first; i < batch->count; i++)
		if (batch_turn(batch, batch->drafts[i].relative, false, &ignored))
			unlinkat(chain_last(&batch->chain), batch->drafts[i].temporary, 0);
	err_clear(&ignored);
	for (size_t i = batch->made_count; with_folders && i-- > 0;) {
		struct chain chain;
		if (!chain_open(&chain, &batch->store->root, batch->made[i], false, &ignored))
			continue;
		unlinkat(chain_last(&chain), name_of(batch->made[i]), AT_REMOVEDIR);
		chain_close(&chain);
	}
	err_clear(&ignored);
	for (size_t i = 0; i < batch->count; i++)
		draft_clear(&batch->drafts[i]);
	for (size_t i = 0; i < batch->made_count; i++)
		free(batch->made[i]);
	for (size_t i = 0; i < batch->mark_count; i++)
		free((char *)batch->marks[i].key);
	free(batch->marks);
	free(batch->drafts);
	free(batch->made);
	chain_close(&batch->chain);
	close(batch->sync_fd);
	free(batch);
}

bool store_batch_commit(struct store_batch *batch, struct err *err)
{
	size_t placed = 0;
	struct marking marking = {0};
	bool done = false;

	if (!marking_begin(&marking, batch->store, batch->marks, batch->mark_count, err))
		goto out;
	if (syncfs(batch->sync_fd) < 0) {
		root_explain(&batch->store->root, ".", "write", err);
		goto out;
	}
	for (; placed < batch->count; placed++) {
		struct draft *draft = &batch->drafts[placed];
		if (!batch_turn(batch, draft->relative, false, err))
			goto out;
		enum store_result result =
			draft_place(draft, &batch->chain, &batch->store->root, err);
		if (result == STORE_EXISTS) {
			errno = EEXIST;
			root_explain(&batch->store->root, draft->relative, "write", err);
		}
		if (result != STORE_WRITTEN)
			goto out;
	}
	if (!marking_end(&marking, batch->store, false) || syncfs(batch->sync_fd) < 0) {
		undurable(".", err);
		goto out;
	}
	done = true;
out:
	/* the files that have their names use their numbers, whatever became of the others */
	if (placed)
		(void)marking_end(&marking, batch->store, false);
	else
		marking_drop(&marking, batch->store);
	if (!done && placed && err->status != STATUS_UNDURABLE) {
		err->status = STATUS_UNDURABLE;
		struct buf prefix;
		buf_init(&prefix);
		buf_addf(&prefix, "%zu of %zu files written, then", placed, batch->count);
		err_prefix(err, prefix.data);
		buf_clear(&prefix);
	}
	batch_free(batch, placed, !placed);
	return done;
}

void store_batch_abort(struct store_batch *batch)
{
	if (batch)
		batch_free(batch, 0, true);
}
