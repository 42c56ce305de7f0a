// SPDX-License-Identifier: MIT
// Any bytes as JSON: refused with a place, or what was read is written and reads back the same.
#include <stdlib.h>

#include "text/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct buf text;
	buf_init(&text);
	struct node *node, *again;
	if (json_read(&arena, "fuzz", (const char *)data, size, &node, &err)) {
		json_write(&text, node);
		if (!json_read(&arena, "again", text.data, text.len, &again, &err) ||
		    !node_identical(node, again))
			abort();
	} else if (err.status != STATUS_REFUSED || !err.line || !err.column) {
		abort();
	}
	buf_clear(&text);
	err_clear(&err);
	arena_clear(&arena);
	return 0;
}
