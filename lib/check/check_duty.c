// SPDX-License-Identifier: MIT
// The check of what a form owes and ends, by the rules of the time it was recorded.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "book/whom.h"
#include "check/check_parts.h"
#include "data/time.h"
#include "store/file.h"
#include "ticket/duty.h"

enum { REPLAY_MAX = 64 }; /* documents of a form: beyond, missing deadlines are not looked for */

/* One entry of a document's `due` or `callbacks`. */
struct owed {
	struct checker *checker;
	const struct document *document;
	const struct node *entry;
	const struct duty *duty;
	const struct rule *rule;
	const struct document *origin; /* the opening of the document's cycle */
};

static void tell(const struct owed *owed, enum problem_kind kind, const char *field, const char *is,
		 const char *should)
{
	const struct node *at = node_get(owed->entry, field);
	check_tell(owed->checker, kind, at ? at : owed->entry, owed->duty->clause,
		   "%s: %s is %s, but by the rule %s it should be %s", owed->duty->id, field, is,
		   owed->duty->rule, should);
}

static void tell_time(const struct owed *owed, const char *field, int64_t is, int64_t should)
{
	struct checker *checker = owed->checker;
	if (is != should)
		tell(owed, PROBLEM_WRONG_DEADLINE, field,
		     book_time_text(checker->book, &checker->to->scratch, is),
		     book_time_text(checker->book, &checker->to->scratch, should));
}

/* Whether DOCUMENT is the step that REFERENCE, a step or a field of one, means. What was imported
 * was opened elsewhere. */
static bool is_step(const struct document *document, const char *reference)
{
	size_t len = strcspn(reference, ".");
	const char *names[] = {document->event, document_step(document),
			       document->which == EVENT_IMPORTED ? event_name(EVENT_OPENED) : ""};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i]) == len && memcmp(names[i], reference, len) == 0)
			return true;
	return false;
}

/* The fields of DOCUMENT as they were corrected by the time the duty was set. */
static const struct node *root_of(const struct owed *owed, const struct document *document)
{
	const struct form *form = &owed->checker->form;
	size_t upto = (size_t)(owed->document - form->documents) + 1;
	return form_mended(form, upto, &owed->checker->to->scratch)[document - form->documents];
}

/* The time at which a clock starts by REFERENCE with the step DOCUMENT; false: it does not say. */
static bool time_in(const struct owed *owed, const struct document *document, const char *reference,
		    int64_t *instant)
{
	struct err err = ERR_INIT;
	const char *dot = strchr(reference, '.');
	if (dot && document->which == EVENT_LINKED) {
		*instant = document->at;
		return node_is_string(node_get(document->root, "step"), dot + 1);
	}
	const struct node *value = dot ? node_path(root_of(owed, document), dot + 1) : NULL;
	bool found = !dot || (value && value->type == NODE_STRING &&
			      time_parse(node_as_text(value), instant, &err));
	if (!dot)
		*instant = document->at;
	err_clear(&err);
	return found;
}

/* The first document that may have started the clock: of the cycle or, where the deadline outlives
 * that, of the form. */
static const struct document *first_of(const struct owed *owed)
{
	return owed->duty->survives ? owed->checker->form.documents : owed->origin;
}

/* The document that starts the clock by REFERENCE: the one that says so itself, or, where a fact
 * has changed, an earlier one of its cycle, best the one with the recorded start. */
static const struct document *clock_document(const struct owed *owed, const char *reference)
{
	const struct document *found = NULL;
	int64_t instant;
	if (is_step(owed->document, reference))
		return owed->document;
	for (const struct document *past = owed->document; past-- > first_of(owed);) {
		if (!is_step(past, reference))
			continue;
		if (!found)
			found = past;
		if (time_in(owed, past, reference, &instant) && instant == owed->duty->start)
			return past;
	}
	return found ? found : owed->document;
}

/* Whether the time of a running deadline by RULE begins anew with DOCUMENT. */
static bool restarts(const struct rule *rule, const struct document *document)
{
	const struct node *restart = node_get(rule->node, "restart");
	return node_holds(restart, document->event) || node_holds(restart, document_step(document));
}

/* The step with which the time of the deadline began anew, by its rule: the document itself or,
 * where a fact has changed, an earlier one with the recorded start. NULL: none. */
static const struct document *restarted_by(const struct owed *owed)
{
	const struct node *restart = node_get(owed->rule->node, "restart");
	for (const struct document *past = owed->document; restart && past > first_of(owed); past--)
		if (restarts(owed->rule, past) && past->at == owed->duty->start)
			return past;
	return NULL;
}

/* The time that "step.field" names in the document the clock starts from; false when it carries
 * none. */
static bool field_time(const struct owed *owed, const char *reference, int64_t *instant)
{
	if (time_in(owed, clock_document(owed, reference), reference, instant))
		return true;
	check_tell(owed->checker, PROBLEM_WRONG_DEADLINE, owed->entry, owed->duty->clause,
		   "%s: the rule %s needs the time %s, which is missing in the document",
		   owed->duty->id, owed->duty->rule, reference);
	return false;
}

static void check_in_force(const struct owed *owed)
{
	const struct book *book = owed->checker->book;
	int day = duty_rule_day(book, owed->duty);
	if (rule_in_force(owed->rule, day))
		return;
	check_tell(owed->checker, PROBLEM_RULE_NOT_IN_FORCE, node_get(owed->entry, "rule"),
		   owed->duty->clause, "%s: the rule %s was not in force on %.10s", owed->duty->id,
		   owed->duty->rule,
		   book_time_text(book, &owed->checker->to->scratch,
				  zone_day_start(&book->zone, day)));
}

/* Names with commas between, in the scratch arena. */
static const char *names_text(const struct owed *owed, const struct node *names)
{
	struct arena *scratch = &owed->checker->to->scratch;
	struct buf text;
	buf_init(&text);
	const struct node *name;
	for (size_t i = 0; (name = node_each(names, i)); i++)
		buf_addf(&text, "%s%s", i ? ", " : "",
			 node_as_text(name)         ? node_as_text(name)
			 : node_get(name, "named")  ? whom_named(scratch, node_text(name, "named"))
			 : node_get(name, "person") ? whom_person(scratch, "TO")
						    : whom_head(scratch, "DEPARTMENT"));
	const char *kept = arena_dup(scratch, text.data);
	buf_clear(&text);
	return kept;
}

static void tell_names(const struct owed *owed, const char *field, const struct node *is,
		       const struct node *should)
{
	tell(owed, PROBLEM_WRONG_DUTY, field, names_text(owed, is), names_text(owed, should));
}

static bool same_names(const struct node *a, const struct node *b)
{
	size_t i = 0;
	const struct node *name;
	for (; (name = node_each(a, i)); i++) {
		const struct node *other = node_each(b, i);
		if (!node_identical(other, name))
			return false;
	}
	return !node_each(b, i);
}

/* WHO as recorded against the rule's: a department's head is recorded with the department of that
 * time. */
static bool same_callers(const struct node *recorded, const struct node *rule)
{
	if (node_item_count(recorded) != node_item_count(rule))
		return false;
	const struct node *should;
	for (size_t i = 0; (should = node_item(rule, i)); i++) {
		const char *is = node_item_text(recorded, i), *named = node_as_text(should);
		const char *step = node_text(should, "named");
		bool fits = named  ? is && strcmp(is, named) == 0
			    : step ? whom_step(is) && strcmp(whom_step(is), step) == 0
			    : node_get(should, "person") ? whom_id(is) != NULL
							 : whom_department(is) != NULL;
		if (!fits)
			return false;
	}
	return true;
}

/* Says which entry of the calendar may lack the day since when it is known; NULL: none does. */
static const char *undated_text(const struct owed *owed)
{
	struct checker *checker = owed->checker;
	struct calendar_entry entry;
	unsigned number =
		duty_undated_entry(checker->book, owed->rule, owed->duty, owed->document->recorded);
	if (!number || !calendar_entry(checker->book->calendar, number, &entry))
		return "";
	return arena_printf(
		&checker->to->scratch,
		"; it would be right without %s (%s:%u): if that became known only later, add "
		"known: \"YYYY-MM-DD\" there",
		entry.name, entry.file, entry.line);
}

static void tell_computed(const struct owed *owed, const char *field, int64_t is, int64_t should)
{
	struct checker *checker = owed->checker;
	struct arena *arena = &checker->to->scratch;
	if (is != should)
		tell(owed, PROBLEM_WRONG_DEADLINE, field, book_time_text(checker->book, arena, is),
		     arena_printf(arena, "%s%s", book_time_text(checker->book, arena, should),
				  undated_text(owed)));
}

/* The computed times, by what was known of the calendar when they were recorded; or why they cannot
 * be computed. */
static void check_times(const struct owed *owed)
{
	struct checker *checker = owed->checker;
	const struct duty *duty = owed->duty;
	struct due opens, due;
	struct err err = ERR_INIT;
	switch (duty_agrees(checker->book, owed->rule, duty, owed->document->recorded, &opens, &due,
			    &err)) {
	case DUTY_AGREES:
		break;
	case DUTY_UNKNOWN:
		check_tell(checker, PROBLEM_CALENDAR, owed->entry, duty->clause, "%s: %s", duty->id,
			   err.text);
		break;
	case DUTY_DIFFERS:
		if (!duty->provisional &&
		    (opens.provisional || due.provisional ||
		     (duty->at == due.at && (!duty->callback || duty->opens == opens.at)))) {
			check_tell(
				checker, PROBLEM_CALENDAR, owed->entry, duty->clause,
				"%s: it was computed from published days off that are not in the "
				"calendar for the day it was recorded",
				duty->id);
			break;
		}
		if (duty->callback)
			tell_computed(owed, "opens", duty->opens, opens.at);
		tell_computed(owed, "at", duty->at, due.at);
		break;
	}
	err_clear(&err);
}

/* Who is to be told, and when, follows from the recorded end. */
static void check_notices(const struct owed *owed)
{
	const struct book *book = owed->checker->book;
	struct arena *arena = &owed->checker->to->scratch;
	int64_t recorded = owed->document->recorded;
	const struct node *is = node_get(owed->entry, "tell");
	struct calendar_known known = book_known(book, recorded);
	bool right;
	do {
		struct err err = ERR_INIT;
		struct node *should = duty_notices(book, arena, owed->rule, known, owed->duty->id,
						   owed->duty->start, owed->duty->at, &err);
		right = !should || (!is && !node_item_count(should)) ||
			(is && node_equal_json(is, should));
		err_clear(&err);
	} while (!right && duty_next_known(book, owed->duty, recorded, &known));
	if (!right)
		check_tell(owed->checker, PROBLEM_WRONG_DUTY, is ? is : owed->entry,
			   owed->duty->clause,
			   "%s: tell does not name the people and times of the rule %s",
			   owed->duty->id, owed->duty->rule);
}

/* The step that ended too late the deadline its rule looks back on, so that it is owed: the
 * document that set it, or, where a fact has changed since, an earlier one of its cycle. */
static const struct document *missed_at(const struct owed *owed)
{
	const struct rule *other = policy_find_beside(owed->checker->book->policy, RULE_DEADLINE,
						      owed->rule,
						      node_text(owed->rule->node, "only-if-late"));
	const struct form *form = &owed->checker->form;
	const struct document *found = owed->document;
	for (size_t i = 0; node_get(owed->document->root, "keeps") && i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		if (duty->state != DUTY_LATE || !duty->ended_by || duty->callback || !other ||
		    !duty_is_by(owed->checker->book, duty, other))
			continue;
		if (duty->ended_by == owed->document)
			return owed->document;
		if (duty->ended_by >= owed->origin && duty->ended_by < owed->document)
			found = duty->ended_by;
	}
	return found;
}

/* Owed because another deadline was missed: its clock is that of an earlier step, and it ends with
 * the one that was late; or it is that one's. */
static void check_looking_back(const struct owed *owed)
{
	const struct duty *duty = owed->duty;
	const char *start = node_text(owed->rule->node, "start");
	const struct document *begun = NULL, *missed = missed_at(owed);
	for (const struct document *document = owed->checker->form.documents; document <= missed;
	     document++)
		if (strcmp(document->event, start) == 0 && document->at == duty->start)
			begun = document;
	if (!begun)
		check_tell(owed->checker, PROBLEM_WRONG_DEADLINE, owed->entry, duty->clause,
			   "%s: no %s is recorded at the time at which it starts", duty->id, start);
	if (begun == missed ? !same_names(duty->until, node_get(owed->rule->node, "until"))
			    : !node_holds(duty->until, missed->event))
		tell_names(owed, "until", duty->until, node_get(owed->rule->node, "until"));
	check_times(owed);
}

/* Whom it waits for is what the rule says; the department is that of the time. */
static void check_recipients(const struct owed *owed)
{
	const struct node *is = owed->duty->to, *should = node_get(owed->rule->node, "to");
	bool same = is && should;
	for (size_t i = 0; same && (node_each(is, i) || node_each(should, i)); i++) {
		const struct node *one = node_each(is, i), *other = node_each(should, i);
		const char *text = node_as_text(one), *role = node_as_text(other),
			   *head = node_text(other, "head-of");
		bool own = head && strcmp(head, "department") == 0;
		same = text && other &&
		       (role ? strcmp(text, role) == 0
			     : whom_department(text) &&
					(own ||
					 (head && strcmp(whom_department(text), head) == 0)));
	}
	if (!same && (is || should))
		check_tell(owed->checker, PROBLEM_WRONG_DUTY, is ? is : owed->entry,
			   owed->duty->clause, "%s: to does not name the people of the rule %s",
			   owed->duty->id, owed->duty->rule);
}

/* What DOCUMENT, a step by which somebody is told, settles is settled by whom it names. A
 * correction since has said what that means. */
static void check_telling(struct checker *checker, const struct document *document)
{
	const struct form *form = &checker->form;
	const struct node *settles = node_get(document->root, "settles");
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		bool here = duty->to && duty->ended_by == document &&
			    node_holds(duty->until, document->event) &&
			    (duty->state == DUTY_MET || duty->state == DUTY_LATE);
		if (here && !duty_tells(checker->book, form, duty->to, document))
			check_tell(checker, PROBLEM_WRONG_DUTY, settles ? settles : document->root,
				   duty->clause, "%s: %s names nobody by whom it ends", duty->id,
				   document->event);
	}
}

static void check_deadline(const struct owed *owed)
{
	const struct duty *duty = owed->duty;
	const char *at_field = node_text(owed->rule->node, "at"),
		   *start = node_text(owed->rule->node, "start");
	int64_t begun, at, approved;
	check_notices(owed);
	check_recipients(owed);
	if (node_get(owed->rule->node, "only-if-late")) {
		check_looking_back(owed);
		return;
	}
	if (!same_names(duty->until, node_get(owed->rule->node, "until")))
		tell_names(owed, "until", duty->until, node_get(owed->rule->node, "until"));
	/* where it comes back, so does the end that somebody approved for it */
	bool comes_back =
		duty_approved_end(&owed->checker->form, duty, owed->document, &approved) &&
		approved == duty->at;
	if (at_field) {
		if (!comes_back && field_time(owed, at_field, &at))
			tell_time(owed, "at", duty->at, at);
		return;
	}
	if (!start)
		return;
	const struct document *again = restarted_by(owed);
	begun = again ? again->at : clock_document(owed, start)->at;
	if (!again && strchr(start, '.') && !field_time(owed, start, &begun))
		return;
	if (owed->document->which != EVENT_IMPORTED)
		tell_time(owed, "start", duty->start, begun);
	if (!comes_back)
		check_times(owed);
}

/* The deadline an extension sets: the same clock, the end that was approved. */
static void check_extended(const struct owed *owed)
{
	const struct form *form = &owed->checker->form;
	struct err err = ERR_INIT;
	int64_t until, from;
	bool says = document_time(NULL, owed->document->root, "from", &from, &err), finds = !says;
	const struct duty *before = NULL;
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		if (duty->ended_by != owed->document || duty->callback ||
		    !duty_is_by(owed->checker->book, duty, owed->rule))
			continue;
		before = duty;
		finds = finds || duty->at == from;
		tell_time(owed, "start", owed->duty->start, duty->start);
	}
	if (before && !finds)
		check_tell(owed->checker, PROBLEM_WRONG_DEADLINE,
			   node_get(owed->document->root, "from"), owed->duty->clause,
			   "%s: from is %s, but the old end was %s", owed->duty->id,
			   book_time_text(owed->checker->book, &owed->checker->to->scratch, from),
			   book_time_text(owed->checker->book, &owed->checker->to->scratch,
					  before->at));
	err_clear(&err);
	if (document_time(NULL, owed->document->root, "until", &until, &err))
		tell_time(owed, "at", owed->duty->at, until);
	err_clear(&err);
}

/* Whether the duty is the one that the document extends, and not one it starts. */
static bool extends(const struct owed *owed)
{
	const char *start = node_text(owed->rule->node, "start");
	return !start || !is_step(owed->document, start);
}

static const char *limit_text(struct arena *arena, const struct node *limit)
{
	int64_t times = 0, days = 0;
	node_integer(limit, "times", &times);
	node_integer(limit, "days", &days);
	return limit ? arena_printf(arena, "%" PRId64 " times on %" PRId64 " days", times, days)
		     : "missing";
}

/* What follows the calendar is what was due before it, but for its times. */
static void check_recomputed(const struct owed *owed)
{
	const struct form *form = &owed->checker->form;
	const struct duty *before = NULL;
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *other = &form->duties[i];
		if (other->ended_by == owed->document && other != owed->duty &&
		    other->callback == owed->duty->callback &&
		    strcmp(other->id, owed->duty->id) == 0)
			before = other;
	}
	if (before && before->state == DUTY_LATE)
		check_tell(owed->checker, PROBLEM_WRONG_DEADLINE, owed->entry, owed->duty->clause,
			   "%s: it was overdue already, and moves no more", owed->duty->id);
	if (!before) /* another clone ended it: was_open says so where that is not it */
		return;
	tell_time(owed, "start", owed->duty->start, before->start);
	if (!duty_names_rule(before, owed->entry))
		tell(owed, PROBLEM_WRONG_DUTY, "rule", owed->duty->rule, before->rule);
	if (!owed->duty->callback && !same_names(owed->duty->until, before->until))
		tell_names(owed, "until", owed->duty->until, before->until);
	if (owed->duty->callback) {
		const char *minimum = owed->duty->minimum, *on_site = owed->duty->on_site;
		if (strcmp(owed->duty->rate, before->rate) != 0)
			tell(owed, PROBLEM_WRONG_DUTY, "rate", owed->duty->rate, before->rate);
		if (!same_names(owed->duty->who, before->who))
			tell_names(owed, "who", owed->duty->who, before->who);
		if (strcmp(minimum ? minimum : "none", before->minimum ? before->minimum : "none"))
			tell(owed, PROBLEM_WRONG_DUTY, "minimum", minimum ? minimum : "none",
			     before->minimum ? before->minimum : "none");
		if (owed->duty->limit.times != before->limit.times ||
		    owed->duty->limit.days != before->limit.days)
			tell(owed, PROBLEM_WRONG_DUTY, "attempts",
			     limit_text(&owed->checker->to->scratch,
					node_get(owed->entry, "attempts")),
			     "as before");
		if (strcmp(on_site ? on_site : "none", before->on_site ? before->on_site : "none"))
			tell(owed, PROBLEM_WRONG_DUTY, "on-site", on_site ? on_site : "none",
			     before->on_site ? before->on_site : "none");
	} else {
		check_notices(owed);
	}
	check_times(owed);
}

/* Whether DOCUMENT is one of the steps AFTER, or stands for one; when that happened. */
static bool brings_about(const struct document *document, const struct node *after, int64_t *at)
{
	static const enum event events[] = {EVENT_FINISHED, EVENT_CLOSED};
	const struct node *state = node_get(document->root, "state");
	bool imported = document->which == EVENT_IMPORTED;
	*at = document->at;
	if (node_holds(after, document->event) || node_holds(after, document_step(document)) ||
	    (imported && node_holds(after, event_name(EVENT_OPENED))))
		return true;
	for (size_t i = 0; i < 2; i++) {
		const char *name = event_name(events[i]);
		bool settled = document->which == EVENT_SETTLED &&
			       (node_is_string(state, name) ||
				node_is_string(state, event_name(EVENT_CLOSED)));
		if (node_holds(after, name) &&
		    (settled || (imported && form_imported_at(document, name, at))))
			return true;
	}
	return false;
}

/* When the step happened that a callback follows: now, or before a fact changed so that it was
 * found owed. */
static int64_t callback_start(const struct owed *owed)
{
	const struct node *after = node_get(owed->rule->node, "after");
	int64_t at;
	if (brings_about(owed->document, after, &at))
		return at;
	for (const struct document *past = first_of(owed);
	     owed->duty->survives && past < owed->document; past++)
		if (brings_about(past, after, &at) && at == owed->duty->start)
			return at;
	for (const struct document *past = owed->origin; past < owed->document; past++)
		if (brings_about(past, after, &at))
			return at;
	return owed->document->at;
}

/* What was taken over from a ticket that was merged into this one is as it was there. */
static bool is_carried(const struct owed *owed)
{
	static const char *const same[] = {"rule", "start", "at"};
	const struct node *carried = node_get(owed->document->root, "carried"), *entry;
	for (size_t i = 0; (entry = node_item(carried, i)); i++) {
		bool is = true;
		for (size_t j = 0; is && j < sizeof same / sizeof *same; j++) {
			const struct node *there = node_get(entry, same[j]);
			is = there && node_identical(there, node_get(owed->entry, same[j]));
		}
		if (is)
			return true;
	}
	return false;
}

/* Whether FORM owed what ENTRY says when its document SEQ merged it into another. */
static bool was_owed(const struct form *form, int64_t seq, const struct node *entry)
{
	int64_t start, at;
	struct err ignored = ERR_INIT;
	bool says = document_time(NULL, entry, "start", &start, &ignored) &&
		    document_time(NULL, entry, "at", &at, &ignored),
	     owed = false;
	err_clear(&ignored);
	for (size_t i = 0; says && !owed && i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		owed = !duty->callback && duty->start == start && duty->at == at &&
		       node_is_string(node_get(entry, "rule"), duty->rule) && duty->ended_by &&
		       duty->ended_by->which == EVENT_MERGED && duty->ended_by->known == seq;
	}
	return owed;
}

/* What DOCUMENT says that another ticket owed, which was merged into this one, that one did. */
static void check_merged(struct checker *checker, const struct document *document)
{
	const struct node *carried = node_get(document->root, "carried"), *entry;
	const char *cause = node_text(document->root, "cause"),
		   *hash = cause ? strchr(cause, '#') : NULL;
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct buf path, text;
	struct form other;
	if (!carried || !hash)
		return;
	buf_init(&path);
	buf_init(&text);
	form_init(&other);
	const char *id = arena_dup_len(&arena, cause, (size_t)(hash - cause));
	/* a form that is missing or damaged is a problem of its own */
	bool read = book_form_path(id, &path, &err) &&
		    file_read(&checker->book->store.root, path.data, FORM_MAX_BYTES, &text, &err) ==
			    FILE_READ &&
		    form_read(&other, path.data, text.data, text.len, &err);
	for (size_t i = 0; read && (entry = node_item(carried, i)); i++)
		if (!was_owed(&other, strtoll(hash + 1, NULL, 10), entry))
			check_tell(checker, PROBLEM_WRONG_DUTY, entry, node_text(entry, "clause"),
				   "carried: %s did not owe %s like that when it was merged", id,
				   node_text(entry, "rule") ? node_text(entry, "rule") : "this");
	err_clear(&err);
	form_clear(&other);
	buf_clear(&path);
	buf_clear(&text);
	arena_clear(&arena);
}

/* Whom it is owed to is somebody who called. */
static void check_household(const struct owed *owed)
{
	struct household household;
	if (owed->duty->household &&
	    !form_household(&owed->checker->form, owed->duty->household, &household))
		check_tell(owed->checker, PROBLEM_DANGLING_REFERENCE,
			   node_get(owed->entry, "household"), owed->duty->clause,
			   "%s: household: %s is none of those who called", owed->duty->id,
			   owed->duty->household);
}

/* When a callback to one of several begins that follows a step of AT. */
static int64_t household_start(const struct owed *owed, int64_t at)
{
	struct household household;
	const struct form *form = &owed->checker->form;
	return owed->duty->household && form_household(form, owed->duty->household, &household) &&
			       household.joined->at > at
		       ? household.joined->at
		       : at;
}

/* How many calls in vain end it. */
static void check_limit(const struct owed *owed)
{
	struct arena *scratch = &owed->checker->to->scratch;
	const struct node *is = node_get(owed->entry, "attempts"),
			  *rule = node_get(owed->rule->node, "attempts"),
			  *should = rule ? duty_limit(scratch, owed->rule) : NULL;
	if (!is != !should || (is && !node_identical(is, should)))
		tell(owed, PROBLEM_WRONG_DUTY, "attempts", limit_text(scratch, is),
		     limit_text(scratch, should));
}

static void check_callback(const struct owed *owed)
{
	const struct duty *duty = owed->duty;
	const struct node *rule = owed->rule->node;
	const char *rate = node_text(rule, "rate"), *minimum = node_text(rule, "minimum");
	if (strcmp(duty->rate, rate) != 0)
		tell(owed, PROBLEM_WRONG_DUTY, "rate", duty->rate, rate);
	if (strcmp(duty->minimum ? duty->minimum : "none", minimum ? minimum : "none") != 0)
		tell(owed, PROBLEM_WRONG_DUTY, "minimum", duty->minimum ? duty->minimum : "none",
		     minimum ? minimum : "none");
	const char *on_site = node_text(rule, "on-site");
	if (strcmp(duty->on_site ? duty->on_site : "none", on_site ? on_site : "none") != 0)
		tell(owed, PROBLEM_WRONG_DUTY, "on-site", duty->on_site ? duty->on_site : "none",
		     on_site ? on_site : "none");
	if (!same_callers(duty->who, node_get(rule, "who")))
		tell_names(owed, "who", duty->who, node_get(rule, "who"));
	check_limit(owed);
	if (owed->document->which != EVENT_IMPORTED)
		tell_time(owed, "start", duty->start, household_start(owed, callback_start(owed)));
	check_times(owed);
}

/* Another pack may have replaced some of the rule's clauses since. */
static void check_clause(const struct owed *owed)
{
	const char *recorded = owed->duty->clause;
	struct buf all;
	buf_init(&all);
	node_join(node_get(owed->rule->node, "clause"), " ", &all);
	if (strcmp(recorded, owed->rule->clause) != 0 && strcmp(recorded, all.data) != 0)
		tell(owed, PROBLEM_WRONG_CLAUSE, "clause", recorded, owed->rule->clause);
	buf_clear(&all);
}

/* Whether it outlives a reopening, by the rule. */
static void check_survival(const struct owed *owed)
{
	bool should = node_get(owed->rule->node, "survives");
	if (owed->duty->survives != should)
		tell(owed, PROBLEM_WRONG_DUTY, "survives",
		     owed->duty->survives ? "reopening" : "missing",
		     should ? "reopening" : "missing");
}

static void check_owed(struct owed *owed)
{
	const struct duty *duty = owed->duty;
	struct checker *checker = owed->checker;
	owed->rule = duty_rule(checker->book, duty);
	if (!owed->rule) {
		check_tell(checker, PROBLEM_UNKNOWN_RULE, node_get(owed->entry, "rule"),
			   duty->clause, "%s: the policy has no rule %s", duty->id, duty->rule);
		return;
	}
	check_clause(owed);
	check_household(owed);
	if (is_carried(owed)) {
		check_notices(owed);
		return;
	}
	if (owed->document->which == EVENT_EXTENDED && extends(owed)) {
		check_extended(owed);
		return;
	}
	if (owed->document->which == EVENT_RECOMPUTED) {
		check_recomputed(owed);
		return;
	}
	if (owed->document->which != EVENT_IMPORTED)
		check_in_force(owed);
	check_survival(owed);
	if (duty->callback)
		check_callback(owed);
	else
		check_deadline(owed);
}

/* Whether DOCUMENT, naming the duty ID, could mean one: it ended it, or the
 * other side of two clones that met did before. */
static bool was_open(const struct form *form, const struct document *document, const char *id)
{
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		const struct document *end = duty->ended_by;
		for (size_t j = 0; j < duty->notice_count; j++)
			if (strcmp(duty->notices[j].id, id) == 0 &&
			    duty->notices[j].ended_by == document)
				return true;
		if (strcmp(duty->id, id) != 0 || duty->set_by >= document || !end)
			continue;
		/* a correction may find that a call had ended it, or had not, as a later one may of
		 * the same call */
		const struct document *call = form_target(form, document);
		if (end == call || form_target(form, end) == document ||
		    (call && form_target(form, end) == call))
			return true;
		if (end == document ||
		    (!document_same_site(end, document) &&
		     (end < document || !document_knows(form->documents, end, document))))
			return true;
	}
	return false;
}

/* --- what should be there --- */

/* The rule of LIST that set ENTRY of DOCUMENT. */
static const struct rule *rule_of(const struct checker *checker, const struct document *document,
				  const struct node *entry, enum rule_list list)
{
	const char *name = node_text(entry, "rule");
	return name ? policy_find_cited(checker->book->policy, list, name,
					node_text(entry, "clause"),
					zone_day(&checker->book->zone, document->at))
		    : NULL;
}

/* The one among ENTRIES by the rule that set LIKE, whichever pack's name either gives, and to its
 * household; NULL: there is none. */
static const struct node *same_rule(const struct checker *checker, const struct document *document,
				    const struct node *entries, const struct node *like,
				    enum rule_list list)
{
	const struct rule *rule = rule_of(checker, document, like, list);
	const char *name = node_text(like, "rule"), *household = node_text(like, "household");
	const struct node *entry;
	for (size_t i = 0; name && (entry = node_each(entries, i)); i++) {
		const struct node *other = node_get(entry, "household");
		if ((household ? node_is_string(other, household) : !other) &&
		    (node_is_string(node_get(entry, "rule"), name) ||
		     rules_are_one(checker->book->policy, list, rule,
				   rule_of(checker, document, entry, list))))
			return entry;
	}
	return NULL;
}

static bool any_restarts(const struct policy *policy, const struct document *document)
{
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(policy, RULE_DEADLINE, &cursor)))
		if (restarts(rule, document))
			return true;
	return false;
}

/* Whether DOCUMENT says to whom something is owed, and to whom nothing any more. */
static bool changes_callers(const struct document *document)
{
	return document->which == EVENT_JOINED_BY || document->which == EVENT_UNJOINED ||
	       document->which == EVENT_MERGED || node_get(document->root, "carried");
}

/* Whether DOCUMENT may say for which callbacks a call was in vain. */
static bool is_try(const struct document *document)
{
	const struct node *fields = node_get(document->root, "fields");
	return node_get(document->root, "tries") ||
	       (document->which == EVENT_CALLBACK && !node_true(document->root, "reached")) ||
	       (document->which == EVENT_CORRECTED &&
		(node_get(fields, "reached") || node_get(fields, "callers") ||
		 node_get(fields, "manner")));
}

/* Whether any rule goes by what DOCUMENT is, to look no closer at those that set nothing. */
static bool may_owe(const struct policy *policy, const struct document *document)
{
	const char *event = document_step(document);
	size_t len = strlen(event), cursor = 0;
	const struct rule *rule;
	if (document->which == EVENT_EXTENDED || document->which == EVENT_IMPORTED ||
	    document->which == EVENT_RECOMPUTED)
		return false;
	if (document->which == EVENT_RECLASSIFIED || node_get(document->root, "keeps") ||
	    changes_callers(document) || is_try(document))
		return true;
	while ((rule = policy_next(policy, RULE_DEADLINE, &cursor))) {
		const char *by = node_text(rule->node, node_get(rule->node, "at") ? "at" : "start");
		if (by && strncmp(by, event, len) == 0 && (!by[len] || by[len] == '.'))
			return true;
	}
	if (any_restarts(policy, document))
		return true;
	for (cursor = 0; (rule = policy_next(policy, RULE_CALLBACK, &cursor));)
		if (node_holds(node_get(rule->node, "after"), event))
			return true;
	return false;
}

/* Whether what the rule of ENTRY starts with set something in every version of kefu: before
 * documents said what they keep, three steps started nothing. */
static bool always_set(const struct checker *checker, const struct document *document,
		       const struct node *entry, enum rule_list list)
{
	static const char *const later[] = {"reclassified", "extended", "reopened"};
	const struct rule *rule = rule_of(checker, document, entry, list);
	const char *start = rule ? node_text(rule->node, "start") : NULL;
	const struct node *after = rule ? node_get(rule->node, "after") : NULL;
	bool class = document->which == EVENT_RECLASSIFIED;
	for (size_t i = 0; i < sizeof later / sizeof *later; i++)
		if ((start && strncmp(start, later[i], strlen(later[i])) == 0) ||
		    node_holds(after, later[i]))
			return false;
	/* a reclassification looked at the opening alone */
	return !class || !start || strncmp(start, "opened", strlen("opened")) == 0;
}

/* Whether the rules still have the one that ID came from. What a pack has replaced since was right
 * when it was recorded. */
static bool has_rule(const struct checker *checker, const struct document *document, const char *id)
{
	const struct form *form = &checker->form;
	const struct policy *policy = checker->book->policy;
	bool found = false, known = false;
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		enum rule_list list = duty->callback ? RULE_CALLBACK : RULE_DEADLINE;
		if (duty->set_by > document || strcmp(duty->id, id) != 0)
			continue;
		found = true;
		known = known || policy_find(policy, list, duty->rule);
	}
	return known || !found;
}

/* Names in IS, a list of ids at KEY of DOCUMENT, against those that SHOULD be there. */
static void compare_ids(struct checker *checker, const struct document *document, const char *key,
			const struct node *should)
{
	const struct node *is = node_get(document->root, key);
	const char *id;
	for (size_t i = 0; (id = node_each_text(should, &i));)
		if (!node_holds(is, id) && has_rule(checker, document, id))
			check_tell(checker, PROBLEM_WRONG_DUTY, is ? is : document->root, NULL,
				   "%s: %s is missing: that is what follows from the facts", key,
				   id);
	for (size_t i = 0; (id = node_each_text(is, &i));)
		if (!node_holds(should, id) && has_rule(checker, document, id))
			check_tell(checker, PROBLEM_WRONG_DUTY, is, NULL,
				   "%s: %s does not follow from the facts", key, id);
}

/* Compares what REPLAYED, the document recorded once more, sets with what DOCUMENT does. */
static void compare_replayed(struct checker *checker, const struct document *document,
			     const struct node *replayed)
{
	static const struct {
		const char *key;
		enum rule_list list;
	} lists[] = {{"due", RULE_DEADLINE}, {"callbacks", RULE_CALLBACK}};
	bool follows = node_get(document->root, "keeps");
	/* it was recorded when only a reclassification changed what is due */
	if (!follows && node_get(replayed, "keeps") && document->which != EVENT_RECLASSIFIED)
		return;
	for (size_t i = 0; i < 2; i++) {
		const struct node *entries = node_get(replayed, lists[i].key), *entry;
		const struct node *is = node_get(document->root, lists[i].key);
		for (size_t j = 0; (entry = node_each(entries, j)); j++)
			if (!same_rule(checker, document, is, entry, lists[i].list) &&
			    (follows || always_set(checker, document, entry, lists[i].list)))
				check_tell(checker, PROBLEM_MISSING_DEADLINE, document->root,
					   node_text(entry, "clause"),
					   "%s: missing: by the rule %s it is due at %s",
					   node_text(entry, "id"), node_text(entry, "rule"),
					   node_text(entry, "at"));
		for (size_t j = 0; follows && (entry = node_each(is, j)); j++) {
			const struct node *should =
				same_rule(checker, document, entries, entry, lists[i].list);
			const struct node *who = node_get(entry, "who");
			if (should && who && !same_names(who, node_get(should, "who")))
				check_tell(checker, PROBLEM_WRONG_DUTY, who,
					   node_text(entry, "clause"),
					   "%s: who are not those who follow from the facts",
					   node_text(entry, "id"));
			if (!should && policy_find(checker->book->policy, lists[i].list,
						   node_text(entry, "rule")))
				check_tell(checker, PROBLEM_WRONG_DUTY, entry,
					   node_text(entry, "clause"),
					   "%s: it does not follow from the facts",
					   node_text(entry, "id"));
		}
	}
	if (is_try(document))
		compare_ids(checker, document, "tries", node_get(replayed, "tries"));
	if (follows || any_restarts(checker->book->policy, document) || changes_callers(document))
		compare_ids(checker, document, "withdraws", node_get(replayed, "withdraws"));
	if (!follows)
		return;
	compare_ids(checker, document, "keeps", node_get(replayed, "keeps"));
}

/* Records document INDEX once more, on the documents before it, and compares what that sets. */
static void replay(struct checker *checker, size_t index)
{
	static const char *const lists[] = {"due",     "callbacks", "withdraws",
					    "settles", "keeps",     "tries"};
	struct form *earlier = &checker->earlier;
	struct arena *arena = &checker->to->scratch;
	const struct document *document = &checker->form.documents[index];
	struct node *root = node_copy(arena, document->root);
	struct err err = ERR_INIT;
	bool done = true;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		node_remove(root, lists[i]);
	form_clear(earlier);
	for (size_t i = 0; done && i < index; i++)
		done = form_append(earlier, checker->form.documents[i].root, &err);
	const struct node *prior = index ? form_view(earlier) : NULL;
	done = done && form_append(earlier, root, &err) &&
	       duty_work_out(checker->book, arena, earlier, prior, node_list(arena), &err);
	if (done)
		compare_replayed(checker, document, root);
	err_clear(&err); /* what cannot be computed now is not missing */
}

/* Up to where two clones met: from there on, what was known is not what stands before it. */
static void check_missing(struct checker *checker)
{
	const struct form *form = &checker->form;
	for (size_t i = 0; i < form->count && form->count <= REPLAY_MAX; i++) {
		const struct document *document = &form->documents[i];
		if (i && !document_knows(form->documents, document, document - 1))
			return;
		if (may_owe(checker->book->policy, document))
			replay(checker, i);
	}
}

static void check_ended(struct checker *checker, const struct document *document)
{
	static const char *const lists[] = {"settles", "withdraws"};
	for (size_t i = 0; i < 2; i++) {
		const struct node *ids = node_get(document->root, lists[i]), *id;
		for (size_t j = 0; (id = node_each(ids, j)); j++) {
			const char *name = node_as_text(id);
			if (name && !was_open(&checker->form, document, name))
				check_tell(checker, PROBLEM_NOT_OPEN, id, NULL,
					   "%s: no deadline or callback %s was open at that time",
					   lists[i], name);
		}
	}
}

void check_duties(struct checker *checker)
{
	static const char *const lists[] = {"due", "callbacks"};
	const struct form *form = &checker->form;
	const struct document *origin = &form->documents[0];
	size_t next = 0; /* folding took the duties in this very order */
	for (size_t i = 0; i < form->count; i++) {
		const struct document *document = &form->documents[i];
		if (document->which == EVENT_REOPENED && !document->undone)
			origin = document;
		for (size_t j = 0; j < 2; j++) {
			const struct node *entries = node_get(document->root, lists[j]), *entry;
			for (size_t k = 0; (entry = node_item(entries, k)); k++) {
				struct owed owed = {.checker = checker,
						    .document = document,
						    .entry = entry,
						    .duty = &form->duties[next++],
						    .origin = origin};
				if (checker->common->rules_known)
					check_owed(&owed);
			}
		}
		check_ended(checker, document);
		check_merged(checker, document);
		if (checker->common->staff_known)
			check_telling(checker, document);
	}
	if (checker->common->rules_known && checker->common->staff_known)
		check_missing(checker);
	if (form->state == FORM_DISPUTED) {
		struct buf said;
		buf_init(&said);
		form_say_dispute(form, &said);
		check_tell(checker, PROBLEM_DISPUTED, form->disputed_by->root, NULL, "%s",
			   said.data);
		buf_clear(&said);
	}
}
