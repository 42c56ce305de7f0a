// SPDX-License-Identifier: MIT
// Which days are worked: the State Council's days off and make-up working days, as data. Contains
// no dates itself.
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
 * calendar/cn.yaml); names are copied. Where files differ over a day, the
 * one added later is right: a ledger adds its own after the country's. Fails
 * with STATUS_DAMAGED and the place in FILE; part of the file is then added. */
bool calendar_add(struct calendar *calendar, const struct node *root, const char *file,
		  struct err *err);

/* Whether years nobody has published are guessed: weekends off, nothing else. */
void calendar_set_provisional(struct calendar *calendar, bool provisional);

enum day_kind { DAY_UNKNOWN, DAY_WORKING, DAY_OFF };

/* What is known of DAY. NAME gets the holiday it is off for or made up for
 * (borrowed from CALENDAR), or NULL. DAY_UNKNOWN means its year is not
 * published. CALENDAR may be NULL, and then knows nothing. */
enum day_kind calendar_day(const struct calendar *calendar, int day, const char **name);

/* Whether DAY is worked: a weekday that is not off, or a make-up day. A year
 * nobody has published is STATUS_REFUSED, unless guesses are allowed; then
 * *PROVISIONAL becomes true. It is never set to false, so one flag can
 * gather the answers of many days. */
bool calendar_working(const struct calendar *calendar, int day, bool *working, bool *provisional,
		      struct err *err);

#endif
