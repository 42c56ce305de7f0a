// SPDX-License-Identifier: MIT
// Reads and writes CSV (RFC 4180), record by record, in memory. Knows nothing of headings, types or
// encodings.
#include "text/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void csv_init(struct csv *csv, const char *text, size_t len)
{
	*csv = (struct csv){.text = text, .len = len, .separator = ',', .line = 1};
	buf_init(&csv->bytes);
}

void csv_clear(struct csv *csv)
{
	buf_clear(&csv->bytes);
	free(csv->fields);
	csv->fields = NULL;
	csv->count = csv->room = 0;
}

/* The byte at csv->at; -1 at the end. */
static int peek(const struct csv *csv)
{
	return csv->at < csv->len ? (unsigned char)csv->text[csv->at] : -1;
}

/* Goes past an LF or CRLF, if there is one. */
static bool pass_line_end(struct csv *csv)
{
	size_t at = csv->at;
	if (at < csv->len && csv->text[at] == '\r')
		at++;
	if (at >= csv->len || csv->text[at] != '\n')
		return false;
	csv->at = csv->line_start = at + 1;
	csv->line++;
	return true;
}

/* Fails at the current byte and goes on after that line. */
static bool fail(struct csv *csv, struct err *err, const char *what)
{
	unsigned column = 1;
	for (size_t i = csv->line_start; i < csv->at; i++)
		column += ((unsigned char)csv->text[i] & 0xc0) != 0x80;
	err_set(err, STATUS_REFUSED, "%s", what);
	err_place(err, NULL, csv->line, column);
	while (csv->at < csv->len && !pass_line_end(csv))
		csv->at++;
	return false;
}

/* Bytes in quotes, from after the opening one to after the closing one. */
static bool read_quoted(struct csv *csv, size_t start, struct err *err)
{
	const unsigned opened_line = csv->line;
	const size_t opened_start = csv->line_start, opened_at = csv->at++;
	for (;;) {
		int byte = peek(csv);
		if (byte < 0 || csv->at - start > CSV_MAX_RECORD) {
			csv->line = opened_line;
			csv->line_start = opened_start;
			csv->at = opened_at;
			return fail(csv, err,
				    byte < 0 ? "nothing closes this quotation mark"
					     : "nothing closes this quotation mark for a megabyte");
		}
		if (!byte)
			return fail(csv, err, "a NUL byte");
		csv->at++;
		if (byte == '"' && peek(csv) != '"')
			return true;
		if (byte == '"')
			csv->at++;
		buf_addc(&csv->bytes, (char)byte);
		if (byte == '\n') {
			csv->line++;
			csv->line_start = csv->at;
		}
	}
}

static bool read_plain(struct csv *csv, struct err *err)
{
	size_t start = csv->at;
	for (;; csv->at++) {
		int byte = peek(csv);
		switch (byte == csv->separator ? -1 : byte) {
		case '\r':
			if (csv->at + 1 < csv->len && csv->text[csv->at + 1] == '\n')
				break;
			return fail(
				csv, err,
				"a carriage return without a line feed, outside quotation marks");
		case '"':
			return fail(csv, err,
				    "a quotation mark inside a field that does not begin with one");
		case '\0':
			return fail(csv, err, "a NUL byte");
		default:
			continue;
		case '\n':
		case -1:
			break;
		}
		buf_add(&csv->bytes, csv->text + start, csv->at - start);
		return true;
	}
}

static struct csv_field *add_field(struct csv *csv)
{
	if (csv->count == csv->room) {
		csv->room = csv->room ? csv->room * 2 : 16;
		csv->fields = mem_grow(csv->fields, csv->room, sizeof *csv->fields);
	}
	return &csv->fields[csv->count++];
}

enum csv_result csv_next(struct csv *csv, struct err *err)
{
	csv->count = 0;
	buf_reset(&csv->bytes);
	while (pass_line_end(csv))
		;
	csv->record_line = csv->line;
	if (csv->at >= csv->len)
		return CSV_END;

	const size_t start = csv->at;
	for (;;) {
		if (csv->count == CSV_MAX_FIELDS || csv->at - start > CSV_MAX_RECORD) {
			fail(csv, err, "more fields or bytes than a record may have");
			return CSV_FAILED;
		}
		struct csv_field *field = add_field(csv);
		size_t before = csv->bytes.len;
		field->quoted = peek(csv) == '"';
		if (!(field->quoted ? read_quoted(csv, start, err) : read_plain(csv, err)))
			return CSV_FAILED;
		field->len = csv->bytes.len - before;
		buf_addc(&csv->bytes, '\0');
		if (peek(csv) != csv->separator)
			break;
		csv->at++;
	}
	if (peek(csv) >= 0 && !pass_line_end(csv)) {
		fail(csv, err, "text after a closing quotation mark");
		return CSV_FAILED;
	}
	/* Only now may fields point at the bytes: the buffer no longer grows. */
	const char *text = csv->bytes.data;
	for (size_t i = 0; i < csv->count; i++) {
		csv->fields[i].text = text;
		text += csv->fields[i].len + 1;
	}
	return CSV_RECORD;
}

void csv_write_field(struct buf *out, const char *text)
{
	if (*text && !strpbrk(text, ",\"\r\n")) {
		buf_adds(out, text);
		return;
	}
	buf_addc(out, '"');
	for (; *text; text++) {
		if (*text == '"')
			buf_addc(out, '"');
		buf_addc(out, *text);
	}
	buf_addc(out, '"');
}
