// SPDX-License-Identifier: MIT
// Which days are working days, by files that list the State Council's days off and make-up working
// days. Contains no dates itself.
#ifndef KEFU_DATA_CALENDAR_H
#define KEFU_DATA_CALENDAR_H

#include <stdbool.h>

#include "base/err.h"
#include "base/node.h"

struct calendar;

/* An empty calendar, which knows no year. Once filled it may be shared by threads. */
struct calendar *calendar_new(void);
void calendar_free(struct calendar *calendar); /* NULL does nothing */

/* Adds what a calendar file says (the format is described in
 * calendar/cn.yaml); names are copied. Where files differ about a day, the
 * one added later counts: a ledger adds its own after the country's. Fails
 * with STATUS_DAMAGED and the place in FILE; part of the file is then added. */
bool calendar_add(struct calendar *calendar, const struct node *root, const char *file,
		  struct err *err);

/* Sets whether a year that no file lists is guessed: weekends are off, nothing else is. */
void calendar_set_provisional(struct calendar *calendar, bool provisional);

enum day_kind { DAY_UNKNOWN, DAY_WORKING, DAY_OFF };

/* What is known of DAY. NAME gets the holiday for which it is a day off or a make-up
 * working day (borrowed from CALENDAR), or NULL. DAY_UNKNOWN: no file lists its year.
 * CALENDAR may be NULL: then every day is unknown. */
enum day_kind calendar_day(const struct calendar *calendar, int day, const char **name);

/* WORKING gets whether DAY is a working day: a weekday that is not off, or a make-up
 * day. A year that no file lists is STATUS_REFUSED, unless guesses are allowed; then
 * *PROVISIONAL becomes true. It is never set to false, so that one flag can
 * collect the answers for many days. */
bool calendar_working(const struct calendar *calendar, int day, bool *working, bool *provisional,
		      struct err *err);

#endif
