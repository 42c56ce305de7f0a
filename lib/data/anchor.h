// SPDX-License-Identifier: MIT
// Moments that the calendar fixes ("before the 10th of the next month"), and the names of periods
// ("2026-Q4"). Does not read the clock.
#ifndef KEFU_DATA_ANCHOR_H
#define KEFU_DATA_ANCHOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "data/deadline.h"
#include "data/time.h"

/* "month end + 9 d" is the last instant of the 9th day after the last day of a month.
 * "start" counts from the last day of the period before, so that "month start
 * + 5 d" is the end of the 5th. "month end - 2 d" is the end of the last day but two.
 * wd counts working days only. "Before the 10th" is until the end of the 9th,
 * which is 23:59:59 here (RULEBOOK, "Counting"). */
struct anchor {
	enum period period;
	bool from_end;      /* of the period; else from its start */
	int sign;           /* -1, 0 or 1 */
	struct duration by; /* DURATION_D or DURATION_WD */
};

/* "PERIOD start|end[ +|- N d|wd]"; STATUS_REFUSED otherwise. */
bool anchor_parse(const char *text, struct anchor *anchor, struct err *err);

/* The first such moment at or after START; it may belong to the period that START falls
 * in, to the one before or to a later one. Fails as deadline_find does for wd. */
bool anchor_find(const struct clock *clock, int64_t start, const struct anchor *anchor,
		 struct due *due, struct err *err);

/* Adds the name of the period that INSTANT falls in: "2026-11-21", "2026-W47" (ISO 8601),
 * "2026-11", "2026-Q4", "2026-H2", "2026". */
void period_name(const struct zone *zone, int64_t instant, enum period period, struct buf *out);

/* The period that TEXT names, from FIRST until before END. STATUS_USAGE when TEXT names none. */
bool period_read(const struct zone *zone, const char *text, int64_t *first, int64_t *end,
		 struct err *err);

#endif
