// SPDX-License-Identifier: MIT
// Instants, days, durations and periods as text.
#include "data/time.h"

#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"

enum { SHOWN = 60 }; /* columns of a wrong text that a message repeats */

/* Exactly COUNT digits; moves AT past them. */
static bool digits(const char **at, int count, int *value)
{
	*value = 0;
	for (int i = 0; i < count; i++, (*at)++) {
		if (**at < '0' || **at > '9')
			return false;
		*value = *value * 10 + (**at - '0');
	}
	return true;
}

static bool skip(const char **at, char byte)
{
	if (**at != byte)
		return false;
	(*at)++;
	return true;
}

/* The readers below return what is wrong as a static text, or NULL. */

static const char *const no_such_day = "there is no such day";
static const char *const no_such_clock = "there is no such time of day";

static const char *read_date(const char **at, struct civil *civil)
{
	const char *shape = "write the date as 2026-11-21";
	if (!digits(at, 4, &civil->year) || !skip(at, '-') || !digits(at, 2, &civil->month) ||
	    !skip(at, '-') || !digits(at, 2, &civil->day) || (**at >= '0' && **at <= '9'))
		return shape;
	if (civil->year < YEAR_FIRST || civil->year > YEAR_LAST)
		return "only the years 1900 to 2199 can be written";
	if (civil->month < 1 || civil->month > 12 || civil->day < 1 ||
	    civil->day > month_days(civil->year, civil->month))
		return no_such_day;
	return NULL;
}

static const char *check_clock(const struct civil *civil)
{
	return civil->hour > 23 || civil->minute > 59 || civil->second > 59 ? no_such_clock : NULL;
}

static const char *read_time(const char *at, int64_t *instant)
{
	const char *shape = "write it as 2026-11-21T09:02:11+08:00";
	struct civil civil = {0};
	int hours = 0, minutes = 0, sign = 0;
	const char *wrong = read_date(&at, &civil);
	if (wrong)
		return wrong;
	if ((!skip(&at, 'T') && !skip(&at, 't')) || !digits(&at, 2, &civil.hour) ||
	    !skip(&at, ':') || !digits(&at, 2, &civil.minute) || !skip(&at, ':') ||
	    !digits(&at, 2, &civil.second))
		return shape;
	if (*at == '.' || *at == ',')
		return "only whole seconds can be written";
	if (*at == '+' || *at == '-') {
		sign = *at++ == '-' ? -1 : 1;
		if (!digits(&at, 2, &hours) || !skip(&at, ':') || !digits(&at, 2, &minutes))
			return shape;
	} else if (!skip(&at, 'Z') && !skip(&at, 'z')) {
		return *at ? shape : "the offset from UTC is missing, such as +08:00";
	}
	if (*at)
		return shape;
	if (hours > 23 || minutes > 59)
		return "there is no such offset";
	*instant = (int64_t)day_of_civil(civil.year, civil.month, civil.day) * 86400 +
		   civil.hour * 3600 + civil.minute * 60 + civil.second -
		   sign * (hours * 3600 + minutes * 60);
	return check_clock(&civil);
}

static bool refuse(struct err *err, const char *text, const char *what, const char *wrong)
{
	return err_set(err, STATUS_REFUSED, "\"%.*s\" is not a %s: %s",
		       (int)utf8_fit(text, strlen(text), SHOWN), text, what, wrong);
}

bool time_parse(const char *text, int64_t *instant, struct err *err)
{
	const char *wrong = read_time(text, instant);
	return wrong ? refuse(err, text, "time", wrong) : true;
}

bool date_parse(const char *text, int *day, struct err *err)
{
	struct civil civil;
	const char *at = text;
	const char *wrong = read_date(&at, &civil);
	if (!wrong && *at)
		wrong = "write the date as 2026-11-21";
	if (wrong)
		return refuse(err, text, "date", wrong);
	*day = day_of_civil(civil.year, civil.month, civil.day);
	return true;
}

/* VALUE in WIDTH digits, then AFTER; returns the place after both. */
static char *put(char *to, int value, int width, char after)
{
	for (int i = width; i-- > 0; value /= 10)
		to[i] = (char)('0' + value % 10);
	to[width] = after;
	return to + width + 1;
}

static char *put_date(char *to, const struct civil *civil, char after)
{
	to = put(to, civil->year, 4, '-');
	to = put(to, civil->month, 2, '-');
	return put(to, civil->day, 2, after);
}

/* Not by printf: whole ledgers are listed with it. */
void time_format(const struct zone *zone, int64_t instant, struct buf *out)
{
	struct civil civil;
	char text[32];
	int minutes = zone_civil_minutes(zone, instant, &civil),
	    away = minutes < 0 ? -minutes : minutes;
	char *end = put_date(text, &civil, 'T');
	end = put(end, civil.hour, 2, ':');
	end = put(end, civil.minute, 2, ':');
	end = put(end, civil.second, 2, minutes < 0 ? '-' : '+');
	end = put(end, away / 60, 2, ':');
	end = put(end, away % 60, 2, '\0');
	buf_add(out, text, (size_t)(end - text) - 1);
}

void time_format_short(const struct zone *zone, int64_t instant, struct buf *out)
{
	struct civil civil;
	char text[32];
	zone_civil(zone, instant, &civil);
	char *end = put_date(text, &civil, ' ');
	end = put(end, civil.hour, 2, ':');
	end = put(end, civil.minute, 2, '\0');
	buf_add(out, text, (size_t)(end - text) - 1);
}

void date_format(int day, struct buf *out)
{
	struct civil civil;
	char text[16];
	civil_of_day(day, &civil);
	char *end = put_date(text, &civil, '\0');
	buf_add(out, text, (size_t)(end - text) - 1);
}

/* What full-width text means at a prompt: its plain counterpart, one space
 * for many, none at the ends. False when it is longer than any form. */
static bool plain(const char *text, char *out, size_t room)
{
	size_t left = strlen(text), used = 0;
	bool space = false;
	while (left) {
		uint32_t code;
		size_t len = utf8_decode(text, left, &code);
		if (len == 0)
			return false;
		bool fullwidth = code >= 0xFF01 && code <= 0xFF5E;
		if (fullwidth)
			code -= 0xFEE0;
		if (code == ' ' || code == '\t' || code == 0x3000) {
			space = used > 0;
		} else {
			if (used + 5 >= room)
				return false;
			if (space)
				out[used++] = ' ';
			space = false;
			used += utf8_encode(code, out + used);
		}
		text += len;
		left -= len;
	}
	out[used] = '\0';
	return true;
}

bool date_input(const char *text, int *day, struct err *err)
{
	char copy[64];
	bool read = date_parse(plain(text, copy, sizeof copy) ? copy : text, day, err);
	if (!read)
		err->status = STATUS_USAGE;
	return read;
}

/* "yesterday ", "2026-11-21 " or nothing, which is today. */
static const char *read_day_word(const char **at, int today, struct civil *civil)
{
	static const struct {
		const char *word;
		int days;
	} words[] = {{"today", 0},      {"今天", 0},  {"今日", 0},
		     {"yesterday", -1}, {"昨天", -1}, {"昨日", -1}};
	civil_of_day(today, civil);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t len = strlen(words[i].word);
		if (strncmp(*at, words[i].word, len) != 0)
			continue;
		civil_of_day(today + words[i].days, civil);
		*at += len;
		skip(at, ' ');
		return NULL;
	}
	if (strlen(*at) < 10 || (*at)[4] != '-')
		return NULL;
	const char *wrong = read_date(at, civil);
	if (!wrong && !skip(at, ' ') && !skip(at, 'T'))
		wrong = "the time of day is missing";
	return wrong;
}

/* "9:02", "09:02", "09:02:11" */
static bool read_clock(const char *at, struct civil *civil)
{
	bool short_hour = at[0] && at[1] == ':';
	if (!digits(&at, short_hour ? 1 : 2, &civil->hour) || !skip(&at, ':') ||
	    !digits(&at, 2, &civil->minute))
		return false;
	return !*at || (skip(&at, ':') && digits(&at, 2, &civil->second) && !*at);
}

static const char *read_input(const struct zone *zone, int64_t now, const char *text,
			      int64_t *instant)
{
	const char *forms =
		"write 09:02, yesterday 17:30, 2026-11-21 09:02, 2026-11-21 09:02:11 or "
		"2026-11-21T09:02:11+08:00";
	char copy[64];
	struct civil civil, back;
	if (!plain(text, copy, sizeof copy))
		return forms;
	if (!read_time(copy, instant))
		return NULL;
	const char *at = copy;
	const char *wrong = read_day_word(&at, zone_day(zone, now), &civil);
	if (wrong)
		return wrong;
	if (!read_clock(at, &civil))
		return forms;
	wrong = check_clock(&civil);
	if (wrong)
		return wrong;
	*instant = zone_instant(zone, &civil);
	zone_civil(zone, *instant, &back);
	return back.hour == civil.hour && back.minute == civil.minute
		       ? NULL
		       : "the clocks skipped that hour";
}

bool time_input(const struct zone *zone, int64_t now, const char *text, int64_t *instant,
		struct err *err)
{
	const char *wrong = read_input(zone, now, text, instant);
	if (!wrong)
		return true;
	refuse(err, text, "time", wrong);
	err->status = STATUS_USAGE;
	return false;
}

static const struct {
	const char *name;
	bool counts_time;
} units[] = {
	[DURATION_MIN] = {"min", true},   [DURATION_H] = {"h", true},
	[DURATION_WMIN] = {"wmin", true}, [DURATION_WH] = {"wh", true},
	[DURATION_D] = {"d", false},      [DURATION_WD] = {"wd", false},
	[DURATION_W] = {"w", false},      [DURATION_MO] = {"mo", false},
	[DURATION_Y] = {"y", false},
};

enum { UNIT_COUNT = sizeof units / sizeof *units };

bool duration_counts_time(enum duration_unit unit)
{
	return units[unit].counts_time;
}

bool duration_parse(const char *text, struct duration *duration, struct err *err)
{
	const char *at = text;
	int64_t count = 0;
	while (*at >= '0' && *at <= '9' && count <= DURATION_MAX)
		count = count * 10 + (*at++ - '0');
	if (at == text)
		return refuse(err, text, "duration", "write a number and a unit, such as 3 wd");
	if (count > DURATION_MAX)
		return refuse(err, text, "duration", "the number is more than 100000");
	skip(&at, ' ');
	for (int i = 0; i < UNIT_COUNT; i++) {
		if (strcmp(at, units[i].name) == 0) {
			*duration =
				(struct duration){.unit = (enum duration_unit)i, .count = count};
			return true;
		}
	}
	return refuse(err, text, "duration",
		      "the unit is one of min, h, wmin, wh, d, wd, w, mo, y");
}

void duration_format(struct duration duration, struct buf *out)
{
	buf_addf(out, "%" PRId64 " %s", duration.count, units[duration.unit].name);
}

void seconds_format(int64_t seconds, struct buf *out)
{
	uint64_t left = seconds < 0 ? -(uint64_t)seconds : (uint64_t)seconds;
	uint64_t hours = left / 3600, minutes = left / 60 % 60, rest = left % 60;
	if (seconds < 0)
		buf_addc(out, '-');
	if (hours)
		buf_addf(out, "%" PRIu64 " h", hours);
	if (minutes || (!hours && !rest))
		buf_addf(out, hours ? " %02" PRIu64 " min" : "%" PRIu64 " min", minutes);
	if (rest)
		buf_addf(out, hours || minutes ? " %02" PRIu64 " s" : "%" PRIu64 " s", rest);
}

static const struct {
	const char *name;
	int months; /* 0: counted in days */
} periods[] = {
	[PERIOD_DAY] = {"day", 0},     [PERIOD_WEEK] = {"week", 0},
	[PERIOD_MONTH] = {"month", 1}, [PERIOD_QUARTER] = {"quarter", 3},
	[PERIOD_HALF] = {"half", 6},   [PERIOD_YEAR] = {"year", 12},
};

bool period_parse(const char *text, enum period *period, struct err *err)
{
	for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
		if (strcmp(text, periods[i].name) == 0) {
			*period = (enum period)i;
			return true;
		}
	}
	return refuse(err, text, "period", "it is one of day, week, month, quarter, half, year");
}

void period_bounds(const struct zone *zone, int64_t instant, enum period period, int64_t *first,
		   int64_t *end)
{
	int day = zone_day(zone, instant), months = periods[period].months;
	struct civil civil;
	if (months) {
		civil_of_day(day, &civil);
		int month = civil.month - (civil.month - 1) % months, next = month + months;
		*first = zone_day_start(zone, day_of_civil(civil.year, month, 1));
		*end = zone_day_start(zone, next > 12 ? day_of_civil(civil.year + 1, 1, 1)
						      : day_of_civil(civil.year, next, 1));
		return;
	}
	if (period == PERIOD_WEEK)
		day -= day_weekday(day);
	*first = zone_day_start(zone, day);
	*end = zone_day_start(zone, day + (period == PERIOD_WEEK ? 7 : 1));
}
