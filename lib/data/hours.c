// SPDX-License-Identifier: MIT
// Sets of working hours.
#include "data/hours.h"

#include <string.h>

enum {
	DAY_SECONDS = 86400,
	SATURDAY = 5,
	MAKE_UP = 7, /* in struct hours, beside the days of the week */
	INTERVALS_MAX = sizeof((struct intervals *)0)->at / sizeof((struct intervals *)0)->at[0],
};

static const char *const day_names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "make-up"};

static bool wrong_at(struct err *err, const char *file, const struct node *node, const char *text)
{
	err_set(err, STATUS_DAMAGED, "%s", text);
	return err_place(err, file, node->line, node->column);
}

/* "08:30" to seconds; -1 when it is none. */
static int read_minute(const char *text)
{
	for (int i = 0; i < 5; i++) {
		if (i == 2 ? text[i] != ':' : text[i] < '0' || text[i] > '9')
			return -1;
	}
	int hour = (text[0] - '0') * 10 + text[1] - '0',
	    minute = (text[3] - '0') * 10 + text[4] - '0';
	int seconds = hour * 3600 + minute * 60;
	return minute < 60 && seconds <= DAY_SECONDS ? seconds : -1;
}

static bool read_interval(struct intervals *intervals, const struct node *node, const char *file,
			  struct err *err)
{
	const char *text = node_as_text(node);
	if (node->type != NODE_STRING || node_text_len(node) != 11 || text[5] != '-')
		return wrong_at(err, file, node, "open: write each interval as \"08:30-12:00\"");
	int from = read_minute(text), to = read_minute(text + 6);
	if (from < 0 || to < 0 || from == DAY_SECONDS)
		return wrong_at(err, file, node, "open: there is no such time of day");
	if (from == to)
		return wrong_at(err, file, node,
				"open: the interval ends when it begins; the whole day is "
				"\"00:00-24:00\"");
	unsigned count = intervals->count;
	if (count && from < intervals->at[count - 1].to)
		return wrong_at(err, file, node,
				"open: the intervals must be in order and must not overlap");
	if (count == INTERVALS_MAX)
		return wrong_at(err, file, node, "open: at most 12 intervals a day");
	intervals->at[count].from = from;
	intervals->at[count].to = to < from ? to + DAY_SECONDS : to;
	intervals->count++;
	return true;
}

bool intervals_read(struct intervals *intervals, const struct node *list, const char *file,
		    struct err *err)
{
	*intervals = (struct intervals){0};
	if (!node_item_count(list))
		return wrong_at(err, file, list,
				"open: must be a list of intervals such as \"08:30-12:00\"");
	const struct node *interval;
	for (size_t i = 0; (interval = node_item(list, i)); i++) {
		if (!read_interval(intervals, interval, file, err))
			return false;
	}
	return true;
}

void intervals_limit(struct intervals *intervals, const struct intervals *within)
{
	struct intervals all = *intervals;
	intervals->count = 0;
	for (unsigned i = 0; i < all.count; i++) {
		for (unsigned j = 0; j < within->count && intervals->count < INTERVALS_MAX; j++) {
			int from = all.at[i].from > within->at[j].from ? all.at[i].from
								       : within->at[j].from;
			int to = all.at[i].to < within->at[j].to ? all.at[i].to : within->at[j].to;
			if (from >= to)
				continue;
			intervals->at[intervals->count].from = from;
			intervals->at[intervals->count++].to = to;
		}
	}
}

static bool read_days(struct hours *hours, const struct node *node, const char *file,
		      struct err *err)
{
	const char *allowed =
		"days: write working, all or a list of mon, tue, wed, thu, fri, sat, sun";
	if (node_is_string(node, "working") || node_is_string(node, "all")) {
		hours->days = node_is_string(node, "all") ? HOURS_ALL_DAYS : HOURS_WORKING_DAYS;
		return true;
	}
	if (!node_item_count(node))
		return wrong_at(err, file, node, allowed);
	hours->days = HOURS_WEEKDAYS;
	const struct node *item;
	for (size_t i = 0; (item = node_item(node, i)); i++) {
		unsigned bit = 0;
		for (int day = 0; day < 7; day++) {
			if (node_is_string(item, day_names[day]))
				bit = 1u << day;
		}
		if (!bit)
			return wrong_at(err, file, item, allowed);
		hours->weekdays |= bit;
	}
	return true;
}

/* Whether HOURS open on the day of the week DAY, or on make-up days. */
static bool opens_on(const struct hours *hours, int day)
{
	switch (hours->days) {
	case HOURS_WORKING_DAYS:
		return day < SATURDAY || day == MAKE_UP;
	case HOURS_ALL_DAYS:
		return day < MAKE_UP;
	default:
		return day < MAKE_UP && hours->weekdays >> day & 1;
	}
}

static bool read_each_day(struct hours *hours, const struct node *map, const char *file,
			  struct err *err)
{
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(map, i)); i++) {
		bool fits = false;
		for (int day = 0; day <= MAKE_UP; day++)
			fits = fits ||
			       (opens_on(hours, day) && strcmp(pair->key, day_names[day]) == 0);
		if (fits)
			continue;
		err_set(err, STATUS_DAMAGED,
			"open: %s is none of the days on which these hours open", pair->key);
		return err_place(err, file, pair->line, pair->column);
	}
	for (int day = 0; day <= MAKE_UP; day++) {
		const struct node *list = node_get(map, day_names[day]);
		if (!opens_on(hours, day))
			continue;
		if (!list) {
			err_set(err, STATUS_DAMAGED, "open: %s is missing", day_names[day]);
			return err_place(err, file, map->line, map->column);
		}
		if (!intervals_read(&hours->open[day], list, file, err))
			return false;
	}
	return true;
}

/* Whether a night ends before the next day can open; it may be any of the days. */
static bool nights_end(struct hours *hours, const struct node *open, const char *file,
		       struct err *err)
{
	int latest = 0, first = DAY_SECONDS;
	for (int day = 0; day <= MAKE_UP; day++) {
		const struct intervals *on = &hours->open[day];
		if (!on->count)
			continue;
		int end = on->at[on->count - 1].to - DAY_SECONDS;
		latest = end > latest ? end : latest;
		first = on->at[0].from < first ? on->at[0].from : first;
	}
	hours->nights = latest > 0;
	return latest <= first ||
	       wrong_at(err, file, open, "open: a night ends after the next day has opened");
}

bool hours_read(struct hours *hours, const struct node *map, const char *file, struct err *err)
{
	*hours = (struct hours){0};
	if (map->type != NODE_MAP)
		return wrong_at(err, file, map, "working hours are a map of days and open");
	const struct node *days = node_get(map, "days"), *open = node_get(map, "open");
	if (!days)
		return wrong_at(err, file, map, "days: missing");
	if (!open)
		return wrong_at(err, file, map, "open: missing");
	if (!read_days(hours, days, file, err))
		return false;
	if (open->type == NODE_MAP)
		return read_each_day(hours, open, file, err) && nights_end(hours, open, file, err);
	struct intervals every_day;
	if (!intervals_read(&every_day, open, file, err))
		return false;
	for (int day = 0; day <= MAKE_UP; day++) {
		if (opens_on(hours, day))
			hours->open[day] = every_day;
	}
	return nights_end(hours, open, file, err);
}

const struct intervals *hours_open(const struct hours *hours, int weekday)
{
	bool make_up = hours->days == HOURS_WORKING_DAYS && weekday >= SATURDAY;
	return &hours->open[make_up ? MAKE_UP : weekday];
}
