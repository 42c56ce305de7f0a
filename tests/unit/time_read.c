// SPDX-License-Identifier: MIT
// Times as other systems write them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "data/time.h"
#include "data/time_read.h"

static int open_zone(void **state)
{
	static struct zone zone;
	struct err err = ERR_INIT;
	*state = &zone;
	return zone_init(&zone, "Europe/Berlin", &err) ? 0 : -1;
}

static int close_zone(void **state)
{
	zone_clear(*state);
	return 0;
}

/* TEXT by FORMAT is WANTED, an RFC 3339 time. */
static void reads(const struct zone *zone, const char *format, const char *text, const char *wanted)
{
	struct err err = ERR_INIT;
	struct buf got;
	int64_t instant;
	const char *why;
	buf_init(&got);
	assert_true(time_read_check(format, &err));
	assert_int_equal(time_read(format, text, zone, &instant, &why), TIME_READ);
	time_format(zone, instant, &got);
	assert_string_equal(got.data, wanted);
	buf_clear(&got);
}

static void refuses(const struct zone *zone, const char *format, const char *text,
		    enum time_read wanted)
{
	int64_t instant;
	const char *why;
	assert_int_equal(time_read(format, text, zone, &instant, &why), wanted);
}

static void test_common_ways(void **state)
{
	reads(*state, "%Y-%m-%d %H:%M:%S%z", "2016-07-13 15:11:07+00:00",
	      "2016-07-13T17:11:07+02:00");
	reads(*state, "%Y-%m-%dT%H:%M:%S%z", "2016-01-13T15:11:07Z", "2016-01-13T16:11:07+01:00");
	reads(*state, "%Y-%m-%dT%H:%M:%S%z", "2016-01-13T15:11:07-0330",
	      "2016-01-13T19:41:07+01:00");
	reads(*state, "%Y-%m-%dT%H:%M:%S%z", "2016-01-13T15:11:07+08", "2016-01-13T08:11:07+01:00");
	reads(*state, "%Y/%m/%d %H:%M", "2016/7/3 9:05", "2016-07-03T09:05:00+02:00");
	reads(*state, "%Y年%m月%d日 %p%I:%M", "2016年7月13日 下午3:11",
	      "2016-07-13T15:11:00+02:00");
	reads(*state, "%d-%b-%y %I:%M %p", "13-JUL-16 12:11 am", "2016-07-13T00:11:00+02:00");
	reads(*state, "%d-%b-%y", "13-Jul-69", "1969-07-13T00:00:00+01:00");
	reads(*state, "%Y%m%d%H%M%S", "20160713151107", "2016-07-13T15:11:07+02:00");
	reads(*state, "%Y-%m-%d %H:%M:%S.%f", "2016-07-13   15:11:07.123456",
	      "2016-07-13T15:11:07+02:00");
	reads(*state, "%s", "1468422667", "2016-07-13T17:11:07+02:00");
	reads(*state, "%s", "-1", "1970-01-01T00:59:59+01:00");
	reads(*state, "%m/%d/%Y 100%%", "7/13/2016 100%", "2016-07-13T00:00:00+02:00");
}

static void test_other_shapes(void **state)
{
	static const char *const texts[] = {"",
					    "2016-07-13",
					    "2016-07-13 15:11",
					    "2016-07-13 15:11:07 ",
					    " 2016-07-13 15:11:07",
					    "16-07-13 15:11:07",
					    "2016-07-13T15:11:07",
					    "2016-07-13 15:11:07+00:00",
					    "2016-07-１３ 15:11:07",
					    "2016-07-13 15:11:0x"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		refuses(*state, "%Y-%m-%d %H:%M:%S", texts[i], TIME_OTHER_SHAPE);
	refuses(*state, "%Y-%m-%d%z", "2016-07-13+", TIME_OTHER_SHAPE);
	refuses(*state, "%Y-%m-%d%z", "2016-07-13+8", TIME_OTHER_SHAPE);
	refuses(*state, "%Y-%m-%d%z", "2016-07-13+08:", TIME_OTHER_SHAPE);
	refuses(*state, "%s", "9999999999999", TIME_OTHER_SHAPE);
	refuses(*state, "%d %b %Y", "13 Jux 2016", TIME_OTHER_SHAPE);
}

static void test_impossible_times(void **state)
{
	refuses(*state, "%Y-%m-%d", "2015-02-29", TIME_IMPOSSIBLE);
	refuses(*state, "%Y-%m-%d", "2016-00-10", TIME_IMPOSSIBLE);
	refuses(*state, "%Y-%m-%d", "2016-13-10", TIME_IMPOSSIBLE);
	refuses(*state, "%Y-%m-%d", "0000-01-01", TIME_IMPOSSIBLE);
	refuses(*state, "%Y-%m-%d %H:%M", "2016-07-13 24:00", TIME_IMPOSSIBLE);
	refuses(*state, "%Y-%m-%d %H:%M:%S", "2016-12-31 23:59:60", TIME_IMPOSSIBLE);
	refuses(*state, "%Y-%m-%d %I %p", "2016-07-13 13 PM", TIME_IMPOSSIBLE);
	refuses(*state, "%Y-%m-%d %I %p", "2016-07-13 0 AM", TIME_IMPOSSIBLE);
	refuses(*state, "%s", "999999999999", TIME_IMPOSSIBLE);
}

/* 2016-03-27 02:00 to 03:00 was skipped; 2016-10-30 02:00 to 03:00 came twice. */
static void test_clocks_that_change(void **state)
{
	refuses(*state, "%Y-%m-%d %H:%M", "2016-03-27 02:30", TIME_IMPOSSIBLE);
	reads(*state, "%Y-%m-%d %H:%M", "2016-03-27 03:00", "2016-03-27T03:00:00+02:00");
	reads(*state, "%Y-%m-%d %H:%M", "2016-10-30 02:30", "2016-10-30T02:30:00+02:00");
	reads(*state, "%Y-%m-%d %H:%M%z", "2016-03-27 02:30+00:00", "2016-03-27T04:30:00+02:00");
}

static void test_formats_that_are_none(void **state)
{
	static const char *const formats[] = {"",
					      "now",
					      "%",
					      "%Y-%m-%",
					      "%q",
					      "%Y-%m",
					      "%m-%d",
					      "%Y-%y-%m-%d",
					      "%Y-%m-%d %d",
					      "%Y-%m-%b-%d",
					      "%s %Y",
					      "%Y-%m-%d %I:%M",
					      "%Y-%m-%d %H:%M %p",
					      "%Y-%m-%d %H %I %p",
					      "%Y-%m-%d %\xe5\xb9\xb4"};
	struct err err = ERR_INIT;
	(void)state;
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		assert_false(time_read_check(formats[i], &err));
		assert_int_equal(err.status, STATUS_REFUSED);
	}
	err_clear(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_common_ways),
		cmocka_unit_test(test_other_shapes),
		cmocka_unit_test(test_impossible_times),
		cmocka_unit_test(test_clocks_that_change),
		cmocka_unit_test(test_formats_that_are_none),
	};
	return cmocka_run_group_tests(tests, open_zone, close_zone);
}
