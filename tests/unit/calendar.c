// SPDX-License-Identifier: MIT
// Which days are worked: DESIGN "Time", the calendar is data.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "data/calendar.h"
#include "data/time.h"
#include "text/yaml.h"

static const char spring[] = "years:\n"
			     "  - year: 2026\n"
			     "    source: \"https://www.gov.cn/\"\n"
			     "    days:\n"
			     "      - name: 春节\n"
			     "        rest:\n"
			     "          - \"2026-02-15/2026-02-23\"\n"
			     "        work:\n"
			     "          - \"2026-02-14\"\n"
			     "          - \"2026-02-28\"\n"
			     "      - name: 元旦\n"
			     "        rest:\n"
			     "          - \"2025-12-31/2026-01-01\"\n";

static bool add(struct calendar *calendar, const char *text, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct node *root;
	if (!yaml_read_one(&arena, "calendar.yaml", text, strlen(text), &root, err))
		fail_msg("%s", err->text);
	bool added = calendar_add(calendar, root, "calendar.yaml", err);
	arena_clear(&arena); /* the calendar keeps nothing of it */
	return added;
}

static struct calendar *with(const char *text)
{
	struct calendar *calendar = calendar_new();
	struct err err = ERR_INIT;
	if (!add(calendar, text, &err))
		fail_msg("%s", err.text);
	return calendar;
}

/* Entries that say nothing of when they became known, and no others. */
static const struct calendar_known from_the_start;

static int day(const char *date)
{
	struct err err = ERR_INIT;
	int found = 0;
	assert_true(date_parse(date, &found, &err));
	return found;
}

static void assert_day(const struct calendar *calendar, const char *date, enum day_kind kind,
		       const char *name)
{
	const char *found;
	assert_int_equal(calendar_day(calendar, from_the_start, day(date), &found), kind);
	if (name)
		assert_string_equal(found, name);
	else
		assert_null(found);
}

static void days_off_and_make_up_days(void **state)
{
	(void)state;
	struct calendar *calendar = with(spring);
	assert_day(calendar, "2026-02-13", DAY_WORKING, NULL);   /* a Friday */
	assert_day(calendar, "2026-02-14", DAY_WORKING, "春节"); /* a Saturday made up */
	assert_day(calendar, "2026-02-15", DAY_OFF, "春节");
	assert_day(calendar, "2026-02-16", DAY_OFF, "春节"); /* a Monday */
	assert_day(calendar, "2026-02-23", DAY_OFF, "春节");
	assert_day(calendar, "2026-02-24", DAY_WORKING, NULL);
	assert_day(calendar, "2026-03-01", DAY_OFF, NULL); /* a Sunday */
	calendar_free(calendar);
}

static void a_notice_reaches_into_the_year_before(void **state)
{
	(void)state;
	struct calendar *calendar = with(spring);
	assert_day(calendar, "2025-12-31", DAY_OFF, "元旦");
	assert_day(calendar, "2025-12-30", DAY_UNKNOWN, NULL); /* which makes 2025 no known year */
	calendar_free(calendar);
}

static void an_unpublished_year_is_guessed_and_says_so(void **state)
{
	(void)state;
	static const struct {
		const char *day;
		bool worked, guessed;
	} days[] = {
		{"2026-02-16", false, false},
		{"2025-12-31", false, false}, /* the one known day of 2025 */
		{"2025-12-30", true, true},   /* a Tuesday */
		{"2027-02-08", true, true},   /* a Monday */
		{"2027-02-06", false, true},  /* a Saturday */
	};
	struct calendar *calendar = with(spring);
	struct err err = ERR_INIT;
	bool working, gathered = false;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		bool provisional = false;
		assert_true(calendar_working(calendar, from_the_start, day(days[i].day), &working,
					     &provisional, &err));
		assert_int_equal(working, days[i].worked);
		assert_int_equal(provisional, days[i].guessed);
	}
	assert_true(calendar_working(calendar, from_the_start, day("2027-02-08"), &working,
				     &gathered, &err));
	assert_true(calendar_working(calendar, from_the_start, day("2026-02-16"), &working,
				     &gathered, &err));
	assert_true(gathered); /* one flag gathers */
	assert_false(calendar_working(NULL, from_the_start, day("2026-02-13"), &working, &gathered,
				      &err));
	assert_int_equal(err.status, STATUS_REFUSED);
	err_clear(&err);
	calendar_free(calendar);
}

static void assert_known(const struct calendar *calendar, const char *by, const char *date,
			 enum day_kind kind)
{
	const char *name;
	const struct calendar_known known = {.by = day(by)};
	enum day_kind is = calendar_day(calendar, known, day(date), &name);
	if (is != kind)
		fail_msg("%s, known by %s: %d, not %d", date, by, is, kind);
}

static void days_count_from_when_they_became_known(void **state)
{
	(void)state;
	struct calendar *calendar = with(spring);
	struct err err = ERR_INIT;
	assert_true(
		add(calendar,
		    "days:\n"
		    "  - {name: 停电, known: \"2026-08-05\", rest: [\"2026-08-10/2026-08-11\"]}\n"
		    "  - {name: 来电, known: \"2026-08-07\", work: [\"2026-08-11\"]}\n"
		    "  - {name: 停水, known: \"2026-08-06\", rest: [\"2026-08-11\"]}\n",
		    &err));
	assert_known(calendar, "2026-08-04", "2026-08-10", DAY_WORKING);
	assert_known(calendar, "2026-08-05", "2026-08-10", DAY_OFF);
	assert_known(calendar, "2030-01-01", "2026-08-10", DAY_OFF);
	/* of several entries the one that became known last, in whatever order they stand */
	assert_known(calendar, "2026-08-04", "2026-08-11", DAY_WORKING);
	assert_known(calendar, "2026-08-06", "2026-08-11", DAY_OFF);
	assert_known(calendar, "2026-08-07", "2026-08-11", DAY_WORKING);
	assert_int_equal(calendar_last_known(calendar), day("2026-08-07"));
	/* a later file counts before an earlier one, once it is known */
	assert_true(add(calendar,
			"days: [{name: x, known: \"2026-01-02\", work: [\"2026-02-16\"]}]\n",
			&err));
	assert_known(calendar, "2026-01-01", "2026-02-16", DAY_OFF);
	assert_known(calendar, "2026-01-02", "2026-02-16", DAY_WORKING);
	calendar_free(calendar);
}

static void a_year_is_unpublished_until_its_notice_is_known(void **state)
{
	(void)state;
	struct calendar *calendar = with(spring);
	struct err err = ERR_INIT;
	const char *name;
	assert_true(add(calendar,
			"years:\n"
			"  - year: 2027\n"
			"    known: \"2026-11-12\"\n"
			"    days:\n"
			"      - name: 元旦\n"
			"        rest: [\"2026-12-31/2027-01-01\"]\n"
			"      - name: 春节\n"
			"        known: \"2027-01-20\"\n"
			"        rest: [\"2027-02-08\"]\n",
			&err));
	assert_known(calendar, "2026-11-11", "2026-12-31", DAY_WORKING);
	assert_known(calendar, "2026-11-11", "2027-01-04", DAY_UNKNOWN);
	assert_known(calendar, "2026-11-12", "2026-12-31", DAY_OFF);
	assert_known(calendar, "2026-11-12", "2027-01-04", DAY_WORKING);
	assert_known(calendar, "2027-01-19", "2027-02-08", DAY_WORKING);
	assert_known(calendar, "2027-01-20", "2027-02-08", DAY_OFF);
	assert_false(calendar_published(calendar, (struct calendar_known){.by = day("2026-11-11")},
					2027));
	assert_true(calendar_published(calendar, (struct calendar_known){.by = day("2026-11-12")},
				       2027));
	/* as if the notice of 2027 were not there: neither are its days of 2026 */
	const struct calendar_known without = {.by = day("2027-06-01"), .published_before = 2027};
	assert_false(calendar_published(calendar, without, 2027));
	assert_int_equal(calendar_day(calendar, without, day("2027-01-04"), &name), DAY_UNKNOWN);
	assert_int_equal(calendar_day(calendar, without, day("2026-12-31"), &name), DAY_WORKING);
	assert_int_equal(calendar_day(calendar, without, day("2026-02-16"), &name), DAY_OFF);
	calendar_free(calendar);
}

static void entries_have_numbers(void **state)
{
	(void)state;
	struct calendar *calendar = with(spring);
	struct err err = ERR_INIT;
	struct calendar_entry entry;
	const char *name;
	assert_true(add(
		calendar,
		"days:\n  - {name: a, rest: [\"2026-08-10\"]}\n"
		"  - {name: b, known: \"2026-08-01\", work: [\"2026-08-16\"], rest: [\"2026-08-12\"]}\n",
		&err));
	unsigned count = 0;
	while (calendar_entry(calendar, count + 1, &entry))
		count++;
	assert_int_equal(count, 4);
	assert_true(calendar_entry(calendar, 4, &entry));
	assert_string_equal(entry.name, "b");
	assert_string_equal(entry.file, "calendar.yaml");
	assert_int_equal(entry.line, 3);
	assert_int_equal(entry.known, day("2026-08-01"));
	assert_int_equal(entry.first, day("2026-08-12"));
	assert_int_equal(entry.last, day("2026-08-16"));
	assert_int_equal(entry.year, 0);
	assert_true(calendar_entry(calendar, 1, &entry));
	assert_int_equal(entry.year, 2026);
	assert_int_equal(entry.known, INT32_MIN);
	const struct calendar_known without = {.without = 3};
	assert_int_equal(calendar_day(calendar, without, day("2026-08-10"), &name), DAY_WORKING);
	assert_false(calendar_entry(calendar, 0, &entry));
	calendar_free(calendar);
}

static void a_ledger_adds_its_own_days(void **state)
{
	(void)state;
	struct calendar *calendar = with(spring);
	struct err err = ERR_INIT;
	assert_true(add(calendar,
			"days:\n"
			"  - name: 司庆\n"
			"    rest: [\"2026-08-10\", \"2027-08-10\"]\n"
			"  - name: 春节\n"
			"    work: [\"2026-02-23\"]\n",
			&err));
	assert_day(calendar, "2026-08-10", DAY_OFF, "司庆");
	assert_day(calendar, "2026-02-23", DAY_WORKING, "春节"); /* the later file is right */
	assert_day(calendar, "2026-02-22", DAY_OFF, "春节");
	assert_day(calendar, "2027-08-10", DAY_OFF, "司庆");
	assert_day(calendar, "2027-08-11", DAY_UNKNOWN, NULL); /* own days make no year known */
	assert_true(add(calendar, "years: [{year: 2027}]\n", &err));
	assert_day(calendar, "2027-08-11", DAY_WORKING, NULL);
	calendar_free(calendar);
}

static void what_is_wrong_is_named_with_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		unsigned line;
		const char *why;
	} bad[] = {
		{"- a\n", 1, "map"},
		{"holidays: []\n", 1, "holidays: unknown field (allowed: years, days)"},
		{"years: 2026\n", 1, "list"},
		{"years:\n  - 2026\n", 2, "map"},
		{"years:\n  - name: x\n", 2, "unknown field"},
		{"years:\n  - days: []\n", 2, "year: must be a number"},
		{"years:\n  - year: \"twenty\"\n", 2, "year: must be a number"},
		{"years:\n  - year: 20026\n", 2, "1900 to 2199"},
		{"days:\n  - rest: [\"2026-01-01\"]\n", 2, "name: missing"},
		{"days:\n  - name: \"\"\n", 2, "name: missing"},
		{"days:\n  - off-days: x\n", 2,
		 "off-days: unknown field (allowed: name, known, rest, work, short, open)"},
		{"days:\n  - x\n", 2, "map"},
		{"days:\n  - name: x\n    rest: \"2026-01-01\"\n", 3, "list"},
		{"days:\n  - name: x\n    rest:\n      - \"2026-02-30\"\n", 4, "no such day"},
		{"days:\n  - name: x\n    rest:\n      - \"2026-02-0\"\n", 4, "write a date"},
		{"days:\n  - name: x\n    rest:\n      - \"2026-02-01\\0x\"\n", 4, "write a date"},
		{"days:\n  - name: x\n    rest:\n      - \"2026-02-02/2026-02-01\"\n", 4,
		 "ends before"},
		{"days:\n  - name: x\n    rest:\n      - \"2026-02-01-2026-02-02\"\n", 4,
		 "write a date"},
		{"days:\n  - name: x\n    rest:\n      - \"2026-02-01/2027-02-02\"\n", 4, "longer"},
		{"days:\n  - name: x\n    rest:\n      - 20260201\n", 4, "quoted"},
		{"days:\n  - name: x\n    rest:\n      - \"2026-02-01\"\n    work:\n      - "
		 "\"2026-02-01\"\n",
		 6, "2026-02-01 is listed under both rest and work"},
		{"days:\n  - name: x\n    known: 2026\n", 3, "known: must be a quoted date"},
		{"days:\n  - name: x\n    known: \"2026-02-30\"\n", 3, "known: "},
		{"days:\n  - name: x\n    known: \"2026-02-03\\0\"\n", 3, "known: "},
		{"years:\n  - year: 2026\n    known: \"soon\"\n", 3, "known: "},
		{"days:\n  - {name: x, known: \"2026-01-01\", rest: [\"2026-02-03\"]}\n"
		 "  - {name: other, known: \"2026-01-01\", work: [\"2026-02-03\"]}\n",
		 3, "2026-02-03 is listed under both rest and work"},
		{"years:\n  - year: 2026\n    days:\n      - name: x\n        rest:\n          - "
		 "\"2062-02-15\"\n",
		 6, "does not belong"},
		{"years:\n  - year: 2026\n    days:\n      - name: x\n        rest:\n          - "
		 "\"2025-11-30\"\n",
		 6, "does not belong"},
		{"years:\n  - year: 2026\n    days:\n      - name: x\n        rest:\n          - "
		 "\"2027-01-31/2027-02-01\"\n",
		 6, "does not belong"},
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct calendar *calendar = calendar_new();
		struct err err = ERR_INIT;
		if (add(calendar, bad[i].text, &err))
			fail_msg("%s was added", bad[i].text);
		if (err.status != STATUS_DAMAGED || err.line != bad[i].line ||
		    !strstr(err.text, bad[i].why))
			fail_msg("%s:%u: %s", err.file, err.line, err.text);
		err_clear(&err);
		calendar_free(calendar);
	}
}

static void days_nobody_can_write_are_unknown(void **state)
{
	(void)state;
	struct calendar *calendar = with(spring);
	const char *name;
	assert_int_equal(calendar_day(calendar, from_the_start, INT32_MAX, &name), DAY_UNKNOWN);
	assert_int_equal(calendar_day(calendar, from_the_start, INT32_MIN, &name), DAY_UNKNOWN);
	assert_int_equal(calendar_day(calendar, from_the_start, day("1900-01-01") - 1, &name),
			 DAY_UNKNOWN);
	assert_int_equal(calendar_day(calendar, from_the_start, day("2199-12-31") + 1, &name),
			 DAY_UNKNOWN);
	calendar_free(calendar);
	calendar_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_off_and_make_up_days),
		cmocka_unit_test(a_notice_reaches_into_the_year_before),
		cmocka_unit_test(an_unpublished_year_is_guessed_and_says_so),
		cmocka_unit_test(days_count_from_when_they_became_known),
		cmocka_unit_test(a_year_is_unpublished_until_its_notice_is_known),
		cmocka_unit_test(entries_have_numbers),
		cmocka_unit_test(a_ledger_adds_its_own_days),
		cmocka_unit_test(what_is_wrong_is_named_with_its_place),
		cmocka_unit_test(days_nobody_can_write_are_unknown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
