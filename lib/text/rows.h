// SPDX-License-Identifier: MIT
// Reads the rows of a foreign file, CSV or NDJSON, each as a map from column to value. A row that
// cannot be read does not stop the reading of the others.
#ifndef KEFU_TEXT_ROWS_H
#define KEFU_TEXT_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/node.h"
#include "text/csv.h"

struct rows_options {
	const char *name;     /* of the file, for messages and, by its ending, for the format */
	const char *format;   /* "csv" or "ndjson"; NULL: by the name's ending */
	const char *encoding; /* NULL: detected (text/charset.h) */
	char delimiter;       /* of CSV; 0: a comma, in *.tsv a tab */
	const struct node *columns; /* names of the columns of a CSV file without a heading; NULL:
				       it has one */
};

struct rows {
	struct arena arena;
	const char *name;
	const char *encoding; /* as given or detected; static */
	struct node *columns; /* list of a CSV file's columns; NULL for NDJSON */
	struct buf text;      /* without BOM; UTF-8, except in damaged rows */
	bool is_json, headed, heading_due;
	char delimiter;
	struct csv csv;
	const char *at; /* NDJSON: the next line */
	size_t line;
};

struct row {
	size_t line;          /* where it begins, from 1 */
	struct node *columns; /* map; NULL when the row cannot be read */
	const char *problem;  /* why it cannot be read, in the arena; else NULL */
};

/* Decodes BYTES, which may be freed afterwards, and reads a CSV file's heading.
 * Damaged UTF-8 is no failure: rows_next reports the rows that have it.
 * STATUS_REFUSED when no row can be read, STATUS_USAGE when the format is not
 * known. ROWS must be cleared after a failure, too. */
bool rows_open(struct rows *rows, const char *bytes, size_t len, const struct rows_options *options,
	       struct err *err);
void rows_clear(struct rows *rows); /* may be all zero */

void rows_rewind(struct rows *rows); /* the first row is next */

/* The next row; its values live in ARENA. False at the end. Empty lines are no rows. */
bool rows_next(struct rows *rows, struct arena *arena, struct row *row);

#endif
