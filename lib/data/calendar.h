// SPDX-License-Identifier: MIT
// Which days are working days, by files that list the State Council's days off and make-up working
// days. Contains no dates itself.
#ifndef KEFU_DATA_CALENDAR_H
#define KEFU_DATA_CALENDAR_H

#include <stdbool.h>

#include "base/err.h"
#include "base/node.h"
#include "data/hours.h"

struct calendar;

/* Which entries of a calendar count: to judge what was computed when less of it was known. If all
 * fields are 0, only entries without a `known` date count. */
struct calendar_known {
	int by; /* an entry with a `known` date counts if that is this day or earlier */
	int published_before; /* this year and later ones count as not published; 0: the years whose
				 notice was not known count as that */
	unsigned without; /* the number of an entry that does not count at all; 0: there is none */
};

/* An empty calendar, which knows no year. Once filled it may be shared by threads. */
struct calendar *calendar_new(void);
void calendar_free(struct calendar *calendar); /* NULL does nothing */

/* Adds what a calendar file says (the format is described in calendar/cn.yaml); names are copied.
 * Where files differ about a day, the one added later counts: a ledger adds its own after the
 * country's. If entries of one file differ about a day, the one that became known last counts; if
 * they became known on the same day, they must not differ. Fails with STATUS_DAMAGED and the place
 * in FILE; part of the file is then added. */
bool calendar_add(struct calendar *calendar, const struct node *root, const char *file,
		  struct err *err);

/* An entry under `days`: of a year's notice, or of the ledger's own days. */
struct calendar_entry {
	const char *name, *file; /* borrowed from the calendar */
	unsigned line;
	int known; /* the day on which it became known; INT_MIN: it does not say, so it was always
		      known */
	int year;  /* the year of its notice; 0: it is one of the ledger's own */
	int first, last; /* all days that it is about lie from FIRST to LAST */
};

/* ENTRY gets the entry NUMBER, counted from 1 in the order in which they were added. False if there
 * are fewer. CALENDAR may be NULL. */
bool calendar_entry(const struct calendar *calendar, unsigned number, struct calendar_entry *entry);

/* The last day on which any entry became known; INT_MIN if no entry has a `known` date. */
int calendar_last_known(const struct calendar *calendar);

/* Whether the calendar has the notice of YEAR, and KNOWN lets it count. */
bool calendar_published(const struct calendar *calendar, struct calendar_known known, int year);

enum day_kind { DAY_UNKNOWN, DAY_WORKING, DAY_OFF };

/* What is known of DAY. NAME gets the holiday for which it is a day off or a make-up
 * working day (borrowed from CALENDAR), or NULL. DAY_UNKNOWN: no file lists its year.
 * CALENDAR may be NULL: then every day is unknown. */
enum day_kind calendar_day(const struct calendar *calendar, struct calendar_known known, int day,
			   const char **name);

/* When DAY, a working day, is worked, if it is shortened; else NULL. Borrowed from CALENDAR, which
 * may be NULL. */
const struct intervals *calendar_open(const struct calendar *calendar, struct calendar_known known,
				      int day);

/* WORKING gets whether DAY is a working day: a weekday that is not off, or a make-up day. In a year
 * that is not published only weekends are off; this is a guess, and *PROVISIONAL becomes true. It
 * is never set to false, so that one flag can collect the answers for many days. STATUS_REFUSED
 * without a calendar. */
bool calendar_working(const struct calendar *calendar, struct calendar_known known, int day,
		      bool *working, bool *provisional, struct err *err);

#endif
