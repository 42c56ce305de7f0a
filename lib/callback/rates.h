// SPDX-License-Identifier: MIT
// Counts how many callbacks were owed and made in a period, by rule, for the share owed and for the
// share judged. Reads only.
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
	RATE_OPEN,   /* not yet, but callbacks whose window is still open would be enough */
	RATE_MISSED, /* not enough were made in time, and there cannot be enough any more */
};

const char *rate_verdict_name(enum rate_verdict verdict); /* "kept", "open", "missed" */

/* The callbacks of one rule in one period. Those that were withdrawn are not counted. */
struct rate {
	const char *rule;
	struct terms terms;
	/* the share owed, of the matters that ended in the period (RULEBOOK, "Counting") */
	int64_t finished, owed, drawn, called; /* FINISHED: those matters; OWED: ceil(rate ×
						  those that could be reached); CALLED: those
						  called in time */
	/* the share judged, of the windows that ended in the period (DESIGN 2) */
	int64_t ended, made, late,
		open; /* MADE: in time; LATE: after the window; OPEN: can still be made */
	int64_t unreached, unreached_finished; /* ended as not reached, in their windows: of those
						  that ENDED, of those that FINISHED */
	int64_t needed;                        /* ceil(minimum × (ended - unreached)) */
	enum rate_verdict verdict;
	/* of those made, on site and signed (H3.14-4) */
	int64_t on_site, on_site_needed;
	enum rate_verdict on_site_verdict;
	/* of those that finished or ended in the period: made, or mended, by overriding a rule */
	int64_t overridden;
};

struct rates {
	struct rate *items; /* by rule */
	size_t count;
	struct gathered gathered; /* holds the items; PROBLEMS could not be read */
};

/* Counts for the period from FIRST until before END. RULE: only this rule or clause; NULL: all. */
void rates_read(struct book *book, int64_t first, int64_t end, const char *rule,
		struct rates *rates);
void rates_clear(struct rates *rates);

#endif
