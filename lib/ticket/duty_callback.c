// SPDX-License-Identifier: MIT
// What a step makes due in callbacks, and who makes them.
#include <string.h>

#include "ticket/duty_parts.h"

static const char *who_text(struct duty_step *step, const struct node *who,
			    const struct happened *happened)
{
	const char *to = node_text(happened->root, "to");
	if (node_as_text(who))
		return node_as_text(who);
	if (node_get(who, "named"))
		return arena_printf(step->arena, "named:%s", node_text(who, "named"));
	if (node_get(who, "person"))
		return arena_printf(step->arena, "person:%s", to ? to : "none");
	return arena_printf(step->arena, "head-of:%s",
			    step->form->department ? step->form->department : "none");
}

struct node *duty_callers(struct duty_step *step, const struct rule *rule,
			  const struct happened *happened)
{
	struct node *callers = node_list(step->arena);
	const struct node *who;
	for (size_t i = 0; (who = node_item(node_get(rule->node, "who"), i)); i++)
		node_push(step->arena, callers,
			  node_string(step->arena, who_text(step, who, happened)));
	return callers;
}

bool duty_add_callback(struct duty_step *step, const struct rule *rule,
		       const struct happened *happened)
{
	struct arena *arena = step->arena;
	struct due opens, due;
	if (!duty_window(step->book, rule, duty_known(step), happened->at, &opens, &due, step->err))
		return false;
	struct node *owed = node_map(arena);
	node_add_string(arena, owed, "id", duty_free_id(step, node_text(rule->node, "rule")));
	node_add_string(arena, owed, "rule", node_text(rule->node, "rule"));
	node_add_string(arena, owed, "clause", rule->clause);
	node_add(arena, owed, "start", book_time(step->book, arena, happened->at));
	node_add(arena, owed, "opens", book_time(step->book, arena, opens.at));
	node_add(arena, owed, "at", book_time(step->book, arena, due.at));
	node_add_string(arena, owed, "rate", node_text(rule->node, "rate"));
	node_add_string(arena, owed, "minimum", node_text(rule->node, "minimum"));
	node_add_string(arena, owed, "on-site", node_text(rule->node, "on-site"));
	node_add(arena, owed, "who", duty_callers(step, rule, happened));
	if (opens.provisional || due.provisional) {
		node_add(arena, owed, "provisional", node_bool(arena, true));
		duty_note_guess(step, node_text(owed, "id"), due.at);
	}
	node_add_string(arena, owed, "survives", node_text(rule->node, "survives"));
	node_push(arena, duty_list(step, "callbacks"), owed);
	return true;
}

bool duty_follows_step(const struct rule *rule, const struct happened *happened)
{
	const struct node *after = node_get(rule->node, "after");
	return node_holds(after, happened->event) || node_holds(after, happened->name);
}

/* Whether one of the steps that the callback of RULE follows had happened before. */
static bool happened_before(const struct duty_step *step, const struct rule *rule)
{
	const struct node *after = node_get(rule->node, "after");
	const char *event;
	for (size_t i = 0; (event = node_each_text(node_get(step->prior, "events"), &i));)
		if (node_holds(after, event))
			return true;
	return false;
}

/* Whether the callback of RULE follows reopenings, of which HAPPENED is one. */
static bool reopens(const struct rule *rule, const struct happened *happened)
{
	return event_of(happened->name) == EVENT_REOPENED &&
	       node_holds(node_get(rule->node, "after"), happened->name);
}

/* Whether the form has the callback of RULE in this cycle. */
static bool stands(const struct form *form, const struct rule *rule)
{
	const char *name = node_text(rule->node, "rule");
	for (size_t i = 0; i < form->duty_count; i++)
		if (form->duties[i].cycle == form->cycle &&
		    form->duties[i].state != DUTY_WITHDRAWN &&
		    strcmp(form->duties[i].rule, name) == 0)
			return true;
	return false;
}

bool duty_set_callbacks(struct duty_step *step, const struct happened *happened)
{
	size_t cursor = 0;
	const struct rule *rule;
	int day = zone_day(&step->book->zone, happened->at);
	while ((rule = policy_next(step->book->policy, RULE_CALLBACK, &cursor))) {
		/* a routine comes round again and again, and so does a reopening; anything else
		 * brings its callback about once */
		bool comes_again = node_get(rule->node, "routine") || reopens(rule, happened);
		if (!rule_in_force(rule, day) || !duty_follows_step(rule, happened) ||
		    (!comes_again && happened_before(step, rule)))
			continue;
		/* an import may have set it for what happened elsewhere */
		if (step->form->imported && stands(step->form, rule))
			continue;
		enum verdict verdict =
			policy_applies(step->book->policy, rule, step->view, day, step->err);
		if (verdict == VERDICT_UNKNOWN)
			return false;
		if (verdict == VERDICT_YES && !duty_add_callback(step, rule, happened))
			return false;
	}
	return true;
}
