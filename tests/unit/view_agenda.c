// SPDX-License-Identifier: MIT
// view/agenda: what people and programs are shown of what is owed.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/time.h"
#include "view/agenda.h"

static int64_t at(const char *text)
{
	struct err err = ERR_INIT;
	int64_t instant = 0;
	assert_true(time_parse(text, &instant, &err));
	return instant;
}

/* A callback to a household, a share that was missed, a plan that was not made, a deadline to be
 * told of. */
static struct agenda_entry *entries(void)
{
	struct agenda_entry *made = test_calloc(4, sizeof *made);
	made[0] = (struct agenda_entry){
		.status = AGENDA_OVERDUE,
		.form = "YL261120001",
		.id = "callback",
		.rule = "after-repair",
		.clause = "H2.C-7",
		.kind = "repair",
		.category = "drain",
		.unit = "3-1201",
		.name = "王女士",
		.phone = "13900010001",
		.who = "desk officer",
		.start = at("2026-11-20T10:00:00+08:00"),
		.opens = at("2026-11-21T00:00:00+08:00"),
		.at = at("2026-11-23T23:59:59+08:00"),
		.attempts = 2,
	};
	made[1] = (struct agenda_entry){
		.status = AGENDA_SAMPLE,
		.form = "YL260929004",
		.rule = "sample",
		.clause = "H3.14-2",
		.who = "desk",
		.period = "2026-09",
		.unit = "3-0202",
		.at = at("2026-10-10T12:30:00+08:00"),
		.total = 20,
		.needed = 6,
		.called = 4,
		.on_site = 1,
	};
	made[2] = (struct agenda_entry){
		.status = AGENDA_OVERDUE,
		.rule = "callback-plan",
		.clause = "",
		.start = at("2026-11-19T00:00:00+08:00"),
		.at = at("2026-11-20T00:00:00+08:00"),
		.unplanned = true,
	};
	made[3] = (struct agenda_entry){
		.status = AGENDA_TELL,
		.form = "YL261120002",
		.id = "done",
		.rule = "drain",
		.clause = "H3.4-8",
		.assignee = "zhaoqiang",
		.until = "finished returned",
		.start = at("2026-11-20T10:00:00+08:00"),
		.at = at("2026-11-21T10:00:00+08:00"),
		.provisional = true,
	};
	return made;
}

static void check(size_t from, size_t count, bool deadlines, enum table_format format,
		  const char *expected)
{
	struct book book = {.now = at("2026-11-24T09:00:00+08:00")};
	struct err err = ERR_INIT;
	struct agenda_entry *made = entries();
	struct agenda agenda = {.entries = made + from, .count = count};
	struct view_style style = {.book = &book, .format = format};
	struct buf out;
	assert_true(zone_init(&book.zone, "Asia/Shanghai", &err));
	buf_init(&out);
	struct table *table = view_agenda(&style, &agenda, deadlines);
	table_write(table, &out, style.columns);
	assert_string_equal(out.data, expected);
	table_free(table);
	buf_clear(&out);
	zone_clear(&book.zone);
	test_free(made);
}

/* The day alone where all of it counts; how far a share has come, and what concerns no ticket.
 * Nobody works here, so no role is filled. */
static void test_people(void **state)
{
	(void)state;
	check(0, 3, false, TABLE_TABLE,
	      "status   due               ticket         unit    name                      "
	      "phone        who                                          clause\n"
	      "overdue  2026-11-23        YL261120001    3-1201  王女士                    "
	      "13900010001  nobody: desk + nobody: officer               H2.C-7\n"
	      "sample   2026-10-10 12:30  YL260929004    3-0202                            "
	      "             nobody: desk (4 of 6 done, 1 to do on site)  H3.14-2\n"
	      "overdue  2026-11-20 00:00  callback-plan          not run since 2026-11-19\n");
	check(3, 1, true, TABLE_TABLE,
	      "status  due               ticket       deadline  unit  who        until             "
	      " clause\n"
	      "tell    2026-11-21 10:00  YL261120002  done            zhaoqiang  finished returned "
	      " H3.4-8\n");
}

/* Whole times, and whatever is known. */
static void test_programs(void **state)
{
	(void)state;
	check(0, 2, false, TABLE_JSON,
	      "{\"status\":\"overdue\",\"due\":\"2026-11-23T23:59:59+08:00\",\"ticket\":"
	      "\"YL261120001\",\"unit\":\"3-1201\",\"name\":\"王女士\",\"phone\":\"13900010001\","
	      "\"who\":\"desk + officer\",\"clause\":\"H2.C-7\",\"rule\":\"after-repair\",\"kind\":"
	      "\"repair\",\"category\":\"drain\",\"opens\":\"2026-11-21T00:00:00+08:00\","
	      "\"attempts\":2,\"roles\":\"desk officer\",\"unfilled\":\"desk officer\"}\n"
	      "{\"status\":\"sample\",\"due\":\"2026-10-10T12:30:00+08:00\",\"ticket\":\"YL260929004\",\"unit\":\"3-0202\",\"who\":\"desk\","
	      "\"clause\":\"H3.14-2\",\"rule\":\"sample\",\"attempts\":0,\"roles\":\"desk\","
	      "\"period\":\"2026-09\",\"finished\":20,\"needed\":6,\"called\":4,\"on-site\":1,\"unfilled\":\"desk\"}\n");
	check(3, 1, true, TABLE_JSON,
	      "{\"status\":\"tell\",\"due\":\"2026-11-21T10:00:00+08:00\",\"ticket\":"
	      "\"YL261120002\",\"deadline\":\"done\",\"who\":\"zhaoqiang\",\"until\":"
	      "\"finished returned\",\"clause\":\"H3.4-8\",\"rule\":\"drain\",\"start\":"
	      "\"2026-11-20T10:00:00+08:00\",\"provisional\":\"yes\"}\n");
}

/* Not even a heading: cron mails whatever is printed. */
static void test_nothing(void **state)
{
	(void)state;
	for (int format = TABLE_TABLE; format <= TABLE_YAML; format++)
		check(0, 0, false, (enum table_format)format, "");
}

/* What is overdue today is the same thing to do as yesterday, when it was due. */
static void test_calendar(void **state)
{
	(void)state;
	struct book book = {.now = at("2026-11-24T09:00:00+08:00")};
	struct view_style style = {.book = &book};
	struct agenda_entry *made = entries();
	struct agenda agenda = {.entries = made, .count = 1};
	struct err err = ERR_INIT;
	struct buf due, overdue;
	assert_true(zone_init(&book.zone, "Asia/Shanghai", &err));
	buf_init(&due);
	buf_init(&overdue);
	view_agenda_calendar(&style, &agenda, &overdue);
	assert_non_null(strstr(overdue.data, "UID:YL261120001-callback-due@kefu\r\n"));
	assert_non_null(strstr(overdue.data, "SUMMARY:after-repair 3-1201 王女士 13900010001\r\n"));
	assert_non_null(strstr(overdue.data, "DUE:20261123T155959Z\r\n"));
	made[0].status = AGENDA_DUE;
	view_agenda_calendar(&style, &agenda, &due);
	assert_non_null(strstr(due.data, "UID:YL261120001-callback-due@kefu\r\n"));
	agenda.count = 0;
	buf_reset(&due);
	view_agenda_calendar(&style, &agenda, &due);
	assert_string_equal(due.data, "");
	buf_clear(&due);
	buf_clear(&overdue);
	zone_clear(&book.zone);
	test_free(made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_programs),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_calendar),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
