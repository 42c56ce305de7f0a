// SPDX-License-Identifier: MIT
// What a step makes due: deadlines, those owed because another was missed, and callbacks; and what
// it withdraws.
#include <string.h>

#include "ticket/duty_parts.h"
#include "ticket/who.h"

struct node *duty_list(struct duty_step *step, const char *key)
{
	struct node *list = node_get(step->root, key);
	if (!list) {
		list = node_list(step->arena);
		node_add(step->arena, step->root, key, list);
	}
	return list;
}

struct calendar_known duty_known(const struct duty_step *step)
{
	return book_known(step->book, step->document->recorded);
}

void duty_note_guess(struct duty_step *step, const char *id, int64_t at)
{
	struct calendar_known known = duty_known(step);
	struct civil begin, end;
	zone_civil(&step->book->zone, step->document->at, &begin);
	zone_civil(&step->book->zone, at, &end);
	/* that of the end, or the next one's, where somebody is to be told then */
	int year = begin.year;
	while (year <= end.year && calendar_published(step->book->calendar, known, year))
		year++;
	struct buf text;
	buf_init(&text);
	buf_addf(&text, "%s is provisional, ", id);
	time_format_short(&step->book->zone, at, &text);
	buf_addf(&text,
		 ": the days off of %d are not published yet, so only its weekends count as off",
		 year);
	node_push(step->arena, step->notes, node_string_len(step->arena, text.data, text.len));
	buf_clear(&text);
}

void duty_withdraw(struct duty_step *step, const struct duty *duty)
{
	struct node *list = duty_list(step, "withdraws");
	if (!node_holds(list, duty->id))
		node_push(step->arena, list, node_string(step->arena, duty->id));
}

static bool is_withdrawn(const struct duty_step *step, const char *id)
{
	return node_holds(node_get(step->root, "withdraws"), id) ||
	       node_holds(node_get(step->root, "settles"), id);
}

const char *duty_free_id(struct duty_step *step, const char *name)
{
	const char *id = name;
	for (unsigned number = 2;; number++) {
		bool taken = form_open_duty(step->form, id) && !is_withdrawn(step, id);
		static const char *const lists[] = {"due", "callbacks"};
		for (size_t i = 0; i < 2 && !taken; i++) {
			const struct node *list = node_get(step->root, lists[i]), *one;
			for (size_t j = 0; !taken && (one = node_item(list, j)); j++)
				taken = node_is_string(node_get(one, "id"), id);
		}
		if (!taken)
			return id;
		id = arena_printf(step->arena, "%s-%u", name, number);
	}
}

static struct node *names_copy(struct arena *arena, const struct node *names)
{
	struct node *list = node_list(arena);
	const struct node *name;
	for (size_t i = 0; (name = node_each(names, i)); i++)
		node_push(arena, list, node_copy(arena, name));
	return list;
}

/* Whom RULE wants to be told, and, where somebody of them was before the deadline is set, by which
 * document. */
static void add_recipients(struct duty_step *step, const struct rule *rule, int64_t start,
			   struct node *entry)
{
	const struct node *people = node_get(rule->node, "to"), *until = node_get(entry, "until");
	const struct form *form = step->form;
	if (!people)
		return;
	struct node *to = who_meant(step->arena, people, form->department);
	node_add(step->arena, entry, "to", to);
	bool began = start < step->document->at;
	for (size_t i = form_cycle_begin(form); i < form->count; i++) {
		const struct document *past = &form->documents[i];
		/* what the document itself says ends what began before it */
		if (past->at < start + !began || (past == step->document && !began) ||
		    !node_holds(until, past->event) || !duty_tells(step->book, form, to, past))
			continue;
		node_add(step->arena, entry, "done", node_int(step->arena, past->known));
		return;
	}
}

bool duty_add(struct duty_step *step, const struct rule *rule, int64_t start, const struct due *due)
{
	struct arena *arena = step->arena;
	const char *group = node_text(rule->node, "group");
	const char *id = duty_free_id(step, group ? group : node_text(rule->node, "rule"));
	struct node *entry = node_map(arena);
	node_add_string(arena, entry, "id", id);
	node_add_string(arena, entry, "rule", rule->cited);
	node_add_string(arena, entry, "clause", rule->clause);
	node_add(arena, entry, "start", book_time(step->book, arena, start));
	node_add(arena, entry, "until", names_copy(arena, node_get(rule->node, "until")));
	node_add(arena, entry, "at", book_time(step->book, arena, due->at));
	if (due->provisional ||
	    duty_notices_guessed(step->book, rule, duty_known(step), start, due->at)) {
		node_add(arena, entry, "provisional", node_bool(arena, true));
		duty_note_guess(step, id, due->at);
	}
	struct node *tell = duty_notices(step->book, arena, rule, duty_known(step), id, start,
					 due->at, step->err);
	if (!tell)
		return false;
	if (node_item_count(tell))
		node_add(arena, entry, "tell", tell);
	node_add_string(arena, entry, "survives", node_text(rule->node, "survives"));
	add_recipients(step, rule, start, entry);
	node_push(arena, duty_list(step, "due"), entry);
	return true;
}

/* Splits "step.field"; the field's time in the step, if it is there. */
static bool time_of(struct duty_step *step, const struct happened *happened, const char *reference,
		    bool *present, int64_t *instant)
{
	const char *dot = strchr(reference, '.');
	*present = true;
	*instant = happened->at;
	if (!dot)
		return true;
	if (event_of(happened->event) == EVENT_LINKED) {
		*present = node_is_string(node_get(happened->root, "step"), dot + 1);
		return true;
	}
	const struct node *value = node_path(happened->root, dot + 1);
	*present = value && value->type == NODE_STRING;
	return !*present || time_parse(node_as_text(value), instant, step->err);
}

/* Whether REFERENCE, a step or a field of one (STEP.FIELD), means the step HAPPENED. */
static bool names_step(const char *reference, const struct happened *happened)
{
	size_t len = strcspn(reference, ".");
	return (strlen(happened->event) == len && memcmp(reference, happened->event, len) == 0) ||
	       (strlen(happened->name) == len && memcmp(reference, happened->name, len) == 0);
}

/* The entry of RULE among the deadlines that the document sets; NULL: there is none. */
static const struct node *set_by_rule(const struct duty_step *step, const struct rule *rule)
{
	const struct node *due = node_get(step->root, "due"), *entry;
	for (size_t i = 0; (entry = node_item(due, i)); i++)
		if (node_is_string(node_get(entry, "rule"), rule->cited))
			return entry;
	return NULL;
}

/* What runs before the document, also by what it has just set for a fact that changed. */
static struct node *running_before(const struct duty_step *step)
{
	struct node *running = node_map(step->arena);
	const struct node *due = node_get(step->root, "due"), *entry;
	for (size_t i = 0; i < step->form->duty_count; i++) {
		const struct duty *duty = &step->form->duties[i];
		/* a reopening ends what it may start anew */
		bool ended = duty->state != DUTY_OPEN &&
			     (duty->ended_by != step->document || duty_was_done(duty));
		if (!duty->callback && !ended)
			node_set(step->arena, running, duty_rule_name(step->book, duty),
				 node_int(step->arena, duty->start));
	}
	for (size_t i = 0; (entry = node_item(due, i)); i++)
		node_set(step->arena, running, node_text(entry, "rule"), node_int(step->arena, 0));
	return running;
}

bool duty_restarts(const struct rule *rule, const struct happened *happened)
{
	const struct node *restart = node_get(rule->node, "restart");
	return restart &&
	       (node_holds(restart, happened->event) || node_holds(restart, happened->name));
}

/* Whether HAPPENED is a step with which the time of a running deadline of RULE begins anew. What is
 * recorded afterwards moves none back. */
static bool restarts(const struct happened *happened, const struct rule *rule)
{
	int64_t since;
	return duty_restarts(rule, happened) &&
	       node_integer(happened->running, rule->cited, &since) && since < happened->at;
}

/* Whether RULE's clock starts with the step, and when; where a field of the step says so, it has to
 * be there. */
static bool started_by(struct duty_step *step, const struct happened *happened,
		       const struct rule *rule, bool *started, struct started *into)
{
	const char *at_field = node_text(rule->node, "at"),
		   *reference = at_field ? at_field : node_text(rule->node, "start");
	*into = (struct started){.rule = rule,
				 .start = happened->at,
				 .named = at_field,
				 .again = restarts(happened, rule)};
	*started = into->again;
	if (into->again)
		return true;
	*started = reference && !node_get(rule->node, "only-if-late") &&
		   names_step(reference, happened);
	return !*started ||
	       time_of(step, happened, reference, started, at_field ? &into->end : &into->start);
}

bool duty_started(struct duty_step *step, const struct happened *happened, const struct node *view,
		  struct started_list *list)
{
	size_t cursor = 0;
	const struct rule *rule;
	struct node *groups = node_list(step->arena);
	list->items = NULL;
	list->count = 0;
	while ((rule = policy_next(step->book->policy, RULE_DEADLINE, &cursor))) {
		const char *group = node_text(rule->node, "group");
		struct started one;
		bool started;
		if (!started_by(step, happened, rule, &started, &one))
			return false;
		/* the dates of a rule count by when its clock starts, but never by a day that is
		 * yet to come when it is set */
		int64_t since = one.start < happened->at ? one.start : happened->at;
		if (!started || (group && node_holds(groups, group)))
			continue;
		enum verdict verdict = policy_applies(step->book->policy, rule, view,
						      zone_day(&step->book->zone, since),
						      step->err);
		if (verdict == VERDICT_UNKNOWN)
			return false;
		if (verdict == VERDICT_NO)
			continue;
		struct started *more =
			arena_alloc(step->arena, (list->count + 1) * sizeof *list->items);
		if (list->count)
			memcpy(more, list->items, list->count * sizeof *more);
		more[list->count++] = one;
		list->items = more;
		if (group)
			node_push(step->arena, groups, node_string(step->arena, group));
	}
	return true;
}

/* Withdraws what runs by RULE, also what the document has just set for a fact that changed: it is
 * set anew. */
static void withdraw_running(struct duty_step *step, const struct rule *rule)
{
	const struct duty *duty;
	for (size_t cursor = 0; (duty = form_next_duty(step->form, &cursor));)
		if (!duty->callback && duty->state == DUTY_OPEN &&
		    duty_is_by(step->book, duty, rule))
			duty_withdraw(step, duty);
	const struct node *due = node_get(step->root, "due"), *entry;
	struct node *kept = node_list(step->arena);
	for (size_t i = 0; set_by_rule(step, rule) && (entry = node_item(due, i)); i++)
		if (!node_is_string(node_get(entry, "rule"), rule->cited))
			node_push(step->arena, kept, (struct node *)entry);
	if (!set_by_rule(step, rule))
		return;
	node_remove(step->root, "due");
	if (node_item_count(kept))
		node_add(step->arena, step->root, "due", kept);
}

bool duty_set_started(struct duty_step *step, const struct happened *happened,
		      const struct started *started)
{
	const struct rule *rule = started->rule;
	const char *field = node_text(rule->node, "start");
	struct due due = {.at = started->end};
	if (started->again)
		withdraw_running(step, rule);
	/* a clock that starts and ends with one step has nothing to wait for */
	if (!started->named && !started->again && strchr(field, '.') &&
	    started->start >= happened->begun &&
	    node_holds(node_get(rule->node, "until"), happened->event))
		return true;
	if (!(started->named ||
	      duty_deadline(step->book, rule, duty_known(step), started->start, &due, step->err)) ||
	    !duty_add(step, rule, started->start, &due))
		return false;
	if (started->again && happened->root == step->root)
		duty_note_set(step, set_by_rule(step, rule));
	return true;
}

bool duty_set_deadlines(struct duty_step *step, const struct happened *happened)
{
	struct started_list list;
	bool done = duty_started(step, happened, step->view, &list);
	for (size_t i = 0; done && i < list.count; i++)
		done = duty_set_started(step, happened, &list.items[i]);
	return done;
}

bool duty_missed_by(const struct duty_step *step, const struct document *document,
		    const struct rule *rule)
{
	const struct rule *other = policy_find_beside(step->book->policy, RULE_DEADLINE, rule,
						      node_text(rule->node, "only-if-late"));
	const struct form *form = step->form;
	for (size_t i = 0; other && i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		if (duty->ended_by == document && duty->state == DUTY_LATE && !duty->callback &&
		    duty_is_by(step->book, duty, other))
			return true;
	}
	return false;
}

bool duty_add_if_late(struct duty_step *step, const struct rule *rule, int64_t start,
		      const struct document *missed)
{
	struct due due;
	if (!duty_deadline(step->book, rule, duty_known(step), start, &due, step->err) ||
	    !duty_add(step, rule, start, &due))
		return false;
	const struct node *dues = node_get(step->root, "due");
	struct node *until = node_get(node_item(dues, node_item_count(dues) - 1), "until");
	if (missed && !node_holds(until, missed->event))
		node_push(step->arena, until, node_string(step->arena, missed->event));
	return true;
}

/* What was owed only in case another deadline would be missed, now that it has been. */
static bool set_only_if_late(struct duty_step *step)
{
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(step->book->policy, RULE_DEADLINE, &cursor))) {
		const char *other = node_text(rule->node, "only-if-late"),
			   *start = node_text(rule->node, "start");
		const struct document *from = other && start ? form_last(step->form, start) : NULL;
		if (!from || !duty_missed_by(step, step->document, rule))
			continue;
		enum verdict verdict = policy_applies(step->book->policy, rule, step->view,
						      zone_day(&step->book->zone, from->at),
						      step->err);
		const struct document *missed = from == step->document ? NULL : step->document;
		if (verdict == VERDICT_UNKNOWN ||
		    (verdict == VERDICT_YES && !duty_add_if_late(step, rule, from->at, missed)))
			return false;
	}
	return true;
}

/* Whether DUTY is owed beyond DOCUMENT, which begins another cycle, or ends one of which nothing
 * was done. */
static bool outlives(const struct duty *duty, const struct document *document)
{
	return document->which == EVENT_REOPENED      ? duty_outlives_reopening(duty)
	       : event_ends_unworked(document->which) ? duty->survives
						      : false;
}

/* All that is open, but for what outlives the document. */
static void withdraw_all(struct duty_step *step)
{
	const struct document *document = step->document;
	for (size_t i = 0; i < step->form->duty_count; i++) {
		const struct duty *duty = &step->form->duties[i];
		if (!outlives(duty, document) &&
		    (duty->state == DUTY_OPEN ||
		     (duty->ended_by == document && duty->state == DUTY_WITHDRAWN)))
			duty_withdraw(step, duty);
	}
}

/* What is owed to the household KEY, which has left: of the form's customer, the matter goes on for
 * the others. */
static void withdraw_of(struct duty_step *step, const char *key)
{
	struct household household;
	bool joined = form_household(step->form, key, &household);
	for (size_t i = 0; i < step->form->duty_count; i++) {
		const struct duty *duty = &step->form->duties[i];
		if (duty->state == DUTY_OPEN && (joined ? duty->household && duty_is_for(duty, key)
							: duty->callback && !duty->household))
			duty_withdraw(step, duty);
	}
}

/* Whether a step that ends what ENTRY says has been taken in this cycle. */
static bool was_done_here(const struct duty_step *step, const struct node *entry)
{
	const struct form *form = step->form;
	for (size_t i = form_cycle_begin(form); i + 1 < form->count; i++)
		if (!form->documents[i].undone &&
		    node_holds(node_get(entry, "until"), form->documents[i].event))
			return true;
	return false;
}

/* Whether this form owes what ENTRY says by itself, and no later, or has done it. What was promised
 * for a time of its own was promised to one household. */
static bool is_covered(const struct duty_step *step, const struct node *entry,
		       const struct rule *rule, int64_t at)
{
	if (rule && node_get(rule->node, "at"))
		return false;
	for (size_t i = 0; i < step->form->duty_count; i++) {
		const struct duty *duty = &step->form->duties[i];
		if (!duty->callback && duty->state == DUTY_OPEN && duty->at <= at &&
		    duty_names_rule(duty, entry))
			return true;
	}
	return was_done_here(step, entry);
}

/* Takes over what a ticket owed that was merged into this one. */
static bool take_carried(struct duty_step *step)
{
	const struct node *carried = node_get(step->root, "carried"), *entry;
	struct arena *arena = step->arena;
	for (size_t i = 0; (entry = node_item(carried, i)); i++) {
		const char *name = node_text(entry, "rule");
		int64_t start, at;
		if (!document_time(NULL, entry, "start", &start, step->err) ||
		    !document_time(NULL, entry, "at", &at, step->err))
			return false;
		const struct rule *rule =
			name ? policy_find_cited(step->book->policy, RULE_DEADLINE, name,
						 node_text(entry, "clause"),
						 zone_day(&step->book->zone, start))
			     : NULL;
		if (is_covered(step, entry, rule, at))
			continue;
		struct node *own = node_copy(arena, entry);
		const char *id = duty_free_id(step, node_text(entry, "id"));
		struct node *tell = rule ? duty_notices(step->book, arena, rule, duty_known(step),
							id, start, at, step->err)
					 : node_list(arena);
		if (!tell)
			return false;
		node_set(arena, own, "id", node_string(arena, id));
		node_remove(own, "tell");
		if (node_item_count(tell))
			node_add(arena, own, "tell", tell);
		node_push(arena, duty_list(step, "due"), own);
	}
	return true;
}

bool duty_work_out(struct book *book, struct arena *arena, struct form *form,
		   const struct node *prior, struct node *notes, struct err *err)
{
	static const char *const lists[] = {"withdraws", "settles", "due",  "callbacks",
					    "moves",     "keeps",   "tries"};
	const struct document *document = &form->documents[form->count - 1];
	struct duty_step step = {.book = book,
				 .arena = arena,
				 .form = form,
				 .document = document,
				 .root = document->root,
				 .notes = notes,
				 .prior = prior,
				 .view = form_view(form),
				 .err = err};
	const struct happened now = {.event = document_step(document),
				     .name = document->event,
				     .at = document->at,
				     .begun = document->at,
				     .root = document->root,
				     .running = running_before(&step)};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		node_remove(document->root, lists[i]);
	switch (document->which) {
	case EVENT_IMPORTED:
		return true;
	case EVENT_RECOMPUTED:
		return duty_recompute(&step);
	case EVENT_EXTENDED:
		if (!duty_extend(&step))
			return false;
		break;
	case EVENT_CLOSED: /* a customer's file: whoever has moved out is called back no more */
		if (form->kind && strcmp(form->kind, KIND_CUSTOMER) == 0)
			withdraw_all(&step);
		break;
	case EVENT_VOIDED:
	case EVENT_REOPENED:
	case EVENT_WITHDRAWN:
	case EVENT_UNNEEDED:
		withdraw_all(&step);
		break;
	case EVENT_MERGED: /* what is still owed goes on in the other ticket */
		withdraw_all(&step);
		return true;
	case EVENT_UNJOINED:
		withdraw_of(&step, node_text(step.root, "household"));
		break;
	case EVENT_JOINED_BY:
		if (!duty_set_joined(&step))
			return false;
		break;
	case EVENT_LINKED:
		if (!take_carried(&step))
			return false;
		break;
	case EVENT_SETTLED:
		if (form->state == FORM_VOIDED || (form->state == FORM_CLOSED && form->kind &&
						   strcmp(form->kind, KIND_CUSTOMER) == 0))
			withdraw_all(&step);
		return duty_set_settled(&step) &&
		       (form->state == FORM_VOIDED || duty_set_joined(&step));
	case EVENT_CALLBACK:
		duty_settle_callbacks(&step);
		break;
	case EVENT_CORRECTED:
		duty_undo_reopening(&step);
		duty_settle_anew(&step);
		break;
	case EVENT_TOLD:
		duty_settle_notices(&step);
		break;
	default:
		break;
	}
	if (!duty_settle_told(&step))
		return false;
	return duty_follow(&step) && duty_set_deadlines(&step, &now) && set_only_if_late(&step) &&
	       duty_set_callbacks(&step, &now);
}
