// SPDX-License-Identifier: MIT
// view/ticket: the pages of a ticket made by hand.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "data/time.h"
#include "text/yaml.h"
#include "view/ticket.h"

static const char ticket[] =
	"---\nevent: opened\nseq: 1\nid: YL261120001\nsite: YL\nat: \"2026-11-20T22:30:00+08:00\"\n"
	"recorded: \"2026-11-20T23:00:05+08:00\"\nby: meizhen\nvia: counter\nkind: repair\n"
	"category: drain\nseverity: urgent\n"
	"customer:\n  unit: \"3-1201\"\n  name: \"王\\x1b女士\"\n  phone: \"13900010001\"\n"
	"text: |2\n  堵塞\n  下午有人\n"
	"due:\n  - id: started\n    rule: start\n    clause: H1.A-1\n"
	"    start: \"2026-11-20T22:30:00+08:00\"\n    until: [started]\n"
	"    at: \"2026-11-21T03:30:00+08:00\"\n"
	"  - id: done\n    rule: gone\n    clause: H1.A-2\n"
	"    start: \"2026-11-20T22:30:00+08:00\"\n    until: [finished]\n"
	"    at: \"2026-11-22T23:59:59+08:00\"\n    provisional: true\n...\n"
	"---\nevent: started\nseq: 2\nsite: YL\nat: \"2026-11-21T05:45:00+08:00\"\nby: wanggang\n"
	"workers: [wanggang, liu]\npaid: true\nopinion: \"快一点\\n谢谢\"\n...\n";

static const char pack[] =
	"pack: house\nkinds:\n  - {kind: repair, title: 报修}\ndeadlines:\n"
	"  - {rule: start, kind: repair, start: opened, until: started, within: 5 h, "
	"clause: H1.A-1}\n";

/* A ledger without files: a zone, a clock and one small pack. */
struct desk {
	struct book book;
	struct schema_set *schemas;
	struct arena arena;
	struct form form;
	struct view_style style;
	struct buf out;
};

static struct node *parsed(struct desk *desk, const char *text)
{
	struct node *root = NULL;
	struct err err = ERR_INIT;
	assert_true(yaml_read_one(&desk->arena, "test", text, strlen(text), &root, &err));
	return root;
}

static int setup(void **state)
{
	struct desk *desk = test_calloc(1, sizeof *desk);
	struct err err = ERR_INIT;
	assert_true(zone_init(&desk->book.zone, "Asia/Shanghai", &err));
	desk->schemas = schema_set_new(NULL, NULL);
	assert_true(schema_set_add(desk->schemas, "schemas/policy.yaml",
				   parsed(desk, "type: object\n"), &err));
	desk->book.policy = policy_new(desk->schemas);
	assert_true(policy_add(desk->book.policy, "house", "policy/house.yaml", parsed(desk, pack),
			       &err));
	assert_true(time_parse("2026-11-23T01:00:00+08:00", &desk->book.now, &err));
	form_init(&desk->form);
	assert_true(form_read(&desk->form, "ticket", ticket, strlen(ticket), &err));
	desk->style = (struct view_style){.book = &desk->book};
	buf_init(&desk->out);
	*state = desk;
	return 0;
}

static int teardown(void **state)
{
	struct desk *desk = *state;
	buf_clear(&desk->out);
	form_clear(&desk->form);
	policy_free(desk->book.policy);
	schema_set_free(desk->schemas);
	zone_clear(&desk->book.zone);
	arena_clear(&desk->arena);
	test_free(desk);
	return 0;
}

/* What people wrote does not steer the terminal; a late entry says when it was recorded. */
static void test_page(void **state)
{
	struct desk *desk = *state;
	view_ticket(&desk->style, &desk->form, NULL, NULL, &desk->out);
	assert_string_equal(
		desk->out.data,
		"YL261120001  open  repair (报修), drain, urgent\n"
		"3-1201  王\\x1b女士  13900010001\n"
		"  堵塞\n"
		"  下午有人\n"
		"\n"
		"Deadlines\n"
		"  started [H1.A-1] 2026-11-21 03:30  LATE at 2026-11-21 05:45 (#2)\n"
		"  done [H1.A-2] 2026-11-22 23:59  OVERDUE, provisional\n"
		"\n"
		"What happened\n"
		"  #1   2026-11-20 22:30  opened  meizhen via counter, recorded 2026-11-20 23:00\n"
		"  #2   2026-11-21 05:45  started  wanggang\n"
		"         workers: wanggang, liu\n"
		"         paid: yes\n"
		"         opinion: \n"
		"           快一点\n"
		"           谢谢\n");
}

/* The count by its rule, and a deadline whose rule is gone. */
static void test_why(void **state)
{
	struct desk *desk = *state;
	struct err err = ERR_INIT;
	assert_true(view_ticket_why(&desk->style, &desk->form, NULL, &desk->out, &err));
	assert_string_equal(
		desk->out.data,
		"YL261120001  open  repair (报修), drain\n"
		"\n"
		"deadline started [H1.A-1]\n"
		"  rule: start (policy/house.yaml:5)\n"
		"  set by: opened #1\n"
		"  start: Fri 2026-11-20 22:30\n"
		"  counted: 5 h\n"
		"    2026-11-20 Fri  unknown  1 h 30 min, in all 1 h 30 min\n"
		"    2026-11-21 Sat  unknown  3 h 30 min, in all 5 h\n"
		"  end: Sat 2026-11-21 03:30\n"
		"  verdict: LATE: started #2 at Sat 2026-11-21 05:45, 2 h 15 min after it\n"
		"\n"
		"deadline done [H1.A-2]\n"
		"  rule: gone\n"
		"  set by: opened #1\n"
		"  start: Fri 2026-11-20 22:30\n"
		"  the policy has no such rule any more: it stands as it was recorded\n"
		"  end: Sun 2026-11-22 23:59:59, provisional\n"
		"  verdict: OVERDUE by 1 h 01 s\n");
}

static void test_why_one(void **state)
{
	struct desk *desk = *state;
	struct err err = ERR_INIT;
	assert_true(view_ticket_why(&desk->style, &desk->form, "done", &desk->out, &err));
	assert_null(strstr(desk->out.data, "deadline started"));
	assert_non_null(strstr(desk->out.data, "deadline done"));
	buf_reset(&desk->out);
	assert_false(view_ticket_why(&desk->style, &desk->form, "gone", &desk->out, &err));
	assert_int_equal(err.status, STATUS_USAGE);
	assert_non_null(strstr(err.text, "no deadline or callback gone (there are: "));
	err_clear(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_page, setup, teardown),
		cmocka_unit_test_setup_teardown(test_why, setup, teardown),
		cmocka_unit_test_setup_teardown(test_why_one, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
