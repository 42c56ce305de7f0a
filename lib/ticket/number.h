// SPDX-License-Identifier: MIT
// Numbers of tickets: site code, day, and a running number of that day. Finds out which numbers are
// taken, from the files and from the marks of what this clone has given.
#ifndef KEFU_TICKET_NUMBER_H
#define KEFU_TICKET_NUMBER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "book/book.h"

enum { NUMBER_MAX = 999999 }; /* of a day: an id has up to six digits for it */

/* The id of ticket NUMBER of DAY at the book's site: "YL261121001". In ARENA. */
const char *number_id(const struct book *book, struct arena *arena, const struct civil *day,
		      long number);

/* The highest running number of each day of a month, at the index of the day; 0: there is none. */
struct month_numbers {
	int year, month;
	long last[32];
	bool marked[32]; /* whether the mark of that day is looked up */
};

/* Reads those that are there, for the month of DAY and the book's site. That lists the month's
 * folder, and needs no lock: what is given afterwards is known by its mark. */
bool number_read(const struct book *book, const struct civil *day, struct month_numbers *numbers,
		 struct err *err);

/* Takes the next number of DAY, a day of their month: one more than the highest that is there or
 * was ever given. To be called under the lock. STATUS_REFUSED when the day has no more numbers. */
bool number_next(const struct book *book, struct month_numbers *numbers, const struct civil *day,
		 long *number, struct err *err);

#endif
