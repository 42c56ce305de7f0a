// SPDX-License-Identifier: MIT
// Facts that change after a rule fired on them: what was set is withdrawn, what should have been is
// set, by name. Never touches what was ended or missed.
#include <string.h>

#include "ticket/duty_parts.h"
#include "ticket/who.h"

/* What rules read that is the matter's, and not that of one moment. */
static const char *const facts[] = {"kind",     "category", "severity", "charging", "department",
				    "customer", "phone",    "assignee", "team"};
enum { FACTS = sizeof facts / sizeof *facts };

/* The steps of the form once more, as they are known before the document, or with it. */
struct telling {
	struct form form;
	struct node **roots;
	const struct node *matter; /* a view with the facts */
	struct node *view;         /* of the form when the step at hand had happened */
	struct node *running;      /* before it: see struct happened */
};

/* What is to be set; all is withdrawn before, so that names become free. */
struct wanted {
	const struct rule *callback; /* or NULL: */
	struct household household;  /* whom it is owed to; KEY NULL: the form's customer */
	struct started deadline;
	bool if_late;                  /* the deadline is owed because another was missed: */
	const struct document *missed; /* by that step, if its clock started earlier */
	struct happened happened;
};

struct following {
	struct duty_step *step;
	bool beyond;     /* the step at hand is of an earlier cycle, or of one of which nothing was
			    done: only what outlives that can still be owed for it */
	bool of_routine; /* the step at hand comes round again by itself: what it did not set then,
			    the next one will */
	struct telling before, after;
	struct wanted *wanted;
	size_t count;
};

static bool facts_changed(const struct duty_step *step)
{
	for (size_t i = 0; i < FACTS; i++) {
		const struct node *old = node_get(step->prior, facts[i]),
				  *now = node_get(step->view, facts[i]);
		if (old != now && (!old || !now || !node_equal_json(old, now)))
			return true;
	}
	return false;
}

static bool may_change_facts(const struct duty_step *step)
{
	switch (step->document->which) {
	case EVENT_CORRECTED:
	case EVENT_RECLASSIFIED:
		return true;
	case EVENT_REOPENED: /* begins with nothing to follow */
	case EVENT_VOIDED:   /* leaves nothing */
		return false;
	default:
		return step->prior && facts_changed(step);
	}
}

static void begin(struct telling *telling, const struct form *form, size_t corrections,
		  const struct node *matter)
{
	form_init(&telling->form);
	telling->form.file = form->file;
	telling->roots = form_mended(form, corrections, &telling->form.arena);
	telling->matter = matter;
	form_begin(&telling->form, form->count);
}

/* Tells the step at INDEX, as it is known; the facts are as they are known, too. */
static bool tell(struct telling *telling, size_t index, bool wanted, struct err *err)
{
	if (!form_add(&telling->form, telling->roots[index], err))
		return false;
	if (!wanted)
		return true;
	telling->view = form_view(&telling->form);
	for (size_t i = 0; i < FACTS; i++) {
		struct node *fact = node_get(telling->matter, facts[i]);
		node_remove(telling->view, facts[i]);
		if (fact)
			node_add(&telling->form.arena, telling->view, facts[i], fact);
	}
	return true;
}

static void want(struct following *following, const struct wanted *one)
{
	struct arena *arena = following->step->arena;
	struct wanted *more = arena_alloc(arena, (following->count + 1) * sizeof *more);
	if (following->count)
		memcpy(more, following->wanted, following->count * sizeof *more);
	more[following->count++] = *one;
	following->wanted = more;
}

/* The last duty of this cycle by RULE, with that start, to the household KEY; NULL: there was none.
 */
static const struct duty *last_duty_for(const struct duty_step *step, bool callback,
					const struct rule *rule, int64_t start, const char *key)
{
	const struct form *form = step->form;
	for (size_t i = form->duty_count; i-- > 0;) {
		const struct duty *duty = &form->duties[i];
		if (duty->callback == callback &&
		    (duty->cycle == form->cycle || duty_outlives_reopening(duty)) &&
		    duty->start == start && duty_is_by(step->book, duty, rule) &&
		    (!callback || duty_is_for(duty, key)))
			return duty;
	}
	return NULL;
}

static const struct duty *last_duty(const struct duty_step *step, bool callback,
				    const struct rule *rule, int64_t start)
{
	return last_duty_for(step, callback, rule, start, NULL);
}

/* What was missed stays so, and is not set again; what was ended, too. */
static bool may_be_set(const struct duty *last)
{
	return !last || last->state == DUTY_WITHDRAWN;
}

/* Whether DUTY can be put in another's place: it is not when it is overdue, nor when somebody
 * approved its end. */
static bool may_move(const struct duty_step *step, const struct duty *duty)
{
	int64_t end;
	return duty && duty->state == DUTY_OPEN && step->document->recorded <= duty->at &&
	       !(duty_approved_end(step->form, duty, step->document, &end) && end == duty->at);
}

static const struct started *same_rule(const struct started_list *list, const struct started *one)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].rule == one->rule)
			return &list->items[i];
	return NULL;
}

/* Whether what RULE sets by the step at hand ended with its cycle. */
static bool is_over(const struct following *following, const struct rule *rule)
{
	return following->beyond && !node_get(rule->node, "survives");
}

/* What runs when the cycle that BEGUN opens begins. */
static struct node *running_at(const struct duty_step *step, const struct document *begun)
{
	struct node *running = node_map(step->arena);
	for (size_t i = 0; i < step->form->duty_count; i++) {
		const struct duty *duty = &step->form->duties[i];
		if (!duty->callback && duty->set_by < begun &&
		    (!duty->ended_by || duty->ended_by >= begun))
			node_set(step->arena, running, duty_rule_name(step->book, duty),
				 node_int(step->arena, duty->start));
	}
	return running;
}

/* Whether DOCUMENT ended a deadline of RULE: where somebody has to be told, not every step does. */
static bool has_ended(const struct duty_step *step, const struct rule *rule,
		      const struct document *document)
{
	const struct form *form = step->form;
	for (size_t i = 0; i < form->duty_count; i++)
		if (form->duties[i].ended_by == document && !form->duties[i].callback &&
		    duty_is_by(step->book, &form->duties[i], rule))
			return true;
	return false;
}

/* What runs after the step at hand, DOCUMENT, which starts LIST. */
static void run_on(const struct duty_step *step, struct telling *telling,
		   const struct document *document, const struct started_list *list)
{
	struct node *running = node_map(step->arena);
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(telling->running, i)); i++) {
		const struct rule *rule = policy_find(step->book->policy, RULE_DEADLINE, pair->key);
		bool ended = rule &&
			     (node_get(rule->node, "to")
				      ? has_ended(step, rule, document)
				      : node_holds(node_get(rule->node, "until"), document->event)),
		     over = document->which == EVENT_REOPENED && rule &&
			    !node_get(rule->node, "survives");
		if (!ended && !over)
			node_set(step->arena, running, pair->key, pair->value);
	}
	for (size_t i = 0; i < list->count; i++)
		node_set(step->arena, running, list->items[i].rule->cited,
			 node_int(step->arena, list->items[i].start));
	telling->running = running;
}

/* What was to be set by an earlier step begins anew with IS. */
static void set_anew(struct following *following, const struct started *is)
{
	size_t kept = 0;
	for (size_t i = 0; is->again && i < following->count; i++) {
		const struct wanted *one = &following->wanted[i];
		bool same = !one->callback && !one->if_late && one->deadline.rule == is->rule;
		if (!same)
			following->wanted[kept++] = *one;
	}
	if (is->again)
		following->count = kept;
}

/* Whether somebody else has to be told now than DUTY says: the head of a department goes with the
 * department. */
static bool has_other_recipients(const struct duty_step *step, const struct rule *rule,
				 const struct duty *duty)
{
	const struct node *people = node_get(rule->node, "to");
	return duty->to && people &&
	       !node_equal_json(duty->to, who_meant(step->arena, people, step->form->department));
}

/* Deadlines of a step that has happened: those it would not have started any more, those it would
 * have started, and those it would have started at another time. */
static bool follow_deadlines(struct following *following, const struct happened *happened,
			     const struct document *document, const struct node *old_root)
{
	struct duty_step *step = following->step;
	struct happened once = *happened;
	struct started_list old, now;
	once.root = old_root;
	once.running = following->before.running;
	if (!duty_started(step, &once, following->before.view, &old) ||
	    !duty_started(step, happened, following->after.view, &now))
		return false;
	for (size_t i = 0; i < old.count; i++) {
		const struct started *was = &old.items[i], *is = same_rule(&now, was);
		const struct duty *last = last_duty(step, false, was->rule, was->start);
		if (is_over(following, was->rule))
			continue;
		bool same = is && is->start == was->start && is->end == was->end &&
			    !(last && has_other_recipients(step, was->rule, last));
		if (same || !last || last->state != DUTY_OPEN || (is && !may_move(step, last)))
			continue;
		duty_withdraw(step, last);
		if (is)
			want(following, &(struct wanted){.deadline = *is, .happened = *happened});
	}
	for (size_t i = 0; i < now.count; i++) {
		const struct started *is = &now.items[i];
		set_anew(following, is);
		if (!same_rule(&old, is) && !following->of_routine &&
		    !is_over(following, is->rule) &&
		    may_be_set(last_duty(step, false, is->rule, is->start)))
			want(following, &(struct wanted){.deadline = *is, .happened = *happened});
	}
	run_on(step, &following->before, document, &old);
	run_on(step, &following->after, document, &now);
	return true;
}

/* Deadlines owed because the step at INDEX ended others too late. Those that look back were judged
 * when they were set. */
static bool follow_late(struct following *following, size_t index)
{
	struct duty_step *step = following->step;
	const struct policy *policy = step->book->policy;
	const struct document *document = &step->form->documents[index];
	const struct form *told = &following->before.form;
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(policy, RULE_DEADLINE, &cursor))) {
		const char *other = node_text(rule->node, "only-if-late"),
			   *start = node_text(rule->node, "start");
		const struct document *from = other && start ? form_last(told, start) : NULL;
		if (!from || !duty_missed_by(step, document, rule))
			continue;
		int day = zone_day(&step->book->zone, from->at);
		enum verdict was =
			policy_applies(policy, rule, following->before.view, day, step->err);
		enum verdict is = was == VERDICT_UNKNOWN
					  ? was
					  : policy_applies(policy, rule, following->after.view, day,
							   step->err);
		const struct duty *last = last_duty(step, false, rule, from->at);
		if (is == VERDICT_UNKNOWN)
			return false;
		if (was == VERDICT_YES && is == VERDICT_NO && last && last->state == DUTY_OPEN)
			duty_withdraw(step, last);
		if (was == VERDICT_NO && is == VERDICT_YES && may_be_set(last))
			want(following,
			     &(struct wanted){.deadline = {.rule = rule, .start = from->at},
					      .if_late = true,
					      .missed = (size_t)(from - told->documents) == index
								? NULL
								: document});
	}
	return true;
}

/* Whether other people make the callback now than those DUTY names: the head of a department goes
 * with the department. */
static bool has_other_callers(struct duty_step *step, const struct rule *rule,
			      const struct happened *happened, const struct duty *duty)
{
	const struct node *old = node_get(step->prior, "department"),
			  *now = node_get(step->view, "department");
	bool moved = now && (!old || !node_equal_json(old, now));
	return moved && !node_equal_json(duty->who, duty_callers(step, rule, happened));
}

/* HOUSEHOLD is whom it is owed to; NULL: the form's customer. */
static bool follow_for(struct following *following, const struct rule *rule,
		       const struct happened *happened, const struct household *household)
{
	struct duty_step *step = following->step;
	const struct policy *policy = step->book->policy;
	int day = zone_day(&step->book->zone, happened->at);
	enum verdict was = policy_applies(policy, rule,
					  duty_view_for(step, following->before.view, household),
					  day, step->err);
	enum verdict is =
		was == VERDICT_UNKNOWN
			? was
			: policy_applies(policy, rule,
					 duty_view_for(step, following->after.view, household), day,
					 step->err);
	const struct duty *last = last_duty_for(step, true, rule,
						duty_callback_start(household, happened->at),
						household ? household->key : NULL);
	bool open = last && last->state == DUTY_OPEN;
	if (is == VERDICT_UNKNOWN)
		return false;
	bool ends = was == VERDICT_YES && is == VERDICT_NO && open,
	     begins = was == VERDICT_NO && is == VERDICT_YES && may_be_set(last) &&
		      !following->of_routine,
	     changes = was == VERDICT_YES && is == VERDICT_YES && open &&
		       step->document->recorded <= last->at &&
		       has_other_callers(step, rule, happened, last);
	if (ends || changes)
		duty_withdraw(step, last);
	if (begins || changes)
		want(following,
		     &(struct wanted){.callback = rule,
				      .household = household ? *household : (struct household){0},
				      .happened = *happened});
	return true;
}

static bool follow_callback(struct following *following, const struct rule *rule,
			    const struct happened *happened)
{
	const struct form *form = following->step->form;
	struct household household;
	if (!form_customer_left(form) && !follow_for(following, rule, happened, NULL))
		return false;
	for (size_t cursor = 0; form_next_household(form, &cursor, &household);)
		if (!household.left && !follow_for(following, rule, happened, &household))
			return false;
	return true;
}

/* Callbacks follow the first of their steps only. */
static bool is_first(const struct form *form, const struct rule *rule, size_t index)
{
	size_t begin = index < form_cycle_begin(form) ? index : form_cycle_begin(form);
	while (index < form_cycle_begin(form) && begin > 0 &&
	       (form->documents[begin].which != EVENT_REOPENED || form->documents[begin].undone))
		begin--;
	for (size_t i = begin; i < index; i++) {
		const struct happened earlier = {.event = document_step(&form->documents[i]),
						 .name = form->documents[i].event};
		if (duty_follows_step(rule, &earlier))
			return false;
	}
	return true;
}

static bool follow_callbacks(struct following *following, const struct happened *happened,
			     size_t index)
{
	struct duty_step *step = following->step;
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(step->book->policy, RULE_CALLBACK, &cursor)))
		if (duty_follows_step(rule, happened) && !is_over(following, rule) &&
		    (node_get(rule->node, "routine") || is_first(step->form, rule, index)) &&
		    !follow_callback(following, rule, happened))
			return false;
	return true;
}

/* Callbacks of steps that the document at INDEX stands for, as no document tells of them: an import
 * of what happened elsewhere, if it was to owe something, and a dispute that was settled. */
static bool follow_as_if(struct following *following, size_t index)
{
	static const struct {
		enum event event;
		const char *field;
	} ends[] = {{EVENT_FINISHED, "finished-at"}, {EVENT_CLOSED, "closed-at"}};
	struct duty_step *step = following->step;
	const struct document *document = &step->form->documents[index];
	const struct node *root = following->after.roots[index],
			  *events = node_get(following->before.view, "events");
	bool imported = document->which == EVENT_IMPORTED &&
			(node_get(document->root, "due") || node_get(document->root, "callbacks"));
	const char *earlier = event_name(EVENT_OPENED);
	if (!imported && document->which != EVENT_SETTLED)
		return true;
	for (size_t i = 0; i < 2; i++) {
		const char *name = event_name(ends[i].event),
			   *when = node_text(root, ends[i].field),
			   *state = node_text(root, "state");
		struct happened happened = {.event = name,
					    .name = name,
					    .at = document->at,
					    .begun = document->at,
					    .root = root};
		bool happens = imported ? when && time_parse(when, &happened.at, step->err)
					: state && !node_holds(events, name) &&
						  (strcmp(state, event_name(EVENT_CLOSED)) == 0 ||
						   strcmp(state, name) == 0);
		size_t cursor = 0;
		const struct rule *rule;
		if (imported && when && !happens)
			return false;
		while (happens && (rule = policy_next(step->book->policy, RULE_CALLBACK, &cursor)))
			if (duty_follows_step(rule, &happened) && !is_over(following, rule) &&
			    !node_holds(node_get(rule->node, "after"), earlier) &&
			    is_first(step->form, rule, index) &&
			    !follow_callback(following, rule, &happened))
				return false;
		if (happens)
			earlier = name;
	}
	return true;
}

/* Whether anything could have been set by DOCUMENT. */
static bool sets_something(const struct document *document)
{
	return document->which != EVENT_RENUMBERED && document->which != EVENT_RECOMPUTED &&
	       document->which != EVENT_VOIDED && !document->undone;
}

/* Whether anything of an earlier cycle may be owed still, by choice of its rule. */
static bool has_survivors(const struct duty_step *step)
{
	static const enum rule_list lists[] = {RULE_DEADLINE, RULE_CALLBACK};
	const struct rule *rule;
	for (size_t i = 0; step->form->cycle > 1 && i < 2; i++)
		for (size_t cursor = 0;
		     (rule = policy_next(step->book->policy, lists[i], &cursor));)
			if (node_get(rule->node, "survives"))
				return true;
	return false;
}

/* The index of the document that ended the cycle of FORM with nothing done: what had begun before
 * ended with it. 0: there is none. */
static size_t ended_unworked(const struct form *form)
{
	for (size_t i = form->count - 1; i-- > form_cycle_begin(form);)
		if (event_ends_unworked(form->documents[i].which))
			return i;
	return 0;
}

static bool look_through(struct following *following)
{
	struct duty_step *step = following->step;
	const struct form *form = step->form;
	for (size_t i = 0; i + 1 < form->count; i++) {
		const struct document *document = &form->documents[i];
		/* what a callback set is owed beyond a reopening, and what survives it by its rule
		 */
		bool mended = document == form_target(form, step->document),
		     within = mended || i >= form_cycle_begin(form),
		     wanted = (within || has_survivors(step)) && sets_something(document);
		if (!tell(&following->before, i, wanted, step->err) ||
		    !tell(&following->after, i, wanted, step->err))
			return false;
		if (!wanted)
			continue;
		following->of_routine = document->which == EVENT_SCHEDULED;
		following->beyond = !within || i < ended_unworked(form);
		if (!following->after.running)
			following->before.running = following->after.running =
				running_at(step, document);
		/* what was imported was opened elsewhere */
		const struct happened happened = {.event = document->which == EVENT_IMPORTED
								   ? event_name(EVENT_OPENED)
								   : document_step(document),
						  .name = document->event,
						  .at = document->at,
						  .begun = document->at,
						  .root = following->after.roots[i],
						  .running = following->after.running};
		if (!follow_deadlines(following, &happened, document, following->before.roots[i]) ||
		    (!following->beyond && !follow_late(following, i)) ||
		    !follow_callbacks(following, &happened, i) || !follow_as_if(following, i))
			return false;
	}
	return true;
}

bool duty_approved_end(const struct form *form, const struct duty *duty,
		       const struct document *before, int64_t *end)
{
	for (const struct document *document = before; document-- > form->documents;) {
		const struct node *due = node_get(document->root, "due"), *entry;
		if (document->which != EVENT_EXTENDED)
			continue;
		for (size_t i = 0; (entry = node_item(due, i)); i++) {
			struct err ignored = ERR_INIT;
			int64_t start;
			bool is = duty_names_rule(duty, entry) &&
				  document_time(NULL, entry, "start", &start, &ignored) &&
				  start == duty->start &&
				  document_time(NULL, entry, "at", end, &ignored);
			err_clear(&ignored);
			if (is)
				return true;
		}
	}
	return false;
}

/* Sets what is wanted. An end that somebody has approved comes back with the deadline. */
static bool set(struct duty_step *step, const struct wanted *wanted)
{
	const struct started *deadline = &wanted->deadline;
	if (wanted->callback)
		return duty_add_callback(step, wanted->callback, &wanted->happened,
					 wanted->household.key ? &wanted->household : NULL);
	if (wanted->if_late)
		return duty_add_if_late(step, deadline->rule, deadline->start, wanted->missed);
	const struct duty *last = last_duty(step, false, deadline->rule, deadline->start);
	int64_t end;
	if (last && duty_approved_end(step->form, last, step->document, &end))
		return duty_add(step, deadline->rule, deadline->start, &(struct due){.at = end});
	return duty_set_started(step, &wanted->happened, deadline);
}

/* What is owed because DUTY, which the document sets, had been missed by the step at INDEX. */
static bool set_if_late(struct following *following, const struct duty *duty, size_t index)
{
	struct duty_step *step = following->step;
	const struct policy *policy = step->book->policy;
	const struct form *told = &following->after.form;
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(policy, RULE_DEADLINE, &cursor))) {
		const char *start = node_text(rule->node, "start");
		const struct document *from = start ? form_last(told, start) : NULL;
		const struct rule *other = policy_find_beside(
			policy, RULE_DEADLINE, rule, node_text(rule->node, "only-if-late"));
		if (!from || !other || !duty_is_by(step->book, duty, other) ||
		    !may_be_set(last_duty(step, false, rule, from->at)))
			continue;
		bool looks_back = (size_t)(from - told->documents) != index;
		enum verdict verdict = policy_applies(policy, rule, following->after.view,
						      zone_day(&step->book->zone, from->at),
						      step->err);
		if (verdict == VERDICT_UNKNOWN ||
		    (verdict == VERDICT_YES &&
		     !duty_add_if_late(step, rule, from->at,
				       looks_back ? &step->form->documents[index] : NULL)))
			return false;
	}
	return true;
}

/* What was set now may have been missed long ago: that, too, may make something due. */
static bool follow_missed(struct following *following)
{
	struct duty_step *step = following->step;
	const struct form *form = step->form;
	struct form again;
	bool done = true;
	form_init(&again);
	again.file = form->file;
	for (size_t i = 0; done && i < form->count; i++)
		done = form_append(&again, form->documents[i].root, step->err);
	form_clear(&following->after.form);
	begin(&following->after, form, form->count, step->view);
	for (size_t i = 0; done && i + 1 < form->count; i++) {
		done = tell(&following->after, i, i >= form_cycle_begin(form), step->err);
		for (size_t j = 0; done && j < again.duty_count; j++) {
			const struct duty *duty = &again.duties[j];
			if (!duty->callback && duty->state == DUTY_LATE &&
			    duty->set_by == &again.documents[form->count - 1] &&
			    duty->ended_by == &again.documents[i])
				done = set_if_late(following, duty, i);
		}
	}
	form_clear(&again);
	return done;
}

static bool sets_deadlines(const struct following *following)
{
	for (size_t i = 0; i < following->count; i++)
		if (!following->wanted[i].callback && !following->wanted[i].if_late)
			return true;
	return false;
}

/* Names what stays, so that whoever reads the document sees that all was looked through. */
static void name_kept(struct duty_step *step)
{
	struct node *kept = duty_list(step, "keeps");
	const struct node *withdrawn = node_get(step->root, "withdraws");
	for (size_t i = 0; i < step->form->duty_count; i++) {
		const struct duty *duty = &step->form->duties[i];
		if (duty->state == DUTY_OPEN && !node_holds(withdrawn, duty->id) &&
		    !node_holds(kept, duty->id))
			node_push(step->arena, kept, node_string(step->arena, duty->id));
	}
}

/* What the document that set DUTY, or set it again, says of it. */
static const struct node *entry_of(const struct duty *duty)
{
	const struct document *said = duty->moved_by ? duty->moved_by : duty->set_by;
	const struct node *list = node_get(said->root, duty->callback ? "callbacks" : "due"), *one;
	for (size_t i = 0; (one = node_item(list, i)); i++)
		if (node_is_string(node_get(one, "id"), duty->id))
			return one;
	return NULL;
}

void duty_set_again(struct duty_step *step, const struct duty *duty)
{
	const struct node *entry = entry_of(duty);
	if (!entry)
		return;
	struct node *again = node_copy(step->arena, entry);
	node_set(step->arena, again, "id", node_string(step->arena, duty_free_id(step, duty->id)));
	node_push(step->arena, duty_list(step, duty->callback ? "callbacks" : "due"), again);
}

void duty_undo_reopening(struct duty_step *step)
{
	const struct form *form = step->form;
	const struct duty *duty;
	int64_t undoes;
	if (!node_integer(step->root, "undoes", &undoes))
		return;
	for (size_t cursor = 0; (duty = form_next_duty(form, &cursor));)
		if (duty->cycle > form->cycle && duty->set_by->which != EVENT_SCHEDULED &&
		    (duty->state == DUTY_OPEN || duty->ended_by == step->document))
			duty_withdraw(step, duty);
	for (size_t cursor = 0; (duty = form_next_duty(form, &cursor));) {
		if (duty->state == DUTY_WITHDRAWN && duty->ended_by->undone &&
		    duty->ended_by->known == undoes)
			duty_set_again(step, duty);
	}
}

/* Of the facts, who has the ticket is that of the cycle: taking back a reopening changes it, but
 * not what was known. */
static const struct node *known_before(const struct duty_step *step)
{
	static const char *const of_cycle[] = {"assignee", "team"};
	if (!node_get(step->root, "undoes"))
		return step->prior;
	struct node *known = node_copy(step->arena, step->prior);
	for (size_t i = 0; i < sizeof of_cycle / sizeof *of_cycle; i++) {
		const struct node *now = node_get(step->view, of_cycle[i]);
		node_remove(known, of_cycle[i]);
		if (now)
			node_add(step->arena, known, of_cycle[i], node_copy(step->arena, now));
	}
	return known;
}

bool duty_follow(struct duty_step *step)
{
	struct following following = {.step = step};
	const struct form *form = step->form;
	enum event which = step->document->which;
	if (form->count < 2 || !may_change_facts(step))
		return true;
	/* what stands there already follows from the step itself */
	size_t withdrawn = node_item_count(node_get(step->root, "withdraws")),
	       due = node_item_count(node_get(step->root, "due")),
	       callbacks = node_item_count(node_get(step->root, "callbacks"));
	begin(&following.before, form, form->count - 1, known_before(step));
	begin(&following.after, form, form->count, step->view);
	bool done = look_through(&following);
	for (size_t i = 0; done && i < following.count; i++)
		done = set(step, &following.wanted[i]);
	done = done && (!sets_deadlines(&following) || follow_missed(&following));
	if (done && (which == EVENT_CORRECTED || which == EVENT_RECLASSIFIED || following.count ||
		     node_get(step->root, "withdraws")))
		name_kept(step);
	if (done)
		duty_note_changes(step, withdrawn, due, callbacks);
	form_clear(&following.before.form);
	form_clear(&following.after.form);
	return done;
}
