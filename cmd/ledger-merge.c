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
#include "book/book.h"
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

/* What stands in either list, in the order of its letters, so that both ways of merging give the
 * same. */
static struct node *both_of(struct arena *arena, const struct node *ours, const struct node *theirs)
{
	struct node *both = node_list(arena);
	const char *text;
	for (const char *last = "";;) {
		const char *next = NULL;
		for (int side = 0; side < 2; side++)
			for (size_t i = 0; (text = node_each_text(side ? theirs : ours, &i));)
				if (strcmp(text, last) > 0 && (!next || strcmp(text, next) < 0))
					next = text;
		if (!next)
			return both;
		node_push(arena, both, node_string(arena, next));
		last = next;
	}
}

/* Of each of the versions the later one: git brings the files along of which it is. NULL when
 * neither side has any. */
static struct node *later_versions(struct arena *arena, const struct node *ours,
				   const struct node *theirs)
{
	struct node *names[2] = {node_list(arena), node_list(arena)}, *all = node_map(arena);
	const struct node *sides[2] = {ours, theirs};
	const struct pair *pair;
	const char *name;
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; (pair = node_pair(sides[side], i)); i++)
			node_push(arena, names[side], node_string(arena, pair->key));
	const struct node *both = both_of(arena, names[0], names[1]);
	for (size_t i = 0; (name = node_each_text(both, &i));) {
		const char *a = node_text(ours, name), *b = node_text(theirs, name);
		node_add_string(arena, all, name, !a || (b && version_compare(a, b) < 0) ? b : a);
	}
	return ours || theirs ? all : NULL;
}

/* Whether LIST holds site codes and nothing else. */
static bool holds_codes(const struct node *list)
{
	const struct node *item;
	bool fine = list && list->type == NODE_LIST;
	for (size_t i = 0; fine && (item = node_item(list, i)); i++)
		fine = item->type == NODE_STRING &&
		       node_text_len(item) == strlen(node_as_text(item)) &&
		       book_is_site(node_as_text(item));
	return fine;
}

/* The marks of the clones that took the sites in SITES; false when two clones took one. *MARKS gets
 * NULL when neither side has any. */
static bool both_marks(struct arena *arena, const struct node *sites, const struct node *ours,
		       const struct node *theirs, struct node **marks, struct err *err)
{
	struct node *all = node_map(arena);
	const char *site;
	*marks = ours || theirs ? all : NULL;
	for (size_t i = 0; (site = node_each_text(sites, &i));) {
		const char *a = node_text(ours, site), *b = node_text(theirs, site);
		if (a && b && strcmp(a, b) != 0)
			return err_set(err, STATUS_REFUSED,
				       "two clones took the site code %s: keep one of the two "
				       "lines under founded, and in the clone that gives way run "
				       "ledger-init --replace --site CODE with a new code",
				       site);
		node_add_string(arena, all, site, a ? a : b);
	}
	return true;
}

/* kefu.yaml is no set of documents: two sides are united that differ in nothing but the sites they
 * added and the versions they were brought up to. */
static bool merge_headers(struct arena *arena, const char *path, const struct buf *texts,
			  struct buf *merged, struct err *err)
{
	struct node *ours, *theirs;
	if (!yaml_read_one(arena, path, texts[0].data, texts[0].len, &ours, err) ||
	    !yaml_read_one(arena, path, texts[1].data, texts[1].len, &theirs, err))
		return false;
	struct node *sites = node_get(ours, "sites"), *more = node_get(theirs, "sites");
	const struct node *versions = node_get(ours, "versions"),
			  *others = node_get(theirs, "versions"), *mine = node_get(ours, "founded"),
			  *other = node_get(theirs, "founded");
	struct node *rests[2] = {node_copy(arena, ours), node_copy(arena, theirs)};
	for (int side = 0; side < 2; side++) {
		node_remove(rests[side], "sites");
		node_remove(rests[side], "versions");
		node_remove(rests[side], "founded");
	}
	if (!holds_codes(sites) || !holds_codes(more) || !node_identical(rests[0], rests[1]) ||
	    (versions && versions->type != NODE_MAP) || (others && others->type != NODE_MAP) ||
	    (mine && mine->type != NODE_MAP) || (other && other->type != NODE_MAP)) {
		err_set(err, STATUS_REFUSED,
			"the two sides differ in more than their sites: put them together by hand");
		return err_place(err, path, 0, 0);
	}
	struct node *later = later_versions(arena, versions, others), *marks;
	struct node *both = both_of(arena, sites, more);
	if (!both_marks(arena, both, mine, other, &marks, err))
		return err_place(err, path, 0, 0);
	/* in the order of the schema, whichever side has them */
	node_remove(ours, "versions");
	node_remove(ours, "founded");
	node_set(arena, ours, "sites", both);
	if (later)
		node_add(arena, ours, "versions", later);
	if (marks)
		node_add(arena, ours, "founded", marks);
	emit_value(merged, ours);
	return true;
}

static bool is_header(const char *path)
{
	const char *slash = strrchr(path, '/');
	return strcmp(slash ? slash + 1 : path, LEDGER_HEADER) == 0;
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
