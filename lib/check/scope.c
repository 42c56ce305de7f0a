// SPDX-License-Identifier: MIT
// Which files a check looks at: those that were asked about, or only what differs from a commit.
#include "check/scope.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "book/family.h"
#include "store/file.h"

/* What an operand means: the path beneath the ledger of a file or folder. */
static bool operand_path(struct book *book, const char *operand, struct buf *path, struct err *err)
{
	size_t len = strlen(operand);
	struct buf id;
	buf_init(&id);
	bool by_path = strchr(operand, '/') || file_ends_in(operand, ".yaml") ||
		       (len && access(operand, F_OK) == 0);
	if (!by_path) {
		bool done = book_resolve_id(book, operand, &id, err) &&
			    book_form_path(id.data, path, err);
		buf_clear(&id);
		return done;
	}
	/* the folder may be reached over links, the name itself may not be one */
	const char *slash = strrchr(operand, '/');
	const char *name = slash ? slash + 1 : operand;
	bool whole = !*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
	buf_add(&id, operand, whole ? len : slash ? (size_t)(slash - operand) + 1 : 0);
	char *folder = realpath(id.len ? id.data : ".", NULL);
	/* what was committed may be gone together with the folders around it */
	while (!folder && errno == ENOENT && !whole && name > operand && !strstr(name, "..")) {
		while (--name > operand && name[-1] != '/')
			;
		buf_reset(&id);
		buf_add(&id, operand, (size_t)(name - operand));
		folder = realpath(id.len ? id.data : ".", NULL);
	}
	size_t root = strlen(book->path);
	bool inside = folder && strncmp(folder, book->path, root) == 0 &&
		      (folder[root] == '/' || !folder[root]);
	if (inside) {
		buf_adds(path, folder + root + (folder[root] == '/'));
		if (!whole)
			buf_addf(path, "%s%s", path->len ? "/" : "", name);
	} else {
		err_set(err, STATUS_USAGE, "%s is not in the ledger %s", operand, book->path);
	}
	free(folder);
	buf_clear(&id);
	return inside;
}

static void scope_add_all(struct scope *scope)
{
	for (const struct family *family = families; family->folder; family++)
		scope->folders[scope->folder_count++] = family->folder;
	scope->staff = true;
}

static bool scope_add(struct scope *scope, struct book *book,
		      const struct committed_files *committed, const char *operand, struct err *err)
{
	size_t gone = 0;
	struct buf path;
	buf_init(&path);
	bool done = operand_path(book, operand, &path, err);
	if (!done)
		goto out;
	bool is_file = family_of(path.data);
	struct stat found = {0};
	int fd = root_reach(&book->store.root, path.len ? path.data : ".", O_PATH, 0);
	bool there = fd >= 0 && fstat(fd, &found) == 0;
	if (fd >= 0)
		close(fd);
	bool absent = !there && errno == ENOENT;
	if (absent && path.len)
		committed_find(committed, path.data, &gone);
	if (absent && !gone) {
		done = err_set(err, STATUS_USAGE, "there is no %s", operand);
	} else if (!path.len) {
		scope_add_all(scope);
	} else if (is_file &&
		   (there ? S_ISDIR(found.st_mode) : !file_ends_in(path.data, ".yaml"))) {
		scope->folders[scope->folder_count++] = arena_dup(&scope->arena, path.data);
	} else if (is_file) {
		scope->files[scope->file_count++] = arena_dup(&scope->arena, path.data);
	} else if (strcmp(path.data, LEDGER_STAFF) == 0) {
		scope->staff = true;
	} else if (strcmp(path.data, LEDGER_HEADER) != 0 && strncmp(path.data, "policy", 6) != 0 &&
		   strncmp(path.data, "schemas", 7) != 0) {
		/* those are looked at always */
		done = err_set(err, STATUS_USAGE, "%s is not a file of documents", operand);
	}
out:
	buf_clear(&path);
	return done;
}

bool scope_fill(struct scope *scope, struct book *book, const struct committed_files *committed,
		const char *const *operands, size_t count, struct err *err)
{
	size_t all = 1;
	while (families[all - 1].folder)
		all++;
	/* each operand may be the whole ledger */
	scope->folders = mem_array((count + 1) * all + 1, sizeof *scope->folders);
	scope->files = mem_array(count + 1, sizeof *scope->files);
	for (size_t i = 0; i < count; i++)
		if (!scope_add(scope, book, committed, operands[i], err))
			return false;
	if (!count)
		scope_add_all(scope);
	return true;
}

static bool scope_holds(const struct scope *scope, const char *path)
{
	if (strcmp(path, LEDGER_STAFF) == 0)
		return scope->staff;
	for (size_t i = 0; i < scope->file_count; i++)
		if (strcmp(scope->files[i], path) == 0)
			return true;
	for (size_t i = 0; i < scope->folder_count; i++) {
		size_t len = strlen(scope->folders[i]);
		if (strncmp(scope->folders[i], path, len) == 0 && path[len] == '/')
			return true;
	}
	return false;
}

void scope_limit(const struct scope *scope, struct committed_files *committed)
{
	for (size_t i = 0; i < committed->count; i++)
		if (!scope_holds(scope, committed->items[i].path))
			committed->items[i].state = COMMITTED_STANDS;
}

void scope_narrow(struct scope *scope, const struct committed_files *committed)
{
	scope->folder_count = scope->file_count = 0;
	scope->folders[0] = NULL;
	scope->staff = false;
	free(scope->files);
	scope->files = mem_array(committed->count + 1, sizeof *scope->files);
	for (size_t i = 0; i < committed->count; i++) {
		const struct committed *item = &committed->items[i];
		if (item->state == COMMITTED_STANDS)
			continue;
		if (strcmp(item->path, LEDGER_STAFF) == 0)
			scope->staff = true;
		else if (!scope->file_count ||
			 strcmp(scope->files[scope->file_count - 1], item->path) != 0)
			scope->files[scope->file_count++] = item->path;
	}
}

void scope_clear(struct scope *scope)
{
	free(scope->folders);
	free(scope->files);
	arena_clear(&scope->arena);
	*scope = (struct scope)SCOPE_INIT;
}
