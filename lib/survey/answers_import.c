// SPDX-License-Identifier: MIT
// What households answer to a survey, from a file: what can be taken is recorded, the rest handed
// back with reasons.
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/keys.h"
#include "base/mem.h"
#include "book/form.h"
#include "data/time.h"
#include "record/importing.h"
#include "record/render.h"
#include "record/value.h"
#include "store/file.h"
#include "survey/answers_parts.h"
#include "text/json.h"

/* A row after the first reading. */
struct entry {
	struct importing_row fate; /* its key is the unit; NULL: it has none */
	const char *text;          /* the document it becomes */
	size_t len;
	bool late;
	char answers[DIGEST_TEXT]; /* the digest of what is answered */
};

struct import {
	struct answers *answers;
	struct rows *rows;
	const struct answers_options *options;
	size_t late; /* of those recorded */
	struct acting acting;
	const struct schema *schema;
	struct arena arena; /* what entries hold */
	struct entry *entries;
	size_t count;
	struct err *err;
};

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

/* ANSWERS are in the order of the questionnaire. */
static void digest_answers(const struct node *answers, char digest[DIGEST_TEXT])
{
	unsigned char bytes[DIGEST_BYTES];
	struct buf json;
	buf_init(&json);
	json_write(&json, answers);
	digest_of(json.data, json.len, bytes);
	digest_text(bytes, digest);
	buf_clear(&json);
}

static bool make(struct import *import, struct arena *arena, const struct row *row,
		 struct entry *entry, struct err *err)
{
	struct answers *answers = import->answers;
	struct node *values = node_map(arena);
	struct buf text;
	int64_t at;
	if (!answers_judge_unit(answers, entry->fate.key, err) ||
	    !find_time(import, row, &at, err) || !answers_judge_time(answers, at, err) ||
	    !take_values(import, arena, row, values, err) ||
	    !answers_judge_values(answers, values, err))
		return false;
	struct node *document = head(import, arena, entry->fate.key, at);
	answers_complete(answers, arena, document, entry->fate.key, at);
	node_add(arena, document, "answers", values);
	entry->late = node_get(document, "late");
	buf_init(&text);
	bool done = render_document(import->schema, document, &text, err);
	entry->text = arena_dup_len(&import->arena, text.data, text.len);
	entry->len = text.len;
	buf_clear(&text);
	digest_answers(values, entry->answers);
	return done;
}

/* --- first reading: what can be taken --- */

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
	if (done) {
		const char *known = unit.data;
		roll_find(&import->answers->roll, unit.data, unit.len, &known);
		entry->fate.key = arena_dup(&import->arena, known);
	}
	buf_clear(&unit);
	return done;
}

static bool judge_row(struct import *import, struct arena *arena, const struct row *row)
{
	struct err err = ERR_INIT;
	size_t index = import->count;
	import->entries = mem_room(import->entries, index, 1, sizeof *import->entries);
	import->count++;
	struct entry *entry = &import->entries[index];
	*entry = (struct entry){.fate.line = row->line};
	if (!row->columns) {
		entry->fate.reason = arena_dup(&import->arena, row->problem);
		return true;
	}
	return (find_unit(import, row, entry, &err) && make(import, arena, row, entry, &err)) ||
	       importing_reject(&entry->fate, &import->arena, &err, import->err);
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

/* --- recording --- */

/* Puts ROOT behind TEXT, which is empty or holds BEFORE and ends with what was voided, as document
 * SEQ. */
static bool append(struct import *import, struct arena *arena, int64_t seq, const struct node *root,
		   const struct documents *before, struct buf *text, struct err *err)
{
	struct node *document = node_copy(arena, root);
	node_set(arena, document, "seq", node_int(arena, seq));
	if (text->len)
		node_remove(document, "id");
	if (before)
		record_seen(import->answers->book, arena, import->schema, before->items,
			    before->count, document);
	return render_document(import->schema, document, text, err);
}

/* Whether ROOT, which holds answers, was recorded before, whatever became of it. */
static bool holds(const struct documents *before, const struct answer *now, const struct node *root)
{
	const struct node *answers = node_get(root, "answers");
	if (now->answered && node_equal_json(now->answers, answers))
		return true;
	for (size_t i = 0; i < before->count; i++)
		if (before->items[i].which == EVENT_ANSWERED &&
		    node_equal_json(node_get(before->items[i].root, "answers"), answers))
			return true;
	return false;
}

/* What to do with ENTRY, whose unit has TEXT already: rejected, there already, or text to replace
 * that, up to document SEQ. */
static bool meet(struct import *import, struct entry *entry, const char *path, struct buf *text,
		 int64_t *seq, struct err *err)
{
	struct arena theirs = ARENA_INIT, ours = ARENA_INIT;
	struct documents before, made;
	struct answer answer;
	bool done = documents_read(&theirs, path, text->data, text->len, &before, err) &&
		    documents_read(&ours, "-", entry->text, entry->len, &made, err);
	if (done) {
		answer_fold(&theirs, &before, &answer);
		const struct node *root = made.items[0].root;
		entry->fate.already = holds(&before, &answer, root);
		if (entry->fate.already)
			done = true;
		else if (answer.answered)
			done = survey_refuse(
				import->answers->book, &import->answers->survey, "answers", err,
				"%s has answered already, but differently, on %.10s",
				entry->fate.key, node_text(answer.answered->root, "at"));
		else
			done = record_next(import->answers->book, path,
					   before.items[before.count - 1].seq, seq, err) &&
			       append(import, &ours, *seq, root, &before, text, err);
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
		       append(import, &arena, *seq, made.items[0].root, NULL, text, err);
	arena_clear(&arena);
	return done;
}

/* Looks whether ENTRY is there already, and if not, makes TEXT what its file will be, with document
 * SEQ. */
static bool compose(struct import *import, struct entry *entry, const char *path, struct buf *text,
		    bool *fresh, int64_t *seq, struct err *err)
{
	enum file_result found =
		file_read(&import->answers->book->store.root, path, FORM_MAX_BYTES, text, err);
	*fresh = found == FILE_ABSENT;
	return *fresh ? begin(import, entry, path, text, seq, err)
		      : found == FILE_READ && meet(import, entry, path, text, seq, err);
}

/* The files of the units as they are now, without the lock: what is recorded there is known, and
 * counts before what stands earlier among the rows. */
static bool look_up(struct import *import)
{
	struct arena arena = ARENA_INIT;
	bool done = true;
	for (size_t i = 0; done && i < import->count; i++) {
		struct entry *entry = &import->entries[i];
		struct err err = ERR_INIT;
		struct buf text;
		bool fresh;
		int64_t seq = 1;
		if (entry->fate.reason)
			continue;
		const char *path =
			survey_answer_path(&arena, import->answers->survey.id, entry->fate.key);
		if (!file_exists(&import->answers->book->store.root, path)) {
			arena_reset(&arena); /* nor is its number asked for: the lock is not held */
			continue;
		}
		buf_init(&text);
		done = compose(import, entry, path, &text, &fresh, &seq, &err) ||
		       importing_reject(&entry->fate, &import->arena, &err, import->err);
		buf_clear(&text);
		arena_reset(&arena);
	}
	arena_clear(&arena);
	return done;
}

/* Of the rows about one unit that could be recorded, the first is. */
static void settle(struct import *import)
{
	struct keys firsts = {0};
	for (size_t i = 0; i < import->count; i++) {
		struct entry *entry = &import->entries[i];
		const char *unit = entry->fate.key;
		size_t first;
		if (entry->fate.reason || entry->fate.already)
			continue;
		if (!keys_find(&firsts, unit, strlen(unit), &first)) {
			keys_add(&firsts, unit, strlen(unit), i);
			continue;
		}
		entry->fate.already = strcmp(entry->answers, import->entries[first].answers) == 0;
		if (!entry->fate.already)
			entry->fate.reason = arena_printf(
				&import->arena, "%s is also in line %zu, with other answers", unit,
				import->entries[first].fate.line);
	}
	keys_clear(&firsts);
}

static struct importing_row *row_of(void *context, size_t index)
{
	struct import *import = context;
	return &import->entries[index].fate;
}

static bool record(void *context, struct arena *arena, size_t index, void *prepared,
		   struct store_batch *batch, struct err *err)
{
	struct import *import = context;
	struct entry *entry = &import->entries[index];
	struct store *store = &import->answers->book->store;
	struct buf text;
	bool fresh;
	int64_t seq = 1;
	(void)prepared;
	buf_init(&text);
	const char *path = survey_answer_path(arena, import->answers->survey.id, entry->fate.key);
	bool done = compose(import, entry, path, &text, &fresh, &seq, err);
	if (done && !entry->fate.already) {
		enum store_mode mode = fresh ? STORE_CREATE : STORE_REPLACE;
		struct mark mark = record_mark(arena, path, seq);
		done = (batch ? store_batch_add(batch, path, text.data, text.len, mode, err)
			      : store_may_write(store, path, text.len, mode, mark.key, err)) ==
		       STORE_WRITTEN;
		if (done && batch)
			store_batch_mark(batch, &mark);
		import->late += done && entry->late;
	}
	buf_clear(&text);
	return done;
}

/* Nothing came in between while the rows were read: what was on time stays so. */
static bool judge_again(void *context, struct err *err)
{
	struct import *import = context;
	struct survey now;
	bool was_closed = import->answers->survey.closed;
	bool done = survey_read(import->answers->book, import->answers->survey.id, &now, err) &&
		    survey_judge_state(&now, err);
	if (done && !was_closed && now.closed)
		done = err_set(err, STATUS_REFUSED,
			       "%s was closed in the meantime: run the command again", now.id);
	survey_clear(&now);
	return done;
}

static void list_left_out(const struct import *import, struct arena *arena, struct node *names)
{
	const struct answers_options *options = import->options;
	const char *column;
	for (size_t i = 0; (column = node_each_text(import->rows->columns, &i));)
		if (!question_of(import, column) && strcmp(column, options->unit) != 0 &&
		    (!options->when || strcmp(column, options->when) != 0))
			node_push(arena, names, node_string(arena, column));
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
	struct book *book = answers->book;
	struct import import = {.answers = answers, .rows = rows, .options = options, .err = err};
	import.schema = schema_find(book->schemas, "schemas/survey/answered.yaml", err);
	/* reading and judging take long, and need no lock */
	bool done = import.schema && find_actor(&import) && read_all(&import) &&
		    (!options->dry_run || store_may_lock(&book->store, err)) && look_up(&import);
	if (done)
		settle(&import);
	const struct importing importing = {.book = book,
					    .rows = rows,
					    .count = import.count,
					    .dry_run = options->dry_run,
					    .arena = &import.arena,
					    .row = row_of,
					    .begin = judge_again,
					    .record = record,
					    .rejects = options->rejects,
					    .rejects_context = options->context,
					    .context = &import};
	done = done && importing_run(&importing, &out->rows, err);
	out->in_place = importing_stands(done, err);
	out->late = import.late;
	list_left_out(&import, arena, out->left_out = node_list(arena));
	free(import.entries);
	arena_clear(&import.arena);
	return done;
}
