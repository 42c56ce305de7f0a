// SPDX-License-Identifier: MIT
// Moments that the calendar fixes ("before the 10th of the next month"), and the names of periods.
#include "data/anchor.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { DAYS_LOOKED = 4000 }; /* the most days to pass while counting working days */

bool anchor_parse(const char *text, struct anchor *anchor, struct err *err)
{
	char *copy = mem_dup(text), *rest = copy;
	const char *words[5] = {0};
	size_t count = 0;
	for (char *word; count < 5 && (word = strsep(&rest, " "));)
		words[count++] = word;
	*anchor = (struct anchor){.by = {.unit = DURATION_D}};
	bool fine = !rest && (count == 2 || count == 5) &&
		    period_parse(words[0], &anchor->period, err);
	anchor->from_end = fine && strcmp(words[1], "end") == 0;
	fine = fine && (anchor->from_end || strcmp(words[1], "start") == 0);
	if (fine && count == 5) {
		char *duration = mem_alloc(strlen(words[3]) + strlen(words[4]) + 2);
		strcat(strcat(strcpy(duration, words[3]), " "), words[4]);
		anchor->sign = strcmp(words[2], "+") == 0 ? 1 : strcmp(words[2], "-") == 0 ? -1 : 0;
		fine = anchor->sign && duration_parse(duration, &anchor->by, err) &&
		       (anchor->by.unit == DURATION_D || anchor->by.unit == DURATION_WD) &&
		       anchor->by.count < DAYS_LOOKED / 2;
		free(duration);
	}
	free(copy);
	return fine ||
	       err_set(err, STATUS_REFUSED,
		       "\"%s\" is not a moment of the calendar (like month end + 9 d)", text);
}

/* Moves DAY by the anchor's days in the direction of SIGN. */
static bool move(const struct clock *clock, const struct anchor *anchor, int sign, int *day,
		 bool *provisional, struct err *err)
{
	int64_t left = anchor->by.count;
	if (anchor->by.unit == DURATION_D) {
		*day += sign * (int)left;
		return true;
	}
	for (int looked = 0; left && looked < DAYS_LOOKED; looked++) {
		bool working;
		*day += sign;
		if (!calendar_working(clock->calendar, clock->known, *day, &working, provisional,
				      err))
			return false;
		left -= working;
	}
	return !left || err_set(err, STATUS_REFUSED,
				"the calendar has too few working days to count that far");
}

/* Sets DAY to the first day from which the anchor leads to it or beyond. */
static bool reach(const struct clock *clock, const struct anchor *anchor, int *day, struct err *err)
{
	/* what is guessed here is not what the moment is counted by */
	bool guessed = false;
	/* working days counted forward: DAY itself is the last of them at best; counted back: DAY
	 * is the last of them, and the day to count from comes after the first */
	bool back = anchor->by.unit == DURATION_WD && anchor->sign < 0 && anchor->by.count;
	*day -= back;
	if (!move(clock, anchor, -anchor->sign, day, &guessed, err))
		return false;
	*day += back;
	return true;
}

bool anchor_find(const struct clock *clock, int64_t start, const struct anchor *anchor,
		 struct due *due, struct err *err)
{
	int64_t first, end;
	int day = zone_day(clock->zone, start);
	*due = (struct due){0};
	if (!reach(clock, anchor, &day, err))
		return false;
	/* one counts from the last day of a period, also where it is called the start of the next
	 */
	period_bounds(clock->zone, zone_day_start(clock->zone, day), anchor->period, &first, &end);
	day = zone_day(clock->zone, end - 1);
	if (!move(clock, anchor, anchor->sign, &day, &due->provisional, err))
		return false;
	if (day < day_of_civil(YEAR_FIRST, 1, 1) - 1 || day > day_of_civil(YEAR_LAST, 12, 31))
		return err_set(err, STATUS_REFUSED, "the result is outside the years 1900 to 2199");
	due->at = zone_day_start(clock->zone, day + 1) - 1;
	return true;
}

/* The ISO 8601 week of DAY: the year its Thursday lies in, and its number. */
static int iso_week(int day, int *year)
{
	struct civil civil;
	int thursday = day - day_weekday(day) + 3;
	civil_of_day(thursday, &civil);
	*year = civil.year;
	return (thursday - day_of_civil(civil.year, 1, 1)) / 7 + 1;
}

void period_name(const struct zone *zone, int64_t instant, enum period period, struct buf *out)
{
	int day = zone_day(zone, instant), year, week;
	struct civil civil;
	civil_of_day(day, &civil);
	switch (period) {
	case PERIOD_DAY:
		date_format(day, out);
		break;
	case PERIOD_WEEK:
		week = iso_week(day, &year);
		buf_addf(out, "%04d-W%02d", year, week);
		break;
	case PERIOD_MONTH:
		buf_addf(out, "%04d-%02d", civil.year, civil.month);
		break;
	case PERIOD_QUARTER:
		buf_addf(out, "%04d-Q%d", civil.year, (civil.month + 2) / 3);
		break;
	case PERIOD_HALF:
		buf_addf(out, "%04d-H%d", civil.year, civil.month > 6 ? 2 : 1);
		break;
	case PERIOD_YEAR:
		buf_addf(out, "%04d", civil.year);
		break;
	}
}

/* The digits at *TEXT, exactly LEN of them. */
static bool digits(const char **text, int len, int *value)
{
	*value = 0;
	for (int i = 0; i < len; i++, (*text)++) {
		if (**text < '0' || **text > '9')
			return false;
		*value = *value * 10 + (**text - '0');
	}
	return true;
}

bool period_read(const struct zone *zone, const char *text, int64_t *first, int64_t *end,
		 struct err *err)
{
	static const struct {
		char letter;
		int digits, most;
		enum period period;
	} parts[] = {
		{'W', 2, 53, PERIOD_WEEK}, {'Q', 1, 4, PERIOD_QUARTER}, {'H', 1, 2, PERIOD_HALF}};
	const char *rest = text;
	enum period period = PERIOD_YEAR;
	int year, month = 1, day = 1, number;
	bool fine = digits(&rest, 4, &year) && year >= YEAR_FIRST && year <= YEAR_LAST;
	if (fine && *rest == '-') {
		rest++;
		size_t part = 0;
		while (part < 3 && parts[part].letter != *rest)
			part++;
		rest += part < 3;
		fine = digits(&rest, part < 3 ? parts[part].digits : 2, &number) && number >= 1 &&
		       number <= (part < 3 ? parts[part].most : 12);
		period = part < 3 ? parts[part].period : PERIOD_MONTH;
		month = period == PERIOD_MONTH     ? number
			: period == PERIOD_QUARTER ? number * 3 - 2
			: period == PERIOD_HALF    ? number * 6 - 5
						   : 1;
		if (fine && period == PERIOD_WEEK) /* the 4th of January is in the first */
			day = 4 + (number - 1) * 7;
		if (fine && period == PERIOD_MONTH && *rest == '-') {
			rest++;
			fine = digits(&rest, 2, &day) && day >= 1 && day <= month_days(year, month);
			period = PERIOD_DAY;
		}
	}
	fine = fine && !*rest;
	if (fine) {
		struct buf name;
		buf_init(&name);
		period_bounds(zone, zone_day_start(zone, day_of_civil(year, month, day)), period,
			      first, end);
		period_name(zone, *first, period, &name);
		fine = strcmp(name.data, text) == 0; /* not every year has a week 53 */
		buf_clear(&name);
	}
	return fine || err_set(err, STATUS_USAGE,
			       "\"%s\" is not a period (write one like 2026-11, 2026-Q4, 2026-H2, "
			       "2026-W47, 2026-11-21, 2026)",
			       text);
}
