// SPDX-License-Identifier: MIT
// Brings tickets of another system in: what can be taken is recorded, the rest handed back with
// reasons.
#include "ticket/import.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/document.h"
#include "book/form.h"
#include "book/gather.h"
#include "record/render.h"
#include "text/json.h"
#include "ticket/duty.h"
#include "ticket/number.h"
#include "ticket/ticket.h"

enum {
	COLUMNS_KEPT = 200, /* of NDJSON: names remembered */
	MESSAGE_MAX = 1000, /* bytes of names in a message */
};

/* What is known of a row after the first reading; the second reads it again
 * rather than keeping every document. */
struct entry {
	const char *key; /* NULL: it has none */
	char digest[DIGEST_TEXT];
	size_t line;
	size_t next;        /* in the chain of its hash; an index + 1 */
	size_t first;       /* the first row with this key */
	const char *reason; /* why it is rejected; NULL: it is not */
	bool repeated;      /* the first row with this key is the same */
	bool recorded;      /* the ledger has it, the same */
	const char *id,
		*recorded_digest; /* first rows: what the ledger has under the key, or NULL */
};

struct import {
	struct book *book;
	const struct mapping *mapping;
	struct rows *rows;
	const struct import_options *options;
	struct import_result *out;
	struct acting acting;
	struct arena arena; /* keys, reasons, ids */
	struct entry *entries;
	size_t count, room;
	size_t *heads; /* hash table of first rows: an index + 1 */
	size_t mask;
	struct node *seen; /* list: columns of the file */
	struct month_numbers *months;
	size_t month_count;
	struct err *err;
};

/* --- keys --- */

static size_t hash(const char *text)
{
	uint64_t value = UINT64_C(14695981039346656037); /* FNV-1a */
	for (; *text; text++)
		value = (value ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return (size_t)(value ^ value >> 32);
}

/* The first row with KEY; NULL when there is none. */
static struct entry *find_key(const struct import *import, const char *key)
{
	for (size_t i = import->heads[hash(key) & import->mask]; i; i = import->entries[i - 1].next)
		if (strcmp(import->entries[i - 1].key, key) == 0)
			return &import->entries[i - 1];
	return NULL;
}

static void add_key(struct import *import, size_t index)
{
	size_t *head = &import->heads[hash(import->entries[index].key) & import->mask];
	import->entries[index].next = *head;
	*head = index + 1;
}

static void grow(struct import *import)
{
	if (import->count < import->room)
		return;
	import->room = import->room ? import->room * 2 : 1024;
	import->entries = mem_grow(import->entries, import->room, sizeof *import->entries);
	free(import->heads);
	import->heads = mem_array(import->room * 2, sizeof *import->heads);
	import->mask = import->room * 2 - 1;
	for (size_t i = 0; i < import->count; i++)
		if (import->entries[i].key && import->entries[i].first == i)
			add_key(import, i);
}

/* --- a row as a document --- */

static bool year_fits(struct import *import, int64_t at, struct civil *day, struct err *err)
{
	zone_civil(&import->book->zone, at, day);
	return (day->year >= LEDGER_YEAR_FIRST && day->year <= LEDGER_YEAR_LAST) ||
	       err_set(err, STATUS_REFUSED,
		       "at: the year must be from %d to %d, because ticket numbers hold two "
		       "digits of it",
		       LEDGER_YEAR_FIRST, LEDGER_YEAR_LAST);
}

static bool owe(struct import *import, struct arena *arena, struct node *document, struct err *err)
{
	const struct mapping *mapping = import->mapping;
	unsigned owed = (mapping->owes_callbacks ? DUTY_CALLBACKS : 0) |
			(mapping->owes_deadlines ? DUTY_DEADLINES : 0);
	struct form form;
	if (!owed)
		return true;
	form_init(&form);
	bool done = form_append(&form, document, err) &&
		    duty_work_out_imported(import->book, arena, &form, owed, err);
	form_clear(&form);
	return done;
}

/* The department whose matter it is, by the packs, where the row does not say. */
static void add_department(const struct book *book, struct arena *arena, struct node *document)
{
	const struct rule *category =
		policy_find(book->policy, RULE_CATEGORY, node_text(document, "category"));
	if (category && !node_get(document, "department"))
		node_add_string(arena, document, "department",
				node_text(category->node, "department"));
}

/* ROW as the document it becomes, the day's 0th: its number is found when it is recorded. */
static bool make(struct import *import, struct arena *arena, const struct row *row,
		 const struct entry *entry, struct node **document, struct err *err)
{
	struct book *book = import->book;
	struct node *made = ticket_document(arena, "imported"), *source = node_map(arena);
	struct acting acting = import->acting;
	struct mapped_times times;
	struct civil day;
	if (!mapping_apply(import->mapping, arena, row->columns, made, &times, err) ||
	    !year_fits(import, times.at, &day, err))
		return false;
	acting.at = times.at;
	record_head(book, arena, &(struct request){0}, &acting, made,
		    number_id(book, arena, &day, 0), 1);
	node_add_string(arena, source, "name", import->mapping->source);
	node_add_string(arena, source, "key", entry->key);
	node_add_string(arena, source, "digest", entry->digest);
	node_add(arena, made, "source", source);
	add_department(book, arena, made);
	*document = made;
	return owe(import, arena, made, err);
}

/* --- first reading: what can be taken --- */

/* Keeps the reason; false when ERR is none of the row's. */
static bool reject(struct import *import, struct entry *entry, struct err *err)
{
	if (err->status != STATUS_REFUSED) {
		err_clear(import->err);
		*import->err = *err;
		*err = (struct err)ERR_INIT;
		return false;
	}
	entry->reason = err->clause
				? arena_printf(&import->arena, "%s [%s]", err->text, err->clause)
				: arena_dup(&import->arena, err->text);
	err_clear(err);
	return true;
}

/* A JSON row may have columns of its own. */
static void note_columns(struct import *import, const struct node *row)
{
	const struct pair *pair;
	for (size_t i = 0;
	     node_item_count(import->seen) < COLUMNS_KEPT && (pair = node_pair(row, i)); i++)
		if (!node_holds(import->seen, pair->key))
			node_push(&import->arena, import->seen,
				  node_string(&import->arena, pair->key));
}

static bool judge(struct import *import, struct arena *arena, const struct row *row)
{
	struct err err = ERR_INIT;
	grow(import);
	size_t index = import->count++;
	struct entry *entry = &import->entries[index];
	*entry = (struct entry){.line = row->line, .first = index};
	if (!row->columns) {
		entry->reason = arena_dup(&import->arena, row->problem);
		return true;
	}
	if (!import->rows->columns)
		note_columns(import, row->columns);
	const char *key;
	if (!mapping_key(import->mapping, arena, row->columns, &key, &err))
		return reject(import, entry, &err);
	mapping_digest(row->columns, entry->digest);
	struct entry *first = find_key(import, key);
	if (first) {
		entry->key = first->key;
		entry->first = (size_t)(first - import->entries);
		entry->repeated = strcmp(entry->digest, first->digest) == 0;
		if (!entry->repeated)
			entry->reason =
				arena_printf(&import->arena,
					     "the key %s is also in line %zu, with other content",
					     key, first->line);
		return true;
	}
	entry->key = arena_dup(&import->arena, key);
	add_key(import, index);
	struct node *document;
	return (make(import, arena, row, entry, &document, &err) &&
		render_check(import->mapping->schema, document, &err)) ||
	       reject(import, entry, &err);
}

/* Every column the mapping names is one of the file's. */
static bool check_columns(struct import *import)
{
	const struct node *column;
	if (!import->rows->columns &&
	    (!import->count || node_item_count(import->seen) == COLUMNS_KEPT))
		return true;
	for (size_t i = 0; (column = node_item(import->mapping->used, i)); i++) {
		const char *name = node_as_text(column), *seen;
		if (node_holds(import->seen, name))
			continue;
		struct buf names;
		buf_init(&names);
		for (size_t j = 0;
		     names.len < MESSAGE_MAX && (seen = node_item_text(import->seen, j)); j++)
			buf_addf(&names, "%s%s", j ? ", " : "", seen);
		err_set(import->err, STATUS_REFUSED, "%s has no column \"%s\" (it has: %s)",
			import->rows->name, name, names.data);
		buf_clear(&names);
		return err_place(import->err, import->mapping->file, column->line, column->column);
	}
	return true;
}

static bool read_all(struct import *import)
{
	struct arena arena = ARENA_INIT;
	struct row row;
	bool done = true;
	rows_rewind(import->rows);
	while (done && rows_next(import->rows, &arena, &row)) {
		done = judge(import, &arena, &row);
		arena_reset(&arena);
	}
	arena_clear(&arena);
	return done && check_columns(import);
}

/* --- what the ledger has --- */

/* A row's key in a ticket that is there. */
struct find {
	size_t entry; /* the index of the first row with the key */
	const char *id, *digest;
};

static bool look_at(struct gatherer *to, const char *relative, const char *text, size_t len,
		    struct err *err)
{
	const struct import *import = to->context;
	struct documents documents;
	if (!memmem(text, len, "imported", strlen("imported")))
		return true;
	documents_read(&to->scratch, relative, text, len, &documents, err);
	if (!documents.count) {
		gather_stop(to);
		return false;
	}
	err_clear(err); /* damage further down hides no key */
	const struct node *root = documents.items[0].root, *source = node_get(root, "source");
	const char *key = node_text(source, "key"), *id = node_text(root, "id"),
		   *digest = node_text(source, "digest");
	const struct entry *entry =
		key && node_is_string(node_get(source, "name"), import->mapping->source)
			? find_key(import, key)
			: NULL;
	if (!entry)
		return true;
	struct find *find = gather_push(to, 0);
	*find = (struct find){.entry = (size_t)(entry - import->entries),
			      .id = arena_dup(&to->arena, id ? id : relative),
			      .digest = arena_dup(&to->arena, digest ? digest : "")};
	return true;
}

/* Nobody knows which keys it holds. */
static void give_up(struct gatherer *to, const char *relative, struct err *err)
{
	gather_problem(to, relative, err);
	gather_stop(to);
}

static int compare_finds(const void *a, const void *b)
{
	const struct find *x = a, *y = b;
	if (x->entry != y->entry)
		return x->entry < y->entry ? -1 : 1;
	int order = strcmp(x->id, y->id);
	return order ? order : strcmp(x->digest, y->digest);
}

/* What is recorded counts before what stands earlier in the file. */
static void settle(struct import *import)
{
	for (size_t i = 0; i < import->count; i++) {
		struct entry *entry = &import->entries[i];
		const struct entry *first = &import->entries[entry->first];
		if (!first->id)
			continue;
		entry->recorded = strcmp(entry->digest, first->recorded_digest) == 0;
		if (entry->recorded)
			entry->reason = NULL;
		else if (!first->recorded) /* else it differs from an earlier row, which says more
					    */
			entry->reason = arena_printf(
				&import->arena,
				"the key %s was recorded before, as %s, with other content",
				entry->key, first->id);
	}
}

static bool search(struct import *import)
{
	static const char *const folders[] = {"tickets", NULL};
	const struct gather gather = {
		.folders = folders,
		.pass_strays = true,
		.file = look_at,
		.unreadable = give_up,
		.lists = {{.size = sizeof(struct find), .order = compare_finds}},
		.context = import};
	struct gathered found = {0};
	bool done = !import->count || gather_run(import->book, &gather, &found);
	const struct find *finds = found.lists[0].items;
	/* two clones may have recorded a key: the lower number counts */
	for (size_t i = found.lists[0].count; i-- > 0;) {
		struct entry *entry = &import->entries[finds[i].entry];
		entry->id = arena_dup(&import->arena, finds[i].id);
		entry->recorded_digest = arena_dup(&import->arena, finds[i].digest);
	}
	if (done) {
		settle(import);
	} else {
		err_merge(import->err, &found.problems.items[0]);
		err_prefix(import->err, "cannot be read, and may hold a row of this file already");
	}
	gathered_clear(&found);
	return done;
}

/* --- second reading: recording --- */

/* The running numbers of the month DAY lies in. */
static struct month_numbers *month_of(struct import *import, const struct civil *day)
{
	for (size_t i = import->month_count; i-- > 0;)
		if (import->months[i].year == day->year && import->months[i].month == day->month)
			return &import->months[i];
	import->months = mem_room(import->months, import->month_count, 1, sizeof *import->months);
	struct month_numbers *month = &import->months[import->month_count];
	if (!number_read(import->book, day, month, import->err))
		return NULL;
	import->month_count++;
	return month;
}

/* Puts the row into BATCH under the next free number. False with ERR: this row cannot be; with the
 * import's: nothing can. */
static bool add_row(struct import *import, struct arena *arena, const struct row *row,
		    const struct entry *entry, struct store_batch *batch, struct err *err)
{
	struct node *document;
	struct civil day;
	struct buf text, path;
	int64_t at = 0;
	bool done = false;
	buf_init(&text);
	buf_init(&path);
	if (!make(import, arena, row, entry, &document, err) ||
	    !document_time(NULL, document, "at", &at, err))
		goto out;
	zone_civil(&import->book->zone, at, &day);
	struct month_numbers *month = month_of(import, &day);
	enum store_result result = STORE_EXISTS;
	while (month && result == STORE_EXISTS) {
		long number;
		if (!number_next(import->book, month, &day, &number, err)) {
			err_prefix(err, "at");
			goto out;
		}
		const char *id = number_id(import->book, arena, &day, number);
		node_set(arena, document, "id", node_string(arena, id));
		buf_reset(&text);
		buf_reset(&path);
		if (!render_document(import->mapping->schema, document, &text, err) ||
		    !book_form_path(id, &path, err)) {
			month->last[day.day]--;
			goto out;
		}
		struct mark mark = record_mark(arena, path.data, 1);
		result = batch ? store_batch_add(batch, path.data, text.data, text.len,
						 STORE_CREATE, import->err)
			       : store_may_write(&import->book->store, path.data, text.len,
						 STORE_CREATE, mark.key, import->err);
		if (result == STORE_WRITTEN && batch)
			store_batch_mark(batch, &mark);
	}
	done = result == STORE_WRITTEN;
out:
	buf_clear(&text);
	buf_clear(&path);
	return done;
}

static void add_reject(struct arena *arena, const struct row *row, const struct entry *entry,
		       struct buf *out)
{
	struct node *reject = node_map(arena);
	node_add(arena, reject, "line", node_int(arena, (int64_t)row->line));
	node_add_string(arena, reject, "key", entry->key);
	node_add_string(arena, reject, "reason", entry->reason);
	if (row->columns)
		node_add(arena, reject, "row", row->columns);
	json_write(out, reject);
	buf_addc(out, '\n');
}

static bool take_row(struct import *import, struct arena *arena, const struct row *row,
		     struct entry *entry, struct store_batch *batch, struct buf *rejects)
{
	struct err err = ERR_INIT;
	if (entry->repeated && !entry->recorded)
		entry->reason = import->entries[entry->first].reason;
	if (!entry->reason && (entry->recorded || entry->repeated)) {
		import->out->already++;
		return true;
	}
	if (!entry->reason) {
		if (add_row(import, arena, row, entry, batch, &err)) {
			import->out->recorded++;
			return true;
		}
		if (import->err->text || !reject(import, entry, &err))
			return false;
	}
	add_reject(arena, row, entry, rejects);
	import->out->rejected++;
	return true;
}

static bool take_all(struct import *import, struct store_batch *batch, struct buf *rejects)
{
	struct arena arena = ARENA_INIT;
	struct row row;
	bool done = true;
	rows_rewind(import->rows);
	for (size_t i = 0; done && i < import->count; i++) {
		rows_next(import->rows, &arena, &row);
		done = take_row(import, &arena, &row, &import->entries[i], batch, rejects);
		arena_reset(&arena);
	}
	arena_clear(&arena);
	return done;
}

static bool record(struct import *import)
{
	struct store_batch *batch = NULL;
	struct buf rejects;
	bool done = false;
	buf_init(&rejects);
	if (!import->options->dry_run &&
	    !(batch = store_batch_begin(&import->book->store, import->err)))
		goto out;
	if (!take_all(import, batch, &rejects) ||
	    !import->options->rejects(import->options->context, rejects.data, rejects.len,
				      import->out->rejected, import->err))
		goto out;
	/* an empty batch, too, asks the disk for what an earlier import may have left unconfirmed
	 */
	done = !batch || store_batch_commit(batch, import->err);
	batch = NULL;
out:
	store_batch_abort(batch);
	buf_clear(&rejects);
	return done;
}

static void list_left_out(const struct import *import, struct arena *arena)
{
	const char *column;
	import->out->left_out = node_list(arena);
	for (size_t i = 0;
	     !import->mapping->keeps_rest && (column = node_item_text(import->seen, i)); i++)
		if (!node_holds(import->mapping->used, column))
			node_push(arena, import->out->left_out, node_string(arena, column));
}

bool import_rows(struct book *book, const struct mapping *mapping, struct rows *rows,
		 const struct import_options *options, struct arena *arena,
		 struct import_result *out, struct err *err)
{
	*out = (struct import_result){0};
	struct import import = {.book = book,
				.mapping = mapping,
				.rows = rows,
				.options = options,
				.out = out,
				.err = err};
	if (!record_actors(book, options->by, false, &import.acting, err))
		return false;
	import.seen = rows->columns ? rows->columns : node_list(&import.arena);
	/* reading and judging take long, and need no lock; what the ledger has is asked under it */
	bool done = read_all(&import) &&
		    (options->dry_run ? store_may_lock(&book->store, err)
				      : store_lock(&book->store, STORE_PATIENCE_MS, err)) &&
		    search(&import) && record(&import);
	store_unlock(&book->store);
	out->in_place = done || err->status == STATUS_UNDURABLE;
	out->read = import.count;
	list_left_out(&import, arena);
	free(import.entries);
	free(import.heads);
	free(import.months);
	arena_clear(&import.arena);
	return done;
}
