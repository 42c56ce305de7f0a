// SPDX-License-Identifier: MIT
// Answers questions about zones, days and deadlines, a line each, for tests/conformance to compare.
// Believes its input.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/anchor.h"
#include "text/yaml.h"

struct driver {
	struct arena arena;
	struct zone zone;
	struct hours hours;
	struct calendar *calendar;
	struct clock clock;
	struct err err;
};

static bool set_zone(struct driver *driver, char *name)
{
	struct zone zone;
	if (!zone_init(&zone, name, &driver->err))
		return false;
	zone_clear(&driver->zone);
	driver->zone = zone;
	return true;
}

/* CALENDAR FILE */
static bool add_calendar(struct driver *driver, char *name)
{
	struct buf text;
	struct node *root;
	FILE *file = fopen(name, "re");
	if (!file)
		return err_system(&driver->err, "cannot read %s", name);
	buf_init(&text);
	for (int byte; (byte = getc(file)) != EOF;)
		buf_addc(&text, (char)byte);
	fclose(file);
	bool added =
		yaml_read_one(&driver->arena, name, text.data, text.len, &root, &driver->err) &&
		calendar_add(driver->calendar, root, name, &driver->err);
	buf_clear(&text);
	driver->clock.calendar = driver->calendar;
	return added;
}

/* A flow map: {days: working, open: ["08:30-12:00"]} */
static bool set_hours(struct driver *driver, char *text)
{
	struct node *root;
	driver->clock.hours = &driver->hours;
	return yaml_read_one(&driver->arena, "hours", text, strlen(text), &root, &driver->err) &&
	       hours_read(&driver->hours, root, "hours", &driver->err);
}

static bool tell_time(struct driver *driver, int64_t instant)
{
	struct buf text;
	buf_init(&text);
	time_format(&driver->zone, instant, &text);
	printf("%d %s\n", zone_offset(&driver->zone, instant), text.data);
	buf_clear(&text);
	return true;
}

static bool tell_instant(struct driver *driver, char *text)
{
	struct civil civil;
	if (sscanf(text, "%d %d %d %d %d %d", &civil.year, &civil.month, &civil.day, &civil.hour,
		   &civil.minute, &civil.second) != 6)
		return err_set(&driver->err, STATUS_USAGE, "six numbers are due");
	printf("%" PRId64 "\n", zone_instant(&driver->zone, &civil));
	return true;
}

static bool tell_parsed(struct driver *driver, char *text)
{
	int64_t instant;
	if (!time_parse(text, &instant, &driver->err))
		return false;
	printf("%" PRId64 "\n", instant);
	return true;
}

/* FIRST/LAST: each day, and what is known of it */
static bool tell_days(struct driver *driver, char *range)
{
	int first, last;
	range[10] = '\0';
	if (!date_parse(range, &first, &driver->err) ||
	    !date_parse(range + 11, &last, &driver->err))
		return false;
	for (int day = first; day <= last; day++) {
		static const char *const kinds[] = {"unknown", "working", "off"};
		struct buf text;
		const char *name;
		enum day_kind kind =
			calendar_day(driver->calendar, driver->clock.known, day, &name);
		buf_init(&text);
		date_format(day, &text);
		printf("%s %s%s\n", text.data, kinds[kind],
		       name ? kind == DAY_OFF ? " holiday" : " make-up" : "");
		buf_clear(&text);
	}
	return true;
}

/* deadline|window|early INSTANT COUNT UNIT END ROLL */
static bool tell_deadline(struct driver *driver, const char *what, char *text)
{
	int64_t start;
	struct due due;
	int end, roll;
	char within[32], count[16], unit[8];
	struct duration duration;
	if (sscanf(text, "%" SCNd64 " %15s %7s %d %d", &start, count, unit, &end, &roll) != 5)
		return err_set(&driver->err, STATUS_USAGE,
			       "a start, a duration, an end and a roll are due");
	snprintf(within, sizeof within, "%s %s", count, unit);
	if (!duration_parse(within, &duration, &driver->err))
		return false;
	bool found = strcmp(what, "window") == 0
			     ? window_open(&driver->clock, start, duration, &due, &driver->err)
		     : strcmp(what, "early") == 0
			     ? deadline_early(&driver->clock, start, duration, &due, &driver->err)
			     : deadline_find(&driver->clock, start, duration, (enum day_end)end,
					     roll, &due, &driver->err);
	if (found)
		printf("%" PRId64 "%s\n", due.at, due.provisional ? " provisional" : "");
	return found;
}

/* anchor INSTANT PERIOD start|end[ +|- N d|wd] */
static bool tell_anchor(struct driver *driver, char *text)
{
	struct anchor anchor;
	struct due due;
	char *words;
	int64_t start = strtoll(text, &words, 10);
	words += *words == ' ';
	if (!anchor_parse(words, &anchor, &driver->err) ||
	    !anchor_find(&driver->clock, start, &anchor, &due, &driver->err))
		return false;
	printf("%" PRId64 "\n", due.at);
	return true;
}

static bool tell_between(struct driver *driver, char *text)
{
	int64_t from, to, seconds;
	bool provisional = false;
	if (sscanf(text, "%" SCNd64 " %" SCNd64, &from, &to) != 2)
		return err_set(&driver->err, STATUS_USAGE, "two instants are due");
	if (!working_seconds_between(&driver->clock, from, to, &seconds, &provisional,
				     &driver->err))
		return false;
	printf("%" PRId64 "\n", seconds);
	return true;
}

static bool answer(struct driver *driver, char *line)
{
	char *rest = strchr(line, ' ');
	if (!rest)
		return err_set(&driver->err, STATUS_USAGE, "no question: %s", line);
	*rest++ = '\0';
	if (strcmp(line, "zone") == 0)
		return set_zone(driver, rest);
	if (strcmp(line, "calendar") == 0)
		return add_calendar(driver, rest);
	if (strcmp(line, "hours") == 0)
		return set_hours(driver, rest);
	if (strcmp(line, "known") == 0)
		return date_parse(rest, &driver->clock.known.by, &driver->err);
	if (strcmp(line, "time") == 0)
		return tell_time(driver, strtoll(rest, NULL, 10));
	if (strcmp(line, "instant") == 0)
		return tell_instant(driver, rest);
	if (strcmp(line, "parse") == 0)
		return tell_parsed(driver, rest);
	if (strcmp(line, "days") == 0)
		return tell_days(driver, rest);
	if (strcmp(line, "between") == 0)
		return tell_between(driver, rest);
	if (strcmp(line, "anchor") == 0)
		return tell_anchor(driver, rest);
	return tell_deadline(driver, line, rest);
}

int main(void)
{
	struct driver driver = {.calendar = calendar_new()};
	char *line = NULL;
	size_t room = 0;
	int status = 0;
	driver.clock.zone = &driver.zone;
	if (!zone_init(&driver.zone, "UTC", &driver.err))
		return 1;
	for (ssize_t len; (len = getline(&line, &room, stdin)) > 0;) {
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		if (answer(&driver, line))
			continue;
		struct buf text;
		buf_init(&text);
		err_render(&driver.err, &text);
		printf("error %s\n", text.data);
		buf_clear(&text);
		err_clear(&driver.err);
		status = 1;
	}
	free(line);
	zone_clear(&driver.zone);
	calendar_free(driver.calendar);
	arena_clear(&driver.arena);
	return status;
}
