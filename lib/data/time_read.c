// SPDX-License-Identifier: MIT
// Reads times that other systems wrote, by a format.
#include "data/time_read.h"

#include <string.h>
#include <strings.h>

#include "data/time.h"

struct reading {
	struct civil civil;
	int hour12, afternoon; /* -1: not given */
	int64_t seconds;       /* since 1970 */
	int64_t offset;        /* east of UTC, seconds */
	bool has_seconds, has_offset;
};

/* MIN to MAX digits. */
static bool digits(const char **at, int min, int max, int64_t *value)
{
	int count = 0;
	*value = 0;
	for (; count < max && **at >= '0' && **at <= '9'; count++)
		*value = *value * 10 + (*(*at)++ - '0');
	return count >= min;
}

static bool number(const char **at, int min, int max, int *value)
{
	int64_t wide;
	if (!digits(at, min, max, &wide))
		return false;
	*value = (int)wide;
	return true;
}

/* The index of the word TEXT begins with, or -1. */
static int word(const char **at, const char *const *words, int count)
{
	for (int i = 0; i < count; i++) {
		size_t len = strlen(words[i]);
		if (strncasecmp(*at, words[i], len) == 0) {
			*at += len;
			return i;
		}
	}
	return -1;
}

static bool offset(const char **at, struct reading *reading)
{
	int hours, minutes = 0, sign = **at == '-' ? -1 : 1;
	reading->has_offset = true;
	if (**at == 'Z' || **at == 'z') {
		(*at)++;
		reading->offset = 0;
		return true;
	}
	if (**at != '+' && **at != '-')
		return false;
	(*at)++;
	if (!number(at, 2, 2, &hours))
		return false;
	if (**at == ':') {
		(*at)++;
		if (!number(at, 2, 2, &minutes))
			return false;
	} else if (**at >= '0' && **at <= '9' && !number(at, 2, 2, &minutes)) {
		return false;
	}
	reading->offset = sign * (hours * 3600 + minutes * 60);
	return hours < 24 && minutes < 60;
}

static bool directive(char letter, const char **at, struct reading *reading)
{
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	static const char *const halves[] = {"AM", "PM", "上午", "下午"};
	struct civil *civil = &reading->civil;
	int64_t fraction;
	int sign, found;
	switch (letter) {
	case 'Y':
		return number(at, 4, 4, &civil->year);
	case 'y':
		if (!number(at, 2, 2, &civil->year))
			return false;
		civil->year += civil->year < 69 ? 2000 : 1900;
		return true;
	case 'm':
		return number(at, 1, 2, &civil->month);
	case 'b':
		found = word(at, months, 12);
		civil->month = found + 1;
		return found >= 0;
	case 'd':
		return number(at, 1, 2, &civil->day);
	case 'H':
		return number(at, 1, 2, &civil->hour);
	case 'I':
		return number(at, 1, 2, &reading->hour12);
	case 'p':
		found = word(at, halves, 4);
		reading->afternoon = found % 2;
		return found >= 0;
	case 'M':
		return number(at, 1, 2, &civil->minute);
	case 'S':
		return number(at, 1, 2, &civil->second);
	case 'f':
		return digits(at, 1, 18, &fraction);
	case 'z':
		return offset(at, reading);
	case 's':
		sign = **at == '-' ? -1 : 1;
		*at += sign < 0;
		reading->has_seconds = digits(at, 1, 12, &reading->seconds);
		reading->seconds *= sign;
		return reading->has_seconds;
	default:
		(*at)++;
		return (*at)[-1] == '%';
	}
}

bool time_read_check(const char *format, struct err *err)
{
	static const char letters[] = "YymbdHIpMSzsf%";
	enum {
		YEAR,
		SHORT_YEAR,
		MONTH,
		MONTH_NAME,
		DAY,
		HOUR,
		HALF_HOUR,
		HALF,
		MINUTE,
		SECOND,
		OFFSET,
		SECONDS
	};
	bool seen[sizeof letters] = {false}, wall_clock = false;
	for (const char *at = format; *at; at++) {
		if (*at != '%')
			continue;
		const char *letter = *++at ? strchr(letters, *at) : NULL;
		if (!letter)
			return err_set(err, STATUS_REFUSED,
				       "\"%s\": what follows a %% is one of %s", format, letters);
		if (*letter != '%' && seen[letter - letters])
			return err_set(err, STATUS_REFUSED, "\"%s\": %%%c appears twice", format,
				       *letter);
		seen[letter - letters] = true;
	}
	for (int i = YEAR; i <= OFFSET; i++)
		wall_clock = wall_clock || seen[i];
	bool date = seen[YEAR] != seen[SHORT_YEAR] && seen[MONTH] != seen[MONTH_NAME] && seen[DAY];
	if (seen[SECONDS] ? wall_clock : !date)
		return err_set(
			err, STATUS_REFUSED,
			"\"%s\": must name year, month and day once each, or only the seconds by %%s",
			format);
	if (seen[HALF_HOUR] != seen[HALF] || (seen[HOUR] && seen[HALF_HOUR]))
		return err_set(err, STATUS_REFUSED,
			       "\"%s\": name the hour by %%H, or by %%I and %%p", format);
	return true;
}

static const char *check(const struct civil *civil)
{
	if (civil->year < YEAR_FIRST || civil->year > YEAR_LAST)
		return "only the years 1900 to 2199 can be written";
	if (civil->month < 1 || civil->month > 12 || civil->day < 1 ||
	    civil->day > month_days(civil->year, civil->month))
		return "there is no such day";
	if (civil->hour > 23 || civil->minute > 59 || civil->second > 59)
		return "there is no such time of day";
	return NULL;
}

static bool same(const struct civil *a, const struct civil *b)
{
	return a->day == b->day && a->hour == b->hour && a->minute == b->minute &&
	       a->second == b->second;
}

/* INSTANT gets what was read. Returns what is impossible about it, or NULL. */
static const char *conclude(struct reading *reading, const struct zone *zone, int64_t *instant)
{
	struct civil *civil = &reading->civil, back;
	if (reading->has_seconds) {
		*instant = reading->seconds;
		zone_civil(zone, *instant, &back);
		return check(&back);
	}
	if (reading->hour12 >= 0) {
		if (reading->hour12 < 1 || reading->hour12 > 12)
			return "there is no such time of day";
		civil->hour = reading->hour12 % 12 + 12 * reading->afternoon;
	}
	const char *why = check(civil);
	if (why)
		return why;
	if (reading->has_offset) {
		*instant = (int64_t)day_of_civil(civil->year, civil->month, civil->day) * 86400 +
			   civil->hour * 3600 + civil->minute * 60 + civil->second -
			   reading->offset;
		return NULL;
	}
	*instant = zone_instant(zone, civil);
	zone_civil(zone, *instant, &back);
	return same(civil, &back) ? NULL : "the clocks skipped it";
}

enum time_read time_read(const char *format, const char *text, const struct zone *zone,
			 int64_t *instant, const char **why)
{
	struct reading reading = {.hour12 = -1};
	const char *at = text;
	for (; *format; format++) {
		if (*format == '%') {
			if (!directive(*++format, &at, &reading))
				return TIME_OTHER_SHAPE;
		} else if (*format == ' ') {
			if (*at != ' ')
				return TIME_OTHER_SHAPE;
			at += strspn(at, " ");
		} else if (*at++ != *format) {
			return TIME_OTHER_SHAPE;
		}
	}
	if (*at)
		return TIME_OTHER_SHAPE;
	*why = conclude(&reading, zone, instant);
	return *why ? TIME_IMPOSSIBLE : TIME_READ;
}
