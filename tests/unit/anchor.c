// SPDX-License-Identifier: MIT
// Moments of the calendar and the names of periods: RULEBOOK, "Counting" ("before the 10th" ends
// with the 9th, 24:00).
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "data/anchor.h"
#include "text/yaml.h"

static struct arena arena;
static struct zone shanghai;
static struct calendar *calendar;

/* National Day 2026 with its make-up days, by the State Council's notice. */
static const char notice[] = "years:\n"
			     "  - year: 2026\n"
			     "    days:\n"
			     "      - name: 国庆节\n"
			     "        rest: [\"2026-10-01/2026-10-07\"]\n"
			     "        work: [\"2026-09-20\", \"2026-10-10\"]\n";

static int set_up(void **state)
{
	struct err err = ERR_INIT;
	struct node *root;
	(void)state;
	calendar = calendar_new();
	return !zone_init(&shanghai, "Asia/Shanghai", &err) ||
	       !yaml_read_one(&arena, "t", notice, strlen(notice), &root, &err) ||
	       !calendar_add(calendar, root, "t", &err);
}

static int tear_down(void **state)
{
	(void)state;
	calendar_free(calendar);
	zone_clear(&shanghai);
	arena_clear(&arena);
	return 0;
}

static int64_t instant(const char *text)
{
	struct err err = ERR_INIT;
	int64_t at;
	if (!time_parse(text, &at, &err))
		fail_msg("%s: %s", text, err.text);
	return at;
}

/* The moment ANCHOR names from START on, as text; what is wrong with it otherwise. */
static const char *find(const char *start, const char *text)
{
	struct clock clock = {.zone = &shanghai, .calendar = calendar};
	struct err err = ERR_INIT;
	struct anchor anchor;
	struct buf out;
	struct due due;
	buf_init(&out);
	if (anchor_parse(text, &anchor, &err) &&
	    anchor_find(&clock, instant(start), &anchor, &due, &err))
		time_format(&shanghai, due.at, &out);
	else
		buf_adds(&out, err.text);
	const char *kept = arena_dup(&arena, out.data);
	buf_clear(&out);
	err_clear(&err);
	return kept;
}

static void moments(void **state)
{
	(void)state;
	static const struct {
		const char *start, *anchor, *at;
	} cases[] = {
		/* before the 10th: the 9th, 24:00, of this month or of the next */
		{"2026-10-01T00:00:00+08:00", "month start + 9 d", "2026-10-09T23:59:59+08:00"},
		{"2026-10-09T23:59:59+08:00", "month start + 9 d", "2026-10-09T23:59:59+08:00"},
		{"2026-10-10T00:00:00+08:00", "month start + 9 d", "2026-11-09T23:59:59+08:00"},
		{"2026-10-01T00:00:00+08:00", "quarter start + 9 d", "2026-10-09T23:59:59+08:00"},
		{"2026-09-30T00:00:00+08:00", "quarter end + 9 d", "2026-10-09T23:59:59+08:00"},
		/* from the 1st on, the 9th is still that of the month before */
		{"2026-10-02T00:00:00+08:00", "month end + 9 d", "2026-10-09T23:59:59+08:00"},
		/* two days before the month's end: the last day but two, 24:00 */
		{"2026-02-01T09:00:00+08:00", "month end - 2 d", "2026-02-26T23:59:59+08:00"},
		{"2028-02-01T09:00:00+08:00", "month end - 2 d", "2028-02-27T23:59:59+08:00"},
		{"2026-02-27T00:00:00+08:00", "month end - 2 d", "2026-03-29T23:59:59+08:00"},
		{"2026-12-31T23:59:59+08:00", "month end", "2026-12-31T23:59:59+08:00"},
		{"2026-12-31T12:00:00+08:00", "year end", "2026-12-31T23:59:59+08:00"},
		{"2026-07-01T00:00:00+08:00", "half end", "2026-12-31T23:59:59+08:00"},
		{"2026-11-25T12:00:00+08:00", "week end", "2026-11-29T23:59:59+08:00"},
		{"2026-11-25T12:00:00+08:00", "day end", "2026-11-25T23:59:59+08:00"},
		/* several periods reach beyond their end: the 10 days after Sunday the 8th end
		   first */
		{"2026-11-18T12:00:00+08:00", "week end + 10 d", "2026-11-18T23:59:59+08:00"},
		{"2026-11-19T00:00:00+08:00", "week end + 10 d", "2026-11-25T23:59:59+08:00"},
		{"2026-11-20T12:00:00+08:00", "day end + 30 d", "2026-11-20T23:59:59+08:00"},
		{"2026-11-20T12:00:00+08:00", "day end - 30 d", "2026-11-20T23:59:59+08:00"},
		{"2026-11-20T12:00:00+08:00", "month start + 100 d", "2026-12-09T23:59:59+08:00"},
		{"2026-11-20T12:00:00+08:00", "quarter end + 1000 d", "2026-12-26T23:59:59+08:00"},
		{"2026-11-20T12:00:00+08:00", "week end - 10 d", "2026-11-26T23:59:59+08:00"},
		{"2026-11-20T12:00:00+08:00", "week end + 10 wd", "2026-11-20T23:59:59+08:00"},
		{"2026-11-20T12:00:00+08:00", "week end + 7 wd", "2026-11-24T23:59:59+08:00"},
		{"2199-12-30T12:00:00+08:00", "year end + 1 d",
		 "the result is outside the years 1900 to 2199"},
		/* National Day: the first two working days of October are the 8th and the 9th, the
		   third is the make-up Saturday */
		{"2026-10-01T00:00:00+08:00", "month start + 2 wd", "2026-10-09T23:59:59+08:00"},
		{"2026-10-01T00:00:00+08:00", "month start + 3 wd", "2026-10-10T23:59:59+08:00"},
		{"2026-10-20T00:00:00+08:00", "month end - 1 wd", "2026-10-30T23:59:59+08:00"},
		{"2027-01-01T00:00:00+08:00", "month start + 1 wd",
		 "nobody has published the days off of 2027"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *at = find(cases[i].start, cases[i].anchor);
		if (strncmp(at, cases[i].at, strlen(cases[i].at)) != 0 &&
		    !(cases[i].at[0] == 'n' && strstr(at, "2027")))
			fail_msg("%s from %s: %s, not %s", cases[i].anchor, cases[i].start, at,
				 cases[i].at);
	}
}

static void not_moments(void **state)
{
	(void)state;
	static const char *const texts[] = {"",
					    "month",
					    "month end +",
					    "month end + 9",
					    "month end + 9 h",
					    "month end * 9 d",
					    "fortnight end",
					    "month middle",
					    "month end + 9 d x",
					    "month end + -1 d",
					    "month end + 99999 d",
					    " month end"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (!strstr(find("2026-10-01T00:00:00+08:00", texts[i]),
			    "is not a moment of the calendar"))
			fail_msg("\"%s\" is taken", texts[i]);
}

static void names(void **state)
{
	(void)state;
	static const struct {
		enum period period;
		const char *at, *name, *first, *end;
	} cases[] = {
		{PERIOD_DAY, "2026-11-21T23:00:00+08:00", "2026-11-21", "2026-11-21T00:00:00+08:00",
		 "2026-11-22T00:00:00+08:00"},
		/* ISO 8601: the week of its Thursday's year; 2026 has 53 */
		{PERIOD_WEEK, "2026-12-31T00:00:00+08:00", "2026-W53", "2026-12-28T00:00:00+08:00",
		 "2027-01-04T00:00:00+08:00"},
		{PERIOD_WEEK, "2027-01-03T00:00:00+08:00", "2026-W53", "2026-12-28T00:00:00+08:00",
		 "2027-01-04T00:00:00+08:00"},
		{PERIOD_WEEK, "2024-12-30T00:00:00+08:00", "2025-W01", "2024-12-30T00:00:00+08:00",
		 "2025-01-06T00:00:00+08:00"},
		{PERIOD_MONTH, "2026-11-30T23:59:59+08:00", "2026-11", "2026-11-01T00:00:00+08:00",
		 "2026-12-01T00:00:00+08:00"},
		{PERIOD_QUARTER, "2026-12-31T23:59:59+08:00", "2026-Q4",
		 "2026-10-01T00:00:00+08:00", "2027-01-01T00:00:00+08:00"},
		{PERIOD_HALF, "2026-06-30T23:59:59+08:00", "2026-H1", "2026-01-01T00:00:00+08:00",
		 "2026-07-01T00:00:00+08:00"},
		{PERIOD_YEAR, "2026-06-30T23:59:59+08:00", "2026", "2026-01-01T00:00:00+08:00",
		 "2027-01-01T00:00:00+08:00"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf name;
		struct err err = ERR_INIT;
		int64_t first, end;
		buf_init(&name);
		period_name(&shanghai, instant(cases[i].at), cases[i].period, &name);
		assert_string_equal(name.data, cases[i].name);
		assert_true(period_read(&shanghai, cases[i].name, &first, &end, &err));
		assert_true(first == instant(cases[i].first) && end == instant(cases[i].end));
		buf_clear(&name);
	}
}

static void not_names(void **state)
{
	(void)state;
	static const char *const texts[] = {"",         "26",         "2026-",       "2026-13",
					    "2026-00",  "2026-Q5",    "2026-H3",     "2026-W54",
					    "2025-W53", "2026-02-29", "2026-11-21x", "1899",
					    "2200",     "2026-W1",    "2026-Q",      "2026-11-1"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct err err = ERR_INIT;
		int64_t first, end;
		if (period_read(&shanghai, texts[i], &first, &end, &err))
			fail_msg("\"%s\" is taken", texts[i]);
		assert_int_equal(err.status, STATUS_USAGE);
		err_clear(&err);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments),
		cmocka_unit_test(not_moments),
		cmocka_unit_test(names),
		cmocka_unit_test(not_names),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
