// SPDX-License-Identifier: MIT
// The rows of a foreign file, CSV or NDJSON, as maps of their columns. A row that cannot be read
// hides no other.
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
	const char *name; /* of the file, for messages; its ending says the format where FORMAT does
			     not */
	const char *format;         /* "csv", "ndjson", or NULL */
	const char *encoding;       /* or NULL: found out */
	char delimiter;             /* of CSV; 0: a comma, in *.tsv a tab */
	const struct node *columns; /* list: CSV without a heading; or NULL */
};

struct rows {
	struct arena arena;
	const char *name;
	const char *encoding; /* the one taken; static */
	struct node *columns; /* list of a CSV file's columns; NULL for NDJSON */
	struct buf text;      /* without BOM; UTF-8, but for rows that are rejected */
	bool is_json, headed, heading_due;
	char delimiter;
	struct csv csv;
	const char *at; /* NDJSON: the next line */
	size_t line;
};

struct row {
	size_t line;          /* it begins on, from 1 */
	struct node *columns; /* map; NULL when the row cannot be read */
	const char *problem;  /* then the reason, in the arena */
};

/* Decodes BYTES, which are not needed after, and reads a CSV file's heading.
 * What its encoding is found out to be where it is not given: text/charset.h.
 * UTF-8 with damage is read, too; rows_next tells which rows are. STATUS_REFUSED
 * when the file cannot be read as a whole, STATUS_USAGE when its format is not
 * known. ROWS may be cleared after a failure, too. */
bool rows_open(struct rows *rows, const char *bytes, size_t len, const struct rows_options *options,
	       struct err *err);
void rows_clear(struct rows *rows); /* also one that is all zero */

void rows_rewind(struct rows *rows); /* the first row is next */

/* The next row; its values live in ARENA. False at the end. Empty lines are no rows. */
bool rows_next(struct rows *rows, struct arena *arena, struct row *row);

#endif
