// SPDX-License-Identifier: MIT
// CSV as RFC 4180 has it, record by record from memory. Knows nothing of headings, types or
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
	const char *text; /* terminated; of the reader, until the next record is read */
	size_t len;
	bool quoted; /* "" says empty, nothing at all may say absent */
};

struct csv {
	const char *text; /* the caller's */
	size_t len, at;
	char separator; /* of fields, ASCII; csv_init makes it a comma, and only before the first
			   record may it change */
	unsigned line;  /* of what comes next, from 1 */
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

/* Reads a record into csv->fields. Lines end with LF or CRLF, the last may
 * lack its end; inside quotes both are kept as they are. Lines with nothing
 * on them are passed over. A failure is STATUS_REFUSED with line and column
 * (in characters, from 1), and the next call goes on with the line after it:
 * a quotation mark nobody closed, one inside an unquoted field, text after a
 * closing one, a lone CR, a NUL, more than the limits. */
enum csv_result csv_next(struct csv *csv, struct err *err);

/* Adds TEXT as one field, in quotes where RFC 4180 wants them and when it is
 * empty. */
void csv_write_field(struct buf *out, const char *text);

#endif
