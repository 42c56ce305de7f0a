// SPDX-License-Identifier: MIT
// What a step makes due: deadlines, those owed because another was missed, and callbacks; and what
// it withdraws.
#include <string.h>

#include "ticket/duty_parts.h"

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

/* NAME, or NAME-2, NAME-3, … : no two duties that are open at once share an id. */
static const char *free_id(struct duty_step *step, const char *name)
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

bool duty_add(struct duty_step *step, const struct rule *rule, int64_t start, const struct due *due)
{
	struct arena *arena = step->arena;
	const char *group = node_text(rule->node, "group");
	const char *id = free_id(step, group ? group : node_text(rule->node, "rule"));
	struct node *entry = node_map(arena);
	node_add_string(arena, entry, "id", id);
	node_add_string(arena, entry, "rule", node_text(rule->node, "rule"));
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
	node_push(arena, duty_list(step, "due"), entry);
	return true;
}

/* Splits "step.field"; the field's time in the document the clock starts from, if it is there. */
static bool time_of(struct duty_step *step, const char *reference, bool *present, int64_t *instant)
{
	const char *dot = strchr(reference, '.');
	*present = true;
	*instant = step->origin->at;
	if (!dot)
		return true;
	const struct node *value = node_path(step->origin->root, dot + 1);
	*present = value && value->type == NODE_STRING;
	return !*present || time_parse(node_as_text(value), instant, step->err);
}

static bool names_event(const char *reference, const char *event)
{
	size_t len = strcspn(reference, ".");
	return strlen(event) == len && memcmp(reference, event, len) == 0;
}

/* One deadline rule, when the step it starts from has just happened. */
static bool set_deadline(struct duty_step *step, const struct rule *rule, int64_t clock_start,
			 bool *stands)
{
	const char *at_field = node_text(rule->node, "at");
	const char *reference = at_field ? at_field : node_text(rule->node, "start");
	bool by_field = strchr(reference, '.');
	int64_t start = clock_start;
	struct due due = {0};
	*stands = true;
	if (at_field) {
		if (!time_of(step, at_field, stands, &due.at))
			return false;
	} else {
		if (by_field && !time_of(step, reference, stands, &start))
			return false;
		if (*stands &&
		    !duty_deadline(step->book, rule, duty_known(step), start, &due, step->err))
			return false;
	}
	/* a clock that starts and ends with one step has nothing to wait for */
	bool over = by_field && start >= step->origin->at &&
		    node_holds(node_get(rule->node, "until"), step->event);
	return !*stands || over || duty_add(step, rule, start, &due);
}

/* The duty by RULE that stands in this cycle: one that was withdrawn does not. */
static const struct duty *duty_by(const struct form *form, const char *rule)
{
	for (size_t i = form->duty_count; i-- > 0;)
		if (form->duties[i].cycle == form->cycle &&
		    form->duties[i].state != DUTY_WITHDRAWN &&
		    strcmp(form->duties[i].rule, rule) == 0)
			return &form->duties[i];
	return NULL;
}

/* *DAY gets the day by which the dates of RULE count, whose clock the step of START starts: that of
 * the time the step names, but never one that is yet to come when it happens. */
static bool day_of_rule(struct duty_step *step, const struct rule *rule, int64_t start, int *day)
{
	const char *field = node_text(rule->node, "start");
	int64_t begins = start;
	bool present = false;
	if (field && strchr(field, '.') && !node_get(rule->node, "at") &&
	    !time_of(step, field, &present, &begins))
		return false;
	*day = zone_day(&step->book->zone, present && begins < start ? begins : start);
	return true;
}

bool duty_set_deadlines(struct duty_step *step, const char *event, int64_t start, bool again)
{
	size_t cursor = 0;
	const struct rule *rule;
	struct node *groups = node_list(step->arena);
	int day;
	while ((rule = policy_next(step->book->policy, RULE_DEADLINE, &cursor))) {
		const char *reference =
			node_text(rule->node, node_get(rule->node, "at") ? "at" : "start");
		const char *group = node_text(rule->node, "group"),
			   *name = node_text(rule->node, "rule");
		const struct duty *old = again ? duty_by(step->form, name) : NULL;
		if (!reference || !names_event(reference, event) ||
		    node_get(rule->node, "only-if-late"))
			continue;
		if (!day_of_rule(step, rule, start, &day))
			return false;
		/* a rule that was changed has its duty by the entry that is in force */
		if (!rule_in_force(rule, day))
			continue;
		enum verdict verdict =
			policy_applies(step->book->policy, rule, step->view, day, step->err);
		if (verdict == VERDICT_UNKNOWN)
			return false;
		if (verdict == VERDICT_NO || (group && node_holds(groups, group))) {
			if (old && old->state == DUTY_OPEN)
				duty_withdraw(step, old);
			continue;
		}
		bool stands = true;
		if (!old && !set_deadline(step, rule, start, &stands))
			return false;
		if (group && stands)
			node_push(step->arena, groups, node_string(step->arena, group));
	}
	return true;
}

/* Whether the document ended a deadline by RULE too late. */
static bool missed_by(const struct duty_step *step, const char *rule)
{
	for (size_t i = 0; i < step->form->duty_count; i++) {
		const struct duty *duty = &step->form->duties[i];
		if (duty->ended_by == step->document && duty->state == DUTY_LATE &&
		    strcmp(duty->rule, rule) == 0)
			return true;
	}
	return false;
}

/* What was owed only in case another deadline would be missed, now that it has
 * been. With a clock from an earlier step it is judged by what happened until
 * now, and ends with this step; with one from this step it is yet to be done. */
static bool set_only_if_late(struct duty_step *step)
{
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(step->book->policy, RULE_DEADLINE, &cursor))) {
		const char *other = node_text(rule->node, "only-if-late"),
			   *start = node_text(rule->node, "start");
		const struct document *from = other && start ? form_last(step->form, start) : NULL;
		struct due due;
		if (!from || !missed_by(step, other))
			continue;
		enum verdict verdict = policy_applies(step->book->policy, rule, step->view,
						      zone_day(&step->book->zone, from->at),
						      step->err);
		if (verdict == VERDICT_UNKNOWN)
			return false;
		if (verdict == VERDICT_NO)
			continue;
		if (!duty_deadline(step->book, rule, duty_known(step), from->at, &due, step->err) ||
		    !duty_add(step, rule, from->at, &due))
			return false;
		const struct node *dues = node_get(step->root, "due");
		struct node *until = node_get(node_item(dues, node_item_count(dues) - 1), "until");
		if (from != step->document && !node_holds(until, step->document->event))
			node_push(step->arena, until,
				  node_string(step->arena, step->document->event));
	}
	return true;
}

static const char *who_text(struct duty_step *step, const struct node *who)
{
	const char *to = node_text(step->root, "to");
	if (node_as_text(who))
		return node_as_text(who);
	if (node_get(who, "person"))
		return arena_printf(step->arena, "person:%s", to ? to : "none");
	return arena_printf(step->arena, "head-of:%s",
			    step->form->department ? step->form->department : "none");
}

static bool add_callback(struct duty_step *step, const struct rule *rule, int64_t start)
{
	struct arena *arena = step->arena;
	const struct node *who;
	struct due opens, due;
	if (!duty_window(step->book, rule, duty_known(step), start, &opens, &due, step->err))
		return false;
	struct node *owed = node_map(arena), *callers = node_list(arena);
	node_add_string(arena, owed, "id", free_id(step, node_text(rule->node, "rule")));
	node_add_string(arena, owed, "rule", node_text(rule->node, "rule"));
	node_add_string(arena, owed, "clause", rule->clause);
	node_add(arena, owed, "start", book_time(step->book, arena, start));
	node_add(arena, owed, "opens", book_time(step->book, arena, opens.at));
	node_add(arena, owed, "at", book_time(step->book, arena, due.at));
	node_add_string(arena, owed, "rate", node_text(rule->node, "rate"));
	node_add_string(arena, owed, "minimum", node_text(rule->node, "minimum"));
	node_add_string(arena, owed, "on-site", node_text(rule->node, "on-site"));
	for (size_t i = 0; (who = node_item(node_get(rule->node, "who"), i)); i++)
		node_push(arena, callers, node_string(arena, who_text(step, who)));
	node_add(arena, owed, "who", callers);
	if (opens.provisional || due.provisional) {
		node_add(arena, owed, "provisional", node_bool(arena, true));
		duty_note_guess(step, node_text(owed, "id"), due.at);
	}
	node_push(arena, duty_list(step, "callbacks"), owed);
	return true;
}

/* Whether one of the steps a callback follows had happened before. */
static bool happened_before(const struct duty_step *step, const struct node *after)
{
	const char *event;
	for (size_t i = 0; (event = node_each_text(node_get(step->prior, "events"), &i));)
		if (node_holds(after, event))
			return true;
	return false;
}

/* When the first of the steps AFTER happened in this cycle. */
static int64_t first_of(const struct form *form, const struct node *after)
{
	const struct document *first = NULL;
	for (size_t i = form_cycle_begin(form); !first && i < form->count; i++)
		if (node_holds(after, form->documents[i].event))
			first = &form->documents[i];
	return first ? first->at : form->opened_at;
}

bool duty_set_callbacks(struct duty_step *step, bool again)
{
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(step->book->policy, RULE_CALLBACK, &cursor))) {
		const struct node *after = node_get(rule->node, "after");
		int64_t start = again ? first_of(step->form, after) : step->document->at;
		int day = zone_day(&step->book->zone, start);
		const struct duty *old = again ? duty_by(step->form, node_text(rule->node, "rule"))
					       : NULL;
		/* a routine comes round again and again; anything else brings its callback about
		 * once */
		bool comes_again = node_get(rule->node, "routine");
		if (!rule_in_force(rule, day) || (again && comes_again))
			continue;
		if (again ? !happened_before(step, after)
			  : !node_holds(after, step->event) ||
				    (!comes_again && happened_before(step, after)))
			continue;
		/* an import may have set it for what happened elsewhere */
		if (!again && step->form->imported &&
		    duty_by(step->form, node_text(rule->node, "rule")))
			continue;
		enum verdict verdict =
			policy_applies(step->book->policy, rule, step->view, day, step->err);
		if (verdict == VERDICT_UNKNOWN)
			return false;
		if (verdict == VERDICT_NO && old && old->state == DUTY_OPEN)
			duty_withdraw(step, old);
		if (verdict == VERDICT_YES && !old && !add_callback(step, rule, start))
			return false;
	}
	return true;
}

/* All that is open, but for what outlives a reopening. */
static void withdraw_all(struct duty_step *step)
{
	const struct document *document = step->document;
	bool reopened = document->which == EVENT_REOPENED;
	for (size_t i = 0; i < step->form->duty_count; i++) {
		const struct duty *duty = &step->form->duties[i];
		if (!(reopened && duty_outlives_reopening(duty)) &&
		    (duty->state == DUTY_OPEN ||
		     (duty->ended_by == document && duty->state == DUTY_WITHDRAWN)))
			duty_withdraw(step, duty);
	}
}

bool duty_work_out(struct book *book, struct arena *arena, struct form *form,
		   const struct node *prior, struct node *notes, struct err *err)
{
	static const char *const lists[] = {"withdraws", "settles", "due", "callbacks", "moves"};
	const struct document *document = &form->documents[form->count - 1];
	struct duty_step step = {.book = book,
				 .arena = arena,
				 .form = form,
				 .document = document,
				 .origin = document,
				 .root = document->root,
				 .notes = notes,
				 .prior = prior,
				 .view = form_view(form),
				 .event = document_step(document),
				 .err = err};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		node_remove(document->root, lists[i]);
	switch (document->which) {
	case EVENT_IMPORTED:
		return true;
	case EVENT_EXTENDED:
		return duty_extend(&step);
	case EVENT_RECOMPUTED:
		return duty_recompute(&step);
	case EVENT_RECLASSIFIED:
		step.origin = &form->documents[form_cycle_begin(form)];
		return duty_set_deadlines(&step, event_name(EVENT_OPENED), form->opened_at, true) &&
		       duty_set_callbacks(&step, true);
	case EVENT_CLOSED: /* a customer's file: whoever has moved out is called back no more */
		if (form->kind && strcmp(form->kind, KIND_CUSTOMER) == 0)
			withdraw_all(&step);
		break;
	case EVENT_VOIDED:
	case EVENT_REOPENED:
		withdraw_all(&step);
		break;
	case EVENT_CALLBACK:
		duty_settle_callbacks(&step);
		break;
	case EVENT_TOLD:
		duty_settle_notices(&step);
		break;
	default:
		break;
	}
	return duty_set_deadlines(&step, step.event, document->at, false) &&
	       set_only_if_late(&step) && duty_set_callbacks(&step, false);
}
