// SPDX-License-Identifier: MIT
// What kefu ships for ledgers to copy: schemas, the calendar and packs. Never writes.
#include "ledger/shipped.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/mem.h"
#include "book/book.h"
#include "text/yaml.h"

/* The tree the program was built in, else where kefu is installed. */
static char *find_own(void)
{
	/* build/bin/ledger-init, or build/NAME/bin/ledger-init under a sanitizer */
	static const char *const places[] = {"../..", "../../.."};
	char *self = realpath("/proc/self/exe", NULL);
	for (size_t i = 0; self && i < sizeof places / sizeof *places; i++) {
		struct buf path;
		buf_init(&path);
		buf_addf(&path, "%.*s/%s", (int)(strrchr(self, '/') - self), self, places[i]);
		char *tree = realpath(path.data, NULL);
		buf_adds(&path, "/schemas/header.yaml");
		bool found = tree && access(path.data, R_OK) == 0;
		buf_clear(&path);
		if (found) {
			free(self);
			return tree;
		}
		free(tree);
	}
	free(self);
	return mem_dup(KEFU_DATADIR);
}

static char *find_folder(void)
{
	const char *named = getenv("KEFU_DATA");
	return named && *named ? mem_dup(named) : find_own();
}

static bool not_whole(const struct shipped *shipped, const char *missing, struct err *err)
{
	return err_set(err, STATUS_SYSTEM, "%s/%s is missing: kefu is not wholly installed",
		       shipped->folder, missing);
}

/* --- releases --- */

static bool read_manifest(struct shipped *shipped, const char *version, struct err *err)
{
	struct shipped_release *release = &shipped->releases[shipped->release_count];
	const char *path = arena_printf(&shipped->arena, "released/%s.sha256", version);
	struct buf text;
	buf_init(&text);
	*release =
		(struct shipped_release){.version = version, .digests = node_map(&shipped->arena)};
	bool done = file_read(&shipped->past, path, YAML_MAX_BYTES, &text, err) == FILE_READ;
	for (char *line = text.data, *next; done && *line; line = next) {
		size_t len = strcspn(line, "\n");
		next = line + len + (line[len] == '\n');
		line[len] = '\0';
		if (strspn(line, "0123456789abcdef") != DIGEST_TEXT - 1 ||
		    strncmp(line + DIGEST_TEXT - 1, "  ", 2) != 0)
			done = err_set(err, STATUS_SYSTEM, "%s/%s: not a list of digests",
				       shipped->folder, path);
		else
			node_set(&shipped->arena, release->digests,
				 arena_dup(&shipped->arena, line + DIGEST_TEXT + 1),
				 node_string_len(&shipped->arena, line, DIGEST_TEXT - 1));
	}
	if (!done && !err->text)
		not_whole(shipped, path, err);
	shipped->release_count += done;
	buf_clear(&text);
	return done;
}

static int compare_releases(const void *a, const void *b)
{
	return version_compare(((const struct shipped_release *)a)->version,
			       ((const struct shipped_release *)b)->version);
}

bool shipped_open(struct shipped *shipped, struct err *err)
{
	*shipped =
		(struct shipped){.root = {.fd = -1}, .past = {.fd = -1}, .folder = find_folder()};
	return root_open(&shipped->root, shipped->folder, err) ||
	       err_prefix(err, "kefu's own data");
}

/* What is past does not change with what is shipped now: a folder for trying out other packs may
 * lack it. */
static bool open_past(struct shipped *shipped, struct file_names *names, struct err *err)
{
	char *own = find_own();
	const char *const folders[] = {shipped->folder, own};
	enum file_result found = FILE_ABSENT;
	for (size_t i = 0; found == FILE_ABSENT && i < 2; i++) {
		root_close(&shipped->past);
		found = root_open(&shipped->past, folders[i], err)
				? file_list(&shipped->past, "released", names, err)
				: FILE_FAILED;
	}
	if (found == FILE_ABSENT)
		not_whole(shipped, "released", err);
	free(own);
	return found == FILE_READ;
}

bool shipped_open_releases(struct shipped *shipped, struct err *err)
{
	struct file_names names = {0};
	bool done = open_past(shipped, &names, err);
	file_names_keep(&names, ".sha256");
	shipped->releases = mem_array(names.count + 1, sizeof *shipped->releases);
	for (size_t i = 0; done && i < names.count; i++)
		done = read_manifest(shipped, arena_dup(&shipped->arena, names.items[i]), err);
	qsort(shipped->releases, shipped->release_count, sizeof *shipped->releases,
	      compare_releases);
	file_names_clear(&names);
	return done;
}

void shipped_close(struct shipped *shipped)
{
	root_close(&shipped->root);
	root_close(&shipped->past);
	free(shipped->folder);
	free(shipped->releases);
	arena_clear(&shipped->arena);
	*shipped = (struct shipped){.root = {.fd = -1}, .past = {.fd = -1}};
}

enum file_result shipped_read_release(struct shipped *shipped,
				      const struct shipped_release *release, const char *path,
				      struct buf *out, struct err *err)
{
	unsigned char bytes[DIGEST_BYTES];
	char digest[DIGEST_TEXT];
	const char *wanted = node_text(release->digests, path);
	if (!wanted)
		return FILE_ABSENT;
	const char *file = arena_printf(&shipped->arena, "released/text/%s.yaml", wanted);
	enum file_result result = file_read(&shipped->past, file, YAML_MAX_BYTES, out, err);
	if (result == FILE_ABSENT)
		not_whole(shipped, file, err);
	if (result != FILE_READ)
		return FILE_FAILED;
	digest_of(out->data, out->len, bytes);
	digest_text(bytes, digest);
	if (strcmp(digest, wanted) == 0)
		return FILE_READ;
	err_set(err, STATUS_SYSTEM, "%s/%s was changed: its digest is another", shipped->folder,
		file);
	return FILE_FAILED;
}

const struct shipped_release *shipped_release_of(const struct shipped *shipped, const char *path,
						 const char *text, size_t len)
{
	unsigned char bytes[DIGEST_BYTES];
	char digest[DIGEST_TEXT];
	digest_of(text, len, bytes);
	digest_text(bytes, digest);
	for (size_t i = shipped->release_count; i-- > 0;)
		if (node_is_string(node_get(shipped->releases[i].digests, path), digest))
			return &shipped->releases[i];
	return NULL;
}

const struct shipped_release *shipped_release(const struct shipped *shipped, const char *version)
{
	for (size_t i = 0; version && i < shipped->release_count; i++)
		if (strcmp(shipped->releases[i].version, version) == 0)
			return &shipped->releases[i];
	return NULL;
}

/* --- this version --- */

/* Where packs are: installed, or in the tree. */
static const char *const pack_folders[] = {"packs", "examples"};

enum file_result shipped_read(struct shipped *shipped, const char *path, struct buf *out,
			      struct err *err)
{
	if (strcmp(path, "policy/calendar.yaml") == 0)
		return file_read(&shipped->root, "calendar/cn.yaml", YAML_MAX_BYTES, out, err);
	if (strncmp(path, "policy/", 7) != 0)
		return file_read(&shipped->root, path, YAML_MAX_BYTES, out, err);
	size_t len = strlen(path) - strlen(".yaml");
	for (size_t i = 0; i < 2; i++) {
		const char *file = arena_printf(&shipped->arena, "%s/%.*s/policy.yaml",
						pack_folders[i], (int)len - 7, path + 7);
		enum file_result result = file_read(&shipped->root, file, YAML_MAX_BYTES, out, err);
		if (result != FILE_ABSENT)
			return result;
	}
	return FILE_ABSENT;
}

static bool add_schemas(struct shipped *shipped, const char *folder, struct node *list,
			struct err *err)
{
	struct file_names names = {0};
	bool done = file_list(&shipped->root, folder, &names, err) == FILE_READ;
	if (!done && !err->text)
		not_whole(shipped, folder, err);
	for (size_t i = 0; done && i < names.count; i++) {
		const char *path = arena_printf(&shipped->arena, "%s/%s", folder, names.items[i]);
		if (file_ends_in(path, ".yaml"))
			node_push(&shipped->arena, list, node_string(&shipped->arena, path));
		else
			done = add_schemas(shipped, path, list, err);
	}
	file_names_clear(&names);
	return done;
}

bool shipped_schemas(struct shipped *shipped, struct node *list, struct err *err)
{
	return add_schemas(shipped, "schemas", list, err);
}

void shipped_pack_names(struct shipped *shipped, struct node *list)
{
	struct arena *arena = &shipped->arena;
	for (size_t i = 0; i < 2; i++) {
		struct file_names names = {0};
		struct err ignored = ERR_INIT;
		file_list(&shipped->root, pack_folders[i], &names, &ignored);
		for (size_t j = 0; j < names.count; j++)
			if (file_exists(&shipped->root,
					arena_printf(arena, "%s/%s/policy.yaml", pack_folders[i],
						     names.items[j])))
				node_push(arena, list, node_string(arena, names.items[j]));
		file_names_clear(&names);
		err_clear(&ignored);
	}
}

void shipped_packs(struct shipped *shipped, struct buf *out)
{
	struct node *list = node_list(&shipped->arena);
	shipped_pack_names(shipped, list);
	node_join(list, ", ", out);
}
