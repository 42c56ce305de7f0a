// SPDX-License-Identifier: MIT
// Reads times that other systems wrote, by a format. Guesses nothing: text that does not have the
// format is refused.
#ifndef KEFU_DATA_TIME_READ_H
#define KEFU_DATA_TIME_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "data/zone.h"

/* A format is text with, after strptime(3):
 *   %Y  year, four digits            %y  year, two digits: 69 to 99 are 19xx, 00 to 68 20xx
 *   %m  month, one or two digits     %b  month, Jan to Dec in any case
 *   %d  day, one or two digits
 *   %H  hour 0 to 23                 %I  hour 1 to 12, with %p
 *   %p  AM or PM in any case, 上午 or 下午
 *   %M  minute                       %S  second, 0 to 59
 *   %f  digits of a fraction, which are dropped
 *   %z  Z, +08:00, +0800 or +08      %s  seconds since 1970-01-01T00:00:00Z
 *   %%  a percent sign
 * A space stands for one space or more; all else for itself. */

/* Whether FORMAT is valid: it names a whole date, or %s alone, and nothing twice. Fails with
 * STATUS_REFUSED. */
bool time_read_check(const char *format, struct err *err);

enum time_read {
	TIME_READ,
	TIME_OTHER_SHAPE, /* TEXT does not have this format */
	TIME_IMPOSSIBLE,  /* it has, but there is no such time; *WHY says why */
};

/* Reads all of TEXT by FORMAT, which time_read_check has accepted. Without %z or %s it
 * is wall clock time in ZONE: a time that ZONE skips is impossible, one that occurs
 * twice means the first. If FORMAT names no time of day it is 00:00:00. WHY gets a
 * static text. */
enum time_read time_read(const char *format, const char *text, const struct zone *zone,
			 int64_t *instant, const char **why);

#endif
