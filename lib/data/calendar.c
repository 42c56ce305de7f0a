// SPDX-License-Identifier: MIT
// Which days are working days, by calendar files.
#include "data/calendar.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "data/time.h"

enum {
	NEVER = INT_MAX,  /* of a year's notice: nobody has published it */
	ALWAYS = INT_MIN, /* known from the start: an entry that says nothing of it */
	YEAR_COUNT = YEAR_LAST - YEAR_FIRST + 1,
	RANGE_MAX = 62, /* days; a longer one is a slip of the pen */
	DAY_SECONDS = 86400,
};

/* What an entry says of a day. */
struct mark {
	const char *name; /* in the calendar's arena */
	unsigned file;    /* which calendar_add it came from, from 1 */
	unsigned entry;   /* its number, from 1 */
	int year;         /* whose notice it is from; 0: the ledger's own */
	int known;        /* since which day; ALWAYS */
	bool working;
	const struct intervals *open; /* when it is worked, if not all day; else NULL */
	struct mark *weaker; /* what counts where this one does not: of an earlier file, or known
				earlier */
};

struct year {
	int known;           /* since when its notice is; NEVER */
	struct mark **marks; /* 366, by day of the year; NULL: none */
};

struct calendar {
	struct arena arena;
	unsigned files;
	struct year years[YEAR_COUNT];
	struct calendar_entry *entries;
	unsigned entry_count;
	int last_known; /* of the entries that say; ALWAYS */
};

/* A file being added. */
struct addition {
	struct calendar *calendar;
	const char *file;
	struct err *err;
	int year;  /* whose days are being read; 0: the ledger's own */
	int known; /* since when what is being read is known */
};

struct calendar *calendar_new(void)
{
	struct calendar *calendar = mem_alloc(sizeof *calendar);
	calendar->last_known = ALWAYS;
	for (size_t i = 0; i < YEAR_COUNT; i++)
		calendar->years[i].known = NEVER;
	return calendar;
}

void calendar_free(struct calendar *calendar)
{
	if (!calendar)
		return;
	arena_clear(&calendar->arena);
	free(calendar->entries);
	free(calendar);
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

/* Puts MARK among what is said of DAY: the strongest first. */
static bool set_mark(const struct addition *addition, const struct node *node, int day,
		     const struct mark *mark)
{
	struct calendar *calendar = addition->calendar;
	int day_of_year;
	struct year *year = &calendar->years[year_index(
		day, &day_of_year)]; /* date_parse lets no other years in */
	if (!year->marks)
		year->marks = arena_alloc(&calendar->arena, 366 * sizeof *year->marks);
	struct mark **place = &year->marks[day_of_year];
	while (*place && (*place)->file == mark->file && (*place)->known > mark->known)
		place = &(*place)->weaker;
	if (*place && (*place)->file == mark->file && (*place)->known == mark->known &&
	    ((*place)->working != mark->working || (*place)->open != mark->open)) {
		struct buf text;
		buf_init(&text);
		date_format(day, &text);
		buf_adds(&text, (*place)->working == mark->working
					? " is listed twice, and shortened differently"
				: mark->open || (*place)->open
					? " is listed under both rest and short"
					: " is listed under both rest and work");
		wrong_at(addition, node, text.data);
		buf_clear(&text);
		return false;
	}
	struct mark *added = arena_alloc(&calendar->arena, sizeof *added);
	*added = *mark;
	added->weaker = *place;
	*place = added;
	return true;
}

/* The days in LIST, which ENTRY, the last so far, is about. OPEN: when they are worked, if not as
 * usual. */
static bool add_ranges(const struct addition *addition, const struct node *list,
		       struct calendar_entry *entry, bool working, const struct intervals *open)
{
	const struct mark mark = {.name = entry->name,
				  .file = addition->calendar->files,
				  .entry = addition->calendar->entry_count,
				  .year = addition->year,
				  .known = addition->known,
				  .working = working,
				  .open = open};
	if (!is_list(addition, list))
		return false;
	const struct node *node;
	for (size_t i = 0; (node = node_item(list, i)); i++) {
		int first, last;
		if (!read_range(addition, node, &first, &last))
			return false;
		if (!near_year(addition->year, first, last))
			return wrong_at(addition, node, "the date does not belong to this year");
		entry->first = first < entry->first ? first : entry->first;
		entry->last = last > entry->last ? last : entry->last;
		for (int day = first; day <= last; day++) {
			if (!set_mark(addition, node, day, &mark))
				return false;
		}
	}
	return true;
}

/* Since when ENTRY is known: what it says, else what holds around it. */
static bool read_known(const struct addition *addition, const struct node *entry, int around,
		       int *known)
{
	const struct node *given = node_get(entry, "known");
	*known = around;
	if (!given)
		return true;
	const char *text = node_as_text(given);
	if (given->type != NODE_STRING || !text || strlen(text) != node_text_len(given))
		return wrong_at(addition, given,
				"known: must be a quoted date, such as \"2026-11-28\"");
	if (date_parse(text, known, addition->err))
		return true;
	addition->err->status = STATUS_DAMAGED;
	err_prefix(addition->err, "known");
	return err_place(addition->err, addition->file, given->line, given->column);
}

static struct calendar_entry *new_entry(struct addition *addition, const struct node *node)
{
	struct calendar *calendar = addition->calendar;
	calendar->entries =
		mem_room(calendar->entries, calendar->entry_count, 1, sizeof *calendar->entries);
	struct calendar_entry *entry = &calendar->entries[calendar->entry_count++];
	if (addition->known > calendar->last_known)
		calendar->last_known = addition->known;
	*entry = (struct calendar_entry){
		.name = arena_dup(&calendar->arena, node_text(node, "name")),
		.file = arena_dup(&calendar->arena, addition->file),
		.line = node->line,
		.known = addition->known,
		.year = addition->year,
		.first = INT_MAX,
		.last = INT_MIN};
	return entry;
}

/* The days of NODE, ENTRY, that are worked for part of the day. */
static bool add_short(const struct addition *addition, const struct node *node,
		      struct calendar_entry *entry)
{
	const struct node *days = node_get(node, "short"), *open = node_get(node, "open");
	if (!days && !open)
		return true;
	if (!days || !open)
		return wrong_at(addition, node, "short and open: give both, or neither");
	struct intervals *when = arena_alloc(&addition->calendar->arena, sizeof *when);
	if (!intervals_read(when, open, addition->file, addition->err))
		return false;
	if (when->at[when->count - 1].to > DAY_SECONDS)
		return wrong_at(addition, open,
				"open: a shortened day ends at 24:00 at the latest");
	return add_ranges(addition, days, entry, true, when);
}

static bool add_days(struct addition *addition, const struct node *list)
{
	static const char *const keys[] = {"name", "known", "rest", "work", "short", "open", NULL};
	int around = addition->known;
	if (!is_list(addition, list))
		return false;
	const struct node *node;
	for (size_t i = 0; (node = node_item(list, i)); i++) {
		if (!only_keys(addition, node, keys, "name, known, rest, work, short, open") ||
		    !read_known(addition, node, around, &addition->known))
			return false;
		const struct node *given = node_get(node, "name");
		if (!given || given->type != NODE_STRING || !node_text_len(given))
			return wrong_at(addition, node, "name: missing");
		struct calendar_entry *entry = new_entry(addition, node);
		if (!add_ranges(addition, node_get(node, "rest"), entry, false, NULL) ||
		    !add_ranges(addition, node_get(node, "work"), entry, true, NULL) ||
		    !add_short(addition, node, entry))
			return false;
	}
	addition->known = around;
	return true;
}

static bool add_years(struct addition *addition, const struct node *list)
{
	static const char *const keys[] = {"year", "source", "known", "days", NULL};
	if (!is_list(addition, list))
		return false;
	const struct node *entry;
	for (size_t i = 0; (entry = node_item(list, i)); i++) {
		int64_t year;
		if (!only_keys(addition, entry, keys, "year, source, known, days") ||
		    !read_known(addition, entry, ALWAYS, &addition->known))
			return false;
		if (!node_integer(entry, "year", &year) || year < YEAR_FIRST || year > YEAR_LAST)
			return wrong_at(addition, entry,
					"year: must be a number from 1900 to 2199");
		addition->year = (int)year;
		int *known = &addition->calendar->years[year - YEAR_FIRST].known;
		*known = addition->known < *known ? addition->known : *known;
		if (!add_days(addition, node_get(entry, "days")))
			return false;
	}
	addition->year = 0;
	addition->known = ALWAYS;
	return true;
}

bool calendar_add(struct calendar *calendar, const struct node *root, const char *file,
		  struct err *err)
{
	static const char *const keys[] = {"years", "days", NULL};
	struct addition addition = {
		.calendar = calendar, .file = file, .err = err, .known = ALWAYS};
	calendar->files++;
	return only_keys(&addition, root, keys, "years, days") &&
	       add_years(&addition, node_get(root, "years")) &&
	       add_days(&addition, node_get(root, "days"));
}

bool calendar_entry(const struct calendar *calendar, unsigned number, struct calendar_entry *entry)
{
	if (!calendar || number < 1 || number > calendar->entry_count)
		return false;
	*entry = calendar->entries[number - 1];
	return true;
}

int calendar_last_known(const struct calendar *calendar)
{
	return calendar ? calendar->last_known : ALWAYS;
}

static bool year_counts(struct calendar_known known, int year)
{
	return !known.published_before || year < known.published_before;
}

bool calendar_published(const struct calendar *calendar, struct calendar_known known, int year)
{
	return calendar && year >= YEAR_FIRST && year <= YEAR_LAST && year_counts(known, year) &&
	       calendar->years[year - YEAR_FIRST].known != NEVER &&
	       calendar->years[year - YEAR_FIRST].known <= known.by;
}

static bool mark_counts(const struct mark *mark, struct calendar_known known)
{
	return mark->known <= known.by && mark->entry != known.without &&
	       (!mark->year || year_counts(known, mark->year));
}

/* What counts of what is said of DAY; NULL: nothing. */
static const struct mark *mark_of(const struct calendar *calendar, struct calendar_known known,
				  int day)
{
	int day_of_year;
	int index = year_index(day, &day_of_year);
	if (!calendar || index < 0 || !calendar->years[index].marks)
		return NULL;
	const struct mark *mark = calendar->years[index].marks[day_of_year];
	while (mark && !mark_counts(mark, known))
		mark = mark->weaker;
	return mark;
}

enum day_kind calendar_day(const struct calendar *calendar, struct calendar_known known, int day,
			   const char **name)
{
	const struct mark *mark = mark_of(calendar, known, day);
	*name = mark ? mark->name : NULL;
	if (mark)
		return mark->working ? DAY_WORKING : DAY_OFF;
	int day_of_year, index = year_index(day, &day_of_year);
	if (index < 0 || !calendar_published(calendar, known, index + YEAR_FIRST))
		return DAY_UNKNOWN;
	return day_weekday(day) < 5 ? DAY_WORKING : DAY_OFF;
}

const struct intervals *calendar_open(const struct calendar *calendar, struct calendar_known known,
				      int day)
{
	const struct mark *mark = mark_of(calendar, known, day);
	return mark ? mark->open : NULL;
}

bool calendar_working(const struct calendar *calendar, struct calendar_known known, int day,
		      bool *working, bool *provisional, struct err *err)
{
	const char *name;
	enum day_kind kind = calendar_day(calendar, known, day, &name);
	if (!calendar)
		return err_set(err, STATUS_REFUSED,
			       "there is no calendar to say which days are worked");
	if (kind == DAY_UNKNOWN)
		*provisional = true;
	*working = kind == DAY_UNKNOWN ? day_weekday(day) < 5 : kind == DAY_WORKING;
	return true;
}
