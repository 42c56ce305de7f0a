// SPDX-License-Identifier: MIT
// Any bytes as a file to import, CSV or NDJSON in any encoding: refused, or the same rows each
// time, each readable or with a reason.
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/charset.h"
#include "text/rows.h"
#include "ticket/mapping.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads on to the end; the digests of all rows, one after another. */
static void read_all(struct rows *rows, struct buf *digests)
{
	struct arena arena = ARENA_INIT;
	struct row row;
	size_t line = 0;
	rows_rewind(rows);
	for (; rows_next(rows, &arena, &row); arena_reset(&arena)) {
		char digest[DIGEST_TEXT];
		if (row.line <= line || !row.columns == !row.problem)
			abort();
		line = row.line;
		if (!row.columns)
			continue;
		const struct pair *column;
		for (size_t i = 0; (column = node_pair(row.columns, i)); i++) {
			size_t bytes = node_text_len(column->value);
			if (column->value->type == NODE_STRING &&
			    utf8_check(node_as_text(column->value), bytes) < bytes)
				abort();
		}
		mapping_digest(row.columns, digest);
		buf_adds(digests, digest);
	}
	arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const formats[] = {"csv", "ndjson"}, separators[] = ",;|\t";
	struct rows rows;
	struct err err = ERR_INIT;
	struct buf first, second;
	if (!size)
		return 0;
	struct rows_options options = {.name = "fuzz",
				       .format = formats[data[0] & 1],
				       .delimiter = separators[data[0] >> 1 & 3]};
	size_t wanted = data[0] >> 3 & 7;
	if (wanted < 7)
		options.encoding = charset_names()[wanted];
	buf_init(&first);
	buf_init(&second);
	if (rows_open(&rows, (const char *)data + 1, size - 1, &options, &err)) {
		read_all(&rows, &first);
		read_all(&rows, &second);
		if (first.len != second.len || memcmp(first.data, second.data, first.len) != 0)
			abort();
	} else if (err.status != STATUS_REFUSED) {
		abort();
	}
	rows_clear(&rows);
	buf_clear(&first);
	buf_clear(&second);
	err_clear(&err);
	return 0;
}
