// SPDX-License-Identifier: MIT
// Times, dates, durations and periods as text: DESIGN "Time", first point.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "data/time.h"

static struct zone shanghai, berlin;
static const int64_t noon = 1795233731; /* 2026-11-21T12:02:11+08:00 */

static int open_zones(void **state)
{
	(void)state;
	struct err err = ERR_INIT;
	bool good = zone_init(&shanghai, "Asia/Shanghai", &err) &&
		    zone_init(&berlin, "Europe/Berlin", &err);
	err_clear(&err);
	return good ? 0 : -1;
}

static int close_zones(void **state)
{
	(void)state;
	zone_clear(&shanghai);
	zone_clear(&berlin);
	return 0;
}

static int64_t at(const char *text)
{
	struct err err = ERR_INIT;
	int64_t instant = 0;
	if (!time_parse(text, &instant, &err))
		fail_msg("%s", err.text);
	return instant;
}

static void assert_format(const struct zone *zone, int64_t instant, const char *expected)
{
	struct buf text;
	buf_init(&text);
	time_format(zone, instant, &text);
	assert_string_equal(text.data, expected);
	assert_int_equal(at(text.data), instant);
	buf_clear(&text);
}

static void reads_rfc_3339_with_offset(void **state)
{
	(void)state;
	assert_int_equal(at("1970-01-01T00:00:00Z"), 0);
	assert_int_equal(at("2026-11-21T12:02:11+08:00"), noon);
	assert_int_equal(at("2026-11-21t04:02:11z"), noon);
	assert_int_equal(at("2026-11-20T23:32:11-04:30"), noon);
	assert_int_equal(at("2026-11-21T04:02:11-00:00"), noon);
	assert_int_equal(at("1900-01-01T00:00:00+00:00"), INT64_C(-2208988800));
	assert_int_equal(at("2199-12-31T23:59:59Z"), INT64_C(7258118399));
	assert_int_equal(at("2000-02-29T00:00:00Z"), 951782400);
}

static void refuses_other_times_and_says_why(void **state)
{
	(void)state;
	static const struct {
		const char *text, *why;
	} bad[] = {
		{"", "write the date"},
		{"2026-11-21", "write it as"},
		{"2026-11-21T09:02:11", "offset"},
		{"2026-11-21T09:02+08:00", "write it as"},
		{"2026-11-21 09:02:11+08:00", "write it as"},
		{"2026-11-21T09:02:11.5+08:00", "whole seconds"},
		{"2026-11-21T09:02:11,5+08:00", "whole seconds"},
		{"2026-11-21T09:02:60+08:00", "time of day"},
		{"2026-11-21T24:00:00+08:00", "time of day"},
		{"2026-11-21T09:60:00+08:00", "time of day"},
		{"2026-02-29T09:02:11+08:00", "no such day"},
		{"2100-02-29T09:02:11+08:00", "no such day"},
		{"2026-13-01T09:02:11+08:00", "no such day"},
		{"2026-00-01T09:02:11+08:00", "no such day"},
		{"2026-04-31T09:02:11+08:00", "no such day"},
		{"2026-04-00T09:02:11+08:00", "no such day"},
		{"1899-12-31T23:59:59Z", "1900 to 2199"},
		{"2200-01-01T00:00:00Z", "1900 to 2199"},
		{"20026-11-21T09:02:11+08:00", "write the date"},
		{"2026-11-211T09:02:11+08:00", "write the date"},
		{"+2026-11-21T09:02:11+08:00", "write the date"},
		{"2026-11-21T09:02:11+24:00", "offset"},
		{"2026-11-21T09:02:11+08:60", "offset"},
		{"2026-11-21T09:02:11+0800", "write it as"},
		{"2026-11-21T09:02:11+8:00", "write it as"},
		{"2026-11-21T09:02:11+08:00x", "write it as"},
		{"2026-11-21T09:02:11Z ", "write it as"},
		{" 2026-11-21T09:02:11Z", "write the date"},
		{"２０２６-11-21T09:02:11Z", "write the date"},
		{"2026-11-21T09:02:11+08:\xff\xff", "write it as"},
		{"2026-W47-6T09:02:11Z", "write the date"},
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err err = ERR_INIT;
		int64_t instant;
		if (time_parse(bad[i].text, &instant, &err))
			fail_msg("%s was read", bad[i].text);
		assert_int_equal(err.status, STATUS_REFUSED);
		if (!strstr(err.text, bad[i].why))
			fail_msg("%s", err.text);
		err_clear(&err);
	}
}

static void a_cut_time_is_never_read(void **state)
{
	(void)state;
	const char *whole = "2026-11-21T09:02:11+08:00";
	for (size_t len = 0; len < strlen(whole); len++) {
		char part[32];
		struct err err = ERR_INIT;
		int64_t instant;
		memcpy(part, whole, len);
		part[len] = '\0';
		assert_false(time_parse(part, &instant, &err));
		assert_false(time_input(&shanghai, noon, part, &instant, &err) && len != 16 &&
			     len != 19);
		err_clear(&err);
	}
}

static void writes_what_it_reads(void **state)
{
	(void)state;
	assert_format(&shanghai, noon, "2026-11-21T12:02:11+08:00");
	assert_format(&berlin, noon, "2026-11-21T05:02:11+01:00");
	struct zone utc, odd;
	struct err err = ERR_INIT;
	assert_true(zone_init(&utc, "Z", &err) && zone_init(&odd, "-05:59", &err));
	assert_format(&utc, 0, "1970-01-01T00:00:00+00:00");
	assert_format(&odd, 0, "1969-12-31T18:01:00-05:59");
	zone_clear(&utc);
	zone_clear(&odd);
	assert_format(&shanghai, at("1988-07-01T00:00:00Z"),
		      "1988-07-01T09:00:00+09:00"); /* China had summer time */
	assert_format(&shanghai, at("1900-06-01T00:00:00Z"),
		      "1900-06-01T08:05:00+08:05"); /* mean time, +08:05:43 */
	for (int64_t instant = INT64_C(-2208000000); instant < INT64_C(7258000000);
	     instant += 86399 * 97) {
		struct buf text;
		buf_init(&text);
		time_format(&berlin, instant, &text);
		assert_int_equal(at(text.data), instant);
		buf_clear(&text);
	}
	struct buf text;
	buf_init(&text);
	time_format_short(&shanghai, noon, &text);
	assert_string_equal(text.data, "2026-11-21 12:02");
	buf_clear(&text);
}

static void takes_what_a_person_types(void **state)
{
	(void)state;
	static const struct {
		const char *text, *means;
	} good[] = {
		{"2026-11-20T09:02:11+08:00", "2026-11-20T09:02:11+08:00"},
		{"2026-11-20T01:02:11Z", "2026-11-20T09:02:11+08:00"},
		{"2026-11-20 09:02", "2026-11-20T09:02:00+08:00"},
		{"2026-11-20 09:02:11", "2026-11-20T09:02:11+08:00"},
		{"2026-11-20T09:02", "2026-11-20T09:02:00+08:00"},
		{"  2026-11-20   9:02 ", "2026-11-20T09:02:00+08:00"},
		{"09:02", "2026-11-21T09:02:00+08:00"},
		{"9:02", "2026-11-21T09:02:00+08:00"},
		{"09:02:11", "2026-11-21T09:02:11+08:00"},
		{"00:00", "2026-11-21T00:00:00+08:00"},
		{"23:59:59", "2026-11-21T23:59:59+08:00"},
		{"today 09:02", "2026-11-21T09:02:00+08:00"},
		{"yesterday 17:30", "2026-11-20T17:30:00+08:00"},
		{"昨天 17:30", "2026-11-20T17:30:00+08:00"},
		{"今天９：０２", "2026-11-21T09:02:00+08:00"},
		{"２０２６－１１－２０　０９：０２", "2026-11-20T09:02:00+08:00"},
		{"昨日17：30", "2026-11-20T17:30:00+08:00"},
		{"今日 7:30", "2026-11-21T07:30:00+08:00"},
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct err err = ERR_INIT;
		int64_t instant;
		if (!time_input(&shanghai, noon, good[i].text, &instant, &err))
			fail_msg("%s", err.text);
		assert_format(&shanghai, instant, good[i].means);
	}
}

static void dates_are_typed_in_full_width_too(void **state)
{
	(void)state;
	static const char *const good[] = {"2026-11-20", "２０２６-11-20", "２０２６－１１－２０",
					   "　2026-11-20 "};
	static const char *const bad[] = {"２０２６-11-31", "２０２６-11", "",
					  "２０２６-11-20 09:00"};
	int typed, plain;
	struct err none = ERR_INIT;
	assert_true(date_parse("2026-11-20", &plain, &none));
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(date_input(good[i], &typed, &none));
		assert_int_equal(typed, plain);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err err = ERR_INIT;
		assert_false(date_input(bad[i], &typed, &err));
		assert_int_equal(err.status, STATUS_USAGE);
		err_clear(&err);
	}
}

static void yesterday_is_the_zone_s(void **state)
{
	(void)state;
	struct err err = ERR_INIT;
	int64_t instant;
	/* 23:30 in Shanghai is still the day before in Berlin. */
	assert_true(time_input(&shanghai, at("2026-11-21T00:30:00+08:00"), "yesterday 17:30",
			       &instant, &err));
	assert_format(&shanghai, instant, "2026-11-20T17:30:00+08:00");
	assert_true(time_input(&berlin, at("2026-11-21T00:30:00+08:00"), "yesterday 17:30",
			       &instant, &err));
	assert_format(&berlin, instant, "2026-11-19T17:30:00+01:00");
	/* Across the year, and across a change of the clocks. */
	assert_true(time_input(&shanghai, at("2027-01-01T08:00:00+08:00"), "yesterday 17:30",
			       &instant, &err));
	assert_format(&shanghai, instant, "2026-12-31T17:30:00+08:00");
	assert_true(time_input(&berlin, at("2026-03-30T08:00:00+02:00"), "yesterday 01:30",
			       &instant, &err));
	assert_format(&berlin, instant, "2026-03-29T01:30:00+01:00");
	/* What comes twice is the first; what was skipped is refused. */
	assert_true(time_input(&berlin, noon, "2026-10-25 02:30", &instant, &err));
	assert_format(&berlin, instant, "2026-10-25T02:30:00+02:00");
	assert_false(time_input(&berlin, noon, "2026-03-29 02:30", &instant, &err));
	assert_non_null(strstr(err.text, "skipped"));
	err_clear(&err);
}

static void refuses_other_input_and_lists_the_forms(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		" ",
		"now",
		"soon",
		"9",
		"0902",
		"09:2",
		"24:00",
		"09:60",
		"09:02:60",
		"009:02",
		"09:02 x",
		"2026-11-20",
		"2026-11-20 ",
		"11-20 09:02",
		"2026/11/20 09:02",
		"2026-02-30 09:02",
		"tomorrow 09:02",
		"yesterday",
		"昨天",
		"yesterday 24:00",
		"9:02 pm",
		"-9:02",
		"\xff\xfe",
		"09：\xe5",
		"2026-11-20 09:02+08:00",
		"1899-11-20 09:02",
		"0000000000000000000000000000000000000000000000000000000000000000000000000009:02"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err err = ERR_INIT;
		int64_t instant;
		if (time_input(&shanghai, noon, bad[i], &instant, &err))
			fail_msg("%s was taken", bad[i]);
		assert_int_equal(err.status, STATUS_USAGE);
		assert_true(strlen(err.text) < 300);
		err_clear(&err);
	}
	struct err err = ERR_INIT;
	int64_t instant;
	assert_false(time_input(&shanghai, noon, "soon", &instant, &err));
	assert_string_equal(
		err.text,
		"\"soon\" is not a time: write 09:02, yesterday 17:30, 2026-11-21 09:02, 2026-11-21 "
		"09:02:11 or "
		"2026-11-21T09:02:11+08:00");
	assert_false(time_input(&shanghai, noon, "2026-11-20", &instant, &err));
	assert_string_equal(err.text, "\"2026-11-20\" is not a time: the time of day is missing");
	err_clear(&err);
}

static void dates(void **state)
{
	(void)state;
	static const char *const bad[] = {"",          "2026-11-2",   "2026-11-211", "2026-11-31",
					  "2026-1-01", "2026-11-21 ", "20261121",    "1899-12-31"};
	struct err err = ERR_INIT;
	struct buf text;
	int day;
	buf_init(&text);
	assert_true(date_parse("2026-11-21", &day, &err));
	assert_int_equal(day, day_of_civil(2026, 11, 21));
	date_format(day, &text);
	assert_string_equal(text.data, "2026-11-21");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(date_parse(bad[i], &day, &err));
	buf_clear(&text);
	err_clear(&err);
}

static void durations(void **state)
{
	(void)state;
	static const struct {
		const char *text, *back;
		struct duration means;
	} good[] = {
		{"3 wd", "3 wd", {DURATION_WD, 3}},
		{"24 h", "24 h", {DURATION_H, 24}},
		{"0 d", "0 d", {DURATION_D, 0}},
		{"1 mo", "1 mo", {DURATION_MO, 1}},
		{"24wh", "24 wh", {DURATION_WH, 24}},
		{"30 wmin", "30 wmin", {DURATION_WMIN, 30}},
		{"100000 y", "100000 y", {DURATION_Y, 100000}},
		{"007 w", "7 w", {DURATION_W, 7}},
		{"3 min", "3 min", {DURATION_MIN, 3}},
	};
	static const char *const bad[] = {"",         "3",
					  "h",        " 3 h",
					  "3  h",     "3 h ",
					  "-3 h",     "+3 h",
					  "3.5 h",    "3 H",
					  "3 hours",  "3 m",
					  "100001 d", "99999999999999999999999999 d",
					  "３ h",     "3\th",
					  "3 wdx",    "three d"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct duration duration;
		struct err err = ERR_INIT;
		struct buf text;
		buf_init(&text);
		assert_true(duration_parse(good[i].text, &duration, &err));
		assert_true(duration.unit == good[i].means.unit &&
			    duration.count == good[i].means.count);
		duration_format(duration, &text);
		assert_string_equal(text.data, good[i].back);
		buf_clear(&text);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct duration duration;
		struct err err = ERR_INIT;
		if (duration_parse(bad[i], &duration, &err))
			fail_msg("%s was read", bad[i]);
		err_clear(&err);
	}
	assert_true(duration_counts_time(DURATION_WMIN) && !duration_counts_time(DURATION_WD));
}

static void stretches_of_time(void **state)
{
	(void)state;
	static const struct {
		int64_t seconds;
		const char *text;
	} cases[] = {{0, "0 min"},
		     {40, "40 s"},
		     {60, "1 min"},
		     {65, "1 min 05 s"},
		     {7500, "2 h 05 min"},
		     {86400, "24 h"},
		     {7205, "2 h 05 s"},
		     {-90, "-1 min 30 s"},
		     {INT64_MIN, "-2562047788015215 h 30 min 08 s"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf text;
		buf_init(&text);
		seconds_format(cases[i].seconds, &text);
		assert_string_equal(text.data, cases[i].text);
		buf_clear(&text);
	}
}

static void periods(void **state)
{
	(void)state;
	static const struct {
		const char *name, *within, *first, *end;
	} cases[] = {
		{"day", "2026-11-21T00:00:00+08:00", "2026-11-21T00:00:00+08:00",
		 "2026-11-22T00:00:00+08:00"},
		{"week", "2026-11-22T23:59:59+08:00", "2026-11-16T00:00:00+08:00",
		 "2026-11-23T00:00:00+08:00"},
		{"week", "2026-11-23T00:00:00+08:00", "2026-11-23T00:00:00+08:00",
		 "2026-11-30T00:00:00+08:00"},
		{"month", "2026-12-31T23:59:59+08:00", "2026-12-01T00:00:00+08:00",
		 "2027-01-01T00:00:00+08:00"},
		{"month", "2024-02-29T12:00:00+08:00", "2024-02-01T00:00:00+08:00",
		 "2024-03-01T00:00:00+08:00"},
		{"quarter", "2026-11-21T12:00:00+08:00", "2026-10-01T00:00:00+08:00",
		 "2027-01-01T00:00:00+08:00"},
		{"quarter", "2026-03-31T12:00:00+08:00", "2026-01-01T00:00:00+08:00",
		 "2026-04-01T00:00:00+08:00"},
		{"half", "2026-06-30T12:00:00+08:00", "2026-01-01T00:00:00+08:00",
		 "2026-07-01T00:00:00+08:00"},
		{"half", "2026-07-01T00:00:00+08:00", "2026-07-01T00:00:00+08:00",
		 "2027-01-01T00:00:00+08:00"},
		{"year", "2026-07-01T00:00:00+08:00", "2026-01-01T00:00:00+08:00",
		 "2027-01-01T00:00:00+08:00"},
	};
	struct err err = ERR_INIT;
	enum period period;
	int64_t first, end;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(period_parse(cases[i].name, &period, &err));
		period_bounds(&shanghai, at(cases[i].within), period, &first, &end);
		assert_format(&shanghai, first, cases[i].first);
		assert_format(&shanghai, end, cases[i].end);
	}
	/* A month with a change of the clocks is an hour short. */
	period_bounds(&berlin, at("2026-03-15T00:00:00Z"), PERIOD_MONTH, &first, &end);
	assert_int_equal(end - first, 31 * 86400 - 3600);
	assert_false(period_parse("decade", &period, &err));
	err_clear(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_rfc_3339_with_offset),
		cmocka_unit_test(refuses_other_times_and_says_why),
		cmocka_unit_test(a_cut_time_is_never_read),
		cmocka_unit_test(writes_what_it_reads),
		cmocka_unit_test(takes_what_a_person_types),
		cmocka_unit_test(dates_are_typed_in_full_width_too),
		cmocka_unit_test(yesterday_is_the_zone_s),
		cmocka_unit_test(refuses_other_input_and_lists_the_forms),
		cmocka_unit_test(dates),
		cmocka_unit_test(durations),
		cmocka_unit_test(stretches_of_time),
		cmocka_unit_test(periods),
	};
	return cmocka_run_group_tests(tests, open_zones, close_zones);
}
