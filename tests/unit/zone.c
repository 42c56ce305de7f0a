// SPDX-License-Identifier: MIT
// Days, civil time and zones. Takes the .c file in, to feed the reader of zone files what no system
// has installed.
#include "data/zone.c" /* NOLINT */

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void open_zone(struct zone *zone, const char *name)
{
	struct err err = ERR_INIT;
	if (!zone_init(zone, name, &err))
		fail_msg("%s: %s", name, err.text);
}

static int64_t instant(const struct zone *zone, int year, int month, int day, int hour, int minute,
		       int second)
{
	return zone_instant(zone, &(struct civil){year, month, day, hour, minute, second});
}

static void days_and_civil_dates_agree(void **state)
{
	(void)state;
	int expected = day_of_civil(1599, 12, 31);
	for (int year = 1600; year <= 2400; year++) {
		for (int month = 1; month <= 12; month++) {
			for (int day = 1; day <= month_days(year, month); day++) {
				struct civil civil;
				assert_int_equal(day_of_civil(year, month, day), ++expected);
				civil_of_day(expected, &civil);
				assert_true(civil.year == year && civil.month == month &&
					    civil.day == day);
			}
		}
	}
	assert_int_equal(day_of_civil(1970, 1, 1), 0);
	assert_int_equal(month_days(1900, 2), 28);
	assert_int_equal(month_days(2000, 2), 29);
}

static void weekdays_run_from_monday(void **state)
{
	(void)state;
	assert_string_equal(weekday_name(day_weekday(day_of_civil(2026, 11, 21))), "Sat");
	assert_string_equal(weekday_name(day_weekday(day_of_civil(1969, 12, 31))), "Wed");
	for (int day = -800000; day < 800000; day++)
		assert_int_equal(day_weekday(day + 1), (day_weekday(day) + 1) % 7);
}

static void fixed_offsets_need_no_data(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int offset;
	} good[] = {{"Z", 0},          {"UTC", 0},         {"+00:00", 0},
		    {"+08:00", 28800}, {"-03:30", -12600}, {"+23:59", 86340}};
	static const char *const bad[] = {"+24:00",  "+8:00",  "+08:60",    "+0800", "08:00",
					  "+08:00 ", "+0a:00", "+08:0\xff", "--8:00"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct zone zone;
		open_zone(&zone, good[i].name);
		assert_int_equal(zone_offset(&zone, 0), good[i].offset);
		assert_int_equal(instant(&zone, 1970, 1, 1, 0, 0, 0), -good[i].offset);
		zone_clear(&zone);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct zone zone;
		struct err err = ERR_INIT;
		assert_false(zone_init(&zone, bad[i], &err));
		assert_int_equal(err.status, STATUS_DAMAGED);
		err_clear(&err);
	}
}

static void names_stay_inside_the_directory(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		"/etc/localtime",
		"../../../etc/passwd",
		"Asia/../Asia/Shanghai",
		"Asia/./Shanghai",
		"Asia//Shanghai",
		"Asia/",
		"Asia/Shanghai\n",
		"localtime",
		":Asia/Shanghai",
		"CST-8\xe2",
		"Asia",
		"Asia/Nowhere",
		"asia/shanghai",
		"leapseconds",
		"right/Asia/Shanghai",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct zone zone;
		struct err err = ERR_INIT;
		assert_false(zone_init(&zone, bad[i], &err));
		assert_int_equal(err.status, STATUS_DAMAGED);
		assert_null(strchr(err.text, '\n'));
		err_clear(&err);
	}
}

static void environment_is_not_believed(void **state)
{
	(void)state;
	struct zone zone;
	setenv("TZ", "America/New_York", 1);
	setenv("TZDIR", "/tmp", 1);
	open_zone(&zone, "Asia/Shanghai");
	assert_int_equal(zone_offset(&zone, 1800000000), 28800);
	zone_clear(&zone);
	unsetenv("TZ");
	unsetenv("TZDIR");
}

static void skipped_and_repeated_hours(void **state)
{
	(void)state;
	struct zone berlin, apia;
	open_zone(&berlin, "Europe/Berlin");
	/* 2026-03-29 02:00 becomes 03:00: 02:30 is read by the offset before. */
	assert_int_equal(instant(&berlin, 2026, 3, 29, 2, 30, 0), INT64_C(1774747800));
	assert_int_equal(instant(&berlin, 2026, 3, 29, 3, 30, 0), INT64_C(1774747800));
	/* 2026-10-25 03:00 becomes 02:00: 02:30 comes twice, the first counts. */
	assert_int_equal(instant(&berlin, 2026, 10, 25, 2, 30, 0), INT64_C(1792888200));
	assert_int_equal(zone_day_start(&berlin, day_of_civil(2026, 10, 26)) -
				 zone_day_start(&berlin, day_of_civil(2026, 10, 25)),
			 25 * 3600);
	/* Years after the table go by the file's rule. */
	assert_int_equal(zone_offset(&berlin, instant(&berlin, 2150, 7, 1, 12, 0, 0)), 7200);
	assert_int_equal(zone_offset(&berlin, instant(&berlin, 2150, 1, 1, 12, 0, 0)), 3600);
	zone_clear(&berlin);

	open_zone(&apia, "Pacific/Apia"); /* had no 2011-12-30 */
	assert_int_equal(zone_day_start(&apia, day_of_civil(2011, 12, 30)),
			 zone_day_start(&apia, day_of_civil(2011, 12, 31)));
	zone_clear(&apia);
}

static void any_number_is_an_instant(void **state)
{
	(void)state;
	static const int64_t edges[] = {INT64_MIN,    INT64_MAX,    INT64_MIN + 1,
					-62167219201, 253402300800, 0};
	struct zone zone;
	struct civil civil;
	open_zone(&zone, "America/New_York");
	for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
		zone_civil(&zone, edges[i], &civil);
		assert_in_range(civil.year, 0, 9999);
		assert_int_equal(zone_civil_minutes(&zone, edges[i], &civil),
				 zone_offset(&zone, edges[i]) / 60);
		assert_in_range(civil.year, 0, 9999);
		zone_day(&zone, edges[i]);
	}
	assert_in_range(instant(&zone, 200000, 12, 31, 24, 0, 0), instant_max, instant_max + 86400);
	zone_day_start(&zone, INT_MAX);
	zone_day_start(&zone, INT_MIN);
	zone_clear(&zone);
}

static void rules_of_every_kind(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t instant;
		int offset;
	} good[] = {
		{"CST-8", 0, 28800},
		{"<+0330>-3:30", 0, 12600},
		{"CET-1CEST,M3.5.0,M10.5.0/3", 1774745999, 3600}, /* 2026-03-29T00:59:59Z */
		{"CET-1CEST,M3.5.0,M10.5.0/3", 1774746000, 7200},
		{"IST-1GMT0,M10.5.0,M3.5.0/1", 1782864000, 3600}, /* summer the other way round */
		{"XXX3EDT4,0/0,J365/23", 0, -14400}, /* RFC 8536: summer time all year */
		{"AAA0BBB,J60,J61/2", 951868799,
		 0}, /* J60 is 1 March, leap year or not: 2000-02-29 */
		{"AAA0BBB,J60/0,J61/0", 951868800, 3600},
		{"AAA0BBB,J60/0,J61/0", 1772323199, 0}, /* and in 2026 */
		{"AAA0BBB,J60/0,J61/0", 1772323200, 3600},
		{"AAA0BBB,59/0,60/0", 951782400, 3600}, /* 59 counts the leap day */
		{"EET-2EEST,M3.4.4/50,M10.4.4/50", 1774648799,
		 7200}, /* 50 hours after Thursday 26 March: Saturday 02:00 */
		{"EET-2EEST,M3.4.4/50,M10.4.4/50", 1774656000, 10800},
		{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 1774745999,
		 -7200}, /* an hour before Sunday 29 March */
		{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 1774746000, -3600},
	};
	static const char *const bad[] = {"",
					  "C",
					  "CST",
					  "CST-",
					  "CST-24",
					  "CST-8CDT",
					  "CST-8CDT,",
					  "CST-8CDT,M3.5.0",
					  "<CST-8",
					  "CET-1CEST,M0.1.0,M10.5.0",
					  "CET-1CEST,M3.6.0,M10.5.0",
					  "CET-1CEST,M3.0.0,M10.5.0",
					  "CET-1CEST,M3.5.7,M10.5.0",
					  "CET-1CEST,M13.5.0,M10.5.0",
					  "CET-1CEST,J0,J3",
					  "CET-1CEST,M3.5.0,M10.5.0/168",
					  "CET-1CEST,M3.5.0,M10.5.0x",
					  "CET-1:60",
					  "CET-99999999999999999999",
					  "CET-1CEST,366,1"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct rule rule = {0};
		if (!read_rule(good[i].text, &rule))
			fail_msg("%s is a rule", good[i].text);
		if (rule_offset(&rule, good[i].instant) != good[i].offset)
			fail_msg("%s at %lld: %d", good[i].text, (long long)good[i].instant,
				 rule_offset(&rule, good[i].instant));
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct rule rule = {0};
		if (read_rule(bad[i], &rule))
			fail_msg("%s is no rule", bad[i]);
	}
}

static bool reads(const char *bytes, size_t len)
{
	/* A heap copy of just that size, so that the sanitizer sees the last byte. */
	struct zone_table table = {0};
	char *copy = malloc(len ? len : 1);
	memcpy(copy, bytes, len);
	struct buf file = {.data = copy, .len = len};
	bool good = !read_table(&table, &file);
	if (good) {
		struct zone zone = {.table = &table};
		struct civil civil;
		for (int64_t at = -4000000000; at < 8000000000; at += 100000007)
			zone_civil(&zone, at, &civil);
	}
	free(table.changes);
	free(copy);
	return good;
}

static void damaged_files_are_refused(void **state)
{
	(void)state;
	struct buf file;
	buf_init(&file);
	int fd = open(ZONE_DIRECTORY "/Europe/Berlin", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		skip();
	assert_true(read_whole(fd, &file));
	close(fd);
	assert_true(reads(file.data, file.len));
	for (size_t len = 0; len < file.len; len++)
		assert_false(reads(file.data, len));
	static const struct {
		size_t at;
		char byte;
	} wrong[] = {{0, 'X'}, {4, '1'}, {4, '\0'}, {23, '\xff'}, {35, '\xff'}, {36, '\x7f'}};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		char was = file.data[wrong[i].at];
		file.data[wrong[i].at] = wrong[i].byte;
		assert_false(reads(file.data, file.len));
		file.data[wrong[i].at] = was;
	}
	uint64_t random = 2026;
	for (int round = 0; round < 20000; round++) {
		struct buf copy;
		buf_init(&copy);
		buf_add(&copy, file.data, file.len);
		for (int i = 0; i < 3; i++) {
			random = random * UINT64_C(6364136223846793005) +
				 UINT64_C(1442695040888963407);
			size_t room = i == 0 ? 64 : copy.len; /* one of them in the header */
			copy.data[(random >> 33) % room] = (char)(random >> 24);
		}
		reads(copy.data, copy.len);
		buf_clear(&copy);
	}
	buf_clear(&file);
}

static void a_zone_of_zeros_is_utc(void **state)
{
	(void)state;
	struct zone zone = {0};
	struct civil civil = {.year = 2026, .month = 11, .day = 20, .hour = 9};
	assert_int_equal(zone_offset(&zone, 1795165200), 0);
	assert_int_equal(zone_instant(&zone, &civil),
			 1795165200); /* date -u -d '2026-11-20 09:00' */
	assert_int_equal(zone_day(&zone, 1795165200), day_of_civil(2026, 11, 20));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_and_civil_dates_agree),
		cmocka_unit_test(weekdays_run_from_monday),
		cmocka_unit_test(fixed_offsets_need_no_data),
		cmocka_unit_test(names_stay_inside_the_directory),
		cmocka_unit_test(environment_is_not_believed),
		cmocka_unit_test(skipped_and_repeated_hours),
		cmocka_unit_test(any_number_is_an_instant),
		cmocka_unit_test(rules_of_every_kind),
		cmocka_unit_test(damaged_files_are_refused),
		cmocka_unit_test(a_zone_of_zeros_is_utc),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
