// SPDX-License-Identifier: MIT
// Which days are working days, by calendar files.
#include "data/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "data/time.h"

enum {
	YEAR_COUNT = YEAR_LAST - YEAR_FIRST + 1,
	RANGE_MAX = 62, /* days; a longer one is a slip of the pen */
};

struct mark {
	const char *name; /* in the calendar's arena */
	unsigned file;    /* which calendar_add it came from, from 1; 0: no mark */
	bool working;
};

struct year {
	bool published;
	struct mark *marks; /* 366, by day of the year; NULL: none */
};

struct calendar {
	struct arena arena;
	bool provisional;
	unsigned files;
	struct year years[YEAR_COUNT];
};

/* A file being added. */
struct addition {
	struct calendar *calendar;
	const char *file;
	struct err *err;
	int year; /* whose days are being read; 0: the ledger's own */
};

struct calendar *calendar_new(void)
{
	return mem_alloc(sizeof(struct calendar));
}

void calendar_free(struct calendar *calendar)
{
	if (!calendar)
		return;
	arena_clear(&calendar->arena);
	free(calendar);
}

void calendar_set_provisional(struct calendar *calendar, bool provisional)
{
	calendar->provisional = provisional;
}

/* Which of the calendar's years DAY lies in, -1 when in none. */
static int year_index(int day, int *day_of_year)
{
	struct civil civil;
	*day_of_year = 0;
	civil_of_day(day, &civil);
	if (civil.year < YEAR_FIRST || civil.year > YEAR_LAST)
		return -1;
	*day_of_year = day - day_of_civil(civil.year, 1, 1);
	return civil.year - YEAR_FIRST;
}

static bool wrong_at(const struct addition *addition, const struct node *node, const char *text)
{
	err_set(addition->err, STATUS_DAMAGED, "%s", text);
	return err_place(addition->err, addition->file, node->line, node->column);
}

static bool only_keys(const struct addition *addition, const struct node *map,
		      const char *const *allowed, const char *list)
{
	if (map->type != NODE_MAP) {
		err_set(addition->err, STATUS_DAMAGED, "must be a map with %s, not a %s", list,
			node_type_name(map->type));
		return err_place(addition->err, addition->file, map->line, map->column);
	}
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(map, i)); i++) {
		bool known = false;
		for (size_t j = 0; allowed[j]; j++)
			known = known || strcmp(pair->key, allowed[j]) == 0;
		if (known)
			continue;
		err_set(addition->err, STATUS_DAMAGED, "%s: unknown field (allowed: %s)", pair->key,
			list);
		return err_place(addition->err, addition->file, pair->line, pair->column);
	}
	return true;
}

/* NULL is an empty list. */
static bool is_list(const struct addition *addition, const struct node *node)
{
	return !node || node->type == NODE_LIST || wrong_at(addition, node, "must be a list");
}

/* "2026-02-15" or "2026-02-15/2026-02-23" */
static bool read_range(const struct addition *addition, const struct node *node, int *first,
		       int *last)
{
	char text[24];
	if (node->type != NODE_STRING)
		return wrong_at(addition, node,
				"must be a quoted date or range of dates, such as "
				"\"2026-02-15/2026-02-23\"");
	const char *range = node_as_text(node);
	size_t len = node_text_len(node);
	if ((len != 10 && len != 21) || memchr(range, '\0', len) || (len == 21 && range[10] != '/'))
		return wrong_at(
			addition, node,
			"write a date as \"2026-02-15\", a range as \"2026-02-15/2026-02-23\"");
	memcpy(text, range, len);
	text[10] = text[len] = '\0';
	if (!date_parse(text, first, addition->err) ||
	    !date_parse(len == 21 ? text + 11 : text, last, addition->err)) {
		addition->err->status = STATUS_DAMAGED;
		return err_place(addition->err, addition->file, node->line, node->column);
	}
	if (*last < *first)
		return wrong_at(addition, node, "the range ends before it begins");
	if (*last - *first >= RANGE_MAX)
		return wrong_at(addition, node, "the range is longer than two months");
	return true;
}

/* A notice may reach into the December before and the January after its year. */
static bool near_year(int year, int first, int last)
{
	return !year ||
	       (first >= day_of_civil(year - 1, 12, 1) && last < day_of_civil(year + 1, 2, 1));
}

static bool set_mark(const struct addition *addition, const struct node *node, int day,
		     const char *name, bool working)
{
	struct calendar *calendar = addition->calendar;
	int day_of_year;
	struct year *year = &calendar->years[year_index(
		day, &day_of_year)]; /* date_parse lets no other years in */
	if (!year->marks)
		year->marks = arena_alloc(&calendar->arena, 366 * sizeof *year->marks);
	struct mark *mark = &year->marks[day_of_year];
	if (mark->file == calendar->files && mark->working != working) {
		struct buf text;
		buf_init(&text);
		date_format(day, &text);
		buf_adds(&text, " is listed under both rest and work");
		wrong_at(addition, node, text.data);
		buf_clear(&text);
		return false;
	}
	*mark = (struct mark){.name = name, .file = calendar->files, .working = working};
	return true;
}

static bool add_ranges(const struct addition *addition, const struct node *list, const char *name,
		       bool working)
{
	if (!is_list(addition, list))
		return false;
	const struct node *node;
	for (size_t i = 0; (node = node_item(list, i)); i++) {
		int first, last;
		if (!read_range(addition, node, &first, &last))
			return false;
		if (!near_year(addition->year, first, last))
			return wrong_at(addition, node, "the date does not belong to this year");
		for (int day = first; day <= last; day++) {
			if (!set_mark(addition, node, day, name, working))
				return false;
		}
	}
	return true;
}

static bool add_days(const struct addition *addition, const struct node *list)
{
	static const char *const keys[] = {"name", "rest", "work", NULL};
	if (!is_list(addition, list))
		return false;
	const struct node *entry;
	for (size_t i = 0; (entry = node_item(list, i)); i++) {
		if (!only_keys(addition, entry, keys, "name, rest, work"))
			return false;
		const struct node *given = node_get(entry, "name");
		if (!given || given->type != NODE_STRING || !node_text_len(given))
			return wrong_at(addition, entry, "name: missing");
		const char *name = arena_dup(&addition->calendar->arena, node_as_text(given));
		if (!add_ranges(addition, node_get(entry, "rest"), name, false) ||
		    !add_ranges(addition, node_get(entry, "work"), name, true))
			return false;
	}
	return true;
}

static bool add_years(struct addition *addition, const struct node *list)
{
	static const char *const keys[] = {"year", "source", "days", NULL};
	if (!is_list(addition, list))
		return false;
	const struct node *entry;
	for (size_t i = 0; (entry = node_item(list, i)); i++) {
		int64_t year;
		if (!only_keys(addition, entry, keys, "year, source, days"))
			return false;
		if (!node_integer(entry, "year", &year) || year < YEAR_FIRST || year > YEAR_LAST)
			return wrong_at(addition, entry,
					"year: must be a number from 1900 to 2199");
		addition->year = (int)year;
		addition->calendar->years[year - YEAR_FIRST].published = true;
		if (!add_days(addition, node_get(entry, "days")))
			return false;
	}
	addition->year = 0;
	return true;
}

bool calendar_add(struct calendar *calendar, const struct node *root, const char *file,
		  struct err *err)
{
	static const char *const keys[] = {"years", "days", NULL};
	struct addition addition = {.calendar = calendar, .file = file, .err = err};
	calendar->files++;
	return only_keys(&addition, root, keys, "years, days") &&
	       add_years(&addition, node_get(root, "years")) &&
	       add_days(&addition, node_get(root, "days"));
}

enum day_kind calendar_day(const struct calendar *calendar, int day, const char **name)
{
	int day_of_year;
	*name = NULL;
	int index = year_index(day, &day_of_year);
	if (!calendar || index < 0)
		return DAY_UNKNOWN;
	const struct year *year = &calendar->years[index];
	if (year->marks && year->marks[day_of_year].file) {
		const struct mark *mark = &year->marks[day_of_year];
		*name = mark->name;
		return mark->working ? DAY_WORKING : DAY_OFF;
	}
	if (!year->published)
		return DAY_UNKNOWN;
	return day_weekday(day) < 5 ? DAY_WORKING : DAY_OFF;
}

bool calendar_working(const struct calendar *calendar, int day, bool *working, bool *provisional,
		      struct err *err)
{
	const char *name;
	enum day_kind kind = calendar_day(calendar, day, &name);
	if (kind == DAY_UNKNOWN && (!calendar || !calendar->provisional)) {
		struct civil civil;
		civil_of_day(day, &civil);
		return err_set(
			err, STATUS_REFUSED,
			"the calendar does not know the days off of %d, which the State Council "
			"publishes late in the year before: "
			"add them to policy/calendar.yaml or set `calendar: provisional` in "
			"kefu.yaml",
			civil.year);
	}
	if (kind == DAY_UNKNOWN)
		*provisional = true;
	*working = kind == DAY_UNKNOWN ? day_weekday(day) < 5 : kind == DAY_WORKING;
	return true;
}
