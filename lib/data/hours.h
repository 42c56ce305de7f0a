// SPDX-License-Identifier: MIT
// Sets of working hours: on which days, and when on them. Knows no dates: which days are worked is
// the calendar's.
#ifndef KEFU_DATA_HOURS_H
#define KEFU_DATA_HOURS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/node.h"

/* Times of a day, in seconds after its midnight: from FROM until just before TO. They ascend and
 * do not overlap. The last may end after midnight, at most at that of the next day: it is a night,
 * and belongs to the day on which it began. */
struct intervals {
	unsigned count;
	struct {
		int from, to;
	} at[12];
};

/* Reads a list such as ["08:30-12:00", "13:30-18:00"]; 24:00 may end the last, and "22:00-06:00" is
 * a night. Fails with STATUS_DAMAGED and the place in FILE; messages begin with "open". */
bool intervals_read(struct intervals *intervals, const struct node *list, const char *file,
		    struct err *err);

/* Takes from INTERVALS what lies outside WITHIN. */
void intervals_limit(struct intervals *intervals, const struct intervals *within);

enum hours_days { HOURS_WORKING_DAYS, HOURS_ALL_DAYS, HOURS_WEEKDAYS };

struct hours {
	enum hours_days days;
	unsigned weekdays; /* HOURS_WEEKDAYS: bit 0 Monday … bit 6 Sunday, holiday or not */
	bool nights;       /* some interval ends after midnight */
	/* by the day of the week, Monday first; the last: of weekends worked to make up for days
	 * off, where DAYS are the working days */
	struct intervals open[8];
};

/* Reads {days: working | all | a list of mon … sun, open: …}; other fields of MAP are the policy's.
 * `open` is a list of intervals, or a map that gives one for each of the days: mon to fri and
 * make-up for working days, mon to sun for all, else those listed. Fails with STATUS_DAMAGED and
 * the place in FILE. */
bool hours_read(struct hours *hours, const struct node *map, const char *file, struct err *err);

/* When HOURS open on a day of WEEKDAY (0: Monday) on which they open. */
const struct intervals *hours_open(const struct hours *hours, int weekday);

#endif
