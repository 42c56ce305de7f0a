// SPDX-License-Identifier: MIT
// Days, civil time and time zones. Reads the system's tzdata itself: has no process-wide state, and
// ignores $TZ and $TZDIR.
#ifndef KEFU_DATA_ZONE_H
#define KEFU_DATA_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* An instant is an int64_t: seconds since 1970-01-01T00:00:00Z, without leap
 * seconds. The functions here accept any value, but clamp it to the instants that
 * lie in the years 0000 to 9999 in every zone. */

/* Wall clock time in some zone, by the Gregorian calendar, also before 1582. month and day from 1.
 */
struct civil {
	int year, month, day, hour, minute, second;
};

/* A day is an int: days since 1970-01-01. */
int day_of_civil(int year, int month, int day);  /* a day past the month's end runs into the next */
void civil_of_day(int day, struct civil *civil); /* the time of day becomes 00:00:00 */
int day_weekday(int day);                        /* 0 Monday … 6 Sunday */
const char *weekday_name(int weekday);           /* "Mon" … "Sun" */
int month_days(int year, int month);             /* 28 … 31 */

struct zone {
	char *name;               /* as given to zone_init */
	struct zone_table *table; /* never changes after zone_init: threads may share it */
};

/* NAME is an IANA name ("Asia/Shanghai"), a fixed offset ("+08:00"), "Z" or
 * "UTC". Fails with STATUS_DAMAGED for a name that cannot be one (absolute
 * paths, "..", "localtime", which is each machine's own) or is unknown or
 * whose data cannot be used, with STATUS_SYSTEM when the machine has no
 * tzdata or it cannot be read. A failed ZONE needs no zone_clear.
 * Source: TZif, RFC 8536, with the footer's rule for the years after the table. */
bool zone_init(struct zone *zone, const char *name, struct err *err);
void zone_clear(struct zone *zone);

/* A zone that was never initialised, or was cleared, is UTC: what is shown of a ledger whose header
 * cannot be read. */
int zone_offset(const struct zone *zone, int64_t instant); /* seconds east of UTC */
void zone_civil(const struct zone *zone, int64_t instant, struct civil *civil);

/* The same by an offset cut to whole minutes, as RFC 3339 writes it; returns those
 * minutes. They differ from zone_offset only in years before the zone had standard time. */
int zone_civil_minutes(const struct zone *zone, int64_t instant, struct civil *civil);

/* The instant of a wall clock time. When clocks go back and it occurs twice, the first
 * one; when clocks go forward and skip it, the offset before the change counts (so
 * 02:30 becomes 03:30). Hours from 24 on run into the next day. */
int64_t zone_instant(const struct zone *zone, const struct civil *civil);

int zone_day(const struct zone *zone, int64_t instant);   /* the day INSTANT falls on */
int64_t zone_day_start(const struct zone *zone, int day); /* its first instant, usually 00:00:00 */

#endif
