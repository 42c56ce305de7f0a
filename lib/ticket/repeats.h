// SPDX-License-Identifier: MIT
// Finds what a household asks for again and again, by the policy's `repeats` (H2.B-2). Reads
// without a lock.
#ifndef KEFU_TICKET_REPEATS_H
#define KEFU_TICKET_REPEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "book/book.h"
#include "book/gather.h"

/* One matter of one household that came as often as a rule says. */
struct repeat {
	const char *rule, *clause, *unit, *kind,
		*category; /* of the latest; CATEGORY may be NULL */
	size_t times;
	const char *tickets;   /* ids, oldest first, with spaces between */
	int64_t first, latest; /* when the oldest and the latest of them were opened */
};

struct repeats {
	struct repeat *items; /* by unit, then by rule, then by the latest */
	size_t count;
	struct gathered gathered; /* holds the texts; PROBLEMS could not be read */
};

/* Whether a rule of the packs counts tickets of KIND. */
bool repeats_count(const struct policy *policy, const char *kind);

/* Finds matters whose latest ticket was opened in [since, until), of UNIT only
 * unless it is NULL. A matter is tickets of one household and kind, of one
 * category or alike in text; it is counted in a window that ends with the
 * latest. Voided tickets do not count. */
void repeats_read(struct book *book, const char *unit, int64_t since, int64_t until,
		  struct repeats *repeats);
void repeats_clear(struct repeats *repeats);

#endif
