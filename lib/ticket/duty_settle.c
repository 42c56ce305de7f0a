// SPDX-License-Identifier: MIT
// Which duties a callback or a told document settles, and what an unsatisfied answer brings about.
#include <string.h>

#include "book/called.h"
#include "ticket/duty_parts.h"
#include "ticket/who.h"

/* --- callbacks --- */

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
		bool fits = member &&
			    (staff_fits(&step->book->staff, member, part, step->document->at) ||
			     member_is_administrator(member));
		if (!(used >> i & 1) && fits &&
		    callers_fill(step, who, index + 1, callers, used | UINT64_C(1) << i))
			return true;
	}
	return false;
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
	if (callers_fill(step, duty->who, 0, node_get(step->root, "callers"), 0))
		return NULL;
	return arena_printf(arena, "it has to be made by %s",
			    called_names(step->book, arena, RULE_ROLE, duty->who, " and "));
}

static void add_note(struct duty_step *step, const char *text)
{
	node_push(step->arena, step->notes, node_string(step->arena, text));
}

static void settle(struct duty_step *step, const char *id)
{
	node_push(step->arena, duty_list(step, "settles"), node_string(step->arena, id));
}

void duty_settle_callbacks(struct duty_step *step)
{
	if (!node_true(step->root, "reached"))
		return;
	for (size_t i = 0; i < step->form->duty_count; i++) {
		const struct duty *duty = &step->form->duties[i];
		if (!duty->callback || duty->state != DUTY_OPEN)
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
		     may = was || (duty->state == DUTY_OPEN && duty->set_by < call);
		if (!duty->callback || duty->twin || !may)
			continue;
		const char *why = reached ? why_not_settled(&made, duty) : "nobody was reached";
		if (was && why) {
			duty_set_again(step, duty);
			add_note(step,
				 arena_printf(step->arena, "the callback %s [%s] is owed again: %s",
					      duty->id, duty->clause, why));
		} else if (!was && !why) {
			settle(step, duty->id);
		}
	}
}

const char *duty_unsatisfied(struct book *book, const struct form *form, const struct node *root,
			     const char **clause)
{
	const char *settled;
	for (size_t i = 0; (settled = node_each_text(node_get(root, "settles"), &i));) {
		const struct duty *duty = NULL;
		for (size_t j = form->duty_count; j-- > 0 && !duty;)
			if (form->duties[j].callback && strcmp(form->duties[j].id, settled) == 0)
				duty = &form->duties[j];
		const struct rule *rule = duty ? duty_rule(book, duty) : NULL;
		const char *what = rule ? node_text(rule->node, "unsatisfied") : NULL;
		if (what) {
			const char *own = node_text(rule->node, "unsatisfied-clause");
			*clause = own ? own : rule->clause;
			return what;
		}
	}
	return NULL;
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
