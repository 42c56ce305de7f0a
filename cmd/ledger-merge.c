// SPDX-License-Identifier: MIT
// ledger-merge: git's merge driver for files of documents. Writes their union, byte for byte as
// they were recorded, or nothing; and only git's copies, so that it needs neither lock nor schemas.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "book/document.h"
#include "cli/cli.h"
#include "store/file.h"
#include "text/conflict.h"
#include "text/emit.h"
#include "text/yaml.h"

/* Splits PATH into the folder to reach it from and its name there. */
static char *folder_of(const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	*name = slash ? slash + 1 : path;
	return !slash          ? mem_dup(".")
	       : slash == path ? mem_dup("/")
			       : mem_dup_len(path, (size_t)(slash - path));
}

/* FILE is what messages call it. */
static bool read_side(const char *path, const char *file, struct buf *text, struct err *err)
{
	const char *name;
	char *folder = folder_of(path, &name);
	struct root root = {.fd = -1};
	struct err problem = ERR_INIT;
	enum file_result result = FILE_FAILED;
	if (root_open(&root, folder, &problem))
		result = file_read(&root, name, YAML_MAX_BYTES, text, &problem);
	if (result == FILE_ABSENT)
		err_set(err, STATUS_SYSTEM, "is not there");
	if (result == FILE_FAILED)
		err_set(err, problem.status, "%s", problem.text);
	if (result != FILE_READ)
		err_place(err, file, 0, 0);
	err_clear(&problem);
	root_close(&root);
	free(folder);
	return result == FILE_READ;
}

/* Puts TEXT in PATH's place. Git's temporary file needs no durability, but when
 * this fails OURS is to be what it was. */
static bool write_result(const char *path, const struct buf *text, struct err *err)
{
	struct buf beside;
	struct stat before;
	size_t done = 0;
	buf_init(&beside);
	buf_addf(&beside, "%s.XXXXXX", path);
	int fd = mkostemp(beside.data, O_CLOEXEC);
	if (fd < 0) {
		err_system(err, "%s", path);
		buf_clear(&beside);
		return false;
	}
	while (done < text->len) {
		ssize_t wrote = write(fd, text->data + done, text->len - done);
		if (wrote < 0 && errno != EINTR)
			break;
		done += wrote > 0 ? (size_t)wrote : 0;
	}
	bool written = done == text->len && stat(path, &before) == 0 &&
		       fchmod(fd, before.st_mode & 07777) == 0 && rename(beside.data, path) == 0;
	if (!written) {
		err_system(err, "%s", path);
		unlink(beside.data);
	}
	close(fd);
	buf_clear(&beside);
	return written;
}

/* kefu.yaml is no set of documents: two sides that differ in nothing but the sites they added are
 * united. */
static bool merge_headers(struct arena *arena, const char *path, const struct buf *texts,
			  struct buf *merged, struct err *err)
{
	struct node *ours, *theirs;
	if (!yaml_read_one(arena, path, texts[0].data, texts[0].len, &ours, err) ||
	    !yaml_read_one(arena, path, texts[1].data, texts[1].len, &theirs, err))
		return false;
	struct node *sites = node_get(ours, "sites"), *more = node_get(theirs, "sites");
	const char *site;
	struct node *rest_ours = node_copy(arena, ours), *rest_theirs = node_copy(arena, theirs);
	node_remove(rest_ours, "sites");
	node_remove(rest_theirs, "sites");
	if (!sites || !more || sites->type != NODE_LIST ||
	    !node_identical(rest_ours, rest_theirs)) {
		err_set(err, STATUS_REFUSED,
			"the two sides differ in more than their sites: put them together by hand");
		return err_place(err, path, 0, 0);
	}
	struct node *both = node_list(arena);
	/* in the order of their letters, so that both ways of merging give the same */
	for (const char *last = "";;) {
		const char *next = NULL;
		for (int side = 0; side < 2; side++)
			for (size_t i = 0; (site = node_each_text(side ? more : sites, &i));)
				if (strcmp(site, last) > 0 && (!next || strcmp(site, next) < 0))
					next = site;
		if (!next)
			break;
		node_push(arena, both, node_string(arena, next));
		last = next;
	}
	node_set(arena, ours, "sites", both);
	emit_value(merged, ours);
	return true;
}

static bool is_header(const char *path)
{
	const char *slash = strrchr(path, '/');
	return strcmp(slash ? slash + 1 : path, "kefu.yaml") == 0;
}

/* Unites TEXTS, ours and theirs, which messages call by NAMES; the result goes in OURS_PATH's
 * place. */
static bool unite(const char *ours_path, const char *const *names, const struct buf *texts,
		  struct err *err)
{
	struct arena arenas[2] = {ARENA_INIT, ARENA_INIT};
	struct documents ours, theirs;
	struct buf merged;
	bool done = false;
	buf_init(&merged);
	if (is_header(names[0]))
		done = merge_headers(&arenas[0], names[0], texts, &merged, err);
	else if (!documents_read(&arenas[0], names[0], texts[0].data, texts[0].len, &ours, err))
		err_prefix(err, "our side");
	else if (!documents_read(&arenas[1], names[1], texts[1].data, texts[1].len, &theirs, err))
		err_prefix(err, "their side");
	else if (!documents_merge(&ours, &theirs, &merged, err))
		err_place(err, names[0], 0, 0);
	else
		done = true;
	done = done && write_result(ours_path, &merged, err);
	for (size_t i = 0; i < 2; i++)
		arena_clear(&arenas[i]);
	buf_clear(&merged);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	const char *ours = cli_operand(cli, 0), *theirs = cli_operand(cli, 1),
		   *path = cli_operand(cli, 2);
	const char *names[2] = {path ? path : ours, path ? path : theirs ? theirs : ours};
	struct buf texts[2], whole;
	buf_init(&texts[0]);
	buf_init(&texts[1]);
	buf_init(&whole);
	bool read = theirs ? read_side(ours, names[0], &texts[0], err) &&
				     read_side(theirs, names[1], &texts[1], err)
			   : read_side(ours, ours, &whole, err) &&
				     conflict_sides(ours, whole.data, whole.len, &texts[0],
						    &texts[1], err);
	bool done = read && unite(ours, names, texts, err);
	buf_clear(&texts[0]);
	buf_clear(&texts[1]);
	buf_clear(&whole);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ledger-merge",
		.synopsis = "FILE | OURS THEIRS [PATH]",
		.summary = N_("unite two versions of a form; for git"),
		.operands_min = 1,
		.operands_max = 3,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
