// SPDX-License-Identifier: MIT
// Formats rows of cells, by the same calls as a table for people or in a notation for programs.
// Never prints.
#ifndef KEFU_TEXT_TABLE_H
#define KEFU_TEXT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum table_format {
	TABLE_TABLE, /* aligned by display width; nothing at all when there are no rows */
	TABLE_TSV,   /* a heading of names; tab, LF, CR, backslash in a cell are \t \n \r \\, an
			absent one is \N */
	TABLE_CSV,   /* RFC 4180: a heading of names, CRLF; an empty text is "", an absent cell is
			nothing */
	TABLE_JSON,  /* one object a line (NDJSON), keys in column order, absent cells left out */
	TABLE_YAML,  /* one document a row in the ledger's canonical style, absent cells left out */
};

struct table_column {
	const char *name;  /* for programs: JSON key, heading of TSV and CSV */
	const char *title; /* heading for people; NULL: the name */
	bool right;        /* aligned to the right, and never cut */
	unsigned max; /* the most terminal columns it takes in a table; 0: as many as it needs */
	bool whole;   /* never cut: for ids and whatever else people copy */
	bool number;  /* its cells are JSON numbers: JSON and YAML leave them unquoted */
	bool below;   /* never cut: where a table is too wide, it stands on lines below each row */
};

struct table;

/* COLUMNS are copied, the texts in them borrowed until table_free. */
struct table *table_new(const struct table_column *columns, size_t count, enum table_format format);
void table_free(struct table *table); /* NULL is fine */

/* Writes no heading. */
void table_no_header(struct table *table);

/* Writes no heading in TSV and CSV as long as there are no rows. (In a table for people there never
 * is one then.) */
void table_no_bare_header(struct table *table);

/* Adds a row: as many cells as there are columns, copied. Cells are UTF-8; NULL is an absent cell.
 */
void table_row(struct table *table, const char *const *cells);

/* Adds to OUT the rows since the last call and forgets them; before the first rows, the
 * heading. A table for people is fitted into WIDTH terminal columns (0: unlimited) by
 * taking out the columns that may stand below, then by cutting the widest of the others, with "…"
 * at each cut. No column becomes narrower than
 * a few characters, so a table of many columns may stay too wide. Callers with
 * many rows call this now and then, so that memory does not grow; a table for people
 * is then aligned piece by piece. */
void table_write(struct table *table, struct buf *out, unsigned width);

/* "table", "tsv", "csv", "json" or "yaml", exactly; else false. */
bool table_format_parse(const char *text, enum table_format *format);

#endif
