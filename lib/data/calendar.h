// SPDX-License-Identifier: MIT
// Which days are working days, by files that list the State Council's days off and make-up working
// days. Contains no dates itself.
#ifndef KEFU_DATA_CALENDAR_H
#define KEFU_DATA_CALENDAR_H

#include <stdbool.h>

#include "base/err.h"
#include "base/node.h"

struct calendar;

/* How much of a calendar counts, for judging what was computed when less of it was known. With
 * all of it 0, entries that carry no date count, and no others. */
struct calendar_known {
	int by;               /* the last day on which an entry that says `known` had to be known */
	int published_before; /* this year and those after it count as not published; 0: those
				 whose notice was known */
	unsigned without;     /* the number of an entry that does not count; 0: none */
};

/* An empty calendar, which knows no year. Once filled it may be shared by threads. */
struct calendar *calendar_new(void);
void calendar_free(struct calendar *calendar); /* NULL does nothing */

/* Adds what a calendar file says (the format is described in
 * calendar/cn.yaml); names are copied. Where files differ about a day, the
 * one added later counts: a ledger adds its own after the country's. Of entries in one file it is
 * the one that became known last; two that became known together must not differ. Fails
 * with STATUS_DAMAGED and the place in FILE; part of the file is then added. */
bool calendar_add(struct calendar *calendar, const struct node *root, const char *file,
		  struct err *err);

/* An entry of `days`, of a year's or of the ledger's own. */
struct calendar_entry {
	const char *name, *file; /* borrowed from the calendar */
	unsigned line;
	int known;       /* the day since when; INT_MIN: it does not say, so from the start */
	int year;        /* whose notice it belongs to; 0: the ledger's own */
	int first, last; /* the days it is about lie from FIRST to LAST */
};

/* Entry NUMBER, from 1, as they were added. False: there are not so many. */
bool calendar_entry(const struct calendar *calendar, unsigned number, struct calendar_entry *entry);

/* The last day on which an entry became known, of those that say; INT_MIN: none says. */
int calendar_last_known(const struct calendar *calendar);

/* Whether the notice of YEAR is there and counts. */
bool calendar_published(const struct calendar *calendar, struct calendar_known known, int year);

enum day_kind { DAY_UNKNOWN, DAY_WORKING, DAY_OFF };

/* What is known of DAY. NAME gets the holiday for which it is a day off or a make-up
 * working day (borrowed from CALENDAR), or NULL. DAY_UNKNOWN: no file lists its year.
 * CALENDAR may be NULL: then every day is unknown. */
enum day_kind calendar_day(const struct calendar *calendar, struct calendar_known known, int day,
			   const char **name);

/* WORKING gets whether DAY is a working day: a weekday that is not off, or a make-up
 * day. Of a year that nobody has published weekends are off and nothing else is, which is a guess:
 * *PROVISIONAL becomes true. It is never set to false, so that one flag can
 * collect the answers for many days. STATUS_REFUSED without a calendar. */
bool calendar_working(const struct calendar *calendar, struct calendar_known known, int day,
		      bool *working, bool *provisional, struct err *err);

#endif
