// SPDX-License-Identifier: MIT
// Brings tickets of another system in: what can be taken is recorded, the rest handed back with
// reasons.
#include "ticket/import.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/keys.h"
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

/* What a row says. Two rows are the same if either is. */
struct content {
	char all[DIGEST_TEXT];    /* the digest of all columns */
	char mapped[DIGEST_TEXT]; /* of what the mapping takes; empty: that is nothing */
};

/* What is known of a row after the first reading; the second reads it again
 * rather than keeping every document. */
struct entry {
	struct importing_row fate; /* KEY is NULL if it has none */
	struct content is;
	size_t first;       /* the first row with this key */
	bool repeated;      /* which is the same */
	bool recorded;      /* the ledger has it, the same */
	const char *id;     /* first rows: which ticket of the ledger has the key, or NULL */
	struct content was; /* and what that one says */
};

struct import {
	struct book *book;
	const struct mapping *mapping;
	struct rows *rows;
	const struct import_options *options;
	struct acting acting;
	struct arena arena; /* keys, reasons, ids */
	struct entry *entries;
	size_t count, room;
	struct keys firsts; /* to the first row with the key */
	struct node *seen;  /* list: columns of the file */
	struct month_numbers *months;
	size_t month_count;
	struct err *err;
};

/* --- keys --- */

static bool same(const struct content *a, const struct content *b)
{
	return strcmp(a->all, b->all) == 0 || (*a->mapped && strcmp(a->mapped, b->mapped) == 0);
}

/* The first row with KEY; NULL when there is none. */
static struct entry *find_key(const struct import *import, const char *key)
{
	size_t first;
	return keys_find(&import->firsts, key, strlen(key), &first) ? &import->entries[first]
								    : NULL;
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
	if (!node_get(document, "department"))
		node_add_string(
			arena, document, "department",
			node_as_text(policy_says(book->policy, RULE_CATEGORY,
						 node_text(document, "category"),
						 node_text(document, "kind"), "department")));
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
	node_add_string(arena, source, "key", entry->fate.key);
	node_add_string(arena, source, "digest", entry->is.all);
	node_add(arena, made, "source", source);
	add_department(book, arena, made);
	*document = made;
	return owe(import, arena, made, err);
}

/* --- first reading: what can be taken --- */

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

/* Makes a document of ROW, to see that it can be, and notes what it says. */
static bool try(struct import *import, struct arena *arena, const struct row *row,
		struct entry *entry, struct err *err)
{
	struct node *document;
	if (!make(import, arena, row, entry, &document, err) ||
	    !render_check(import->mapping->schema, document, err))
		return false;
	mapping_content(import->mapping, document, entry->is.mapped);
	return true;
}

/* ROW has the key of FIRST. */
static bool judge_again(struct import *import, struct arena *arena, const struct row *row,
			struct entry *entry, const struct entry *first)
{
	struct err err = ERR_INIT;
	entry->fate.key = first->fate.key;
	entry->first = (size_t)(first - import->entries);
	if (strcmp(entry->is.all, first->is.all) == 0)
		entry->is = first->is;
	else if (!try(import, arena, row, entry, &err) && err.status != STATUS_REFUSED)
		return importing_reject(&entry->fate, &import->arena, &err, import->err);
	err_clear(&err);
	entry->repeated = same(&entry->is, &first->is);
	if (!entry->repeated)
		entry->fate.reason = arena_printf(
			&import->arena, "the key %s is also in line %zu, with other content",
			entry->fate.key, first->fate.line);
	return true;
}

static bool judge(struct import *import, struct arena *arena, const struct row *row)
{
	struct err err = ERR_INIT;
	import->entries = mem_room(import->entries, import->count, 1, sizeof *import->entries);
	size_t index = import->count++;
	struct entry *entry = &import->entries[index];
	*entry = (struct entry){.fate.line = row->line, .first = index};
	if (!row->columns) {
		entry->fate.reason = arena_dup(&import->arena, row->problem);
		return true;
	}
	if (!import->rows->columns)
		note_columns(import, row->columns);
	const char *key;
	if (!mapping_key(import->mapping, arena, row->columns, &key, &err))
		return importing_reject(&entry->fate, &import->arena, &err, import->err);
	mapping_digest(row->columns, entry->is.all);
	const struct entry *first = find_key(import, key);
	if (first)
		return judge_again(import, arena, row, entry, first);
	entry->fate.key = arena_dup(&import->arena, key);
	keys_add(&import->firsts, entry->fate.key, strlen(key), index);
	return try(import, arena, row, entry, &err) ||
	       importing_reject(&entry->fate, &import->arena, &err, import->err);
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
	const char *id;
	struct content content;
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
			      .id = arena_dup(&to->arena, id ? id : relative)};
	if (digest && strlen(digest) < sizeof find->content.all)
		memcpy(find->content.all, digest, strlen(digest));
	mapping_content(import->mapping, root, find->content.mapped);
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
	order = order ? order : strcmp(x->content.all, y->content.all);
	return order ? order : strcmp(x->content.mapped, y->content.mapped);
}

/* What is recorded counts before what stands earlier in the file. */
static void settle(struct import *import)
{
	for (size_t i = 0; i < import->count; i++) {
		struct entry *entry = &import->entries[i];
		const struct entry *first = &import->entries[entry->first];
		if (!first->id)
			continue;
		entry->recorded = same(&entry->is, &first->was);
		if (entry->recorded)
			entry->fate.reason = NULL;
		else if (!first->recorded) /* else it differs from an earlier row, which says more
					    */
			entry->fate.reason = arena_printf(
				&import->arena,
				"the key %s was recorded before, as %s, with other content",
				entry->fate.key, first->id);
	}
	for (size_t i = 0; i < import->count; i++) {
		struct entry *entry = &import->entries[i];
		if (entry->repeated && !entry->recorded)
			entry->fate.reason = import->entries[entry->first].fate.reason;
		entry->fate.already = entry->recorded || entry->repeated;
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
		entry->was = finds[i].content;
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
static struct month_numbers *month_of(struct import *import, const struct civil *day,
				      struct err *err)
{
	for (size_t i = import->month_count; i-- > 0;)
		if (import->months[i].year == day->year && import->months[i].month == day->month)
			return &import->months[i];
	import->months = mem_room(import->months, import->month_count, 1, sizeof *import->months);
	struct month_numbers *month = &import->months[import->month_count];
	if (!number_read(import->book, day, month, err))
		return NULL;
	import->month_count++;
	return month;
}

static struct importing_row *row_of(void *context, size_t index)
{
	struct import *import = context;
	return &import->entries[index].fate;
}

static bool prepare(void *context, struct arena *arena, const struct row *row, size_t index,
		    void **prepared, struct err *err)
{
	struct import *import = context;
	struct node *document;
	struct civil day;
	int64_t at = 0;
	/* the folder of the month is listed here, before the lock is taken */
	bool done = make(import, arena, row, &import->entries[index], &document, err) &&
		    document_time(NULL, document, "at", &at, err);
	zone_civil(&import->book->zone, at, &day);
	done = done && month_of(import, &day, err);
	*prepared = done ? document : NULL;
	return done;
}

/* Others may have taken numbers since the lock was given back: the marks know. */
static bool begin(void *context, struct err *err)
{
	struct import *import = context;
	(void)err;
	for (size_t i = 0; i < import->month_count; i++)
		memset(import->months[i].marked, 0, sizeof import->months[i].marked);
	return true;
}

/* Puts the document into BATCH under the next free number. */
static bool record(void *context, struct arena *arena, size_t index, void *prepared,
		   struct store_batch *batch, struct err *err)
{
	struct import *import = context;
	struct node *document = prepared;
	struct civil day;
	struct buf text, path;
	int64_t at = 0;
	bool done = false;
	(void)index;
	buf_init(&text);
	buf_init(&path);
	if (!document_time(NULL, document, "at", &at, err))
		goto out;
	zone_civil(&import->book->zone, at, &day);
	struct month_numbers *month = month_of(import, &day, err);
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
						 STORE_CREATE, err)
			       : store_may_write(&import->book->store, path.data, text.len,
						 STORE_CREATE, mark.key, err);
		if (result == STORE_WRITTEN && batch)
			store_batch_mark(batch, &mark);
	}
	done = result == STORE_WRITTEN;
out:
	buf_clear(&text);
	buf_clear(&path);
	return done;
}

static void list_left_out(const struct import *import, struct arena *arena, struct node *names)
{
	const char *column;
	for (size_t i = 0;
	     !import->mapping->keeps_rest && (column = node_item_text(import->seen, i)); i++)
		if (!node_holds(import->mapping->used, column))
			node_push(arena, names, node_string(arena, column));
}

bool import_rows(struct book *book, const struct mapping *mapping, struct rows *rows,
		 const struct import_options *options, struct arena *arena,
		 struct import_result *out, struct err *err)
{
	*out = (struct import_result){0};
	struct import import = {
		.book = book, .mapping = mapping, .rows = rows, .options = options, .err = err};
	if (!record_actors(book, options->by, false, &import.acting, err))
		return false;
	import.seen = rows->columns ? rows->columns : node_list(&import.arena);
	/* reading and judging take long, and need no lock: only importers import */
	bool done = read_all(&import) &&
		    (options->dry_run ? store_may_turn(&book->store, err) &&
						store_may_lock(&book->store, err)
				      : store_turn(&book->store, STORE_PATIENCE_MS, err)) &&
		    search(&import);
	const struct importing importing = {.book = book,
					    .rows = rows,
					    .count = import.count,
					    .dry_run = options->dry_run,
					    .arena = &import.arena,
					    .row = row_of,
					    .prepare = prepare,
					    .begin = begin,
					    .record = record,
					    .rejects = options->rejects,
					    .rejects_context = options->context,
					    .context = &import};
	done = done && importing_run(&importing, &out->rows, err);
	store_turn_end(&book->store);
	out->in_place = importing_stands(done, err);
	list_left_out(&import, arena, out->left_out = node_list(arena));
	keys_clear(&import.firsts);
	free(import.entries);
	free(import.months);
	arena_clear(&import.arena);
	return done;
}
