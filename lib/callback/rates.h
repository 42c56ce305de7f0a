// SPDX-License-Identifier: MIT
// How many callbacks a period owed and got, by rule: the shares owed and the shares judged. Reads
// only.
#ifndef KEFU_CALLBACK_RATES_H
#define KEFU_CALLBACK_RATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "book/book.h"
#include "book/gather.h"
#include "callback/terms.h"

enum rate_verdict {
	RATE_KEPT,   /* enough were made in time */
	RATE_OPEN,   /* not yet, but those whose window is open would be enough */
	RATE_MISSED, /* and cannot be any more */
};

const char *rate_verdict_name(enum rate_verdict verdict); /* "kept", "open", "missed" */

/* Of one rule, in one period. What was withdrawn counts nowhere. */
struct rate {
	const char *rule;
	struct terms terms;
	/* owed: matters that ended in the period (RULEBOOK, "Counting") */
	int64_t finished, owed, drawn,
		called; /* CALLED: of them, in time; OWED: ceil(rate × finished) */
	/* judged: windows that ended in the period (DESIGN 2) */
	int64_t ended, made, late, open; /* in time; after it; can still be made */
	int64_t needed;                  /* ceil(minimum × ended) */
	enum rate_verdict verdict;
	/* of those made, on site and signed (H3.14-4) */
	int64_t on_site, on_site_needed;
	enum rate_verdict on_site_verdict;
};

struct rates {
	struct rate *items; /* by rule */
	size_t count;
	struct gathered gathered; /* holds the items; PROBLEMS could not be read */
};

/* Of the period from FIRST, before END; by RULE or clause alone, where it is not NULL. */
void rates_read(struct book *book, int64_t first, int64_t end, const char *rule,
		struct rates *rates);
void rates_clear(struct rates *rates);

#endif
