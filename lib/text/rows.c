// SPDX-License-Identifier: MIT
// Reads the rows of a foreign file, CSV or NDJSON, each as a map from column to value.
#include "text/rows.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "text/charset.h"
#include "text/json.h"

/* --- bytes to text --- */

/* Damaged UTF-8 concerns only the rows that have it: they are rejected, the others read. */
static bool decode(struct rows *rows, const char *bytes, size_t len, const char *wanted,
		   struct err *err)
{
	static const char mark[] = "\xef\xbb\xbf";
	if (charset_decode(bytes, len, wanted, &rows->text, &rows->encoding, err))
		return true;
	if (!rows->encoding || strcmp(rows->encoding, "UTF-8") != 0)
		return err_place(err, rows->name, 0, 0);
	err_clear(err);
	size_t skip = len >= strlen(mark) && memcmp(bytes, mark, strlen(mark)) == 0 ? strlen(mark)
										    : 0;
	buf_add(&rows->text, bytes + skip, len - skip);
	return true;
}

/* --- what kind of file --- */

static bool ends_with(const char *name, const char *ending)
{
	size_t len = strlen(name), tail = strlen(ending);
	return len >= tail && strcasecmp(name + len - tail, ending) == 0;
}

static bool tell_format(struct rows *rows, const struct rows_options *options, struct err *err)
{
	static const char *const json[] = {".ndjson", ".jsonl"}, *const csv[] = {".csv", ".tsv"};
	if (options->format) {
		rows->is_json = strcmp(options->format, "ndjson") == 0;
		return true;
	}
	for (size_t i = 0; i < 2; i++) {
		rows->is_json = ends_with(options->name, json[i]);
		if (rows->is_json || ends_with(options->name, csv[i]))
			return true;
	}
	return err_set(
		err, STATUS_USAGE,
		"%s: the file's name does not tell its format: give `format: csv` or `format: "
		"ndjson` in the mapping",
		options->name);
}

static bool heading_fits(struct rows *rows, struct err *err)
{
	const char *name;
	for (size_t i = 0; (name = node_item_text(rows->columns, i)); i++) {
		size_t len = node_text_len(node_item(rows->columns, i));
		const char *wrong = utf8_check(name, len) < len ? "is not UTF-8" : NULL;
		for (size_t j = 0; j < i && !wrong; j++)
			if (node_is_string(node_item(rows->columns, j), name))
				wrong = "appears twice";
		if (wrong) {
			err_set(err, STATUS_REFUSED, "the heading's column %zu, \"%s\", %s", i + 1,
				name, wrong);
			return err_place(err, rows->name, 1, 0);
		}
	}
	return true;
}

/* Reads the heading. Columns without a name are called by their number. */
static bool read_heading(struct rows *rows, struct err *err)
{
	switch (csv_next(&rows->csv, err)) {
	case CSV_RECORD:
		break;
	case CSV_END:
		err_set(err, STATUS_REFUSED, "the file is empty: it must begin with a heading");
		return err_place(err, rows->name, 0, 0);
	case CSV_FAILED:
		return err_place(err, rows->name, 0, 0);
	}
	rows->columns = node_list(&rows->arena);
	for (size_t i = 0; i < rows->csv.count; i++) {
		const struct csv_field *field = &rows->csv.fields[i];
		node_push(&rows->arena, rows->columns,
			  node_string(&rows->arena,
				      field->len
					      ? field->text
					      : arena_printf(&rows->arena, "column-%zu", i + 1)));
	}
	return heading_fits(rows, err);
}

/* --- rows --- */

bool rows_open(struct rows *rows, const char *bytes, size_t len, const struct rows_options *options,
	       struct err *err)
{
	*rows = (struct rows){0};
	buf_init(&rows->text);
	rows->name = arena_dup(&rows->arena, options->name);
	rows->headed = !options->columns;
	rows->delimiter = options->delimiter                 ? options->delimiter
			  : ends_with(options->name, ".tsv") ? '\t'
							     : ',';
	if (!tell_format(rows, options, err) || !decode(rows, bytes, len, options->encoding, err))
		return false;
	if (!rows->is_json && options->columns)
		rows->columns = node_copy(&rows->arena, options->columns);
	rows_rewind(rows);
	if (!rows->is_json && rows->headed && !read_heading(rows, err))
		return false;
	rows->heading_due = false;
	return true;
}

void rows_clear(struct rows *rows)
{
	csv_clear(&rows->csv);
	buf_clear(&rows->text);
	arena_clear(&rows->arena);
	*rows = (struct rows){0};
}

void rows_rewind(struct rows *rows)
{
	rows->at = rows->text.data;
	rows->line = 0;
	rows->heading_due = rows->headed;
	csv_clear(&rows->csv);
	csv_init(&rows->csv, rows->text.data, rows->text.len);
	rows->csv.separator = rows->delimiter;
}

static bool is_blank(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!strchr(" \t\r", text[i]) || !text[i])
			return false;
	return true;
}

static const char *problem_of(struct arena *arena, const struct err *err)
{
	return err->column ? arena_printf(arena, "%s (line %u, column %u)", err->text, err->line,
					  err->column)
			   : arena_dup(arena, err->text);
}

static bool next_json(struct rows *rows, struct arena *arena, struct row *row)
{
	const char *end = rows->text.data + rows->text.len, *begin, *stop;
	do {
		if (rows->at == end)
			return false;
		begin = rows->at;
		stop = memchr(begin, '\n', (size_t)(end - begin));
		rows->at = stop ? stop + 1 : end;
		stop = stop ? stop : end;
		rows->line++;
	} while (is_blank(begin, (size_t)(stop - begin)));

	struct err err = ERR_INIT;
	struct node *value = NULL;
	*row = (struct row){.line = rows->line};
	if (!json_read(arena, NULL, begin, (size_t)(stop - begin), &value, &err)) {
		err.line = (unsigned)rows->line;
		row->problem = problem_of(arena, &err);
	} else if (value->type != NODE_MAP) {
		row->problem = "not a JSON object";
	} else {
		row->columns = value;
	}
	err_clear(&err);
	return true;
}

static void read_record(const struct rows *rows, struct arena *arena, struct row *row)
{
	const struct csv *csv = &rows->csv;
	size_t wanted = node_item_count(rows->columns);
	struct node *columns = node_map(arena);
	if (csv->count != wanted) {
		row->problem = arena_printf(arena, "%zu columns, not %zu", csv->count, wanted);
		return;
	}
	for (size_t i = 0; i < wanted; i++) {
		const char *name = node_item_text(rows->columns, i);
		if (utf8_check(csv->fields[i].text, csv->fields[i].len) < csv->fields[i].len) {
			row->problem = arena_printf(arena, "column %s: not UTF-8", name);
			return;
		}
		node_add(arena, columns, name,
			 node_string_len(arena, csv->fields[i].text, csv->fields[i].len));
	}
	row->columns = columns;
}

static bool next_csv(struct rows *rows, struct arena *arena, struct row *row)
{
	struct err err = ERR_INIT;
	enum csv_result result = csv_next(&rows->csv, &err);
	if (rows->heading_due) /* this was the heading, which rows_open has checked */
		result = csv_next(&rows->csv, &err);
	rows->heading_due = false;
	if (result == CSV_END)
		return false;
	*row = (struct row){.line = rows->csv.record_line};
	if (result == CSV_RECORD)
		read_record(rows, arena, row);
	else
		row->problem = problem_of(arena, &err);
	err_clear(&err);
	return true;
}

bool rows_next(struct rows *rows, struct arena *arena, struct row *row)
{
	return rows->is_json ? next_json(rows, arena, row) : next_csv(rows, arena, row);
}
