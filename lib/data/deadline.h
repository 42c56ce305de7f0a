// SPDX-License-Identifier: MIT
// When something is due: elapsed time, working time, days, working days. Computes; records and
// judges nothing.
#ifndef KEFU_DATA_DEADLINE_H
#define KEFU_DATA_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "data/calendar.h"
#include "data/hours.h"
#include "data/time.h"

/* What a deadline is computed from; all borrowed, never changed. */
struct clock {
	const struct zone *zone;
	const struct calendar
		*calendar; /* may be NULL: then everything that asks for working days fails */
	const struct hours
		*hours; /* may be NULL: then wmin and wh fail, and business ends at midnight */
	struct calendar_known known; /* what of the calendar counts */
};

/* A moment that was computed. */
struct due {
	int64_t at;
	bool provisional; /* days off of a year that nobody has published were guessed */
};

/* How the last day of a deadline counted in days ends. */
enum day_end {
	DAY_END_USUAL,    /* wd: DAY_END_BUSINESS; d, w, mo, y: DAY_END_MIDNIGHT */
	DAY_END_BUSINESS, /* when the hours close that day, or as midnight when they do not open */
	DAY_END_MIDNIGHT, /* 23:59:59 */
	DAY_END_SAME_CLOCK, /* the time of day of the start */
};

/* DUE gets the last instant that is still in time: what happens at or before it is. Days,
 * months and years are the Gregorian calendar's (Civil Code of the PRC, art. 200).
 *
 * min, h      elapsed time, whatever the day (art. 201 para. 2)
 * wmin, wh    only time within HOURS counts; a start outside them counts from the
 *             next opening. When it is used up exactly at closing, AT is the closing.
 *             A night belongs to the day it began on: it counts where that day does
 * d, w        the day of the start does not count (art. 201 para. 1); 0 d is that day
 * mo, y       the same day in the month reached, or the last day of that month if it is shorter
 *             (art. 202)
 * wd          as d, counting working days only; 0 wd is the day of the start
 *             when that is worked and has not closed, else the next working day
 *
 * ROLL moves a last day that is off to the next working day (art. 203 para. 1;
 * a rule has to ask for it, art. 204). It changes nothing for wd, wmin and wh
 * and is refused for min and h. Business hours end the last day by art. 203
 * para. 2.
 *
 * A year whose days off nobody has published makes DUE
 * provisional (data/calendar.h). A deadline past the year 2199, or 40 years of looking for working
 * time, is STATUS_REFUSED. */
bool deadline_find(const struct clock *clock, int64_t start, struct duration within,
		   enum day_end end, bool roll, struct due *due, struct err *err);

/* When a window opens: as deadline_find, but a duration in days ends at 00:00 of
 * the day reached. */
bool window_open(const struct clock *clock, int64_t start, struct duration opens, struct due *due,
		 struct err *err);

/* The moment that lies EARLY before AT, to warn of a deadline that comes near: the
 * same units, counted back; a duration in days leads to 00:00 of the day reached. */
bool deadline_early(const struct clock *clock, int64_t at, struct duration early, struct due *from,
		    struct err *err);

/* One day on the way from a start to its deadline. */
struct deadline_day {
	int day;
	enum day_kind kind; /* DAY_UNKNOWN only where the deadline did not need to know */
	bool provisional;   /* KIND is a guess */
	const char *name;   /* the holiday it is off for or made up for, borrowed from the calendar;
			       or NULL */
	int64_t counted, total; /* what this day adds, and the sum so far: in seconds for min, h,
				   wmin, wh, else in days */
};

/* As deadline_find, showing each day from the start's to the last one. */
bool deadline_walk(const struct clock *clock, int64_t start, struct duration within,
		   enum day_end end, bool roll,
		   void (*visit)(void *context, const struct deadline_day *day), void *context,
		   struct due *due, struct err *err);

/* The working time from FROM until TO by the clock's hours; 0 when TO is not
 * after FROM. Sets *PROVISIONAL to true as calendar_working does. Fails as deadline_find does for
 * wh. */
bool working_seconds_between(const struct clock *clock, int64_t from, int64_t to, int64_t *seconds,
			     bool *provisional, struct err *err);

#endif
