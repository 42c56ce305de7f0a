// SPDX-License-Identifier: MIT
// Formats rows of cells, by the same calls as a table for people or in a notation for programs.
// Never prints.
#include "text/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/node.h"
#include "base/utf8.h"
#include "text/csv.h"
#include "text/emit.h"
#include "text/json.h"

#define GAP 2u       /* spaces between two columns */
#define NARROWEST 5u /* what a column keeps when a table is fitted */
#define INDENT 2u    /* of what stands below a row */

struct table {
	struct table_column *columns;
	size_t count;
	enum table_format format;
	bool header;      /* a heading is wanted */
	bool bare_header; /* without rows, too */
	bool headed;      /* and is written */
	bool unfolded;    /* columns that may stand below do so */
	struct arena arena;
	const char **cells; /* of a table for people: the rows so far, one after the other */
	size_t used;
	struct buf text; /* of the other formats: the rows so far */
};

struct table *table_new(const struct table_column *columns, size_t count, enum table_format format)
{
	struct table *table = mem_alloc(sizeof *table);
	table->columns = mem_array(count, sizeof *columns);
	memcpy(table->columns, columns, count * sizeof *columns);
	table->count = count;
	table->format = format;
	table->header = table->bare_header = true;
	buf_init(&table->text);
	return table;
}

void table_free(struct table *table)
{
	if (!table)
		return;
	arena_clear(&table->arena);
	buf_clear(&table->text);
	free(table->cells);
	free(table->columns);
	free(table);
}

void table_no_header(struct table *table)
{
	table->header = false;
}

void table_no_bare_header(struct table *table)
{
	table->bare_header = false;
}

bool table_format_parse(const char *text, enum table_format *format)
{
	static const char *const names[] = {
		[TABLE_TABLE] = "table", [TABLE_TSV] = "tsv",   [TABLE_CSV] = "csv",
		[TABLE_JSON] = "json",   [TABLE_YAML] = "yaml",
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!strcmp(text, names[i])) {
			*format = (enum table_format)i;
			return true;
		}
	}
	return false;
}

/* As in the text format of PostgreSQL's COPY and in ClickHouse's TSV. An absent
 * cell is not left empty: a shell's `read` takes two tabs for one. */
static void add_tsv(struct buf *out, const char *cell)
{
	static const char special[] = "\t\n\r\\", escaped[] = "tnr\\";
	if (!cell) {
		buf_adds(out, "\\N");
		return;
	}
	for (;;) {
		size_t span = strcspn(cell, special);
		buf_add(out, cell, span);
		cell += span;
		if (!*cell)
			return;
		buf_addc(out, '\\');
		buf_addc(out, escaped[strchr(special, *cell++) - special]);
	}
}

static void row_separated(struct table *table, const char *const *cells)
{
	bool tsv = table->format == TABLE_TSV;
	for (size_t i = 0; i < table->count; i++) {
		if (i)
			buf_addc(&table->text, tsv ? '\t' : ',');
		if (tsv)
			add_tsv(&table->text, cells[i]);
		else if (cells[i])
			csv_write_field(&table->text, cells[i]);
	}
	buf_adds(&table->text, tsv ? "\n" : "\r\n");
}

static void heading_separated(struct table *table)
{
	if (!table->header || table->headed)
		return;
	table->headed = true;
	const char **names = mem_array(table->count, sizeof *names);
	for (size_t i = 0; i < table->count; i++)
		names[i] = table->columns[i].name;
	row_separated(table, names);
	free(names);
}

static void row_node(struct table *table, const char *const *cells)
{
	struct node *map = node_map(&table->arena);
	for (size_t i = 0; i < table->count; i++) {
		const struct table_column *column = &table->columns[i];
		if (cells[i] && column->number)
			node_add(&table->arena, map, column->name,
				 node_number(&table->arena, cells[i]));
		else
			node_add_string(&table->arena, map, column->name, cells[i]);
	}
	if (table->format == TABLE_JSON) {
		json_write(&table->text, map);
		buf_addc(&table->text, '\n');
	} else {
		emit_document(&table->text, map);
	}
	arena_reset(&table->arena);
}

static void row_kept(struct table *table, const char *const *cells)
{
	table->cells = mem_room(table->cells, table->used, table->count, sizeof *table->cells);
	struct buf seen;
	buf_init(&seen);
	for (size_t i = 0; i < table->count; i++) {
		buf_reset(&seen);
		if (cells[i])
			buf_add_visible(&seen, cells[i], strlen(cells[i]));
		table->cells[table->used++] = arena_dup_len(&table->arena, seen.data, seen.len);
	}
	buf_clear(&seen);
}

void table_row(struct table *table, const char *const *cells)
{
	if (table->format == TABLE_TABLE) {
		row_kept(table, cells);
	} else if (table->format == TABLE_JSON || table->format == TABLE_YAML) {
		row_node(table, cells);
	} else {
		heading_separated(table);
		row_separated(table, cells);
	}
}

static const char *column_title(const struct table_column *column)
{
	return column->title ? column->title : column->name;
}

static size_t text_width(const char *text)
{
	return utf8_width(text, strlen(text));
}

/* The width that each column needs, but at most its own maximum. */
static void widths_wanted(const struct table *table, size_t *widths)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct table_column *column = &table->columns[i];
		widths[i] = table->header ? text_width(column_title(column)) : 0;
		for (size_t cell = i; cell < table->used; cell += table->count) {
			size_t width = text_width(table->cells[cell]);
			widths[i] = width > widths[i] ? width : widths[i];
		}
		if (column->max && widths[i] > column->max && !column->right && !column->whole)
			widths[i] = column->max;
	}
}

static bool stands_below(const struct table *table, size_t column)
{
	return table->unfolded && table->columns[column].below;
}

static size_t total_width(const struct table *table, const size_t *widths)
{
	size_t total = 0;
	for (size_t i = 0; i < table->count; i++)
		if (!stands_below(table, i))
			total += widths[i] + (total ? GAP : 0);
	return total;
}

/* The widest column that may still be narrowed; COUNT when there is none. */
static size_t widest_column(const struct table *table, const size_t *widths)
{
	size_t widest = table->count;
	for (size_t i = 0; i < table->count; i++) {
		const struct table_column *column = &table->columns[i];
		if (stands_below(table, i) || column->right || column->whole ||
		    widths[i] <= NARROWEST)
			continue;
		if (widest == table->count || widths[i] > widths[widest])
			widest = i;
	}
	return widest;
}

static void widths_fit(struct table *table, size_t *widths, size_t limit)
{
	table->unfolded = total_width(table, widths) > limit;
	for (size_t i = 0; i < table->count; i++) {
		const struct table_column *column = &table->columns[i];
		if (widths[i] > limit && limit >= NARROWEST && !column->right && !column->whole)
			widths[i] = limit; /* so that the steps below are few */
	}
	for (size_t total = total_width(table, widths); total > limit; total--) {
		size_t widest = widest_column(table, widths);
		if (widest == table->count)
			return;
		widths[widest]--;
	}
}

/* How much of LEN bytes of TEXT goes on a line: up to a space or behind a comma where there is one.
 */
static size_t line_length(const char *text, size_t len, size_t width)
{
	size_t fit = utf8_fit(text, len, width);
	if (fit == len || !fit)
		return len;
	for (size_t end = fit; end; end--)
		if (text[end] == ' ' || text[end - 1] == ',')
			return end;
	return fit;
}

static void below_write(struct buf *out, const char *cell, size_t width)
{
	size_t room = width > INDENT + NARROWEST ? width - INDENT : NARROWEST;
	while (*cell) {
		size_t len = line_length(cell, strlen(cell), room);
		buf_fill(out, ' ', INDENT);
		buf_add(out, cell, len);
		buf_addc(out, '\n');
		cell += len;
		cell += strspn(cell, " ");
	}
}

static void line_write(const struct table *table, struct buf *out, const char *const *cells,
		       const size_t *widths, size_t limit)
{
	size_t owed = 0; /* spaces, written only before something visible */
	for (size_t i = 0; i < table->count; i++) {
		if (stands_below(table, i))
			continue;
		const char *cell = cells[i];
		size_t len = strlen(cell), width = utf8_width(cell, len);
		bool cut = width > widths[i];
		if (cut) {
			len = utf8_fit(cell, len, widths[i] - 1);
			width = utf8_width(cell, len) + 1;
		}
		size_t rest = widths[i] - width;
		if (table->columns[i].right)
			owed += rest;
		if (len || cut) {
			buf_fill(out, ' ', owed);
			owed = 0;
		}
		buf_add(out, cell, len);
		if (cut)
			buf_adds(out, "…");
		owed += GAP + (table->columns[i].right ? 0 : rest);
	}
	buf_addc(out, '\n');
	for (size_t i = 0; i < table->count; i++)
		if (stands_below(table, i))
			below_write(out, cells[i], limit);
}

static void table_write_aligned(struct table *table, struct buf *out, unsigned width)
{
	size_t *widths = mem_array(table->count, sizeof *widths);
	table->unfolded = false;
	widths_wanted(table, widths);
	if (width)
		widths_fit(table, widths, width);
	if (table->header && !table->headed) {
		const char **titles = mem_array(table->count, sizeof *titles);
		for (size_t i = 0; i < table->count; i++)
			titles[i] = column_title(&table->columns[i]);
		line_write(table, out, titles, widths, width);
		free(titles);
		table->headed = true;
	}
	for (size_t row = 0; row < table->used; row += table->count)
		line_write(table, out, table->cells + row, widths, width);
	table->used = 0;
	arena_reset(&table->arena);
	free(widths);
}

void table_write(struct table *table, struct buf *out, unsigned width)
{
	if (table->format == TABLE_TABLE) {
		if (table->used)
			table_write_aligned(table, out, width);
		return;
	}
	if (table->bare_header && (table->format == TABLE_TSV || table->format == TABLE_CSV))
		heading_separated(table);
	buf_add(out, table->text.data, table->text.len);
	buf_reset(&table->text);
}
