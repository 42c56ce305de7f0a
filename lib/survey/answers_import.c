// SPDX-License-Identifier: MIT
// What households answer to a survey, from a file: what can be taken is recorded, the rest handed
// back with reasons.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/form.h"
#include "data/time.h"
#include "record/render.h"
#include "record/value.h"
#include "store/file.h"
#include "survey/answers_parts.h"
#include "text/json.h"

/* A row after the first reading. */
struct entry {
	const char *unit; /* NULL: it has none */
	const char *text; /* the document it becomes */
	size_t len;
	const char *reason; /* why it is rejected; NULL: it is not */
	size_t first;       /* the first row of this unit */
	size_t line;
	bool repeated; /* which says the same */
	bool late;
};

struct import {
	struct answers *answers;
	struct rows *rows;
	const struct answers_options *options;
	struct answers_result *out;
	struct acting acting;
	const struct schema *schema;
	struct arena arena; /* what entries hold */
	struct entry *entries;
	size_t count, room;
	size_t *heads; /* hash table of first rows: an index + 1 */
	size_t mask;
	struct err *err;
};

/* --- which row is whose --- */

static size_t hash(const char *text)
{
	uint64_t value = UINT64_C(14695981039346656037); /* FNV-1a */
	for (; *text; text++)
		value = (value ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return (size_t)(value ^ value >> 32);
}

/* The place of UNIT's first row in the table; 0 there when it has none yet. */
static size_t *slot_of(const struct import *import, const char *unit)
{
	size_t slot = hash(unit) & import->mask;
	while (import->heads[slot] &&
	       strcmp(import->entries[import->heads[slot] - 1].unit, unit) != 0)
		slot = (slot + 1) & import->mask;
	return &import->heads[slot];
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
		if (import->entries[i].text && import->entries[i].first == i)
			*slot_of(import, import->entries[i].unit) = i + 1;
}

/* --- a row as a document --- */

/* The question COLUMN answers; NULL: none. */
static const char *question_of(const struct import *import, const char *column)
{
	const struct questionnaire *questionnaire = &import->answers->questionnaire;
	const char *mapped = node_text(import->options->maps, column);
	for (size_t i = 0; i < questionnaire->count; i++)
		if (strcmp(questionnaire->questions[i].name, mapped ? mapped : column) == 0)
			return questionnaire->questions[i].name;
	return mapped; /* which is then refused by its name */
}

static bool is_empty(const struct import *import, const char *text)
{
	return !*text || (import->options->empty && node_holds(import->options->empty, text));
}

static bool take_value(struct import *import, struct arena *arena, struct node *values,
		       const char *question, const struct node *value, struct err *err)
{
	const struct node *one;
	switch (value->type) {
	case NODE_NULL:
		return true;
	case NODE_BOOL:
		return answers_set(import->answers, arena, values, question,
				   node_is_true(value) ? "true" : "false", err);
	case NODE_STRING:
	case NODE_NUMBER:
		return is_empty(import, node_as_text(value)) ||
		       answers_set(import->answers, arena, values, question, node_as_text(value),
				   err);
	case NODE_LIST:
		for (size_t i = 0; (one = node_each(value, i)); i++)
			if (one->type == NODE_LIST ||
			    !take_value(import, arena, values, question, one, err))
				return err->text ? false
						 : err_set(err, STATUS_REFUSED,
							   "%s: a list within a list cannot be an "
							   "answer",
							   question);
		return true;
	case NODE_MAP:
		break;
	}
	return err_set(err, STATUS_REFUSED, "%s: an object cannot be an answer", question);
}

static bool take_values(struct import *import, struct arena *arena, const struct row *row,
			struct node *values, struct err *err)
{
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(row->columns, i)); i++) {
		const char *question = question_of(import, pair->key);
		if (question && !take_value(import, arena, values, question, pair->value, err))
			return false;
	}
	return true;
}

static bool find_time(struct import *import, const struct row *row, int64_t *at, struct err *err)
{
	const char *typed = import->options->when ? node_text(row->columns, import->options->when)
						  : NULL;
	const struct book *book = import->answers->book;
	*at = import->acting.at;
	if (!typed || is_empty(import, typed))
		return true;
	if (!time_input(&book->zone, book->now, typed, at, err)) {
		err->status = STATUS_REFUSED;
		return err_prefix(err, import->options->when);
	}
	return *at <= book->now || err_set(err, STATUS_REFUSED, "%s: %s is in the future",
					   import->options->when, typed);
}

static struct node *head(struct import *import, struct arena *arena, const char *unit, int64_t at)
{
	struct book *book = import->answers->book;
	struct request request = {0};
	struct acting acting = import->acting;
	struct node *document = node_map(arena);
	acting.at = at;
	node_add_string(arena, document, "event", "answered");
	record_head(book, arena, &request, &acting, document, unit, 1);
	return document;
}

static bool make(struct import *import, struct arena *arena, const struct row *row,
		 struct entry *entry, struct err *err)
{
	struct answers *answers = import->answers;
	struct node *values = node_map(arena);
	struct buf text;
	int64_t at;
	if (!answers_judge_unit(answers, entry->unit, err) || !find_time(import, row, &at, err) ||
	    !answers_judge_time(answers, at, err) ||
	    !take_values(import, arena, row, values, err) ||
	    !answers_judge_values(answers, values, err))
		return false;
	struct node *document = head(import, arena, entry->unit, at);
	answers_complete(answers, arena, document, entry->unit, at);
	node_add(arena, document, "answers", values);
	entry->late = node_get(document, "late");
	buf_init(&text);
	bool done = render_document(import->schema, document, &text, err);
	entry->text = arena_dup_len(&import->arena, text.data, text.len);
	entry->len = text.len;
	buf_clear(&text);
	return done;
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

static bool find_unit(struct import *import, const struct row *row, struct entry *entry,
		      struct err *err)
{
	const char *typed = node_text(row->columns, import->options->unit);
	struct buf unit;
	if (!typed || !node_text_len(node_get(row->columns, import->options->unit)))
		return err_set(err, STATUS_REFUSED, "%s: empty: this column must name the unit",
			       import->options->unit);
	buf_init(&unit);
	bool done = value_normal(import->answers->book, "unit", typed, &unit, err);
	if (done)
		entry->unit = arena_dup(&import->arena, unit.data);
	buf_clear(&unit);
	return done;
}

static bool judge_row(struct import *import, struct arena *arena, const struct row *row)
{
	struct err err = ERR_INIT;
	grow(import);
	size_t index = import->count++;
	struct entry *entry = &import->entries[index];
	*entry = (struct entry){.first = index, .line = row->line};
	if (!row->columns) {
		entry->reason = arena_dup(&import->arena, row->problem);
		return true;
	}
	if (!find_unit(import, row, entry, &err) || !make(import, arena, row, entry, &err)) {
		entry->text = NULL;
		if (!reject(import, entry, &err))
			return false;
	}
	if (!entry->text)
		return true;
	size_t *slot = slot_of(import, entry->unit);
	if (!*slot) {
		*slot = index + 1;
		return true;
	}
	const struct entry *first = &import->entries[*slot - 1];
	entry->first = *slot - 1;
	entry->repeated = first->len == entry->len &&
			  memcmp(first->text, entry->text, entry->len) == 0;
	if (!entry->repeated)
		entry->reason = arena_printf(&import->arena,
					     "%s is also in line %zu, with other answers",
					     entry->unit, first->line);
	return true;
}

/* Every column that is named is one of the file's. */
static bool check_columns(struct import *import)
{
	const struct answers_options *options = import->options;
	const struct node *columns = import->rows->columns;
	if (!columns)
		return true;
	const char *wrong = node_holds(columns, options->unit) ? NULL : options->unit;
	if (options->when && !wrong && !node_holds(columns, options->when))
		wrong = options->when;
	const struct pair *map;
	for (size_t i = 0; !wrong && (map = node_pair(options->maps, i)); i++)
		if (!node_holds(columns, map->key))
			wrong = map->key;
	return !wrong || err_set(import->err, STATUS_REFUSED, "%s has no column \"%s\"",
				 import->rows->name, wrong);
}

/* Every question that is named is one of the questionnaire's, and answered by one column. */
static bool check_maps(struct import *import)
{
	const struct node *maps = import->options->maps;
	const struct pair *map;
	for (size_t i = 0; (map = node_pair(maps, i)); i++) {
		const char *question = node_as_text(map->value);
		bool known = false;
		for (size_t j = 0; j < import->answers->questionnaire.count; j++)
			known = known || strcmp(import->answers->questionnaire.questions[j].name,
						question) == 0;
		if (!known)
			return err_set(import->err, STATUS_REFUSED,
				       "--map: the questionnaire has no question \"%s\"", question);
		/* a column of the question's own name would answer it too */
		bool twice = import->rows->columns && strcmp(map->key, question) != 0 &&
			     node_holds(import->rows->columns, question) &&
			     !node_get(maps, question);
		for (size_t j = 0; j < i; j++)
			twice = twice || node_is_string(node_pair(maps, j)->value, question);
		if (twice)
			return err_set(import->err, STATUS_REFUSED,
				       "--map: more than one column answers \"%s\"", question);
	}
	return true;
}

static bool read_all(struct import *import)
{
	struct arena arena = ARENA_INIT;
	struct row row;
	bool done = check_columns(import) && check_maps(import);
	rows_rewind(import->rows);
	while (done && rows_next(import->rows, &arena, &row)) {
		done = judge_row(import, &arena, &row);
		arena_reset(&arena);
	}
	arena_clear(&arena);
	return done;
}

/* --- second reading: recording --- */

/* Puts ROOT behind TEXT, which is empty or ends with what was voided, as document SEQ. */
static bool append(struct import *import, struct arena *arena, int64_t seq, const struct node *root,
		   struct buf *text, struct err *err)
{
	struct node *document = node_copy(arena, root);
	node_set(arena, document, "seq", node_int(arena, seq));
	if (text->len)
		node_remove(document, "id");
	return render_document(import->schema, document, text, err);
}

/* What to do with ENTRY, whose unit has TEXT already: rejected, there already, or text to replace
 * that, up to document SEQ. */
static bool meet(struct import *import, struct entry *entry, const char *path, struct buf *text,
		 bool *already, int64_t *seq, struct err *err)
{
	struct arena theirs = ARENA_INIT, ours = ARENA_INIT;
	struct documents before, made;
	struct answer answer;
	bool done = documents_read(&theirs, path, text->data, text->len, &before, err) &&
		    documents_read(&ours, "-", entry->text, entry->len, &made, err);
	if (done) {
		answer_fold(&theirs, &before, &answer);
		const struct node *root = made.items[0].root;
		*already = answer.answered &&
			   node_equal_json(answer.answers, node_get(root, "answers"));
		if (!answer.answered)
			done = record_next(import->answers->book, path,
					   before.items[before.count - 1].seq, seq, err) &&
			       append(import, &ours, *seq, root, text, err);
		else if (!*already)
			done = survey_refuse(import->answers->book, &import->answers->survey,
					     "answers", err,
					     "%s has answered already, but differently, on %.10s",
					     entry->unit, node_text(answer.answered->root, "at"));
	}
	arena_clear(&theirs);
	arena_clear(&ours);
	return done;
}

/* TEXT becomes that of ENTRY, whose unit has no file: the first document of it, under another
 * number where one was there and is lost. */
static bool begin(struct import *import, struct entry *entry, const char *path, struct buf *text,
		  int64_t *seq, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct documents made;
	bool done = record_next(import->answers->book, path, 0, seq, err);
	if (done && *seq == 1)
		buf_add(text, entry->text, entry->len);
	else if (done)
		done = documents_read(&arena, "-", entry->text, entry->len, &made, err) &&
		       append(import, &arena, *seq, made.items[0].root, text, err);
	arena_clear(&arena);
	return done;
}

static bool add_row(struct import *import, struct entry *entry, struct store_batch *batch,
		    bool *already, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct buf text;
	const char *path = survey_answer_path(&arena, import->answers->survey.id, entry->unit);
	buf_init(&text);
	enum file_result found =
		file_read(&import->answers->book->store.root, path, FORM_MAX_BYTES, &text, err);
	int64_t seq = 1;
	bool fresh = found == FILE_ABSENT;
	bool done = fresh ? begin(import, entry, path, &text, &seq, err)
			  : found == FILE_READ &&
				    meet(import, entry, path, &text, already, &seq, err);
	enum store_mode mode = fresh ? STORE_CREATE : STORE_REPLACE;
	struct mark mark = record_mark(&arena, path, seq);
	if (done && !*already && batch) {
		done = store_batch_add(batch, path, text.data, text.len, mode, err) ==
		       STORE_WRITTEN;
		store_batch_mark(batch, &mark);
	} else if (done && !*already) {
		done = store_may_write(&import->answers->book->store, path, text.len, mode,
				       mark.key, err) == STORE_WRITTEN;
	}
	buf_clear(&text);
	arena_clear(&arena);
	return done;
}

static void add_reject(struct arena *arena, const struct row *row, const struct entry *entry,
		       struct buf *out)
{
	struct node *rejected = node_map(arena);
	node_add(arena, rejected, "line", node_int(arena, (int64_t)row->line));
	node_add_string(arena, rejected, "key", entry->unit);
	node_add_string(arena, rejected, "reason", entry->reason);
	if (row->columns)
		node_add(arena, rejected, "row", row->columns);
	json_write(out, rejected);
	buf_addc(out, '\n');
}

static bool take_row(struct import *import, struct arena *arena, const struct row *row,
		     struct entry *entry, struct store_batch *batch, struct buf *rejects)
{
	struct err err = ERR_INIT;
	bool already = entry->repeated;
	if (entry->repeated)
		entry->reason = import->entries[entry->first].reason;
	if (!entry->reason && !already && !add_row(import, entry, batch, &already, &err) &&
	    !reject(import, entry, &err))
		return false;
	if (entry->reason) {
		add_reject(arena, row, entry, rejects);
		import->out->rejected++;
	} else if (already) {
		import->out->already++;
	} else {
		import->out->recorded++;
		import->out->late += entry->late;
	}
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

/* Nothing came in between while the rows were read: what was on time stays so. */
static bool judge_again(struct import *import)
{
	struct survey now;
	bool was_closed = import->answers->survey.closed;
	bool done =
		survey_read(import->answers->book, import->answers->survey.id, &now, import->err) &&
		survey_judge_state(&now, import->err);
	if (done && !was_closed && now.closed)
		done = err_set(import->err, STATUS_REFUSED,
			       "%s was closed in the meantime: run the command again", now.id);
	survey_clear(&now);
	return done;
}

static bool record(struct import *import)
{
	struct store_batch *batch = NULL;
	struct buf rejects;
	bool done = false;
	buf_init(&rejects);
	if (!import->options->dry_run &&
	    (!judge_again(import) ||
	     !(batch = store_batch_begin(&import->answers->book->store, import->err))))
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
	const struct answers_options *options = import->options;
	const char *column;
	import->out->left_out = node_list(arena);
	for (size_t i = 0; (column = node_each_text(import->rows->columns, &i));)
		if (!question_of(import, column) && strcmp(column, options->unit) != 0 &&
		    (!options->when || strcmp(column, options->when) != 0))
			node_push(arena, import->out->left_out, node_string(arena, column));
}

static bool find_actor(struct import *import)
{
	struct book *book = import->answers->book;
	const char *at = import->options->at;
	if (!record_actors(book, import->options->by, false, &import->acting, import->err) ||
	    !survey_judge_actor(book, &import->answers->survey, &import->acting, import->err))
		return false;
	if (at && !time_input(&book->zone, book->now, at, &import->acting.at, import->err))
		return err_prefix(import->err, "--at");
	return import->acting.at <= book->now ||
	       err_set(import->err, STATUS_REFUSED, "--at: %s is in the future", at);
}

bool answers_import(struct answers *answers, struct rows *rows,
		    const struct answers_options *options, struct arena *arena,
		    struct answers_result *out, struct err *err)
{
	*out = (struct answers_result){0};
	struct import import = {
		.answers = answers, .rows = rows, .options = options, .out = out, .err = err};
	import.schema = schema_find(answers->book->schemas, "schemas/survey/answered.yaml", err);
	/* reading and judging take long, and need no lock; what is there already is asked under it
	 */
	bool done = import.schema && find_actor(&import) && read_all(&import) &&
		    (options->dry_run
			     ? store_may_lock(&answers->book->store, err)
			     : store_lock(&answers->book->store, STORE_PATIENCE_MS, err)) &&
		    record(&import);
	store_unlock(&answers->book->store);
	out->in_place = done || err->status == STATUS_UNDURABLE;
	out->read = import.count;
	list_left_out(&import, arena);
	free(import.entries);
	free(import.heads);
	arena_clear(&import.arena);
	return done;
}
