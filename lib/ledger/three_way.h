// SPDX-License-Identifier: MIT
// Brings two versions of a text together that both come from a third, line by line. Knows nothing
// of what the lines mean, and loses none that only one side changed.
#ifndef KEFU_LEDGER_THREE_WAY_H
#define KEFU_LEDGER_THREE_WAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum three_way_side { THREE_WAY_OURS, THREE_WAY_THEIRS };

struct three_way {
	const char *base, *ours, *theirs;
	size_t base_len, ours_len, theirs_len;
	/* whose lines stand where both changed the same ones in different ways */
	enum three_way_side stands;
	/* told each of these places: the first line of ours, from 1, and how many there are */
	void (*conflict)(void *context, unsigned line, unsigned count);
	void *context;
};

/* OUT gets the text. False, and nothing in OUT, when the texts are so long and so different that
 * they cannot be compared in reasonable time. */
bool three_way_merge(const struct three_way *texts, struct buf *out);

/* How many lines of A are also in B, whatever their order; empty ones count for nothing. */
size_t three_way_shared(const char *a, size_t a_len, const char *b, size_t b_len);

#endif
