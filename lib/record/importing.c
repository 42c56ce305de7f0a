// SPDX-License-Identifier: MIT
// What importers of foreign rows share: the rows that cannot be taken, with their reasons, and
// writing in batches, between which others can record. Knows nothing of what a row becomes.
#include "record/importing.h"

#include "text/json.h"

enum { TOGETHER = 500 }; /* rows in a batch: what clerks wait for is a fraction of a second */

bool importing_reject(struct importing_row *row, struct arena *arena, struct err *err,
		      struct err *end)
{
	if (err->status != STATUS_REFUSED) {
		err_clear(end);
		*end = *err;
		*err = (struct err)ERR_INIT;
		if (end->status == STATUS_DAMAGED)
			err_prefix(end, arena_printf(arena, "line %zu", row->line));
		return false;
	}
	row->reason = err->clause ? arena_printf(arena, "%s [%s]", err->text, err->clause)
				  : arena_dup(arena, err->text);
	err_clear(err);
	return true;
}

/* --- those that are rejected --- */

static void add_reject(struct arena *arena, const struct row *row, const struct importing_row *fate,
		       struct buf *out)
{
	struct node *reject = node_map(arena);
	node_add(arena, reject, "line", node_int(arena, (int64_t)row->line));
	node_add_string(arena, reject, "key", fate->key);
	node_add_string(arena, reject, "reason", fate->reason);
	if (row->columns)
		node_add(arena, reject, "row", row->columns);
	json_write(out, reject);
	buf_addc(out, '\n');
}

static bool hand_back(const struct importing *importing, struct importing_result *out,
		      struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct buf text;
	struct row row;
	buf_init(&text);
	out->rejected = 0;
	rows_rewind(importing->rows);
	for (size_t i = 0; i < importing->count && rows_next(importing->rows, &arena, &row); i++) {
		const struct importing_row *fate = importing->row(importing->context, i);
		if (fate->reason) {
			add_reject(&arena, &row, fate, &text);
			out->rejected++;
		}
		arena_reset(&arena);
	}
	bool done = importing->rejects(importing->rejects_context, text.data, text.len,
				       out->rejected, err);
	arena_clear(&arena);
	buf_clear(&text);
	return done;
}

/* --- those that are recorded --- */

/* Some rows that are written together. */
struct together {
	struct arena arena; /* of what is prepared */
	struct {
		size_t index;
		void *prepared;
	} items[TOGETHER];
	size_t count;
};

/* Prepares the next rows; *NEXT is the first that was not looked at. */
static bool prepare(const struct importing *importing, struct together *together, size_t *next,
		    struct importing_result *out, struct err *err)
{
	struct arena *arena = &together->arena;
	struct row row;
	arena_reset(arena);
	together->count = 0;
	for (; *next < importing->count && together->count < TOGETHER; ++*next) {
		struct importing_row *fate = importing->row(importing->context, *next);
		struct err why = ERR_INIT;
		void *prepared = NULL;
		if (!rows_next(importing->rows, arena, &row) || fate->reason)
			continue;
		if (fate->already) {
			out->already++;
			continue;
		}
		if (importing->prepare &&
		    !importing->prepare(importing->context, arena, &row, *next, &prepared, &why)) {
			if (!importing_reject(fate, importing->arena, &why, err))
				return false;
			continue;
		}
		together->items[together->count].index = *next;
		together->items[together->count++].prepared = prepared;
	}
	return true;
}

/* Puts them into BATCH; RECORDED and ALREADY count what becomes of them. */
static bool add_all(const struct importing *importing, struct together *together,
		    struct store_batch *batch, size_t *recorded, size_t *already, struct err *err)
{
	for (size_t i = 0; i < together->count; i++) {
		size_t index = together->items[i].index;
		struct importing_row *fate = importing->row(importing->context, index);
		struct err why = ERR_INIT;
		if (importing->record(importing->context, &together->arena, index,
				      together->items[i].prepared, batch, &why))
			*(fate->already ? already : recorded) += 1;
		else if (!importing_reject(fate, importing->arena, &why, err))
			return false;
	}
	return true;
}

static bool write_together(const struct importing *importing, struct together *together,
			   struct importing_result *out, struct err *err)
{
	struct store *store = &importing->book->store;
	size_t recorded = 0, already = 0;
	bool done = false;
	struct store_batch *batch = NULL;
	if (importing->dry_run)
		done = add_all(importing, together, NULL, &recorded, &already, err);
	else if (store_lock(store, STORE_PATIENCE_MS, err) &&
		 (!importing->begin || importing->begin(importing->context, err)) &&
		 (batch = store_batch_begin(store, err)) != NULL &&
		 add_all(importing, together, batch, &recorded, &already, err)) {
		done = store_batch_commit(batch, err);
		batch = NULL;
	}
	store_batch_abort(batch);
	store_unlock(store);
	out->already += done ? already : 0;
	out->recorded += importing_stands(done, err) ? recorded : 0;
	return done;
}

bool importing_stands(bool done, const struct err *err)
{
	return done || err->status == STATUS_UNDURABLE;
}

/* What was written before stays, whatever else fails. */
static void tell_written(size_t recorded, struct err *err)
{
	struct buf prefix;
	if (err->status == STATUS_UNDURABLE || !recorded)
		return;
	err->status = STATUS_UNDURABLE;
	buf_init(&prefix);
	buf_addf(&prefix, "%zu rows are recorded, and the same again records the rest: then",
		 recorded);
	err_prefix(err, prefix.data);
	buf_clear(&prefix);
}

bool importing_run(const struct importing *importing, struct importing_result *out, struct err *err)
{
	struct together together = {.arena = ARENA_INIT};
	*out = (struct importing_result){0};
	bool done = hand_back(importing, out, err);
	size_t told = out->rejected, next = 0;
	rows_rewind(importing->rows);
	if (done && !importing->dry_run)
		store_find_left(&importing->book->store);
	/* an empty batch, too, asks the disk for what an earlier import may have left unconfirmed
	 */
	for (bool first = true; done && (first || next < importing->count); first = false)
		done = prepare(importing, &together, &next, out, err) &&
		       ((!first && !together.count) ||
			write_together(importing, &together, out, err));
	if (done)
		for (size_t i = told = 0; i < importing->count; i++)
			told += importing->row(importing->context, i)->reason != NULL;
	if (done && told != out->rejected)
		done = hand_back(importing, out, err);
	if (!done)
		tell_written(out->recorded, err);
	out->read = out->recorded + out->already + out->rejected;
	arena_clear(&together.arena);
	return done;
}
