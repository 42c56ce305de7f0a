// SPDX-License-Identifier: MIT
// Brings the schemas, the calendar and the packs of a ledger up to those of this kefu.
#include "ledger/upgrade.h"

#include <string.h>

#include "ledger/attributes.h"
#include "ledger/trial.h"
#include "ledger/upgrade_parts.h"
#include "record/render.h"
#include "store/store.h"
#include "text/yaml.h"

/* WHAT, whose files have paths that begin with PREFIX, is of this version once no conflict is left.
 * That it was so already says that conflicts have been decided. */
static void take_version(struct upgrading *run, const char *what, const char *prefix)
{
	struct changes *changes = &run->out->changes;
	const struct node *recorded = node_get(node_get(run->header, "versions"), what);
	bool decided = run->options->conflict == UPGRADE_KEEPS ||
		       node_is_string(recorded, KEFU_VERSION);
	bool clear = true;
	for (size_t i = 0; i < changes->count; i++) {
		struct change *change = &changes->items[i];
		if (change->kind != CHANGE_CONFLICT ||
		    strncmp(change->file, prefix, strlen(prefix)) != 0)
			continue;
		if (decided)
			change->kind = CHANGE_KEPT;
		clear = clear && decided;
	}
	if (clear)
		node_add_string(&run->arena, run->versions, arena_dup(&run->arena, what),
				KEFU_VERSION);
}

static bool check_age(struct upgrading *run)
{
	const struct pair *pair;
	const struct node *versions = node_get(run->header, "versions");
	for (size_t i = 0; (pair = node_pair(versions, i)); i++)
		if (node_as_text(pair->value) &&
		    version_compare(node_as_text(pair->value), KEFU_VERSION) > 0)
			return err_set(run->err, STATUS_REFUSED,
				       "%s of this ledger: %s is of kefu %s, and this is kefu %s: "
				       "install a newer one",
				       LEDGER_HEADER, pair->key, node_as_text(pair->value),
				       KEFU_VERSION);
	return true;
}

static bool upgrade_files(struct upgrading *run)
{
	struct node *schemas = node_list(&run->arena);
	const char *path, *name;
	if (!shipped_schemas(&run->shipped, schemas, run->err))
		return false;
	for (size_t i = 0; (path = node_each_text(schemas, &i));)
		if (!upgrade_lines(run, path, VERSION_SCHEMAS))
			return false;
	take_version(run, VERSION_SCHEMAS, "schemas/");
	if (!upgrade_lines(run, UPGRADE_CALENDAR, VERSION_CALENDAR))
		return false;
	take_version(run, VERSION_CALENDAR, UPGRADE_CALENDAR);
	for (size_t i = 0; (name = node_each_text(node_get(run->header, "packs"), &i));) {
		bool shipped;
		if (!upgrade_pack(run, name, &shipped))
			return false;
		if (shipped)
			take_version(run, name, arena_printf(&run->arena, "policy/%s.yaml", name));
	}
	return true;
}

/* kefu.yaml gets the versions. */
static bool upgrade_header(struct upgrading *run)
{
	const struct schema *schema = schema_find(run->schemas, "schemas/header.yaml", run->err);
	struct node *header = node_copy(&run->arena, run->header);
	struct node *versions = node_get(header, "versions");
	const struct pair *pair;
	struct buf text;
	bool changed = false;
	if (!schema)
		return false;
	/* a ledger's own schema may know none */
	if (!schema_property(schema, "versions", NULL))
		return true;
	if (!versions) {
		versions = node_map(&run->arena);
		node_add(&run->arena, header, "versions", versions);
	}
	for (size_t i = 0; (pair = node_pair(run->versions, i)); i++) {
		const char *was = node_text(versions, pair->key), *is = node_as_text(pair->value);
		if (was && strcmp(was, is) == 0)
			continue;
		changed = true;
		changes_add(&run->out->changes, was ? CHANGE_CHANGED : CHANGE_ADDED, LEDGER_HEADER,
			    "versions", pair->key,
			    was ? arena_printf(&run->arena, "%s → %s", was, is) : is);
		node_set(&run->arena, versions, pair->key, pair->value);
	}
	buf_init(&text);
	bool done = !changed || render_settings(schema, header, &text, run->err);
	if (changed && done)
		upgrade_plan(run, LEDGER_HEADER, text.data, text.len);
	buf_clear(&text);
	return done || err_place(run->err, LEDGER_HEADER, 0, 0);
}

/* .gitattributes gets the lines about forms that came later. */
static bool upgrade_attributes(struct upgrading *run)
{
	struct buf text, line;
	buf_init(&text);
	buf_init(&line);
	bool changed = false, done = file_read(&run->book->store.root, LEDGER_ATTRIBUTES,
					       YAML_MAX_BYTES, &text, run->err) != FILE_FAILED;
	if (done && text.len && text.data[text.len - 1] != '\n')
		buf_addc(&text, '\n');
	while (done && attributes_missing(text.data ? text.data : "", &line)) {
		buf_addf(&text, "%s\n", line.data);
		changes_add(&run->out->changes, CHANGE_ADDED, LEDGER_ATTRIBUTES, NULL, NULL,
			    line.data);
		buf_reset(&line);
		changed = true;
	}
	if (changed)
		upgrade_plan(run, LEDGER_ATTRIBUTES, text.data, text.len);
	buf_clear(&line);
	buf_clear(&text);
	return done;
}

/* All as it will be, read as every command reads it. */
static bool try_out(struct upgrading *run)
{
	if (trial_passes(run->schemas, upgrade_load, run, node_get(run->header, "packs"), NULL,
			 &run->arena, run->err))
		return true;
	run->err->status = STATUS_DAMAGED;
	return err_prefix(run->err, "upgraded, the ledger could not be used");
}

/* The planned files whose path begins with PREFIX, in one go. */
static bool write_part(struct upgrading *run, const char *prefix)
{
	const struct pair *file;
	bool any = false;
	for (size_t i = 0; (file = node_pair(run->planned, i)); i++)
		any = any || strncmp(file->key, prefix, strlen(prefix)) == 0;
	struct store_batch *batch = any ? store_batch_begin(&run->book->store, run->err) : NULL;
	if (!batch)
		return !any;
	for (size_t i = 0; (file = node_pair(run->planned, i)); i++)
		if (strncmp(file->key, prefix, strlen(prefix)) == 0 &&
		    store_batch_add(batch, file->key, node_as_text(file->value),
				    node_text_len(file->value), STORE_REPLACE,
				    run->err) != STORE_WRITTEN) {
			store_batch_abort(batch);
			return false;
		}
	return store_batch_commit(batch, run->err);
}

/* A file by itself, if it is planned. */
static bool write_one(struct upgrading *run, const char *path)
{
	const struct node *text = node_get(run->planned, path);
	return !text || store_write(&run->book->store, path, node_as_text(text),
				    node_text_len(text), STORE_REPLACE, run->err) == STORE_WRITTEN;
}

/* Old packs fit the new schemas, but not the other way round; and what kefu.yaml says has to be
 * there. */
static bool write_all(struct upgrading *run)
{
	return write_one(run, LEDGER_ATTRIBUTES) && write_part(run, "schemas/") &&
	       write_part(run, "policy/") && write_one(run, LEDGER_HEADER);
}

/* What write_all would be refused. */
static bool may_write_all(struct upgrading *run)
{
	const struct pair *file;
	for (size_t i = 0; (file = node_pair(run->planned, i)); i++)
		if (store_may_write(&run->book->store, file->key, node_text_len(file->value),
				    STORE_REPLACE, NULL, run->err) != STORE_WRITTEN)
			return false;
	return true;
}

bool ledger_upgrade(struct book *book, const struct upgrade_options *options,
		    struct upgrade *upgrade, struct err *err)
{
	struct upgrading run = {.book = book,
				.options = options,
				.out = upgrade,
				.shipped = {.root = {.fd = -1}, .past = {.fd = -1}},
				.err = err};
	*upgrade = (struct upgrade){0};
	run.planned = node_map(&run.arena);
	run.versions = node_map(&run.arena);
	run.schemas = schema_set_new(upgrade_load, &run);
	schema_set_flags(run.schemas, SCHEMA_STRICT | SCHEMA_ASSERT_FORMAT);
	bool done = (options->write     ? store_lock(&book->store, STORE_PATIENCE_MS, err)
		     : options->dry_run ? store_may_lock(&book->store, err)
					: true) &&
		    book_read_yaml(book, LEDGER_HEADER, &run.header, err) && check_age(&run) &&
		    shipped_open(&run.shipped, err) && shipped_open_releases(&run.shipped, err) &&
		    upgrade_files(&run) && upgrade_attributes(&run) && upgrade_header(&run);
	upgrade->files = node_pair_count(run.planned);
	upgrade->conflicts = changes_count(&upgrade->changes, CHANGE_CONFLICT);
	if (done && upgrade->files)
		done = try_out(&run) && (options->write     ? write_all(&run)
					 : options->dry_run ? may_write_all(&run)
							    : true);
	shipped_close(&run.shipped);
	schema_set_free(run.schemas);
	arena_clear(&run.arena);
	return done;
}

void upgrade_clear(struct upgrade *upgrade)
{
	changes_clear(&upgrade->changes);
	*upgrade = (struct upgrade){0};
}
