// SPDX-License-Identifier: MIT
// When something is due: DESIGN "Time" and articles 200 to 204 of the Civil Code of the PRC, each
// test by the point it proves.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "data/deadline.h"
#include "text/yaml.h"

static struct arena arena;
static struct zone shanghai, berlin;
static struct calendar *calendar;
static struct hours desk, lamps, nights, saturday;

/* National Day 2025, Spring Festival and National Day 2026 with their make-up days, by the State
 * Council's notices. */
static const char notices[] = "years:\n"
			      "  - year: 2024\n"
			      "  - year: 2025\n"
			      "    days:\n"
			      "      - name: 国庆节、中秋节\n"
			      "        rest: [\"2025-10-01/2025-10-08\"]\n"
			      "        work: [\"2025-09-28\", \"2025-10-11\"]\n"
			      "  - year: 2026\n"
			      "    days:\n"
			      "      - name: 春节\n"
			      "        rest: [\"2026-02-15/2026-02-23\"]\n"
			      "        work: [\"2026-02-14\", \"2026-02-28\"]\n"
			      "      - name: 国庆节\n"
			      "        rest: [\"2026-10-01/2026-10-07\"]\n"
			      "        work: [\"2026-09-20\", \"2026-10-10\"]\n"
			      "      - name: 中秋节\n"
			      "        rest: [\"2026-09-25/2026-09-27\"]\n";

static struct node *yaml(const char *text)
{
	struct err err = ERR_INIT;
	struct node *root;
	if (!yaml_read_one(&arena, "test.yaml", text, strlen(text), &root, &err))
		fail_msg("%s", err.text);
	return root;
}

static int set_up(void **state)
{
	(void)state;
	struct err err = ERR_INIT;
	calendar = calendar_new();
	bool good =
		zone_init(&shanghai, "Asia/Shanghai", &err) &&
		zone_init(&berlin, "Europe/Berlin", &err) &&
		calendar_add(calendar, yaml(notices), "notices", &err) &&
		hours_read(&desk, yaml("{days: working, open: [\"08:30-12:00\", \"13:30-18:00\"]}"),
			   "test.yaml", &err) &&
		hours_read(&lamps, yaml("{days: working, open: [\"00:00-24:00\"]}"), "test.yaml",
			   &err) &&
		hours_read(&nights, yaml("{days: all, open: [\"00:00-06:00\", \"22:00-24:00\"]}"),
			   "test.yaml", &err) &&
		hours_read(&saturday, yaml("{days: [sat], open: [\"09:00-12:00\"]}"), "test.yaml",
			   &err);
	err_clear(&err);
	return good ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	calendar_free(calendar);
	zone_clear(&shanghai);
	zone_clear(&berlin);
	arena_clear(&arena);
	return 0;
}

static struct duration lasting(const char *text)
{
	struct duration duration = {0};
	struct err err = ERR_INIT;
	assert_true(duration_parse(text, &duration, &err));
	return duration;
}

static int64_t at(const struct zone *zone, const char *text)
{
	struct err err = ERR_INIT;
	int64_t instant = 0;
	if (!time_input(zone, 0, text, &instant, &err))
		fail_msg("%s", err.text);
	return instant;
}

static void assert_time(const struct zone *zone, int64_t instant, const char *expected)
{
	struct buf text;
	struct civil civil;
	buf_init(&text);
	zone_civil(zone, instant, &civil);
	buf_addf(&text, "%04d-%02d-%02d %02d:%02d:%02d", civil.year, civil.month, civil.day,
		 civil.hour, civil.minute, civil.second);
	assert_string_equal(text.data, expected);
	buf_clear(&text);
}

static void assert_due_by(const struct clock *clock, const char *start, const char *within,
			  enum day_end end, bool roll, const char *expected)
{
	struct err err = ERR_INIT;
	struct due due = {.provisional = true};
	if (!deadline_find(clock, at(clock->zone, start), lasting(within), end, roll, &due, &err))
		fail_msg("%s + %s: %s", start, within, err.text);
	assert_time(clock->zone, due.at, expected);
	assert_false(due.provisional);
}

static void assert_due(const struct hours *hours, const char *start, const char *within,
		       const char *expected)
{
	struct clock clock = {.zone = &shanghai, .calendar = calendar, .hours = hours};
	assert_due_by(&clock, start, within, DAY_END_USUAL, false, expected);
}

static void assert_refused(const struct clock *clock, int64_t start, const char *within, bool roll,
			   const char *why)
{
	struct err err = ERR_INIT;
	struct due due;
	assert_false(deadline_find(clock, start, lasting(within), DAY_END_USUAL, roll, &due, &err));
	assert_int_equal(err.status, STATUS_REFUSED);
	if (!strstr(err.text, why))
		fail_msg("%s", err.text);
	err_clear(&err);
}

/* Art. 201 para. 2: hours run from the time agreed; DESIGN: min and h are elapsed, emergencies
 * count elapsed time. */
static void hours_elapse_whatever_the_day(void **state)
{
	(void)state;
	assert_due(NULL, "2026-11-21 09:02:11", "24 h", "2026-11-22 09:02:11"); /* a Saturday */
	assert_due(NULL, "2026-02-14 23:50", "48 h",
		   "2026-02-16 23:50:00"); /* into Spring Festival */
	assert_due(NULL, "2026-11-21 23:58", "3 min", "2026-11-22 00:01:00");
	assert_due(NULL, "2026-11-21 09:02:11", "0 min", "2026-11-21 09:02:11");
	assert_due(NULL, "2026-12-31 12:00", "24 h", "2027-01-01 12:00:00"); /* needs no calendar */
	assert_due(NULL, "2026-01-01 00:00", "100000 h", "2037-05-29 16:00:00");
	struct clock clock = {.zone = &berlin};
	assert_due_by(&clock, "2026-03-28 12:00", "24 h", DAY_END_USUAL, false,
		      "2026-03-29 13:00:00"); /* a short day */
	assert_due_by(&clock, "2026-10-24 12:00", "24 h", DAY_END_USUAL, false,
		      "2026-10-25 11:00:00"); /* a long one */
}

/* Art. 201 para. 1: the day of the start is not counted. Art. 203 para. 2: the last day ends at
 * 24:00; DESIGN: 23:59:59. */
static void days_begin_the_day_after(void **state)
{
	(void)state;
	assert_due(&desk, "2026-11-21 00:00", "1 d", "2026-11-22 23:59:59");
	assert_due(&desk, "2026-11-21 23:59:59", "1 d", "2026-11-22 23:59:59");
	assert_due(&desk, "2026-11-21 09:02", "3 d", "2026-11-24 23:59:59");
	assert_due(&desk, "2026-11-21 09:02", "0 d",
		   "2026-11-21 23:59:59"); /* DESIGN: 0 d is the same day */
	assert_due(&desk, "2026-11-21 09:02", "2 w", "2026-12-05 23:59:59");
	assert_due(&desk, "2026-11-21 09:02", "0 w", "2026-11-21 23:59:59");
	assert_due(&desk, "2024-02-28 09:02", "1 d", "2024-02-29 23:59:59");
	struct clock clock = {.zone = &berlin};
	assert_due_by(&clock, "2026-03-28 12:00", "1 d", DAY_END_USUAL, false,
		      "2026-03-29 23:59:59");
	assert_due_by(&clock, "2026-10-24 12:00", "1 d", DAY_END_USUAL, false,
		      "2026-10-25 23:59:59");
}

/* Art. 202: the corresponding day of the month reached, or where there is none its last. */
static void a_missing_day_becomes_the_month_s_last(void **state)
{
	(void)state;
	assert_due(NULL, "2026-01-31 10:00", "1 mo", "2026-02-28 23:59:59");
	assert_due(NULL, "2024-01-31 10:00", "1 mo", "2024-02-29 23:59:59");
	assert_due(NULL, "2026-01-31 10:00", "2 mo", "2026-03-31 23:59:59");
	assert_due(NULL, "2026-03-31 10:00", "1 mo", "2026-04-30 23:59:59");
	assert_due(NULL, "2026-11-21 10:00", "1 mo", "2026-12-21 23:59:59");
	assert_due(NULL, "2026-12-31 10:00", "2 mo", "2027-02-28 23:59:59");
	assert_due(NULL, "2026-02-28 10:00", "1 mo",
		   "2026-03-28 23:59:59"); /* the 28th, not the last */
	assert_due(NULL, "2026-11-21 10:00", "14 mo", "2028-01-21 23:59:59");
	assert_due(NULL, "2024-02-29 10:00", "1 y", "2025-02-28 23:59:59");
	assert_due(NULL, "2024-02-29 10:00", "4 y", "2028-02-29 23:59:59");
	assert_due(NULL, "2026-01-31 10:00", "0 mo", "2026-01-31 23:59:59");
}

/* DESIGN: wd likewise, skipping non-working days, ending at close of business (art. 203 para. 2).
 */
static void working_days_skip_what_is_off(void **state)
{
	(void)state;
	assert_due(&desk, "2026-11-20 09:02", "3 wd",
		   "2026-11-25 18:00:00"); /* Friday to Wednesday */
	assert_due(&desk, "2026-11-21 09:02", "1 wd",
		   "2026-11-23 18:00:00"); /* Saturday to Monday */
	/* Spring Festival 2026: Saturday the 14th is worked, the 15th to 23rd are off. */
	assert_due(&desk, "2026-02-13 16:00", "1 wd", "2026-02-14 18:00:00");
	assert_due(&desk, "2026-02-13 16:00", "2 wd", "2026-02-24 18:00:00");
	assert_due(&desk, "2026-02-18 16:00", "5 wd", "2026-02-28 18:00:00");
	/* National Day 2025: the 1st to 8th are off, Sunday 28 September and Saturday 11 October
	 * worked. */
	assert_due(&desk, "2025-09-26 10:00", "1 wd", "2025-09-28 18:00:00");
	assert_due(&desk, "2025-09-30 10:00", "3 wd", "2025-10-11 18:00:00");
	/* National Day 2026, with Mid-Autumn before it: Sunday 20 September and Saturday 10 October
	 * worked. */
	assert_due(&desk, "2026-09-18 10:00", "1 wd", "2026-09-20 18:00:00");
	assert_due(&desk, "2026-09-24 10:00", "3 wd", "2026-09-30 18:00:00");
	assert_due(&desk, "2026-09-30 10:00", "3 wd", "2026-10-10 18:00:00");
}

static void the_last_working_day_ends_as_policy_says(void **state)
{
	(void)state;
	struct clock clock = {.zone = &shanghai, .calendar = calendar, .hours = &desk};
	assert_due_by(&clock, "2026-11-20 09:02:11", "1 wd", DAY_END_BUSINESS, false,
		      "2026-11-23 18:00:00");
	assert_due_by(&clock, "2026-11-20 09:02:11", "1 wd", DAY_END_MIDNIGHT, false,
		      "2026-11-23 23:59:59");
	assert_due_by(&clock, "2026-11-20 09:02:11", "1 wd", DAY_END_SAME_CLOCK, false,
		      "2026-11-23 09:02:11");
	assert_due_by(&clock, "2026-11-20 09:02:11", "1 d", DAY_END_SAME_CLOCK, false,
		      "2026-11-21 09:02:11");
	assert_due_by(&clock, "2026-11-22 09:02:11", "1 d", DAY_END_BUSINESS, false,
		      "2026-11-23 18:00:00");
	assert_due_by(&clock, "2026-11-20 09:02:11", "1 d", DAY_END_BUSINESS, false,
		      "2026-11-21 23:59:59"); /* closed that day */
	assert_due(NULL, "2026-11-20 09:02:11", "1 wd", "2026-11-23 23:59:59"); /* no hours */
	assert_due(&saturday, "2026-11-20 09:02:11", "1 wd",
		   "2026-11-23 23:59:59"); /* no hours that day */
	assert_due(&lamps, "2026-11-20 09:02:11", "1 wd",
		   "2026-11-23 23:59:59"); /* open until 24:00 */
	struct clock german = {.zone = &berlin};
	assert_due_by(&german, "2026-03-28 02:30", "1 d", DAY_END_SAME_CLOCK, false,
		      "2026-03-29 03:30:00"); /* a time skipped */
}

/* DESIGN: 0 d is the same day, wd likewise; a deadline never lies before its start. */
static void no_working_days_is_today_if_it_can_be(void **state)
{
	(void)state;
	assert_due(&desk, "2026-11-20 09:02", "0 wd", "2026-11-20 18:00:00");
	assert_due(&desk, "2026-11-20 18:00", "0 wd", "2026-11-20 18:00:00");
	assert_due(&desk, "2026-11-20 18:00:01", "0 wd", "2026-11-23 18:00:00"); /* after closing */
	assert_due(&desk, "2026-11-21 09:02", "0 wd", "2026-11-23 18:00:00");    /* a Saturday */
	struct clock clock = {.zone = &shanghai, .calendar = calendar, .hours = &desk};
	assert_due_by(&clock, "2026-11-20 19:00", "0 d", DAY_END_BUSINESS, false,
		      "2026-11-20 23:59:59");
}

/* Art. 203 para. 1, only where a rule says so (art. 204): a last day that is off gives way to the
 * next working day. */
static void a_rule_may_roll_past_days_off(void **state)
{
	(void)state;
	struct clock clock = {.zone = &shanghai, .calendar = calendar, .hours = &desk};
	assert_due_by(&clock, "2026-11-20 10:00", "1 d", DAY_END_USUAL, false,
		      "2026-11-21 23:59:59");
	assert_due_by(&clock, "2026-11-20 10:00", "1 d", DAY_END_USUAL, true,
		      "2026-11-23 23:59:59");
	assert_due_by(&clock, "2026-11-20 10:00", "3 d", DAY_END_USUAL, true,
		      "2026-11-23 23:59:59"); /* not off: not moved */
	assert_due_by(&clock, "2026-01-16 10:00", "1 mo", DAY_END_BUSINESS, true,
		      "2026-02-24 18:00:00");
	assert_due_by(&clock, "2026-02-13 10:00", "1 d", DAY_END_USUAL, true,
		      "2026-02-14 23:59:59"); /* a Saturday made up */
	assert_due_by(&clock, "2026-02-21 10:00", "0 d", DAY_END_USUAL, true,
		      "2026-02-24 23:59:59");
	assert_due_by(&clock, "2026-11-20 10:00", "1 wd", DAY_END_USUAL, true,
		      "2026-11-23 18:00:00");
	assert_refused(&clock, at(&shanghai, "2026-11-20 10:00"), "24 h", true,
		       "24 h: only a deadline in days");
}

/* DESIGN: wmin and wh, only working time counts; intervals are half-open, several a day, 24:00
 * allowed. */
static void working_time_counts_only_while_open(void **state)
{
	(void)state;
	assert_due(&desk, "2026-11-20 09:00", "2 wh", "2026-11-20 11:00:00");
	assert_due(&desk, "2026-11-20 11:00", "2 wh", "2026-11-20 14:30:00"); /* over lunch */
	assert_due(&desk, "2026-11-20 17:30:30", "1 wh",
		   "2026-11-23 09:00:30"); /* over the weekend */
	assert_due(&desk, "2026-11-21 03:00", "30 wmin",
		   "2026-11-23 09:00:00"); /* starts outside: from the next opening */
	assert_due(&desk, "2026-11-20 12:00", "30 wmin",
		   "2026-11-20 14:00:00"); /* 12:00 itself is outside */
	assert_due(&desk, "2026-11-20 12:15", "30 wmin", "2026-11-20 14:00:00");
	assert_due(&desk, "2026-11-20 08:30", "210 wmin",
		   "2026-11-20 12:00:00"); /* used up exactly at closing: closing */
	assert_due(&desk, "2026-11-20 08:30", "8 wh", "2026-11-20 18:00:00");
	assert_due(&desk, "2026-11-20 08:30", "481 wmin", "2026-11-23 08:31:00");
	assert_due(&desk, "2026-11-21 03:00", "0 wh",
		   "2026-11-23 08:30:00"); /* nothing to do: at the next opening */
	assert_due(&desk, "2026-11-20 09:00", "0 wh", "2026-11-20 09:00:00");
	assert_due(&desk, "2026-02-14 17:00", "2 wh", "2026-02-24 09:30:00"); /* Spring Festival */
	assert_due(&nights, "2026-11-21 23:00", "3 wh", "2026-11-22 02:00:00");
	assert_due(&nights, "2026-11-21 05:00", "4 wh", "2026-11-22 01:00:00");
	assert_due(&saturday, "2026-11-21 11:00", "2 wh", "2026-11-28 10:00:00");
	assert_due(&lamps, "2026-11-20 15:00", "9 wh",
		   "2026-11-21 00:00:00"); /* closing at 24:00 is 00:00 */
}

/* H3.4-8: lamps and locks, 24 elapsed hours with days off left out. */
static void lamps_leave_out_days_off(void **state)
{
	(void)state;
	assert_due(&lamps, "2026-11-20 15:00", "24 wh",
		   "2026-11-23 15:00:00"); /* Friday to Monday */
	assert_due(&lamps, "2026-11-19 15:00", "24 wh", "2026-11-20 15:00:00");
	assert_due(&lamps, "2026-02-14 15:00", "24 wh", "2026-02-24 15:00:00");
	assert_due(&lamps, "2026-11-21 15:00", "24 wh",
		   "2026-11-24 00:00:00"); /* starts on a day off */
}

static void working_time_where_clocks_change(void **state)
{
	(void)state;
	struct hours night;
	struct err err = ERR_INIT;
	assert_true(hours_read(&night,
			       yaml("{days: all, open: [\"01:00-02:15\", \"02:30-04:00\"]}"),
			       "test.yaml", &err));
	struct clock clock = {.zone = &berlin, .calendar = NULL, .hours = &night};
	int64_t seconds;
	bool provisional = false;
	/* 29 March 2026 has no 02:00 to 03:00: 01:00 to 03:15 in wall clock time, 03:30 to 04:00.
	 */
	assert_true(working_seconds_between(&clock, at(&berlin, "2026-03-29 00:00"),
					    at(&berlin, "2026-03-30 00:00"), &seconds, &provisional,
					    &err));
	assert_int_equal(seconds, 75 * 60 + 30 * 60);
	/* 25 October has it twice; an interval goes by the first of the two. */
	assert_true(working_seconds_between(&clock, at(&berlin, "2026-10-25 00:00"),
					    at(&berlin, "2026-10-26 00:00"), &seconds, &provisional,
					    &err));
	assert_int_equal(seconds, 75 * 60 + 150 * 60);
}

/* DESIGN: a year nobody has published is provisional by itself, and the deadline says so. */
static void a_year_nobody_has_published_is_guessed(void **state)
{
	(void)state;
	struct clock clock = {.zone = &shanghai, .calendar = calendar, .hours = &desk};
	struct err err = ERR_INIT;
	struct due due;
	int64_t start = at(&shanghai, "2026-12-31 10:00");
	static const struct {
		const char *within;
		bool roll;
		const char *end;
	} guessed[] = {{"1 wd", false, "2027-01-01 18:00:00"},
		       {"2 wd", false, "2027-01-04 18:00:00"},
		       {"2 d", true, "2027-01-04 23:59:59"}};
	for (size_t i = 0; i < sizeof guessed / sizeof *guessed; i++) {
		assert_true(deadline_find(&clock, start, lasting(guessed[i].within), DAY_END_USUAL,
					  guessed[i].roll, &due, &err));
		assert_time(&shanghai, due.at, guessed[i].end);
		assert_true(due.provisional);
	}
	assert_due(&desk, "2026-12-31 10:00", "1 wh",
		   "2026-12-31 11:00:00"); /* does not get that far */
	assert_due(&desk, "2026-12-31 10:00", "9 d", "2027-01-09 23:59:59");
	assert_due(&saturday, "2026-12-31 10:00", "1 wh", "2027-01-02 10:00:00");
	assert_true(deadline_find(&clock, start, lasting("9 d"), DAY_END_USUAL, false, &due, &err));
	assert_false(due.provisional);
	/* whether the desk opens that day is not known */
	assert_true(
		deadline_find(&clock, start, lasting("9 d"), DAY_END_BUSINESS, false, &due, &err));
	assert_true(due.provisional);
	clock.calendar = NULL;
	assert_refused(&clock, start, "1 wd", false, "calendar");
	clock.hours = NULL;
	assert_refused(&clock, start, "1 wh", false, "needs a set of working hours");
}

static void searches_end(void **state)
{
	(void)state;
	struct hours short_week;
	struct err err = ERR_INIT;
	assert_true(hours_read(&short_week, yaml("{days: [sun], open: [\"00:00-00:01\"]}"),
			       "test.yaml", &err));
	struct clock clock = {.zone = &shanghai, .calendar = calendar, .hours = &short_week};
	int64_t start = at(&shanghai, "2026-11-21 10:00");
	assert_refused(&clock, start, "100000 wh", false, "40 years");
	assert_refused(&clock, start, "100000 wd", false, "40 years");
	assert_refused(&clock, start, "100000 y", false,
		       "100000 y: the result is outside the years 1900 to 2199");
	assert_refused(&clock, start, "100000 mo", false, "1900 to 2199");
	assert_refused(&clock, start, "100000 w", false, "1900 to 2199");
	assert_refused(&clock, start, "100000 d", false, "1900 to 2199");
	assert_refused(&clock, at(&shanghai, "2199-12-31 23:59"), "1 min", false, "1900 to 2199");
	assert_refused(&clock, at(&shanghai, "2190-12-31 23:59"), "100000 wd", false,
		       "1900 to 2199");
	assert_refused(&clock, at(&shanghai, "1900-01-01 00:00") - 86401, "1 min", false,
		       "1900 to 2199");
	assert_due(NULL, "1900-01-01 00:00", "1 min", "1900-01-01 00:01:00");
	assert_refused(&clock, INT64_MAX, "1 min", false, "1900 to 2199");
	assert_refused(&clock, INT64_MIN, "1 wh", false, "1900 to 2199");
	/* A calendar of nothing but days off. */
	struct calendar *closed = calendar_new();
	struct buf text;
	buf_init(&text);
	buf_adds(&text, "days:\n  - name: never\n    rest:\n");
	for (int day = day_of_civil(2026, 1, 1); day < day_of_civil(2070, 1, 1); day++) {
		buf_adds(&text, "      - \"");
		date_format(day, &text);
		buf_adds(&text, "\"\n");
	}
	assert_true(calendar_add(closed, yaml(text.data), "closed", &err));
	clock.calendar = closed;
	assert_refused(&clock, start, "1 d", true, "40 years");
	assert_refused(&clock, start, "1 wd", false, "40 years");
	buf_clear(&text);
	calendar_free(closed);
}

/* DESIGN: windows open at 00:00. */
static void windows_open_at_midnight(void **state)
{
	(void)state;
	static const struct {
		const char *start, *opens, *expected;
	} cases[] = {
		{"2026-11-21 09:02", "1 mo", "2026-12-21 00:00:00"},
		{"2026-01-31 09:02", "1 mo", "2026-02-28 00:00:00"},
		{"2026-11-21 09:02", "3 d", "2026-11-24 00:00:00"},
		{"2026-11-21 09:02", "0 d", "2026-11-21 00:00:00"},
		{"2026-11-20 09:02", "1 wd", "2026-11-23 00:00:00"},
		{"2026-11-20 19:02", "0 wd", "2026-11-20 00:00:00"},
		{"2026-11-21 09:02", "2 h", "2026-11-21 11:02:00"},
		{"2026-11-20 17:00", "2 wh", "2026-11-23 09:30:00"},
		{"2026-11-21 09:02", "1 w", "2026-11-28 00:00:00"},
	};
	struct clock clock = {.zone = &shanghai, .calendar = calendar, .hours = &desk};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err err = ERR_INIT;
		struct due opens;
		assert_true(window_open(&clock, at(&shanghai, cases[i].start),
					lasting(cases[i].opens), &opens, &err));
		assert_time(&shanghai, opens.at, cases[i].expected);
	}
}

static void warnings_come_early(void **state)
{
	(void)state;
	static const struct {
		const char *due, *early, *expected;
	} cases[] = {
		{"2026-11-23 18:00", "4 wh", "2026-11-23 14:00:00"},
		{"2026-11-23 09:30", "2 wh", "2026-11-20 17:00:00"},
		{"2026-11-23 18:00", "8 wh", "2026-11-23 08:30:00"},
		{"2026-11-23 18:00", "270 wmin", "2026-11-23 13:30:00"},
		{"2026-11-23 18:00", "271 wmin", "2026-11-23 11:59:00"},
		{"2026-11-22 18:00", "1 wh", "2026-11-20 17:00:00"},
		{"2026-11-22 18:00", "0 wh", "2026-11-22 18:00:00"},
		{"2026-11-22 18:00", "30 min", "2026-11-22 17:30:00"},
		{"2026-11-22 18:00", "24 h", "2026-11-21 18:00:00"},
		{"2026-11-24 18:00", "2 d", "2026-11-22 00:00:00"},
		{"2026-11-24 18:00", "2 wd", "2026-11-20 00:00:00"},
		{"2026-02-24 18:00", "1 wd", "2026-02-14 00:00:00"},
		{"2026-11-22 18:00", "1 wd", "2026-11-20 00:00:00"},
		{"2026-11-24 18:00", "0 wd", "2026-11-24 00:00:00"},
		{"2026-03-31 18:00", "1 mo", "2026-02-28 00:00:00"},
		{"2026-11-24 18:00", "1 w", "2026-11-17 00:00:00"},
		{"2026-01-31 18:00", "2 y", "2024-01-31 00:00:00"},
	};
	struct clock clock = {.zone = &shanghai, .calendar = calendar, .hours = &desk};
	struct err err = ERR_INIT;
	struct due from;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (!deadline_early(&clock, at(&shanghai, cases[i].due), lasting(cases[i].early),
				    &from, &err))
			fail_msg("%s - %s: %s", cases[i].due, cases[i].early, err.text);
		assert_time(&shanghai, from.at, cases[i].expected);
	}
	assert_false(deadline_early(&clock, at(&shanghai, "2026-11-22 18:00"), lasting("100000 d"),
				    &from, &err));
	assert_true(deadline_early(&clock, at(&shanghai, "2024-01-02 18:00"), lasting("9 wd"),
				   &from, &err));
	assert_time(&shanghai, from.at, "2023-12-20 00:00:00");
	assert_true(from.provisional);
	err_clear(&err);
}

static void write_day(void *context, const struct deadline_day *day)
{
	static const char *const kinds[] = {"?", "working", "off"};
	struct buf *out = context;
	date_format(day->day, out);
	buf_addf(out, " %s %s%s%s %lld %lld\n", weekday_name(day_weekday(day->day)),
		 kinds[day->kind], day->name ? " " : "", day->name ? day->name : "",
		 (long long)day->counted, (long long)day->total);
}

static void assert_walk(const char *start, const char *within, bool roll, const char *expected)
{
	struct clock clock = {.zone = &shanghai, .calendar = calendar, .hours = &desk};
	struct err err = ERR_INIT;
	struct buf text;
	struct due due, same;
	buf_init(&text);
	assert_true(deadline_walk(&clock, at(&shanghai, start), lasting(within), DAY_END_USUAL,
				  roll, write_day, &text, &due, &err));
	assert_string_equal(text.data, expected);
	assert_true(deadline_find(&clock, at(&shanghai, start), lasting(within), DAY_END_USUAL,
				  roll, &same, &err));
	assert_int_equal(due.at, same.at);
	buf_clear(&text);
}

static void a_walk_shows_each_day(void **state)
{
	(void)state;
	assert_walk("2026-02-13 17:00", "2 wh", false,
		    "2026-02-13 Fri working 3600 3600\n"
		    "2026-02-14 Sat working 春节 3600 7200\n");
	assert_walk("2026-02-13 17:00", "2 wd", false,
		    "2026-02-13 Fri working 0 0\n"
		    "2026-02-14 Sat working 春节 1 1\n"
		    "2026-02-15 Sun off 春节 0 1\n"
		    "2026-02-16 Mon off 春节 0 1\n"
		    "2026-02-17 Tue off 春节 0 1\n"
		    "2026-02-18 Wed off 春节 0 1\n"
		    "2026-02-19 Thu off 春节 0 1\n"
		    "2026-02-20 Fri off 春节 0 1\n"
		    "2026-02-21 Sat off 春节 0 1\n"
		    "2026-02-22 Sun off 春节 0 1\n"
		    "2026-02-23 Mon off 春节 0 1\n"
		    "2026-02-24 Tue working 1 2\n");
	assert_walk("2026-11-20 17:00", "1 d", true,
		    "2026-11-20 Fri working 0 0\n"
		    "2026-11-21 Sat off 1 1\n"
		    "2026-11-22 Sun off 0 1\n"
		    "2026-11-23 Mon working 0 1\n");
	assert_walk("2026-12-31 17:00", "24 h", false,
		    "2026-12-31 Thu working 25200 25200\n"
		    "2027-01-01 Fri ? 61200 86400\n");
	assert_walk("2026-12-31 17:00", "1 wd", false,
		    "2026-12-31 Thu working 0 0\n"
		    "2027-01-01 Fri working 1 1\n");
}

static void working_time_between(void **state)
{
	(void)state;
	struct clock clock = {.zone = &shanghai, .calendar = calendar, .hours = &desk};
	struct err err = ERR_INIT;
	int64_t seconds;
	bool provisional = false;
	static const struct {
		const char *from, *to;
		int64_t seconds;
	} cases[] = {
		{"2026-11-20 09:00", "2026-11-20 11:00", 7200},
		{"2026-11-20 11:00", "2026-11-20 14:00", 5400},
		{"2026-11-20 17:00", "2026-11-23 09:00", 5400},
		{"2026-11-21 09:00", "2026-11-22 09:00", 0},
		{"2026-11-20 11:00", "2026-11-20 11:00", 0},
		{"2026-11-20 11:00", "2026-11-20 09:00", 0},
		{"2026-02-14 00:00", "2026-02-25 00:00", 16 * 3600},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(working_seconds_between(&clock, at(&shanghai, cases[i].from),
						    at(&shanghai, cases[i].to), &seconds,
						    &provisional, &err));
		assert_int_equal(seconds, cases[i].seconds);
	}
	assert_false(provisional);
	assert_true(working_seconds_between(&clock, at(&shanghai, "2026-12-31 10:00"),
					    at(&shanghai, "2027-01-05 10:00"), &seconds,
					    &provisional, &err));
	assert_int_equal(seconds, 24 * 3600);
	assert_true(provisional);
	assert_false(working_seconds_between(&clock, INT64_MIN, INT64_MAX, &seconds, &provisional,
					     &err));
	err_clear(&err);
}

static void hours_that_make_no_sense(void **state)
{
	(void)state;
	struct hours touching;
	struct err none = ERR_INIT;
	assert_true(hours_read(
		&touching,
		yaml("{days: all, open: [\"08:00-12:00\", \"12:00-18:00\"], clause: \"H3.5-1\"}"),
		NULL, &none));
	assert_due(&touching, "2026-11-21 11:00", "2 wh", "2026-11-21 13:00:00");
	static const struct {
		const char *text, *why;
	} bad[] = {
		{"[]", "map"},
		{"{open: [\"08:30-12:00\"]}", "days: missing"},
		{"{days: working}", "open: missing"},
		{"{days: weekdays, open: [\"08:30-12:00\"]}", "days: write"},
		{"{days: [], open: [\"08:30-12:00\"]}", "days: write"},
		{"{days: [monday], open: [\"08:30-12:00\"]}", "days: write"},
		{"{days: all, open: []}", "a list"},
		{"{days: all, open: \"08:30-12:00\"}", "a list"},
		{"{days: all, open: [8]}", "write each"},
		{"{days: all, open: [\"8:30-12:00\"]}", "write each"},
		{"{days: all, open: [\"08:30–12:00\"]}", "write each"},
		{"{days: all, open: [\"08:30-25:00\"]}", "no such time"},
		{"{days: all, open: [\"08:30-24:01\"]}", "no such time"},
		{"{days: all, open: [\"08:60-12:00\"]}", "no such time"},
		{"{days: all, open: [\"08:30-12-00\"]}", "no such time"},
		{"{days: all, open: [\"12:00-12:00\"]}", "ends when it begins"},
		{"{days: all, open: [\"24:00-06:00\"]}", "no such time"},
		{"{days: all, open: [\"00:00-06:00\", \"22:00-06:01\"]}",
		 "after the next day has opened"},
		{"{days: all, open: [\"22:00-06:00\", \"23:00-24:00\"]}", "must not overlap"},
		{"{days: [mon, sat], open: {mon: [\"08:00-12:00\"]}}", "sat is missing"},
		{"{days: [mon], open: {mon: [\"08:00-12:00\"], tue: [\"08:00-12:00\"]}}",
		 "tue is none of the days"},
		{"{days: working, open: {mon: [\"08:00-12:00\"], tue: [\"08:00-12:00\"], wed: "
		 "[\"08:00-12:00\"], thu: [\"08:00-12:00\"], fri: [\"08:00-12:00\"]}}",
		 "make-up is missing"},
		{"{days: all, open: {make-up: [\"08:00-12:00\"]}}", "make-up is none of the days"},
		{"{days: [fri, sat], open: {fri: [\"20:00-08:00\"], sat: [\"07:00-09:00\"]}}",
		 "after the next day has opened"},
		{"{days: all, open: [\"13:00-18:00\", \"08:00-12:00\"]}",
		 "in order and must not overlap"},
		{"{days: all, open: [\"08:00-12:00\", \"11:59-18:00\"]}",
		 "in order and must not overlap"},
		{"{days: all, open: [\"00:00-00:01\", \"01:00-01:01\", \"02:00-02:01\", "
		 "\"03:00-03:01\", \"04:00-04:01\", \"05:00-05:01\", "
		 "\"06:00-06:01\", \"07:00-07:01\", \"08:00-08:01\", \"09:00-09:01\", "
		 "\"10:00-10:01\", \"11:00-11:01\", \"12:00-12:01\"]}",
		 "at most 12"},
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err err = ERR_INIT;
		struct hours hours;
		if (hours_read(&hours, yaml(bad[i].text), "test.yaml", &err))
			fail_msg("%s was read", bad[i].text);
		if (err.status != STATUS_DAMAGED || err.line != 1 || !strstr(err.text, bad[i].why))
			fail_msg("%s: %s", bad[i].text, err.text);
		err_clear(&err);
	}
}

static struct hours hours_of(const char *text)
{
	struct hours hours;
	struct err err = ERR_INIT;
	if (!hours_read(&hours, yaml(text), "test.yaml", &err))
		fail_msg("%s: %s", text, err.text);
	return hours;
}

/* A night belongs to the day it began on. */
static void nights_pass_midnight(void **state)
{
	(void)state;
	struct hours every = hours_of("{days: all, open: [\"22:00-06:00\"]}"),
		     worked = hours_of("{days: working, open: [\"22:00-06:00\"]}");
	assert_due(&every, "2026-11-21 23:00", "3 wh", "2026-11-22 02:00:00");
	assert_due(&every, "2026-11-21 05:00", "4 wh", "2026-11-22 01:00:00");
	assert_due(&every, "2026-11-21 22:00", "8 wh", "2026-11-22 06:00:00");
	assert_due(&every, "2026-11-21 06:00", "1 wh", "2026-11-21 23:00:00");
	/* Friday's night ends on Saturday morning; Saturday and Sunday have none */
	assert_due(&worked, "2026-11-20 23:00", "3 wh", "2026-11-21 02:00:00");
	assert_due(&worked, "2026-11-21 02:00", "5 wh", "2026-11-23 23:00:00");
	assert_due(&worked, "2026-11-22 02:00", "1 wh", "2026-11-23 23:00:00");
	/* the last night before Spring Festival is that of the make-up Saturday */
	assert_due(&worked, "2026-02-15 01:00", "6 wh", "2026-02-24 23:00:00");
	/* the working day ends when its night does */
	assert_due(&worked, "2026-11-20 10:00", "1 wd", "2026-11-24 06:00:00");
	struct clock clock = {.zone = &shanghai, .calendar = calendar, .hours = &worked};
	int64_t seconds;
	bool provisional = false;
	struct err err = ERR_INIT;
	assert_true(working_seconds_between(&clock, at(&shanghai, "2026-11-21 02:00"),
					    at(&shanghai, "2026-11-23 23:00"), &seconds,
					    &provisional, &err));
	assert_int_equal(seconds, 5 * 3600);
	struct due from;
	assert_true(deadline_early(&clock, at(&shanghai, "2026-11-23 23:00"), lasting("5 wh"),
				   &from, &err));
	assert_time(&shanghai, from.at, "2026-11-21 02:00:00");
}

static void each_day_may_have_its_own_hours(void **state)
{
	(void)state;
	struct hours listed = hours_of("{days: [fri, sat], open: {fri: [\"08:00-12:00\"], sat: "
				       "[\"10:00-11:00\"]}}"),
		     worked = hours_of("{days: working, open: {mon: [\"08:00-12:00\"], tue: "
				       "[\"08:00-12:00\"], wed: [\"08:00-12:00\"], thu: "
				       "[\"08:00-12:00\"], fri: [\"08:00-11:00\"], make-up: "
				       "[\"09:00-10:00\"]}}");
	assert_due(&listed, "2026-11-20 11:00", "3 wh", "2026-11-27 09:00:00");
	assert_due(&worked, "2026-11-20 10:00", "2 wh", "2026-11-23 09:00:00");
	/* 14 February 2026 is a Saturday that is worked, 15 to 23 are off */
	assert_due(&worked, "2026-02-13 10:00", "3 wh", "2026-02-24 09:00:00");
	assert_due(&worked, "2026-02-12 12:00", "1 wd", "2026-02-13 11:00:00");
	assert_due(&worked, "2026-02-13 12:00", "1 wd", "2026-02-14 10:00:00");
}

/* A day that the calendar shortens keeps what its open intervals leave of everybody's hours who
 * works on working days; since it is known, and not before. */
static void a_day_may_be_shortened(void **state)
{
	(void)state;
	struct calendar *shortened = calendar_new();
	struct err err = ERR_INIT;
	struct due due;
	assert_true(calendar_add(shortened, yaml(notices), "notices", &err));
	assert_true(calendar_add(shortened,
				 yaml("days:\n"
				      "  - name: 除夕前一日\n"
				      "    known: \"2026-11-10\"\n"
				      "    short: [\"2026-11-20\"]\n"
				      "    open: [\"08:00-10:30\"]\n"),
				 "own", &err));
	struct clock clock = {.zone = &shanghai,
			      .calendar = shortened,
			      .hours = &desk,
			      .known = {.by = day_of_civil(2026, 11, 10)}};
	static const struct {
		const char *start, *within, *end;
	} cases[] = {
		{"2026-11-20 09:00", "1 wh", "2026-11-20 10:00:00"},
		{"2026-11-20 09:00", "2 wh", "2026-11-23 09:00:00"},
		{"2026-11-19 09:00", "1 wd", "2026-11-20 10:30:00"},
		{"2026-11-20 11:00", "0 wd", "2026-11-23 18:00:00"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(deadline_find(&clock, at(&shanghai, cases[i].start),
					  lasting(cases[i].within), DAY_END_USUAL, false, &due,
					  &err));
		assert_time(&shanghai, due.at, cases[i].end);
	}
	clock.known.by--; /* the day before, nobody knew */
	assert_true(deadline_find(&clock, at(&shanghai, "2026-11-20 09:00"), lasting("2 wh"),
				  DAY_END_USUAL, false, &due, &err));
	assert_time(&shanghai, due.at, "2026-11-20 11:00:00");
	clock.known.by++;
	clock.hours = &nights; /* who works every day is not concerned */
	assert_true(deadline_find(&clock, at(&shanghai, "2026-11-20 09:00"), lasting("1 wh"),
				  DAY_END_USUAL, false, &due, &err));
	assert_time(&shanghai, due.at, "2026-11-20 23:00:00");
	calendar_free(shortened);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_elapse_whatever_the_day),
		cmocka_unit_test(days_begin_the_day_after),
		cmocka_unit_test(a_missing_day_becomes_the_month_s_last),
		cmocka_unit_test(working_days_skip_what_is_off),
		cmocka_unit_test(the_last_working_day_ends_as_policy_says),
		cmocka_unit_test(no_working_days_is_today_if_it_can_be),
		cmocka_unit_test(a_rule_may_roll_past_days_off),
		cmocka_unit_test(working_time_counts_only_while_open),
		cmocka_unit_test(lamps_leave_out_days_off),
		cmocka_unit_test(working_time_where_clocks_change),
		cmocka_unit_test(a_year_nobody_has_published_is_guessed),
		cmocka_unit_test(searches_end),
		cmocka_unit_test(windows_open_at_midnight),
		cmocka_unit_test(warnings_come_early),
		cmocka_unit_test(a_walk_shows_each_day),
		cmocka_unit_test(working_time_between),
		cmocka_unit_test(hours_that_make_no_sense),
		cmocka_unit_test(nights_pass_midnight),
		cmocka_unit_test(each_day_may_have_its_own_hours),
		cmocka_unit_test(a_day_may_be_shortened),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
