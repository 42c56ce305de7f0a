// SPDX-License-Identifier: MIT
// Instants, days, durations and periods as text. Does not read the clock: "now" is always an
// argument.
#ifndef KEFU_DATA_TIME_H
#define KEFU_DATA_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "data/zone.h"

/* Texts are terminated strings. A node's text may contain NUL: the caller compares its
 * length with strlen first. Every failure is STATUS_REFUSED unless said otherwise, and
 * names what was read and what is allowed. A caller may change err->status: a wrong
 * time in a policy is a damaged policy. */

enum {
	YEAR_FIRST = 1900, /* the years allowed in dates; catches slips like 0026 and 20026 */
	YEAR_LAST = 2199,
};

/* Reads RFC 3339 with offset, in whole seconds: "2026-11-21T09:02:11+08:00".
 * Lower case t and z are accepted; second 60 and fractions are refused. */
bool time_parse(const char *text, int64_t *instant, struct err *err);

/* Writes that form, always with a numeric offset of whole minutes. time_parse reads the
 * same instant back. */
void time_format(const struct zone *zone, int64_t instant, struct buf *out);
void time_format_short(const struct zone *zone, int64_t instant,
		       struct buf *out); /* "2026-11-21 09:02" */

/* Reads what a person types: RFC 3339; "2026-11-21 09:02", with seconds or without;
 * "09:02" and "today 09:02", today as of NOW; "yesterday 17:30"; 今天 and 昨天 too.
 * Full-width digits, colons, hyphens and spaces count as plain ones. A wall
 * clock time that ZONE skips is refused; one that occurs twice means the first.
 * Fails with STATUS_USAGE. */
bool time_input(const struct zone *zone, int64_t now, const char *text, int64_t *instant,
		struct err *err);

/* "2026-11-21" */
bool date_parse(const char *text, int *day, struct err *err);

/* Reads what a person types: the same, with full-width digits and hyphens, and spaces at the
 * ends. Fails with STATUS_USAGE. */
bool date_input(const char *text, int *day, struct err *err);

void date_format(int day, struct buf *out); /* DAY of the years 0000 to 9999 */

/* Units of durations; data/deadline.h says how each is counted. */
enum duration_unit {
	DURATION_MIN,
	DURATION_H,
	DURATION_WMIN, /* working time */
	DURATION_WH,
	DURATION_D,
	DURATION_WD, /* working days */
	DURATION_W,
	DURATION_MO,
	DURATION_Y,
};

struct duration {
	enum duration_unit unit;
	int64_t count; /* 0 … DURATION_MAX */
};

enum { DURATION_MAX = 100000 };

/* "3 wd", "24 h", "0 d", "1 mo"; the space may be left out. */
bool duration_parse(const char *text, struct duration *duration, struct err *err);
void duration_format(struct duration duration, struct buf *out);
bool duration_counts_time(
	enum duration_unit unit); /* min, h, wmin, wh: seconds are counted, not days */

/* Adds a length of time as people write it: "2 h 05 min", "40 s", "0 min". */
void seconds_format(int64_t seconds, struct buf *out);

enum period { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR };

bool period_parse(const char *text, enum period *period,
		  struct err *err); /* "day", "week", "month", … */

/* The period of ZONE's calendar that INSTANT falls in: from FIRST until before END. Weeks
 * begin on Monday. */
void period_bounds(const struct zone *zone, int64_t instant, enum period period, int64_t *first,
		   int64_t *end);

#endif
