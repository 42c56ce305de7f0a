// SPDX-License-Identifier: MIT
// book/form: what hand-written files fold to, by the promises of the ledger: what was recorded
// stands, late stays late, steps that contradict each other make a form disputed.
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "book/form.h"

enum { STEPS = 9 };

/* Text in which @21T09:00 stands for that time of November 2026. */
static void add_timed(struct buf *out, const char *text)
{
	for (const char *at = text; *at; at++) {
		if (*at != '@') {
			buf_addc(out, *at);
			continue;
		}
		size_t len = strspn(at + 1, "0123456789T:");
		buf_addf(out, "\"2026-11-%.*s%s+08:00\"", (int)len, at + 1, len > 8 ? "" : ":00");
		at += len;
	}
}

/* A step as "EVENT TIME FIELDS" with its number behind it where that is not its place in the list:
 * "closed#3 21T10:00 site: EB". */
static void add_step(struct buf *out, const char *step, size_t place)
{
	char event[32], time[16];
	int begins = 0;
	int64_t seq = (int64_t)place + 1;
	assert_int_equal(sscanf(step, "%31s %15s %n", event, time, &begins), 2);
	char *hash = strchr(event, '#');
	if (hash) {
		seq = strtoll(hash + 1, NULL, 10);
		*hash = '\0';
	}
	struct buf line;
	buf_init(&line);
	buf_addf(&line, "--- {event: %s, seq: %" PRId64 ", %sat: @%s%s%s}\n...\n", event, seq,
		 place ? "" : "id: YL261121001, ", time, step[begins] ? ", " : "", step + begins);
	add_timed(out, line.data);
	buf_clear(&line);
}

static void add_steps(struct buf *out, const char *const *steps)
{
	for (size_t i = 0; i < STEPS && steps[i]; i++)
		add_step(out, steps[i], i);
}

/* A form read of STEPS; TEXT has to live as long. */
static void read_steps(struct form *form, struct buf *text, const char *const *steps)
{
	struct err err = ERR_INIT;
	buf_init(text);
	add_steps(text, steps);
	form_init(form);
	if (!form_read(form, "t.yaml", text->data, text->len, &err))
		fail_msg("line %u: %s", err.line, err.text);
}

/* What a form says, in one line: its state, the cycle unless it is the first, and its duties:
 * "closed 2; done late#3; call open x1 (near done#4)". The numbers are of documents. */
static void describe(const struct form *form, struct buf *out)
{
	static const char *const states[] = {"open", "met", "late", "withdrawn"},
				 *const notices[] = {"open", "done", "missed", "void"};
	buf_adds(out, form_state_name(form->state));
	if (form->disputed_by)
		buf_addf(out, "#%" PRId64, form->disputed_by->seq);
	if (form->imported)
		buf_adds(out, " imported");
	if (form->cycle > 1)
		buf_addf(out, " %u", form->cycle);
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		buf_addf(out, "; %s %s", duty->id, states[duty->state]);
		if (duty->ended_by)
			buf_addf(out, "#%" PRId64, duty->ended_by->seq);
		if (duty->attempts)
			buf_addf(out, " x%u", duty->attempts);
		if (duty->drawn)
			buf_addf(out, " drawn#%" PRId64, duty->drawn->seq);
		for (size_t j = 0; j < duty->notice_count; j++) {
			const struct notice *notice = &duty->notices[j];
			buf_addf(out, "%s%s %s", j ? ", " : " (", notice->id,
				 notices[notice->state]);
			if (notice->ended_by)
				buf_addf(out, "#%" PRId64, notice->ended_by->seq);
		}
		buf_adds(out, duty->notice_count ? ")" : "");
	}
}

static void expect_own(const struct form *form, const struct document *document)
{
	assert_true(!document ||
		    (document >= form->documents && document < form->documents + form->count));
}

/* Whatever FORM speaks of is among its documents, not where they were before others came. */
static void expect_own_documents(const struct form *form)
{
	expect_own(form, form->disputed_by);
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		expect_own(form, duty->set_by);
		expect_own(form, duty->ended_by);
		expect_own(form, duty->drawn);
		for (size_t j = 0; j < duty->notice_count; j++)
			expect_own(form, duty->notices[j].ended_by);
	}
}

/* Appends ROOT, takes it back, which leaves the form as it was, and appends it again. */
static void append_twice(struct form *form, struct node *root)
{
	struct buf before, after;
	struct err err = ERR_INIT;
	buf_init(&before);
	buf_init(&after);
	describe(form, &before);
	if (!form_append(form, root, &err))
		fail_msg("%s", err.text);
	form_take_back(form);
	describe(form, &after);
	assert_string_equal(after.data, before.data);
	expect_own_documents(form);
	if (!form_append(form, root, &err))
		fail_msg("%s", err.text);
	buf_clear(&before);
	buf_clear(&after);
}

/* The same form, step by step: what was read up to there, and then appended to, is what was read
 * to the end. */
static void expect_appending(struct form *whole, const char *const *steps)
{
	struct buf text, described, expected;
	buf_init(&described);
	buf_init(&expected);
	describe(whole, &expected);
	for (size_t read = 0; read < whole->count; read++) {
		struct form form;
		const char *first[STEPS] = {0};
		memcpy(first, steps, read * sizeof *first);
		if (read) {
			read_steps(&form, &text, first);
		} else {
			buf_init(&text);
			form_init(&form);
		}
		for (size_t i = read; i < whole->count; i++)
			append_twice(&form, whole->documents[i].root);
		buf_reset(&described);
		describe(&form, &described);
		assert_string_equal(described.data, expected.data);
		assert_true(node_identical(form_view(&form), form_view(whole)));
		expect_own_documents(&form);
		form_clear(&form);
		buf_clear(&text);
	}
	buf_clear(&described);
	buf_clear(&expected);
}

/* Steps, and what they fold to. */
struct history {
	const char *what;
	const char *steps[STEPS];
	const char *folds_to;
};

static void expect(const struct history *histories, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct history *history = &histories[i];
		struct form form;
		struct buf text, described;
		buf_init(&described);
		read_steps(&form, &text, history->steps);
		describe(&form, &described);
		if (strcmp(described.data, history->folds_to) != 0)
			fail_msg("%s: it folds to \"%s\", not to \"%s\"", history->what,
				 described.data, history->folds_to);
		expect_appending(&form, history->steps);
		form_clear(&form);
		buf_clear(&text);
		buf_clear(&described);
	}
}

#define EXPECT(histories) expect(histories, sizeof(histories) / sizeof *(histories))

/* --- states --- */

static void a_step_makes_its_state(void **state)
{
	(void)state;
	static const struct history histories[] = {
		{"what is opened is open", {"opened 21T09:00"}, "open"},
		{"assigning changes no state",
		 {"opened 21T09:00", "assigned 21T09:05 to: wanggang"},
		 "open"},
		{"the work is done", {"opened 21T09:00", "finished 21T10:00"}, "finished"},
		{"the desk closes it",
		 {"opened 21T09:00", "finished 21T10:00", "closed 21T11:00"},
		 "closed"},
		{"at once", {"opened 21T09:00", "closed 21T09:01"}, "closed"},
		{"a slip", {"opened 21T09:00", "voided 21T09:01"}, "voided"},
		{"a slip that was closed",
		 {"opened 21T09:00", "closed 21T09:01", "voided 21T09:02"},
		 "voided"},
		{"steps of policies change no state",
		 {"opened 21T09:00", "quoted 21T10:00", "summed-up 21T10:01"},
		 "open"},
		{"nor do these",
		 {"opened 21T09:00", "told 21T10:00", "extended 21T10:00", "reclassified 21T10:00",
		  "corrected 21T10:00"},
		 "open"},
		{"what comes after the closing leaves it closed",
		 {"opened 21T09:00", "closed 21T10:00", "callback 21T11:00", "corrected 21T12:00",
		  "summed-up 21T13:00"},
		 "closed"},
		{"imported as it is elsewhere",
		 {"imported 21T09:00 state: closed"},
		 "closed imported"},
		{"imported while it is under way", {"imported 21T09:00"}, "open imported"},
		{"a state that is none", {"imported 21T09:00 state: disputed"}, "open imported"},
		{"only an imported form is told its state",
		 {"opened 21T09:00 state: closed"},
		 "open"},
	};
	EXPECT(histories);
}

static void each_reopening_begins_a_cycle(void **state)
{
	(void)state;
	static const struct history histories[] = {
		{"of what was closed",
		 {"opened 21T09:00", "closed 21T10:00", "reopened 22T09:00"},
		 "open 2"},
		{"of what was finished",
		 {"opened 21T09:00", "finished 21T10:00", "reopened 22T09:00"},
		 "open 2"},
		{"and is closed again",
		 {"opened 21T09:00", "closed 21T10:00", "reopened 22T09:00", "finished 22T10:00",
		  "closed 22T11:00", "reopened 23T09:00", "closed 23T10:00"},
		 "closed 3"},
	};
	EXPECT(histories);
}

static void a_cycle_is_its_own(void **state)
{
	(void)state;
	static const char *const steps[STEPS] = {
		"opened 21T09:00 channel: telephone",
		"assigned 21T09:05 to: wanggang, team: plumbers",
		"finished 21T10:00",
		"closed 21T11:00",
		"reopened 22T09:00 reason: again",
		"quoted 22T10:00",
	};
	struct form form;
	struct buf text;
	read_steps(&form, &text, steps);
	assert_int_equal(form_cycle_begin(&form), 4);
	assert_int_equal(form.opened_at, form.documents[4].at);
	assert_int_equal(form.closed_at, 0);
	assert_null(form.assignee);
	assert_null(form.team);
	assert_null(form_last(&form, "finished"));
	assert_ptr_equal(form_last(&form, "quoted"), &form.documents[5]);
	/* the reopening stands for the opening of its cycle, too; what was before is not seen */
	const struct node *view = form_view(&form), *done = node_get(view, "steps");
	struct buf events;
	buf_init(&events);
	node_join(node_get(view, "events"), " ", &events);
	assert_string_equal(events.data, "opened reopened quoted");
	assert_string_equal(node_text(node_get(done, "opened"), "reason"), "again");
	assert_null(node_get(done, "closed"));
	assert_string_equal(node_text(view, "channel"), "telephone");
	assert_string_equal(node_text(view, "state"), "open");
	assert_string_equal(node_text(view, "cycle"), "2");
	assert_string_equal(node_text(node_get(view, "document"), "event"), "quoted");
	buf_clear(&events);
	form_clear(&form);
	buf_clear(&text);
}

static void contradictions_are_disputes(void **state)
{
	(void)state;
	static const struct history histories[] = {
		{"finished twice",
		 {"opened 21T09:00", "finished 21T10:00", "finished 21T10:01"},
		 "disputed#3"},
		{"closed twice",
		 {"opened 21T09:00", "closed 21T10:00", "closed 21T10:01"},
		 "disputed#3"},
		{"finished after it was closed",
		 {"opened 21T09:00", "closed 21T10:00", "finished 21T10:01"},
		 "disputed#3"},
		{"assigned after it was closed",
		 {"opened 21T09:00", "closed 21T10:00", "assigned 21T10:01 to: wanggang"},
		 "disputed#3"},
		{"opened twice", {"opened 21T09:00", "opened 21T10:00"}, "disputed#2"},
		{"imported twice",
		 {"imported 21T09:00 state: closed", "imported 21T10:00 state: open"},
		 "disputed#2 imported"},
		{"imported after it was opened here",
		 {"opened 21T09:00", "imported 21T10:00 state: closed"},
		 "disputed#2"},
		{"reopened while it is open",
		 {"opened 21T09:00", "reopened 21T10:00"},
		 "disputed#2"},
		{"nothing comes after the slip",
		 {"opened 21T09:00", "voided 21T10:00", "quoted 21T10:01"},
		 "disputed#3"},
		{"the first of them is named",
		 {"opened 21T09:00", "closed 21T10:00", "closed 21T10:01", "closed 21T10:02"},
		 "disputed#3"},
		{"no step ends it",
		 {"opened 21T09:00", "closed 21T10:00", "closed 21T10:01", "reopened 21T10:02",
		  "finished 21T10:03", "voided 21T10:04"},
		 "disputed#3"},
		{"until somebody records what holds",
		 {"opened 21T09:00", "closed 21T10:00", "closed 21T10:01",
		  "settled 21T11:00 state: closed"},
		 "closed"},
		{"who settles it later knows better",
		 {"opened 21T09:00", "closed 21T10:00", "closed 21T10:01",
		  "settled 21T11:00 state: voided", "settled 21T11:30 state: closed"},
		 "closed"},
		{"which goes on from there",
		 {"opened 21T09:00", "closed 21T10:00", "finished 21T10:01",
		  "settled 21T11:00 state: open", "finished 21T12:00"},
		 "finished"},
		{"and may be disputed again",
		 {"opened 21T09:00", "closed 21T10:00", "closed 21T10:01",
		  "settled 21T11:00 state: closed", "closed 21T12:00"},
		 "disputed#5"},
	};
	EXPECT(histories);
}

/* --- what is owed --- */

#define DONE \
	"{id: done, rule: drain, clause: H3.4-8, until: [finished], start: @21T09:00, at: @22T09:00}"
#define TO \
	"{id: lead, rule: lead, clause: c, until: [told, closed], start: @21T09:00, " \
	"at: @22T09:00, to: [duty-lead]"
#define CALL \
	"{id: call, rule: repair, clause: H2.C-7, who: [desk], rate: \"1\", " \
	"start: @21T10:00, opens: @22T00:00, at: @24T23:59:59}"

static void deadlines_end_with_their_steps(void **state)
{
	(void)state;
	static const struct history histories[] = {
		{"owed", {"opened 21T09:00 due: [" DONE "]"}, "open; done open"},
		{"other steps do not end it",
		 {"opened 21T09:00 due: [" DONE "]", "assigned 21T09:05 to: wanggang",
		  "closed 21T10:00"},
		 "closed; done open"},
		{"kept",
		 {"opened 21T09:00 due: [" DONE "]", "finished 21T10:00"},
		 "finished; done met#2"},
		{"exactly at the deadline is in time",
		 {"opened 21T09:00 due: [" DONE "]", "finished 22T09:00:00"},
		 "finished; done met#2"},
		{"a second later is late",
		 {"opened 21T09:00 due: [" DONE "]", "finished 22T09:00:01"},
		 "finished; done late#2"},
		{"its time is when it happened, not when it was recorded",
		 {"opened 21T09:00 due: [" DONE "]", "finished 22T08:00 recorded: @23T09:00"},
		 "finished; done met#2"},
		{"of several steps, the first",
		 {"opened 21T09:00 due: [{id: answer, rule: a, clause: c, until: [told, returned], "
		  "start: @21T09:00, at: @22T09:00}]",
		  "returned 21T10:00", "told 23T10:00"},
		 "open; answer met#2"},
		{"set later, of what was done before: its clock had begun",
		 {"opened 21T09:00", "finished 21T12:00", "reclassified 21T13:00 due: [" DONE "]"},
		 "finished; done met#2"},
		{"and of what was done too late",
		 {"opened 21T09:00", "finished 22T12:00", "reclassified 22T13:00 due: [" DONE "]"},
		 "finished; done late#2"},
		{"by the very step that sets it, when the clock had begun",
		 {"opened 21T09:00", "finished 21T12:00 due: [" DONE "]"},
		 "finished; done met#2"},
		{"or done when the clock began",
		 {"opened 21T09:00", "finished 21T09:00", "reclassified 21T13:00 due: [" DONE "]"},
		 "finished; done met#2"},
		{"or just in time",
		 {"opened 21T09:00", "finished 22T09:00", "reclassified 22T13:00 due: [" DONE "]"},
		 "finished; done met#2"},
		{"or just too late",
		 {"opened 21T09:00", "finished 22T09:00:01",
		  "reclassified 22T13:00 due: [" DONE "]"},
		 "finished; done late#2"},
		{"a second cycle is not ended by what was done in the first",
		 {"opened 21T09:00", "finished 21T12:00", "reopened 21T13:00",
		  "reclassified 21T14:00 due: [" DONE "]"},
		 "open 2; done open"},
		{"nor a clock that starts now by what was done in the same moment",
		 {"opened 21T08:00", "finished 21T09:00", "reclassified 21T09:00 due: [" DONE "]"},
		 "finished; done open"},
		{"but not by what was done before the clock began",
		 {"opened 21T08:00", "finished 21T08:30", "reclassified 21T13:00 due: [" DONE "]"},
		 "finished; done open"},
		{"nor by the step that starts the clock",
		 {"opened 21T08:00",
		  "looked-at 21T09:00 due: [{id: again, rule: a, clause: c, until: [looked-at], "
		  "start: @21T09:00, at: @22T09:00}]"},
		 "open; again open"},
		{"where somebody has to be told, no step does it by itself",
		 {"opened 21T09:00 due: [" TO "}]", "told 21T10:00", "closed 21T11:00"},
		 "closed; lead open"},
		{"nor a dispute that is settled",
		 {"opened 21T09:00 due: [" TO "}]", "closed 21T10:00", "closed 21T10:01",
		  "settled 21T11:00 state: closed"},
		 "closed; lead open"},
		{"but the document that names it",
		 {"opened 21T09:00 due: [" TO "}]", "told 21T10:00",
		  "told 22T10:00 settles: [lead]"},
		 "open; lead late#3"},
		{"or the one by which they had been told before",
		 {"opened 21T09:00", "told 21T10:00", "told 21T11:00",
		  "reclassified 23T09:00 due: [" TO ", done: 2}]"},
		 "open; lead met#2"},
	};
	EXPECT(histories);
}

static void late_stays_late(void **state)
{
	(void)state;
	static const struct history histories[] = {
		{"withdrawn in time",
		 {"opened 21T09:00 due: [" DONE "]", "reclassified 21T10:00 withdraws: [done]"},
		 "open; done withdrawn#2"},
		{"withdrawn when it ends",
		 {"opened 21T09:00 due: [" DONE "]", "reclassified 22T09:00 withdraws: [done]"},
		 "open; done withdrawn#2"},
		{"withdrawn after it was missed",
		 {"opened 21T09:00 due: [" DONE "]", "reclassified 22T10:00 withdraws: [done]"},
		 "open; done late#2"},
		{"nobody reaches back behind it: the time of recording counts",
		 {"opened 21T09:00 due: [" DONE "]",
		  "reclassified 21T10:00 recorded: @22T10:00, withdraws: [done]"},
		 "open; done late#2"},
		{"extended in time: the old end is withdrawn, the new one is owed",
		 {"opened 21T09:00 due: [" DONE "]",
		  "extended 21T20:00 withdraws: [done], due: [{id: done, rule: drain, clause: c, "
		  "until: [finished], start: @21T09:00, at: @23T09:00}]",
		  "finished 22T12:00"},
		 "finished; done withdrawn#2; done met#3"},
		{"an extension approved after the deadline does not undo the breach",
		 {"opened 21T09:00 due: [" DONE "]",
		  "extended 22T10:00 withdraws: [done], due: [{id: done, rule: drain, clause: c, "
		  "until: [finished], start: @21T09:00, at: @23T09:00}]",
		  "finished 22T12:00"},
		 "finished; done late#2; done met#3"},
		{"a slip owes nothing",
		 {"opened 21T09:00 due: [" DONE "], callbacks: [" CALL "]", "voided 21T10:00"},
		 "voided; done withdrawn#2; call withdrawn#2"},
		{"but what was missed before it was called one",
		 {"opened 21T09:00 due: [" DONE "]", "voided 21T10:00 recorded: @23T09:00"},
		 "voided; done late#2"},
		{"the verdict of the first cycle stands",
		 {"opened 21T09:00 due: [" DONE "]", "finished 22T10:00", "closed 22T11:00",
		  "reopened 23T09:00 due: [{id: done, rule: drain, clause: c, until: [finished], "
		  "start: @23T09:00, at: @24T09:00}]",
		  "finished 23T10:00"},
		 "finished 2; done late#2; done met#5"},
		{"a reopening ends what the first cycle still owed",
		 {"opened 21T09:00 due: [" DONE "]", "closed 21T10:00 callbacks: [" CALL "]",
		  "reopened 23T09:00"},
		 "open 2; done late#3; call withdrawn#3"},
		{"but not what the calendar brought about",
		 {"opened 21T09:00", "closed 21T10:00", "scheduled 21T11:00 callbacks: [" CALL "]",
		  "reopened 23T09:00"},
		 "open 2; call open"},
		{"nor what a callback promised",
		 {"opened 21T09:00", "closed 21T10:00", "callback 21T11:00 due: [" DONE "]",
		  "reopened 23T09:00"},
		 "open 2; done open"},
	};
	EXPECT(histories);
}

static void callbacks_are_settled_by_name(void **state)
{
	(void)state;
	static const struct history histories[] = {
		{"in its window",
		 {"opened 21T09:00", "closed 21T10:00 callbacks: [" CALL "]",
		  "callback 23T09:00 reached: true, settles: [call]"},
		 "closed; call met#3"},
		{"in its last second",
		 {"opened 21T09:00", "closed 21T10:00 callbacks: [" CALL "]",
		  "callback 24T23:59:59 reached: true, settles: [call]"},
		 "closed; call met#3"},
		{"after it",
		 {"opened 21T09:00", "closed 21T10:00 callbacks: [" CALL "]",
		  "callback 25T00:00 reached: true, settles: [call]"},
		 "closed; call late#3"},
		{"an answer that settles nothing",
		 {"opened 21T09:00", "closed 21T10:00 callbacks: [" CALL "]",
		  "callback 23T09:00 reached: true"},
		 "closed; call open"},
		{"who was not reached is called again",
		 {"opened 21T09:00", "closed 21T10:00 callbacks: [" CALL "]",
		  "callback 22T09:00 reached: false", "callback 22T18:00 reached: false",
		  "callback 23T09:00 reached: true, settles: [call]"},
		 "closed; call met#5 x2"},
		{"another step that reaches nobody is no call",
		 {"opened 21T09:00", "closed 21T10:00 callbacks: [" CALL "]",
		  "told 22T09:00 reached: false"},
		 "closed; call open"},
		{"one callback settles all it fits",
		 {"opened 21T09:00",
		  "closed 21T10:00 callbacks: [" CALL
		  ", {id: visit, rule: v, clause: c, who: [desk], "
		  "rate: \"1\", start: @21T10:00, opens: @21T10:00, at: @22T10:00}]",
		  "callback 23T09:00 reached: true, settles: [call, visit]"},
		 "closed; call met#3; visit late#3"},
		{"no document settles what it makes due",
		 {"opened 21T09:00",
		  "callback 21T10:00 reached: true, settles: [call], callbacks: [" CALL "]"},
		 "open; call open"},
		{"a lot chooses by rule and document",
		 {"opened 21T09:00", "closed 21T10:00 callbacks: [" CALL "]",
		  "drawn 21T11:00 rule: other, of: 2", "drawn 21T11:01 rule: repair, of: 1",
		  "drawn 21T11:02 rule: repair, of: 2", "drawn 21T11:03 rule: repair, of: 2"},
		 "closed; call open drawn#5"},
	};
	EXPECT(histories);
}

static void what_a_callback_records(void **state)
{
	(void)state;
	static const struct {
		const char *steps[STEPS];
		bool on_site;
	} cases[] = {
		{{"opened 21T09:00 callbacks: [" CALL "]"}, false},
		{{"opened 21T09:00 callbacks: [" CALL "]",
		  "callback 22T09:00 settles: [call], manner: visit, signature: 王"},
		 true},
		{{"opened 21T09:00 callbacks: [" CALL "]",
		  "callback 22T09:00 settles: [call], manner: on-site, signature: 王"},
		 true},
		{{"opened 21T09:00 callbacks: [" CALL "]",
		  "callback 22T09:00 settles: [call], manner: on-site"},
		 false},
		{{"opened 21T09:00 callbacks: [" CALL "]",
		  "callback 22T09:00 settles: [call], manner: telephone, signature: 王"},
		 false},
		{{"opened 21T09:00 callbacks: [" CALL "]",
		  "callback 25T09:00 settles: [call], manner: visit, signature: 王"},
		 false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct form form;
		struct buf text;
		read_steps(&form, &text, cases[i].steps);
		const struct duty *duty = &form.duties[0];
		assert_int_equal(duty_is_on_site(duty), cases[i].on_site);
		assert_true(duty->callback);
		assert_string_equal(duty->rule, "repair");
		assert_string_equal(duty->clause, "H2.C-7");
		assert_string_equal(duty->rate, "1");
		assert_null(duty->minimum);
		assert_int_equal(duty->opens - duty->start, 14 * 3600);
		assert_ptr_equal(duty->set_by, &form.documents[0]);
		form_clear(&form);
		buf_clear(&text);
	}
}

#define TOLD \
	"{id: done, rule: drain, clause: H3.4-8, until: [finished], start: @21T09:00, at: @22T09:00, tell: [" \
	"{id: near, until: told, who: [duty-lead], at: @22T07:00}, " \
	"{id: passed, until: notice, who: [manager], at: @22T10:00}]}"

static void somebody_is_told_of_deadlines(void **state)
{
	(void)state;
	static const struct history histories[] = {
		{"nobody yet",
		 {"opened 21T09:00 due: [" TOLD "]"},
		 "open; done open (near open, passed open)"},
		{"by name",
		 {"opened 21T09:00 due: [" TOLD "]", "told 22T07:30 settles: [near]"},
		 "open; done open (near done#2, passed open)"},
		{"of something else",
		 {"opened 21T09:00 due: [" TOLD "]", "told 22T07:30 settles: [other]"},
		 "open; done open (near open, passed open)"},
		{"by the step the rule asks for",
		 {"opened 21T09:00 due: [" TOLD "]", "notice 22T11:00"},
		 "open; done open (near open, passed done#2)"},
		{"who was to be told before it ended was missed, who after it is spared",
		 {"opened 21T09:00 due: [" TOLD "]", "finished 22T08:00"},
		 "finished; done met#2 (near missed, passed void)"},
		{"exactly then is missed",
		 {"opened 21T09:00 due: [" TOLD "]", "finished 22T07:00"},
		 "finished; done met#2 (near missed, passed void)"},
		{"a second before nobody had to be",
		 {"opened 21T09:00 due: [" TOLD "]", "finished 22T06:59:59"},
		 "finished; done met#2 (near void, passed void)"},
		{"what was told stays told",
		 {"opened 21T09:00 due: [" TOLD "]", "told 22T07:30 settles: [near]",
		  "finished 22T12:00"},
		 "finished; done late#3 (near done#2, passed missed)"},
	};
	EXPECT(histories);
}

static void the_open_duty_of_a_name_that_counts(void **state)
{
	(void)state;
	static const char *const steps[STEPS] = {
		"opened 21T09:00 due: [" DONE "]",
		"extended 21T20:00 withdraws: [done], due: [{id: done, rule: drain, clause: c, "
		"until: [finished], start: @21T09:00, at: @23T09:00}]",
		"scheduled 21T21:00 callbacks: [" CALL "]",
		"scheduled 21T22:00 callbacks: [" CALL "]",
	};
	struct form form;
	struct buf text;
	read_steps(&form, &text, steps);
	assert_ptr_equal(form_open_duty(&form, "done"), &form.duties[1]);
	/* two clones planned it */
	assert_ptr_equal(form_open_duty(&form, "call"), &form.duties[2]);
	assert_null(form_open_duty(&form, "other"));
	form_clear(&form);
	buf_clear(&text);
}

static void a_duty_ends_when_its_step_happened(void **state)
{
	(void)state;
	static const char *const steps[STEPS] = {"opened 21T09:00 due: [" DONE "]",
						 "finished 21T10:00 recorded: @21T18:00"};
	struct form form;
	struct buf text;
	read_steps(&form, &text, steps);
	assert_int_equal(form.duties[0].ended - form.duties[0].start, 3600);
	form_clear(&form);
	buf_clear(&text);
}

/* --- the matter --- */

static const char *text_at(const struct node *view, const char *path)
{
	const struct node *found = node_path(view, path);
	return found ? node_as_text(found) : NULL;
}

/* What a view says at some paths. */
struct seen {
	const char *what;
	const char *steps[STEPS];
	struct {
		const char *path, *text; /* NULL: nothing there */
	} at[6];
};

static void the_view_has_what_holds(void **state)
{
	(void)state;
	static const struct seen cases[] = {
		{"as it was opened",
		 {"opened 21T09:00 kind: repair, category: drain, severity: urgent, charging: paid, "
		  "department: engineering, customer: {unit: \"3-1201\", phone: \"13900010001\"}"},
		 {{"kind", "repair"},
		  {"category", "drain"},
		  {"severity", "urgent"},
		  {"charging", "paid"},
		  {"department", "engineering"},
		  {"phone", "13900010001"}}},
		{"as it was reclassified",
		 {"opened 21T09:00 kind: repair, category: drain, severity: urgent",
		  "reclassified 21T10:00 category: lamp"},
		 {{"kind", "repair"}, {"category", "lamp"}, {"severity", "urgent"}}},
		{"what is corrected is right everywhere but in what was recorded",
		 {"opened 21T09:00 category: drain, customer: {unit: \"3-1201\", name: 王}, text: x",
		  "finished 21T10:00 work: 换灯, workers: [wanggang]",
		  "corrected 21T11:00 fields: {category: lamp, work: 疏通}"},
		 {{"category", "lamp"},
		  {"steps.opened.category", "lamp"},
		  {"steps.opened.text", "x"},
		  {"steps.finished.work", "疏通"},
		  {"steps.corrected.fields.work", "疏通"},
		  {"document.event", "corrected"}}},
		{"a correction does not correct itself",
		 {"opened 21T09:00 reason: leak",
		  "corrected 21T10:00 reason: mistyped, fields: {reason: smell}"},
		 {{"steps.opened.reason", "smell"}, {"steps.corrected.reason", "mistyped"}}},
		{"the last correction holds",
		 {"opened 21T09:00 category: drain", "corrected 21T10:00 fields: {category: lamp}",
		  "corrected 21T11:00 fields: {category: door}"},
		 {{"category", "door"}, {"steps.opened.category", "door"}}},
		{"of a customer what is said changes, the rest stays",
		 {"opened 21T09:00 customer: {unit: \"3-1201\", name: 王, phone: \"13900010001\"}",
		  "changed 21T10:00 customer: {phone: \"13900010002\"}"},
		 {{"customer.unit", "3-1201"},
		  {"customer.name", "王"},
		  {"customer.phone", "13900010002"},
		  {"phone", "13900010002"}}},
		{"the telephone on a slip is the one to call",
		 {"opened 21T09:00 customer: {unit: \"3-1201\", phone: \"13900010001\"}",
		  "finished 21T10:00 phone-seen: \"13900010009\""},
		 {{"phone", "13900010009"}, {"customer.phone", "13900010001"}}},
		{"who has it",
		 {"opened 21T09:00 department: engineering",
		  "assigned 21T10:00 to: wanggang, team: plumbers, department: security"},
		 {{"assignee", "wanggang"},
		  {"team", "plumbers"},
		  {"department", "engineering"}}}, /* whom it concerns, not who is asked */
		{"who is asked tells whom it concerns only while nobody knows",
		 {"opened 21T09:00", "assigned 21T10:00 to: wanggang, department: security"},
		 {{"department", "security"}}},
		{"a step's latest document",
		 {"opened 21T09:00", "quoted 21T10:00 price: \"80\"",
		  "quoted 21T11:00 price: \"90\""},
		 {{"steps.quoted.price", "90"}, {"category", NULL}, {"assignee", NULL}}},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct form form;
		struct buf text;
		read_steps(&form, &text, cases[i].steps);
		const struct node *view = form_view(&form);
		for (size_t j = 0; j < 6 && cases[i].at[j].path; j++) {
			const char *path = cases[i].at[j].path, *wanted = cases[i].at[j].text,
				   *found = text_at(view, path);
			if (strcmp(found ? found : "", wanted ? wanted : "") != 0)
				fail_msg("%s: %s is %s, not %s", cases[i].what, path,
					 found ? found : "missing", wanted ? wanted : "missing");
		}
		expect_appending(&form, cases[i].steps);
		form_clear(&form);
		buf_clear(&text);
	}
}

static void a_correction_changes_no_document(void **state)
{
	(void)state;
	static const char *const steps[STEPS] = {"opened 21T09:00 category: drain",
						 "corrected 21T10:00 fields: {category: lamp}"};
	struct form form;
	struct buf text;
	read_steps(&form, &text, steps);
	form_view(&form);
	assert_string_equal(node_text(form.documents[0].root, "category"), "drain");
	assert_string_equal(form.category, "lamp");
	form_clear(&form);
	buf_clear(&text);
}

/* --- two clones --- */

/* What both have, what each added, and what the union folds to. */
struct meeting {
	const char *what;
	const char *base[STEPS], *ours[STEPS], *theirs[STEPS];
	const char *folds_to;
};

/* The text of the base and of what one of both added to it. */
static void clone_text(struct buf *out, const char *const *base, const char *const *added)
{
	size_t count = 0;
	buf_init(out);
	add_steps(out, base);
	while (base[count])
		count++;
	for (size_t i = 0; i < STEPS && added[i]; i++)
		add_step(out, added[i], count + i);
}

static void unite(const struct buf *a, const struct buf *b, struct buf *out)
{
	struct arena ours = ARENA_INIT, theirs = ARENA_INIT;
	struct documents one, other;
	struct err err = ERR_INIT;
	buf_init(out);
	assert_true(documents_read(&ours, NULL, a->data, a->len, &one, &err));
	assert_true(documents_read(&theirs, NULL, b->data, b->len, &other, &err));
	assert_true(documents_merge(&one, &other, out, &err));
	arena_clear(&ours);
	arena_clear(&theirs);
}

static void a_union_folds_the_same_on_both_sides(void **state)
{
	(void)state;
	static const struct meeting meetings[] = {
		{"only one went on",
		 {"opened 21T09:00 due: [" DONE "]"},
		 {"finished 21T10:00 site: YL", "closed 21T11:00 site: YL"},
		 {NULL},
		 "closed; done met#2"},
		{"both went on, and agree",
		 {"opened 21T09:00"},
		 {"finished 21T10:00 site: YL", "closed 21T11:00 site: YL"},
		 {"quoted 21T09:30 site: EB"},
		 "closed"},
		{"both closed it, with different results",
		 {"opened 21T09:00"},
		 {"closed 21T10:00 site: YL, result: done"},
		 {"closed 21T11:00 site: EB, result: nothing found"},
		 "disputed#2"},
		{"both closed it, and say the same",
		 {"opened 21T09:00"},
		 {"closed 21T10:00 site: YL, result: done"},
		 {"closed 21T11:00 site: EB, result: done"},
		 "closed"},
		{"one said first what the other says, and changed it before they met",
		 {"opened 21T09:00 site: YL"},
		 {"closed 21T10:00 site: YL, result: done", "reopened 21T10:30 site: YL"},
		 {"told 21T09:50 site: EB, seen: {YL: 1}", "told 21T09:51 site: EB, seen: {YL: 1}",
		  "told 21T09:52 site: EB, seen: {YL: 1}",
		  "closed 21T11:00 site: EB, seen: {YL: 1}, result: done"},
		 "disputed#5 2"},
		{"what one clone had seen of the other is no contradiction",
		 {"opened 21T09:00 site: YL"},
		 {"corrected 21T10:00 site: YL, fields: {charging: free}"},
		 {"corrected#3 21T11:00 site: EB, seen: {YL: 2}, fields: {charging: paid}"},
		 "open"},
		{"what it had not seen is, whatever its number",
		 {"opened 21T09:00 site: YL"},
		 {"corrected 21T10:00 site: YL, fields: {charging: free}"},
		 {"corrected#3 21T11:00 site: EB, seen: {YL: 1}, fields: {charging: paid}"},
		 "disputed#3"},
		{"which says nothing where nothing of another site was there",
		 {"opened 21T09:00 site: YL"},
		 {"told 21T10:00 site: YL",
		  "corrected 21T10:01 site: YL, fields: {charging: free}"},
		 {"corrected 21T11:00 site: EB, seen: {YL: 1}, fields: {charging: paid}"},
		 "disputed#3"},
		{"where no version said it, the smaller number was known",
		 {"opened 21T09:00 site: YL"},
		 {"told 21T10:00 site: YL",
		  "corrected 21T10:01 site: YL, fields: {charging: free}"},
		 {"corrected 21T11:00 site: EB, fields: {charging: paid}"},
		 "open"},
		{"one closed it, the other went on working",
		 {"opened 21T09:00"},
		 {"closed 21T10:00 site: YL"},
		 {"quoted 21T09:30 site: EB", "finished 21T11:00 site: EB"},
		 "disputed#3"},
		{"what settles a dispute is united, too",
		 {"opened 21T09:00", "closed#2 21T10:00 site: YL", "closed#2 21T11:00 site: EB"},
		 {"settled#3 21T12:00 site: YL, state: closed"},
		 {"callback#3 21T12:30 site: EB"},
		 "closed"},
		{"a step that came late from elsewhere ends what is owed",
		 {"opened 21T09:00 due: [" DONE "]"},
		 {"assigned 21T10:00 site: YL, to: wanggang", "told 22T10:00 site: YL"},
		 {"finished 21T12:00 site: EB"},
		 "finished; done met#2"},
		{"both called back: the first settles it",
		 {"opened 21T09:00", "closed 21T10:00 callbacks: [" CALL "]"},
		 {"callback#3 22T09:00 site: YL, reached: true, settles: [call]"},
		 {"callback#4 23T09:00 site: EB, reached: true, settles: [call]"},
		 "closed; call met#3"},
	};
	for (size_t i = 0; i < sizeof meetings / sizeof *meetings; i++) {
		const struct meeting *meeting = &meetings[i];
		struct buf ours, theirs, here, there, described;
		struct form form;
		struct err err = ERR_INIT;
		clone_text(&ours, meeting->base, meeting->ours);
		clone_text(&theirs, meeting->base, meeting->theirs);
		unite(&ours, &theirs, &here);
		unite(&theirs, &ours, &there);
		assert_string_equal(here.data, there.data);
		form_init(&form);
		buf_init(&described);
		assert_true(form_read(&form, "t.yaml", here.data, here.len, &err));
		describe(&form, &described);
		if (strcmp(described.data, meeting->folds_to) != 0)
			fail_msg("%s: it folds to \"%s\", not to \"%s\"", meeting->what,
				 described.data, meeting->folds_to);
		form_clear(&form);
		buf_clear(&ours);
		buf_clear(&theirs);
		buf_clear(&here);
		buf_clear(&there);
		buf_clear(&described);
	}
}

static void what_both_clones_planned_is_owed_once(void **state)
{
	(void)state;
	static const char *const steps[STEPS] = {
		"opened 21T09:00",
		"scheduled#2 21T10:00 site: YL, callbacks: [" CALL "]",
		"scheduled#2 21T10:00 site: EB, callbacks: [" CALL "]",
		"scheduled#3 21T10:00 site: EB, callbacks: [{id: call, rule: repair, clause: H2.C-7, "
		"who: [desk], rate: \"1\", start: @23T10:00, opens: @23T10:00, at: @24T10:00}]",
		"closed#4 21T11:00 callbacks: [" CALL "]",
	};
	struct form form;
	struct buf text;
	read_steps(&form, &text, steps);
	assert_int_equal(form.duty_count, 4);
	assert_int_equal(form.duties[0].twin, 0);
	assert_int_equal(form.duties[1].twin, 1);
	assert_int_equal(form.duties[2].twin, 0); /* of another time */
	assert_int_equal(form.duties[3].twin, 0); /* nobody planned it */
	form_clear(&form);
	buf_clear(&text);
}

/* --- what is damaged --- */

static void damage_is_named_with_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		unsigned line;
		const char *says;
	} cases[] = {
		{"---\nevent: assigned\nseq: 1\nat: \"2026-11-21T09:00:00+08:00\"\n...\n", 2,
		 "the form begins with \"assigned\", not with opened or imported"},
		{"---\nevent: opened\nseq: 1\nat: \"2026-11-21T09:00:00+08:00\"\ndue:\n- done\n...\n",
		 6, "due: must be a map of fields"},
		{"---\nevent: opened\nseq: 1\nat: \"2026-11-21T09:00:00+08:00\"\ncallbacks:\n- 1\n...\n",
		 6, "callbacks: must be a map of fields"},
		{"---\nevent: opened\nseq: 1\nat: \"2026-11-21T09:00:00+08:00\"\ndue:\n"
		 "- {id: done, rule: r, clause: c, start: \"2026-11-21T09:00:00+08:00\",\n"
		 "   at: \"2026-11-21T09:00:00+08:00\", until: finished}\n...\n",
		 7, "until: must be a list of names"},
		{"---\nevent: opened\nseq: 1\nat: \"2026-11-21T09:00:00+08:00\"\ndue:\n"
		 "- {id: done, rule: r, clause: c, start: \"2026-11-21T09:00:00+08:00\",\n"
		 "   at: \"2026-11-21T09:00:00+08:00\"}\n...\n",
		 6, "until: missing"},
		{"---\nevent: opened\nseq: 1\nat: \"2026-11-21T09:00:00+08:00\"\ndue:\n"
		 "- {id: done, rule: r, clause: c, start: \"2026-11-21T09:00:00+08:00\", until: [x]}\n"
		 "...\n",
		 6, "at: missing"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct form form;
		struct err err = ERR_INIT;
		form_init(&form);
		assert_false(
			form_read(&form, "t.yaml", cases[i].text, strlen(cases[i].text), &err));
		assert_int_equal(err.status, STATUS_DAMAGED);
		assert_string_equal(err.file, "t.yaml");
		assert_string_equal(err.text, cases[i].says);
		assert_int_equal(err.line, cases[i].line);
		err_clear(&err);
		form_clear(&form);
	}
}

static void a_form_fits_the_file_of_its_id(void **state)
{
	(void)state;
	static const struct {
		const char *file, *says; /* NULL: it fits */
	} cases[] = {
		{"tickets/2026/11/YL261121001.yaml", NULL},
		{"YL261121001.yaml", NULL},
		{"tickets/2026/11/YL261121002.yaml",
		 "id: is YL261121001, but the file is YL261121002.yaml"},
		{"tickets/2026/11/YL261121001-old.yaml",
		 "id: is YL261121001, but the file is YL261121001-old.yaml"},
		{"YL261121001.yaml/x.yaml", "id: is YL261121001, but the file is x.yaml"},
	};
	static const char *const steps[STEPS] = {"opened 21T09:00"};
	struct buf text;
	buf_init(&text);
	add_steps(&text, steps);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct form form;
		struct err err = ERR_INIT;
		form_init(&form);
		assert_true(form_read(&form, cases[i].file, text.data, text.len, &err));
		assert_int_equal(form_fits_file(&form, &err), !cases[i].says);
		if (cases[i].says) {
			assert_int_equal(err.status, STATUS_DAMAGED);
			assert_string_equal(err.text, cases[i].says);
			assert_string_equal(err.file, cases[i].file);
			assert_int_equal(err.line, 1);
		}
		err_clear(&err);
		form_clear(&form);
	}
	buf_clear(&text);
}

static void storage_is_used_again(void **state)
{
	(void)state;
	static const char *const one[STEPS] =
		{"opened 21T09:00 kind: repair, department: engineering, due: [" DONE "]",
		 "assigned 21T09:05 to: wanggang", "closed 21T10:00", "reopened 22T09:00"},
				 *const other[STEPS] = {"imported 21T09:00"};
	struct form form;
	struct buf text, second, described;
	struct err err = ERR_INIT;
	read_steps(&form, &text, one);
	buf_init(&second);
	buf_init(&described);
	add_steps(&second, other);
	assert_true(form_read(&form, "other.yaml", second.data, second.len, &err));
	describe(&form, &described);
	assert_string_equal(described.data, "open imported");
	assert_null(form.kind);
	assert_null(form.department);
	assert_null(form.assignee);
	form_clear(&form);
	buf_clear(&text);
	buf_clear(&second);
	buf_clear(&described);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_makes_its_state),
		cmocka_unit_test(each_reopening_begins_a_cycle),
		cmocka_unit_test(a_cycle_is_its_own),
		cmocka_unit_test(contradictions_are_disputes),
		cmocka_unit_test(deadlines_end_with_their_steps),
		cmocka_unit_test(late_stays_late),
		cmocka_unit_test(callbacks_are_settled_by_name),
		cmocka_unit_test(what_a_callback_records),
		cmocka_unit_test(somebody_is_told_of_deadlines),
		cmocka_unit_test(the_open_duty_of_a_name_that_counts),
		cmocka_unit_test(a_duty_ends_when_its_step_happened),
		cmocka_unit_test(the_view_has_what_holds),
		cmocka_unit_test(a_correction_changes_no_document),
		cmocka_unit_test(a_union_folds_the_same_on_both_sides),
		cmocka_unit_test(what_both_clones_planned_is_owed_once),
		cmocka_unit_test(damage_is_named_with_its_place),
		cmocka_unit_test(a_form_fits_the_file_of_its_id),
		cmocka_unit_test(storage_is_used_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
