// SPDX-License-Identifier: MIT
// ticket/ticket: what is recorded on tickets, under which number, once, and with what it brings
// about; and that what is refused leaves every file as it was.
#include "../ledger.h"

#include "ticket/number.h"
#include "ticket/ticket.h"

enum { FIELDS = 8 };

static struct node *document(struct ledger *ledger, const char *kind, const char *event,
			     const char *const (*fields)[2])
{
	struct node *root = ticket_document(&ledger->arena, event);
	for (size_t i = 0; i < FIELDS && fields[i][0]; i++)
		assert_true(ticket_field(&ledger->book, &ledger->arena, root, kind, fields[i][0],
					 fields[i][1], &ledger->err));
	return root;
}

#define FIELDS(...) ((const char *const[FIELDS][2]){__VA_ARGS__})

static const char repair_001[] = "tickets/2026/11/YL261102001.yaml";

static bool open_ticket(struct ledger *ledger, const char *const (*fields)[2])
{
	err_clear(&ledger->err);
	return ticket_open(&ledger->book, &ledger->arena, &ledger->request,
			   document(ledger, NULL, "opened", fields), &ledger->recorded,
			   &ledger->err);
}

static void open_repair(struct ledger *ledger)
{
	assert_true(
		open_ticket(ledger, FIELDS({"kind", "repair"}, {"category", "drain"},
					   {"severity", "ordinary"}, {"customer.unit", "3-1201"},
					   {"customer.name", "王女士"}, {"text", "堵塞"})));
}

static bool record(struct ledger *ledger, struct node *const *documents, size_t count)
{
	err_clear(&ledger->err);
	return ticket_record(&ledger->book, &ledger->arena, &ledger->request, "YL261102001",
			     documents, count, &ledger->recorded, &ledger->err);
}

static bool step(struct ledger *ledger, const char *event, const char *const (*fields)[2])
{
	struct node *root = document(ledger, "repair", event, fields);
	return record(ledger, &root, 1);
}

/* What was asked for is refused with TEXT, by CLAUSE, and is not in place. */
static void assert_refused(struct ledger *ledger, bool done, const char *text, const char *clause)
{
	assert_false(done);
	assert_int_equal(ledger->err.status, STATUS_REFUSED);
	assert_string_equal(ledger->err.text, text);
	assert_string_equal(ledger->err.clause ? ledger->err.clause : "", clause);
	assert_false(ledger->recorded.in_place);
}

/* --- opening --- */

static void opens_with_what_is_due(void **state)
{
	struct ledger *ledger = *state;
	open_repair(ledger);
	assert_true(ledger->recorded.in_place);
	assert_string_equal(ledger->recorded.id, "YL261102001");
	scratch_expect(ledger->scratch, repair_001,
		       "---\nevent: opened\nseq: 1\nid: YL261102001\nsite: YL\n"
		       "at: \"2026-11-02T09:00:00+08:00\"\nby: keeper\nkind: repair\n"
		       "category: drain\nseverity: ordinary\ndepartment: engineering\n"
		       "customer:\n  unit: \"3-1201\"\n  name: 王女士\ntext: 堵塞\n"
		       "due:\n  - id: done\n    rule: drain\n    clause: D.1\n"
		       "    start: \"2026-11-02T09:00:00+08:00\"\n    until:\n      - finished\n"
		       "    at: \"2026-11-03T09:00:00+08:00\"\n...\n");
	assert_string_equal(ledger->recorded.text, ledger_text(ledger, repair_001));
}

static void says_what_it_found_by_itself(void **state)
{
	struct ledger *ledger = *state;
	assert_true(open_ticket(ledger, FIELDS({"kind", "complaint"}, {"text", "太吵"})));
	assert_int_equal(node_count(ledger->recorded.notes), 1);
	assert_string_equal(
		node_item_text(ledger->recorded.notes, 0),
		"not given, so chosen by the policy: category other-complaint (Complaint), "
		"severity ordinary");
	assert_non_null(strstr(ledger_text(ledger, repair_001),
			       "department: service\nclassified:\n  - category\n  - severity\n"));
	assert_refused(
		ledger, open_ticket(ledger, FIELDS({"text", "太吵"})),
		"kind: missing, and the text does not show it; give one of: repair, complaint", "");
	assert_refused(ledger,
		       open_ticket(ledger, FIELDS({"kind", "repair"},
						  {"category", "other-complaint"}, {"text", "x"})),
		       "category: \"other-complaint\" is not known for a repair (allowed: drain, "
		       "lamp, agreed (By agreement), other-repair (Other))",
		       "");
}

static void writes_nothing_when_it_only_tries(void **state)
{
	struct ledger *ledger = *state;
	ledger->request.dry_run = true;
	open_repair(ledger);
	assert_string_equal(ledger->recorded.id, "YL261102001");
	assert_non_null(strstr(ledger->recorded.text, "rule: drain"));
	scratch_expect(ledger->scratch, repair_001, NULL);
	scratch_expect(ledger->scratch, "tickets", NULL);
}

/* --- numbers --- */

static void counts_on_from_what_is_there(void **state)
{
	struct ledger *ledger = *state;
	static const char *const taken[] = {
		"YL261102007.yaml", "YL261102006.yaml",  "YM261102031.yaml", "YL261103044.yaml",
		"YL261130999.yaml", "YL2611301000.yaml", "YL26110.yaml",     "notes.txt"};
	struct month_numbers numbers;
	struct civil day = {.year = 2026, .month = 11, .day = 2};
	scratch_mkdir(ledger->scratch, "tickets");
	scratch_mkdir(ledger->scratch, "tickets/2026");
	scratch_mkdir(ledger->scratch, "tickets/2026/11");
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
		char path[64];
		snprintf(path, sizeof path, "tickets/2026/11/%s", taken[i]);
		scratch_write(ledger->scratch, path, "");
	}
	assert_true(number_read(&ledger->book, &day, &numbers, &ledger->err));
	assert_int_equal(numbers.last[2], 7);
	assert_int_equal(numbers.last[3], 44);
	assert_int_equal(numbers.last[30], 1000);
	assert_int_equal(numbers.last[4], 0);
	open_repair(ledger);
	assert_string_equal(ledger->recorded.id, "YL261102008");
	ledger_clock(ledger, "2026-11-03 00:00");
	open_repair(ledger);
	assert_string_equal(ledger->recorded.id, "YL261103045");
	/* the day that it is recorded counts, not that it happened */
	ledger->request.at = "2026-11-02 23:00";
	open_repair(ledger);
	assert_string_equal(ledger->recorded.id, "YL261103046");
}

static void names_customers_by_their_unit(void **state)
{
	struct ledger *ledger = *state;
	const char *const(*fields)[2] = FIELDS({"kind", "customer"}, {"customer.unit", "3-1201"},
					       {"customer.name", "王女士"});
	assert_true(open_ticket(ledger, fields));
	assert_string_equal(ledger->recorded.id, "3-1201");
	assert_non_null(ledger_text(ledger, "customers/3/3-1201.yaml"));
	assert_refused(ledger, open_ticket(ledger, fields),
		       "3-1201 has a file already: record what is new with the step changed", "");
	assert_refused(
		ledger,
		open_ticket(ledger, FIELDS({"kind", "customer"}, {"customer.unit", "YL261102001"})),
		"customer.unit: YL261102001 is a ticket's number, not a unit", "");
}

/* --- steps --- */

static void refuses_a_step_and_leaves_the_file(void **state)
{
	struct ledger *ledger = *state;
	open_repair(ledger);
	const char *before = ledger_text(ledger, repair_001);
	ledger_clock(ledger, "2026-11-02 10:00");
	assert_refused(ledger, step(ledger, "dismantled", FIELDS({"text", "x"})),
		       "YL261102001: the policy has no step \"dismantled\" for this repair "
		       "(its steps for this kind: started, answered, replied)",
		       "");
	assert_refused(ledger, step(ledger, "reopened", FIELDS({"reason", "x"})),
		       "YL261102001: it is open and was not closed: reopened is not possible", "");
	assert_refused(ledger, step(ledger, "settled", FIELDS({"state", "open"}, {"reason", "x"})),
		       "YL261102001: its steps do not contradict each other: there is nothing to "
		       "settle",
		       "");
	assert_refused(ledger, step(ledger, "told", FIELDS({"to", "nobody"})),
		       "YL261102001: to: nobody is not in staff.yaml", "");
	ledger->request.at = "2026-11-02 08:00";
	assert_refused(ledger, step(ledger, "started", FIELDS({"text", "x"})),
		       "YL261102001: --at: this is before the ticket was opened", "");
	ledger->request.at = "2026-11-02 10:01";
	assert_refused(ledger, step(ledger, "started", FIELDS({"text", "x"})),
		       "YL261102001: --at: 2026-11-02 10:01 is in the future", "");
	assert_string_equal(ledger_text(ledger, repair_001), before);
}

/* Somebody may have changed the file while this recording waited for the lock. */
static void asks_who_works_here_under_the_lock(void **state)
{
	struct ledger *ledger = *state;
	open_repair(ledger);
	const char *before = ledger_text(ledger, repair_001);
	const char *staff = ledger_text(ledger, "staff.yaml");
	ledger_join(ledger, "lihua", "desk");
	scratch_write(ledger->scratch, "staff.yaml", staff);
	ledger_clock(ledger, "2026-11-02 10:00");
	ledger->request.by = "lihua";
	assert_refused(ledger, step(ledger, "started", FIELDS({"text", "x"})),
		       "YL261102001: --by: lihua is not in staff.yaml", "");
	assert_string_equal(ledger_text(ledger, repair_001), before);
}

static void records_several_steps_or_none(void **state)
{
	struct ledger *ledger = *state;
	struct form form;
	struct buf text;
	open_repair(ledger);
	const char *before = ledger_text(ledger, repair_001);
	ledger_clock(ledger, "2026-11-02 10:00");
	struct node *documents[] = {
		document(ledger, "repair", "finished", FIELDS({"work", "疏通"})),
		document(ledger, "repair", "finished", FIELDS({"work", "again"})),
	};
	assert_refused(ledger, record(ledger, documents, 2),
		       "YL261102001: it is finished already: finished is not possible", "");
	assert_string_equal(ledger_text(ledger, repair_001), before);

	documents[0] = document(ledger, "repair", "finished", FIELDS({"work", "疏通"}));
	documents[1] = document(ledger, "repair", "closed", FIELDS({"result", "好"}));
	assert_true(record(ledger, documents, 2));
	assert_int_equal(ledger->recorded.first, 2);
	assert_int_equal(ledger->recorded.last, 3);
	form_init(&form);
	buf_init(&text);
	assert_true(ticket_read(&ledger->book, "YL261102001", &form, &text, &ledger->err));
	assert_string_equal(text.data + strlen(before), ledger->recorded.text);
	assert_int_equal(form.state, FORM_CLOSED);
	assert_int_equal(form.duty_count, 2);
	assert_int_equal(form.duties[0].state, DUTY_MET);
	assert_string_equal(form.duties[1].rule, "repair");
	form_clear(&form);
	buf_clear(&text);
}

/* --- retries --- */

static void records_a_request_once(void **state)
{
	struct ledger *ledger = *state;
	ledger->request.request_id = "r1";
	open_repair(ledger);
	ledger_clock(ledger, "2026-11-09 09:00");
	open_repair(ledger);
	assert_true(ledger->recorded.repeated && ledger->recorded.in_place);
	assert_string_equal(ledger->recorded.id, "YL261102001");

	ledger->request.request_id = "r2";
	assert_true(step(ledger, "started", FIELDS({"text", "x"})));
	const char *before = ledger_text(ledger, repair_001);
	ledger_clock(ledger, "2026-11-10 09:00");
	assert_true(step(ledger, "started", FIELDS({"text", "x"})));
	assert_true(ledger->recorded.repeated);
	assert_int_equal(ledger->recorded.first, 2);
	assert_refused(ledger, step(ledger, "started", FIELDS({"text", "y"})),
		       "YL261102001: --request-id: r2 was recorded as YL261102001#2 with other "
		       "content: take another id for what is new",
		       "");
	assert_string_equal(ledger_text(ledger, repair_001), before);

	/* after seven days it is another */
	ledger_clock(ledger, "2026-11-16 09:00:01");
	assert_true(step(ledger, "started", FIELDS({"text", "y"})));
	assert_false(ledger->recorded.repeated);
	assert_int_equal(ledger->recorded.first, 3);
	ledger->request.request_id = "r1";
	open_repair(ledger);
	assert_string_equal(ledger->recorded.id, "YL261116001");
}

/* --- what follows --- */

static const char *const unsatisfied[FIELDS][2] = {{"reached", "true"},
						   {"manner", "telephone"},
						   {"callers", "lihua"},
						   {"answer", "unsatisfied"},
						   {"shortcomings", "又堵了"}};

static void finish_repair(struct ledger *ledger)
{
	open_repair(ledger);
	ledger_join(ledger, "lihua", "desk");
	ledger_clock(ledger, "2026-11-02 10:00");
	assert_true(step(ledger, "finished", FIELDS({"work", "疏通"})));
	ledger_clock(ledger, "2026-11-02 11:00");
	ledger->request.by = "lihua";
}

static void opens_a_ticket_for_an_unsatisfied_answer(void **state)
{
	struct ledger *ledger = *state;
	finish_repair(ledger);
	assert_true(step(ledger, "callback", unsatisfied));
	assert_string_equal(ledger->recorded.linked, "YL261102002");
	assert_int_equal(node_count(ledger->recorded.notes), 1);
	assert_string_equal(node_item_text(ledger->recorded.notes, 0),
			    "opened YL261102002 for it [C.1]");
	const char *callback = strstr(ledger_text(ledger, repair_001), "event: callback");
	assert_non_null(strstr(callback, "links:\n  - YL261102002\n"));
	assert_non_null(strstr(callback, "settles:\n  - repair\n"));
	const char *complaint = ledger_text(ledger, "tickets/2026/11/YL261102002.yaml");
	assert_non_null(strstr(complaint, "cause: \"YL261102001#3\"\nkind: complaint\n"));
	assert_non_null(strstr(complaint, "links:\n  - YL261102001\ntext: 又堵了\n"));
	assert_non_null(strstr(complaint, "rule: answer\n"));
}

/* The power went when the complaint was written and the answer that brought it about was not. */
static void finds_the_ticket_of_an_answer_that_was_cut_off(void **state)
{
	struct ledger *ledger = *state;
	finish_repair(ledger);
	const char *before = ledger_text(ledger, repair_001);
	assert_true(step(ledger, "callback", unsatisfied));
	const char *complaint = ledger_text(ledger, "tickets/2026/11/YL261102002.yaml");
	scratch_write(ledger->scratch, repair_001, before);
	ledger_clock(ledger, "2026-11-02 12:00");
	assert_true(step(ledger, "callback", unsatisfied));
	assert_string_equal(ledger->recorded.linked, "YL261102002");
	assert_string_equal(ledger_text(ledger, "tickets/2026/11/YL261102002.yaml"), complaint);
	scratch_expect(ledger->scratch, "tickets/2026/11/YL261102003.yaml", NULL);
	/* one that is named belongs to its answer: the next answer opens its own */
	assert_true(step(ledger, "callback", unsatisfied));
	assert_null(ledger->recorded.linked); /* it settles nothing any more */
}

static void reopens_for_an_unsatisfied_answer(void **state)
{
	struct ledger *ledger = *state;
	ledger_join(ledger, "lihua", "manager");
	assert_true(open_ticket(ledger, FIELDS({"kind", "complaint"}, {"text", "太吵"})));
	ledger_clock(ledger, "2026-11-02 10:00");
	struct node *closed = document(ledger, "complaint", "closed",
				       FIELDS({"result", "好"}, {"valid", "true"}));
	assert_true(record(ledger, &closed, 1));
	ledger_clock(ledger, "2026-11-04 10:00");
	struct node *callback = document(ledger, "complaint", "callback", unsatisfied);
	ticket_field(&ledger->book, &ledger->arena, callback, "complaint", "callers", "keeper",
		     &ledger->err);
	assert_true(record(ledger, &callback, 1));
	assert_int_equal(ledger->recorded.first, 3);
	assert_int_equal(ledger->recorded.last, 4);
	assert_string_equal(node_item_text(ledger->recorded.notes, 0), "reopened [C.2]");
	assert_non_null(strstr(ledger_text(ledger, repair_001),
			       "event: reopened\nseq: 4\nsite: YL\n"
			       "at: \"2026-11-04T10:00:00+08:00\"\nby: keeper\n"
			       "reason: unsatisfied at the callback [C.2]\n"));
}

/* --- what nobody asked for --- */

static void composes_what_a_plan_adds(void **state)
{
	struct ledger *ledger = *state;
	struct acting acting;
	struct buf text;
	int64_t last;
	bool changed;
	open_repair(ledger);
	const char *before = ledger_text(ledger, repair_001);
	buf_init(&text);
	assert_true(record_actors(&ledger->book, NULL, false, &acting, &ledger->err));
	struct addition additions[] = {
		{document(ledger, "repair", "started", FIELDS({"text", "x"})), acting.at + 60},
		{document(ledger, "repair", "finished", FIELDS({"work", "y"})), acting.at + 120},
	};
	assert_true(ticket_compose(&ledger->book, &ledger->arena, &ledger->request, &acting,
				   "YL261102001", additions, 2, 1, &text, &last, &changed,
				   &ledger->err));
	assert_false(changed);
	assert_int_equal(last, 3);
	assert_memory_equal(text.data, before, strlen(before));
	assert_non_null(strstr(text.data, "event: started\nseq: 2\nsite: YL\n"
					  "at: \"2026-11-02T09:01:00+08:00\"\n"
					  "recorded: \"2026-11-02T09:00:00+08:00\"\n"));
	assert_non_null(strstr(text.data, "callbacks:\n  - id: repair\n    rule: repair\n"));
	assert_string_equal(ledger_text(ledger, repair_001), before);
	/* decided on when the form was another */
	buf_reset(&text);
	assert_true(ticket_compose(&ledger->book, &ledger->arena, &ledger->request, &acting,
				   "YL261102001", additions, 2, 2, &text, &last, &changed,
				   &ledger->err));
	assert_true(changed);
	assert_int_equal(text.len, 0);
	buf_clear(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, ledger_setup, ledger_teardown)
		TEST(opens_with_what_is_due),
		TEST(says_what_it_found_by_itself),
		TEST(writes_nothing_when_it_only_tries),
		TEST(counts_on_from_what_is_there),
		TEST(names_customers_by_their_unit),
		TEST(refuses_a_step_and_leaves_the_file),
		TEST(asks_who_works_here_under_the_lock),
		TEST(records_several_steps_or_none),
		TEST(records_a_request_once),
		TEST(opens_a_ticket_for_an_unsatisfied_answer),
		TEST(finds_the_ticket_of_an_answer_that_was_cut_off),
		TEST(reopens_for_an_unsatisfied_answer),
		TEST(composes_what_a_plan_adds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
