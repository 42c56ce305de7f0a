// SPDX-License-Identifier: MIT
// Reads and writes CSV (RFC 4180), record by record, in memory. Knows nothing of headings, types or
// encodings.
#ifndef KEFU_TEXT_CSV_H
#define KEFU_TEXT_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum {
	CSV_MAX_FIELDS = 1024,        /* of one record */
	CSV_MAX_RECORD = 1024 * 1024, /* bytes of one record, as written */
};

struct csv_field {
	const char *text; /* terminated; borrowed from the reader until it reads the next record */
	size_t len;
	bool quoted; /* tells an empty text ("") from a field with nothing between its commas */
};

struct csv {
	const char *text; /* the caller's */
	size_t len, at;
	char separator; /* of fields, ASCII; csv_init makes it a comma, the caller may change it
			   before the first record is read */
	unsigned line;  /* where reading goes on, from 1 */
	size_t line_start;
	struct buf bytes;

	/* The record read last. */
	unsigned record_line; /* where it begins */
	struct csv_field *fields;
	size_t count, room;
};

/* TEXT is UTF-8 without a BOM (text/charset.h) and outlives the reader. */
void csv_init(struct csv *csv, const char *text, size_t len);
void csv_clear(struct csv *csv);

enum csv_result { CSV_RECORD, CSV_END, CSV_FAILED };

/* Reads the next record into csv->fields. Lines end with LF or CRLF, which the
 * last line may lack; inside quotes both belong to the text. Empty lines are
 * skipped. A failure is STATUS_REFUSED with line and column (in characters,
 * from 1); the next call goes on with the line after it. Failures are: a quotation
 * mark that is not closed or stands inside an unquoted field, text after a
 * closing one, a lone CR, a NUL, more than the limits. */
enum csv_result csv_next(struct csv *csv, struct err *err);

/* Adds TEXT as one field, in quotes where RFC 4180 wants them and when it is
 * empty. */
void csv_write_field(struct buf *out, const char *text);

#endif
