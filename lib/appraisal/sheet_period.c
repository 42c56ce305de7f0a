// SPDX-License-Identifier: MIT
// The stretches of time sheets are for, and the names sheets have by them. Knows no clock but the
// book's.
#include <string.h>

#include "appraisal/sheet.h"
#include "book/scheme.h"
#include "data/time.h"

enum { THURSDAY = 3 };

/* The Monday of the first ISO 8601 week of YEAR: the week that has 4 January. */
static int first_monday(int year)
{
	int fourth = day_of_civil(year, 1, 4);
	return fourth - day_weekday(fourth);
}

static int number_of(const char *text, size_t digits)
{
	int number = 0;
	for (size_t i = 0; i < digits; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		number = number * 10 + (text[i] - '0');
	}
	return number;
}

static bool parse_week(const char *text, int year, struct sheet_period *period)
{
	int week = strlen(text) == 8 && text[4] == '-' && text[5] == 'W' ? number_of(text + 6, 2)
									 : -1;
	struct civil thursday;
	period->first = first_monday(year) + 7 * (week - 1);
	period->last = period->first + 6;
	civil_of_day(period->first + THURSDAY, &thursday);
	period->month = thursday.month;
	return week >= 1 && thursday.year == year;
}

static bool parse_month(const char *text, int year, struct sheet_period *period)
{
	period->month = strlen(text) == 7 && text[4] == '-' ? number_of(text + 5, 2) : -1;
	if (period->month < 1 || period->month > 12)
		return false;
	period->first = day_of_civil(year, period->month, 1);
	period->last = period->first + month_days(year, period->month) - 1;
	return true;
}

static bool parse_day(const char *text, struct sheet_period *period)
{
	struct err ignored = ERR_INIT;
	struct civil civil;
	bool done = date_parse(text, &period->first, &ignored);
	err_clear(&ignored);
	if (!done)
		return false;
	civil_of_day(period->first, &civil);
	period->last = period->first;
	period->month = civil.month;
	return true;
}

bool sheet_period_parse(const char *unit, const char *text, struct sheet_period *period,
			struct err *err)
{
	int year = strlen(text) >= 4 ? number_of(text, 4) : -1;
	bool done = year >= YEAR_FIRST && year <= YEAR_LAST;
	*period = (struct sheet_period){.year = year};
	if (done && strcmp(unit, "day") == 0)
		done = parse_day(text, period);
	else if (done && strcmp(unit, "week") == 0)
		done = parse_week(text, year, period);
	else if (done && strcmp(unit, "month") == 0)
		done = parse_month(text, year, period);
	else if (done)
		done = !text[4];
	if (done && strcmp(unit, "year") == 0) {
		period->first = day_of_civil(year, 1, 1);
		period->last = day_of_civil(year, 12, 31);
	}
	static const char *const like[][2] = {{"day", "2026-11-21"},
					      {"week", "2026-W47"},
					      {"month", "2026-11"},
					      {"year", "2026"}};
	for (size_t i = 0; !done && i < 4; i++)
		if (strcmp(like[i][0], unit) == 0)
			return err_set(err, STATUS_USAGE, "\"%s\" is not a %s like %s", text, unit,
				       like[i][1]);
	return done;
}

void sheet_period_of(const char *unit, int day, struct buf *out)
{
	struct civil civil;
	civil_of_day(strcmp(unit, "week") == 0 ? day - day_weekday(day) + THURSDAY : day, &civil);
	if (strcmp(unit, "day") == 0)
		date_format(day, out);
	else if (strcmp(unit, "week") == 0)
		buf_addf(out, "%04d-W%02d", civil.year, (day - first_monday(civil.year)) / 7 + 1);
	else if (strcmp(unit, "month") == 0)
		buf_addf(out, "%04d-%02d", civil.year, civil.month);
	else
		buf_addf(out, "%04d", civil.year);
}

/* --- names of sheets --- */

/* TYPED as a period, a hyphen, the name of SHEET, and perhaps a number. */
static bool whole_name(struct arena *arena, const char *typed, const struct node *sheet,
		       struct sheet_name *name)
{
	const char *wanted = node_text(sheet, "sheet"), *unit = node_text(sheet, "period");
	size_t len = wanted ? strlen(wanted) : 0;
	for (const char *at = strchr(typed, '-'); wanted && at; at = strchr(at + 1, '-')) {
		if (strncmp(at + 1, wanted, len) != 0)
			continue;
		const char *tail = at + 1 + len;
		int64_t number = 0;
		if (*tail == '-' && node_true(sheet, "several") && tail[1] >= '1' &&
		    tail[1] <= '9' && strlen(tail + 1) <= 6 &&
		    strspn(tail + 1, "0123456789") == strlen(tail + 1))
			for (const char *digit = tail + 1; *digit; digit++)
				number = number * 10 + (*digit - '0');
		else if (*tail)
			continue;
		struct err ignored = ERR_INIT;
		char *period = arena_dup_len(arena, typed, (size_t)(at - typed));
		bool done = number != 1 && sheet_period_parse(unit, period, &name->span, &ignored);
		err_clear(&ignored);
		if (!done)
			continue;
		name->period = period;
		name->sheet = sheet;
		name->number = number;
		return true;
	}
	return false;
}

static bool short_name(const struct book *book, struct arena *arena, const char *period,
		       const struct node *sheet, struct sheet_name *name, struct err *err)
{
	const char *unit = node_text(sheet, "period");
	struct buf today;
	buf_init(&today);
	sheet_period_of(unit, zone_day(&book->zone, book->now), &today);
	name->sheet = sheet;
	name->period = arena_dup(arena, period ? period : today.data);
	buf_clear(&today);
	return sheet_period_parse(unit, name->period, &name->span, err);
}

/* Whether TYPED is a sheet of name->scheme, by itself or all in one. Adds to ALLOWED what it has.
 */
static bool is_sheet_of(struct arena *arena, const char *typed, struct sheet_name *name,
			struct buf *allowed)
{
	const struct node *sheet, *sheets = node_get(name->scheme->node, "sheets");
	name->sheet = scheme_sheet(name->scheme->node, typed);
	bool found = name->sheet;
	for (size_t i = 0; !found && (sheet = node_item(sheets, i)); i++) {
		found = whole_name(arena, typed, sheet, name);
		buf_addf(allowed, "%s%s", allowed->len ? ", " : "", node_text(sheet, "sheet"));
	}
	return found;
}

bool sheet_name_parse(const struct book *book, struct arena *arena, const char *typed,
		      const char *period, struct sheet_name *name, struct err *err)
{
	size_t cursor = 0;
	struct sheet_name found = {0};
	struct buf allowed;
	bool done = true, in_force = false;
	*name = found;
	buf_init(&allowed);
	/* a scheme that was changed stands there with other dates as well */
	while (done && !in_force &&
	       (found.scheme = policy_next(book->policy, RULE_SCHEME, &cursor))) {
		if (!is_sheet_of(arena, typed, &found, &allowed))
			continue;
		if (!found.period)
			done = short_name(book, arena, period, found.sheet, &found, err);
		else if (period)
			done = err_set(err, STATUS_USAGE,
				       "--period: not needed: %s names its "
				       "period already",
				       typed);
		in_force = done && rule_in_force(found.scheme, found.span.last);
		if (done && (in_force || !name->scheme))
			*name = found;
		found = (struct sheet_name){0};
	}
	if (done && !name->scheme)
		done = err_set(err, STATUS_USAGE, "\"%s\" is not a sheet (the sheets: %s)", typed,
			       allowed.len ? allowed.data : "none");
	buf_clear(&allowed);
	return done;
}

const struct rule *sheet_scheme(const struct book *book, const struct node *root)
{
	size_t cursor = 0;
	const struct rule *rule;
	const char *scheme = node_text(root, "scheme"), *period = node_text(root, "period");
	while (scheme && period && (rule = policy_next(book->policy, RULE_SCHEME, &cursor))) {
		struct sheet_period span;
		struct err ignored = ERR_INIT;
		const struct node *sheet = scheme_sheet(rule->node, node_text(root, "sheet"));
		bool fits =
			sheet && node_is_string(node_get(rule->node, "scheme"), scheme) &&
			sheet_period_parse(node_text(sheet, "period"), period, &span, &ignored) &&
			rule_in_force(rule, span.last);
		err_clear(&ignored);
		if (fits)
			return rule;
	}
	return policy_find_recorded(book->policy, RULE_SCHEME, scheme, 0);
}

const char *sheet_name_text(struct arena *arena, const struct sheet_name *name)
{
	if (name->number > 1)
		return arena_printf(arena, "%s-%s-%lld", name->period,
				    node_text(name->sheet, "sheet"), (long long)name->number);
	return arena_printf(arena, "%s-%s", name->period, node_text(name->sheet, "sheet"));
}

bool sheet_path(const char *id, struct buf *path, struct err *err)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789_.-";
	const char *slash = strchr(id, '/'), *sheet = slash ? slash + 1 : id;
	size_t person = slash ? (size_t)(slash - id) : 0;
	bool fits = person && person <= 64 && strspn(id, allowed) == person &&
		    strchr("abcdefghijklmnopqrstuvwxyz_", *id) && strlen(sheet) < 80 &&
		    number_of(sheet, strlen(sheet) < 4 ? 0 : 4) >= YEAR_FIRST &&
		    !strchr(sheet, '/');
	if (!fits)
		return err_set(err, STATUS_USAGE, "\"%s\" is not a sheet's id", id);
	buf_addf(path, "appraisals/%.4s/%s.yaml", sheet, id);
	return true;
}
