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
	assert_int_equal(calendar_day(calendar, day(date), &found), kind);
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

static void an_unpublished_year_is_an_error(void **state)
{
	(void)state;
	struct calendar *calendar = with(spring);
	struct err err = ERR_INIT;
	bool working, provisional = false;
	assert_false(calendar_working(calendar, day("2027-01-04"), &working, &provisional, &err));
	assert_int_equal(err.status, STATUS_REFUSED);
	assert_string_equal(
		err.text,
		"the calendar does not know the days off of 2027, which the State Council "
		"publishes late in the year "
		"before: add them to policy/calendar.yaml or set `calendar: provisional` in "
		"kefu.yaml");
	assert_false(calendar_working(NULL, day("2026-02-13"), &working, &provisional, &err));
	assert_false(provisional);
	err_clear(&err);
	calendar_free(calendar);
}

static void a_provisional_ledger_guesses_and_says_so(void **state)
{
	(void)state;
	struct calendar *calendar = with(spring);
	struct err err = ERR_INIT;
	bool working, provisional = false;
	calendar_set_provisional(calendar, true);
	assert_true(calendar_working(calendar, day("2026-02-16"), &working, &provisional, &err));
	assert_false(working);
	assert_false(provisional); /* known */
	assert_true(calendar_working(calendar, day("2025-12-31"), &working, &provisional, &err));
	assert_false(working);
	assert_false(provisional); /* the one known day of 2025 */
	assert_true(calendar_working(calendar, day("2027-02-08"), &working, &provisional, &err));
	assert_true(working);
	assert_true(provisional);
	assert_true(calendar_working(calendar, day("2026-02-16"), &working, &provisional, &err));
	assert_true(provisional); /* one flag gathers */
	assert_true(calendar_working(calendar, day("2027-02-06"), &working, &provisional, &err));
	assert_false(working);
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
		 "off-days: unknown field (allowed: name, rest, work)"},
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
	assert_int_equal(calendar_day(calendar, INT32_MAX, &name), DAY_UNKNOWN);
	assert_int_equal(calendar_day(calendar, INT32_MIN, &name), DAY_UNKNOWN);
	assert_int_equal(calendar_day(calendar, day("1900-01-01") - 1, &name), DAY_UNKNOWN);
	assert_int_equal(calendar_day(calendar, day("2199-12-31") + 1, &name), DAY_UNKNOWN);
	calendar_free(calendar);
	calendar_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_off_and_make_up_days),
		cmocka_unit_test(a_notice_reaches_into_the_year_before),
		cmocka_unit_test(an_unpublished_year_is_an_error),
		cmocka_unit_test(a_provisional_ledger_guesses_and_says_so),
		cmocka_unit_test(a_ledger_adds_its_own_days),
		cmocka_unit_test(what_is_wrong_is_named_with_its_place),
		cmocka_unit_test(days_nobody_can_write_are_unknown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
