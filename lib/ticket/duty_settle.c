// SPDX-License-Identifier: MIT
// Which duties a callback or a told document settles, and what an unsatisfied answer brings about.
#include <string.h>

#include "book/called.h"
#include "book/whom.h"
#include "ticket/duty_parts.h"
#include "ticket/who.h"

/* --- callbacks --- */

/* Whether MEMBER may fill PART. An administrator has every role, but is nobody whom a step names.
 */
static bool may_fill(const struct duty_step *step, const struct member *member, const char *part)
{
	return staff_fits(&step->book->staff, member, part, step->document->at) ||
	       (member_is_administrator(member) && !whom_people(part) && !whom_step(part));
}

/* Whether CALLERS, each used once, can fill every part of WHO from INDEX on. */
static bool callers_fill(const struct duty_step *step, const struct node *who, size_t index,
			 const struct node *callers, uint64_t used)
{
	const char *part = node_item_text(who, index), *caller;
	if (!part)
		return true;
	for (size_t i = 0; i < 64 && (caller = node_item_text(callers, i)); i++) {
		const struct member *member =
			staff_find(&step->book->staff, caller, step->document->at);
		bool fits = member && may_fill(step, member, part);
		if (!(used >> i & 1) && fits &&
		    callers_fill(step, who, index + 1, callers, used | UINT64_C(1) << i))
			return true;
	}
	return false;
}

/* "people:lihua,meizhen" as people read it. */
static const char *say_people(struct arena *arena, const char *part)
{
	const char *ids = strchr(part, ':') + 1, *text = NULL;
	for (size_t len; *ids; ids += len + (ids[len] == ',')) {
		len = strcspn(ids, ",");
		text = text ? arena_printf(arena, "%s or %.*s", text, (int)len, ids)
			    : arena_dup_len(arena, ids, len);
	}
	return text;
}

/* WHO makes the callback DUTY, in words. */
static const char *say_callers(struct duty_step *step, const struct duty *duty,
			       const struct node *who)
{
	struct arena *arena = step->arena;
	const char *text = NULL, *part;
	for (size_t i = 0; (part = node_item_text(who, i)); i++) {
		const char *by = duty_named_by(node_item_text(duty->who, i));
		const char *said =
			!by ? called_name(step->book, arena, RULE_ROLE, part)
			    : arena_printf(arena, "%s, whom %s names",
					   duty_named_by(part) ? "somebody"
							       : say_people(arena, part),
					   called_step(step->book, arena, step->form->kind, by));
		text = text ? arena_printf(arena, "%s and %s", text, said) : said;
	}
	return text;
}

/* Why an answer does not count for the callback DUTY; NULL when it does. */
static const char *why_not_settled(struct duty_step *step, const struct duty *duty)
{
	struct arena *arena = step->arena;
	const struct rule *rule = duty_rule(step->book, duty);
	const struct node *manners = rule ? node_get(rule->node, "manner") : NULL;
	const char *manner = node_text(step->root, "manner");
	if (step->document->at < duty->opens)
		return arena_printf(arena, "its window opens later, at %s",
				    book_time_text(step->book, arena, duty->opens));
	if (manners && manner && !node_holds(manners, manner))
		return arena_printf(arena, "the manner %s does not count for it", manner);
	const struct node *who = form_callers(step->form, duty, step->document, arena);
	if (callers_fill(step, who, 0, node_get(step->root, "callers"), 0))
		return NULL;
	return arena_printf(arena, "it has to be made by %s", say_callers(step, duty, who));
}

static void add_note(struct duty_step *step, const char *text)
{
	node_push(step->arena, step->notes, node_string(step->arena, text));
}

static void settle(struct duty_step *step, const char *id)
{
	node_push(step->arena, duty_list(step, "settles"), node_string(step->arena, id));
}

static void try(struct duty_step *step, const char *id)
{
	node_push(step->arena, duty_list(step, "tries"), node_string(step->arena, id));
}

/* The call to HOUSEHOLD (NULL: the one that called first) reached nobody: for which callbacks that
 * counts as having tried. */
static void try_callbacks(struct duty_step *step, const char *household)
{
	struct arena *arena = step->arena;
	const struct duty *duty;
	for (size_t cursor = 0; (duty = form_next_duty(step->form, &cursor));) {
		if (!duty->callback || duty->state != DUTY_OPEN || !duty->limit.times ||
		    !duty_is_for(duty, household))
			continue;
		const char *why = why_not_settled(step, duty),
			   *clause = duty->limit.clause ? duty->limit.clause : duty->clause;
		if (why) {
			add_note(step, arena_printf(arena,
						    "does not count as a try of the callback %s "
						    "[%s]: %s",
						    duty->id, duty->clause, why));
			continue;
		}
		struct tries tries = form_tries(step->form, duty, step->document);
		try(step, duty->id);
		if (tries.enough)
			add_note(step,
				 arena_printf(arena,
					      "the callback %s ends as not reached: tried %u times "
					      "on %u days [%s]",
					      duty->id, tries.count, tries.days, clause));
		else
			add_note(step, arena_printf(arena,
						    "the callback %s was tried %u of %u times, on "
						    "%u of %u days [%s]",
						    duty->id, tries.count, duty->limit.times,
						    tries.days, duty->limit.days, clause));
	}
}

/* Whether a call at AT can still be the callback DUTY: one that ended as not reached, in its
 * window, is made within it or no more. */
static bool can_be_made(const struct duty *duty, int64_t at)
{
	return duty->state == DUTY_OPEN ||
	       (duty->state == DUTY_UNREACHED && (at <= duty->at || duty->ended > duty->at));
}

void duty_settle_callbacks(struct duty_step *step)
{
	const char *household = node_text(step->root, "household");
	if (!node_true(step->root, "reached")) {
		try_callbacks(step, household);
		return;
	}
	for (size_t i = 0; i < step->form->duty_count; i++) {
		const struct duty *duty = &step->form->duties[i];
		if (!duty->callback || !can_be_made(duty, step->document->at) ||
		    !duty_is_for(duty, household))
			continue;
		const char *why = why_not_settled(step, duty);
		if (why)
			add_note(step, arena_printf(step->arena,
						    "does not count as the callback %s [%s]: %s",
						    duty->id, duty->clause, why));
		else if (!node_holds(node_get(step->root, "settles"), duty->id))
			settle(step, duty->id);
	}
	if (!node_get(step->root, "settles"))
		add_note(step, "settles no callback that is owed");
}

/* Where the document corrects whether, how or by whom MADE was made: for which callbacks that
 * counts as having tried. */
static void try_anew(struct duty_step *step, struct duty_step *made)
{
	static const char *const fields[] = {"reached", "callers", "manner"};
	const struct node *right = node_get(step->root, "fields");
	const struct duty *duty;
	bool touches = false;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		touches = touches || node_get(right, fields[i]);
	if (!touches || node_true(made->root, "reached"))
		return;
	for (size_t cursor = 0; (duty = form_next_duty(step->form, &cursor));)
		if (duty->callback && duty->limit.times && duty->set_by < made->document &&
		    duty_is_for(duty, node_text(made->root, "household")) &&
		    !node_holds(node_get(step->root, "tries"), duty->id) &&
		    !why_not_settled(made, duty))
			try(step, duty->id);
}

void duty_settle_anew(struct duty_step *step)
{
	const struct form *form = step->form;
	const struct document *call = form_target(form, step->document);
	if (!call || call->which != EVENT_CALLBACK ||
	    call < &form->documents[form_cycle_begin(form)])
		return;
	struct duty_step made = *step;
	made.document = call;
	made.root = (struct node *)document_now(call);
	bool reached = node_true(made.root, "reached");
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		bool was = duty->ended_by == call &&
			   (duty->state == DUTY_MET || duty->state == DUTY_LATE),
		     may = was || (can_be_made(duty, call->at) && duty->set_by < call);
		if (!duty->callback || duty->twin || !may)
			continue;
		const char *why = reached ? why_not_settled(&made, duty) : "nobody was reached";
		if (!duty_is_for(duty, node_text(made.root, "household")))
			why = "it was another household that answered";
		if (was && why) {
			duty_set_again(step, duty);
			add_note(step,
				 arena_printf(step->arena, "the callback %s [%s] is owed again: %s",
					      duty->id, duty->clause, why));
		} else if (!was && !why) {
			settle(step, duty->id);
		}
	}
	try_anew(step, &made);
}

/* What RULE has an unsatisfied answer bring about, with its clause; NULL: nothing. */
static const char *asked_by(const struct rule *rule, const char **clause)
{
	const char *what = rule ? node_text(rule->node, "unsatisfied") : NULL,
		   *own = rule ? node_text(rule->node, "unsatisfied-clause") : NULL;
	if (what)
		*clause = own ? own : rule->clause;
	return what;
}

/* The same by the latest callback of FORM that ROOT settles; or, with not SETTLED, by the latest
 * that FORM has. */
static const char *asked_by_callbacks(struct book *book, const struct form *form,
				      const struct node *root, bool settled, const char **clause)
{
	const struct node *ids = node_get(root, "settles");
	const char *what = NULL;
	for (size_t i = form->duty_count; i-- > 0 && !what;)
		if (form->duties[i].callback && (!settled || node_holds(ids, form->duties[i].id)))
			what = asked_by(duty_rule(book, &form->duties[i]), clause);
	return what;
}

bool duty_unsatisfied(struct book *book, struct form *form, const struct node *root,
		      const char **what, const char **clause, struct err *err)
{
	const struct document *document = &form->documents[form->count - 1];
	const struct node *view = form_view(form);
	const struct rule *rule;
	size_t cursor = 0;
	*what = asked_by_callbacks(book, form, root, true, clause);
	/* what the household says is not lost because somebody else should have asked */
	if (!*what)
		*what = asked_by_callbacks(book, form, root, false, clause);
	while (!*what && (rule = policy_next(book->policy, RULE_CALLBACK, &cursor))) {
		enum verdict verdict = policy_applies(book->policy, rule, view,
						      zone_day(&book->zone, document->at), err);
		if (verdict == VERDICT_UNKNOWN)
			return false;
		if (verdict == VERDICT_YES)
			*what = asked_by(rule, clause);
	}
	return true;
}

/* --- people told of deadlines --- */

static const char *unit_of(const struct duty_step *step)
{
	return node_text(step->form->customer, "unit");
}

bool duty_tells(const struct book *book, const struct form *form, const struct node *to,
		const struct document *document)
{
	const struct node *root = document_now(document);
	const char *unit = node_text(form->customer, "unit"), *by = node_text(root, "by");
	return who_first(book, to, node_get(root, "to"), unit, document->at, true) ||
	       (document->which != EVENT_TOLD && by && who_means(book, to, by, unit, document->at));
}

/* A told document may say which deadline it is about; else it is about any. */
static bool is_about(const struct duty_step *step, const struct duty *duty)
{
	const char *about = node_text(step->root, "about");
	return duty->state == DUTY_OPEN && (!about || strcmp(about, duty->id) == 0);
}

void duty_settle_notices(struct duty_step *step)
{
	const struct node *to = node_get(step->root, "to");
	int64_t at = step->document->at;
	for (size_t i = 0; i < step->form->duty_count; i++) {
		const struct duty *duty = &step->form->duties[i];
		if (!is_about(step, duty))
			continue;
		for (size_t j = 0; j < duty->notice_count; j++) {
			const struct notice *notice = &duty->notices[j];
			if (notice->state == NOTICE_OPEN && event_of(notice->until) == EVENT_TOLD &&
			    at >= notice->at &&
			    who_first(step->book, notice->who, to, unit_of(step), at, true))
				settle(step, notice->id);
		}
	}
}

/* --- deadlines by which somebody is told --- */

/* WAITING: a deadline that waits for somebody else than the document names. */
static bool refuse_told(struct duty_step *step, const struct duty *waiting)
{
	struct buf who, to;
	buf_init(&who);
	buf_init(&to);
	who_say(step->book, waiting->to, unit_of(step), step->document->at, &who);
	node_join(node_get(step->root, "to"), ", ", &to);
	err_refuse(step->err, waiting->clause, "%s: %s has to be told; %s is not", waiting->id,
		   who.data, to.data);
	buf_clear(&who);
	buf_clear(&to);
	return false;
}

bool duty_settle_told(struct duty_step *step)
{
	const struct document *document = step->document;
	const struct duty *waiting = NULL;
	size_t cursor = 0;
	const struct duty *duty;
	while ((duty = form_next_duty(step->form, &cursor))) {
		if (!duty->to || !is_about(step, duty) || document->at < duty->start ||
		    !node_holds(duty->until, document->event))
			continue;
		if (duty_tells(step->book, step->form, duty->to, document))
			settle(step, duty->id);
		else if (!waiting)
			waiting = duty;
	}
	return document->which != EVENT_TOLD || !waiting || node_get(step->root, "settles") ||
	       refuse_told(step, waiting);
}
