// SPDX-License-Identifier: MIT
// What a step makes due in callbacks, and who makes them.
#include <string.h>

#include "base/digest.h"
#include "book/whom.h"
#include "ticket/duty_parts.h"

static const char *who_text(struct duty_step *step, const struct node *who,
			    const struct happened *happened)
{
	if (node_as_text(who))
		return node_as_text(who);
	if (node_get(who, "named"))
		return whom_named(step->arena, node_text(who, "named"));
	if (node_get(who, "person"))
		return whom_person(step->arena, node_text(happened->root, "to"));
	return whom_head(step->arena, step->form->department);
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

/* The name of a callback by RULE to HOUSEHOLD. Two clones call it the same, and no other
 * household's so: by the unit or number where that can stand in a name, else by a digest of it. */
static const char *name_for(struct arena *arena, const char *rule,
			    const struct household *household)
{
	enum { LONGEST = 60, DIGITS = 8, ROOM = 4 /* for a further -2 */ };
	if (!household)
		return rule;
	const char *key = household->key;
	size_t len = strlen(key);
	bool fits = strlen(rule) + 1 + len + ROOM <= LONGEST &&
		    strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-") == len && key[0] != '-' &&
		    key[len - 1] != '-' && !strstr(key, "--");
	if (fits)
		return arena_printf(arena, "%s-%s", rule, key);
	unsigned char bytes[DIGEST_BYTES];
	char digest[DIGEST_TEXT];
	digest_of(key, len, bytes);
	digest_text(bytes, digest);
	return arena_printf(arena, "%.*s-%.*s", LONGEST - 1 - DIGITS - ROOM, rule, DIGITS, digest);
}

int64_t duty_callback_start(const struct household *household, int64_t at)
{
	return household && household->joined->at > at ? household->joined->at : at;
}

struct node *duty_view_for(struct duty_step *step, const struct node *view,
			   const struct household *household)
{
	struct arena *arena = step->arena;
	if (!household)
		return (struct node *)view;
	struct node *own = node_map(arena);
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(view, i)); i++)
		if (strcmp(pair->key, "customer") != 0 && strcmp(pair->key, "phone") != 0)
			node_add(arena, own, pair->key, pair->value);
	node_add(arena, own, "customer", (struct node *)household->customer);
	node_add_string(arena, own, "phone", node_text(household->customer, "phone"));
	return own;
}

struct node *duty_limit(struct arena *arena, const struct rule *rule)
{
	static const char *const keys[] = {"times", "days"};
	const struct node *says = node_get(rule->node, "attempts"),
			  *clause = node_get(says, "clause");
	struct node *limit = node_map(arena);
	struct buf text;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		node_add(arena, limit, keys[i], node_copy(arena, node_get(says, keys[i])));
	buf_init(&text);
	node_join(clause, " ", &text);
	node_add_string(arena, limit, "clause",
			clause ? arena_dup_len(arena, text.data, text.len) : NULL);
	buf_clear(&text);
	return limit;
}

bool duty_add_callback(struct duty_step *step, const struct rule *rule,
		       const struct happened *happened, const struct household *household)
{
	struct arena *arena = step->arena;
	struct due opens, due;
	int64_t start = duty_callback_start(household, happened->at);
	if (!duty_window(step->book, rule, duty_known(step), start, &opens, &due, step->err))
		return false;
	struct node *owed = node_map(arena);
	const char *name = name_for(arena, node_text(rule->node, "rule"), household);
	node_add_string(arena, owed, "id", duty_free_id(step, name));
	node_add_string(arena, owed, "rule", rule->cited);
	node_add_string(arena, owed, "clause", rule->clause);
	node_add(arena, owed, "start", book_time(step->book, arena, start));
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
	if (node_get(rule->node, "attempts"))
		node_add(arena, owed, "attempts", duty_limit(arena, rule));
	node_add_string(arena, owed, "survives", node_text(rule->node, "survives"));
	if (household)
		node_add_string(arena, owed, "household", household->key);
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

/* Whether the form has the callback of RULE in this cycle, to the household KEY. */
static bool stands(const struct duty_step *step, const struct rule *rule, const char *key)
{
	const struct form *form = step->form;
	for (size_t i = 0; i < form->duty_count; i++)
		if (form->duties[i].cycle == form->cycle && form->duties[i].callback &&
		    form->duties[i].state != DUTY_WITHDRAWN && duty_is_for(&form->duties[i], key) &&
		    duty_is_by(step->book, &form->duties[i], rule))
			return true;
	return false;
}

/* Sets the callback of RULE, which follows HAPPENED, for HOUSEHOLD, where it applies to that. */
static bool set_for(struct duty_step *step, const struct rule *rule,
		    const struct happened *happened, const struct household *household)
{
	enum verdict verdict = policy_applies(step->book->policy, rule,
					      duty_view_for(step, step->view, household),
					      zone_day(&step->book->zone, happened->at), step->err);
	return verdict == VERDICT_NO ||
	       (verdict == VERDICT_YES && duty_add_callback(step, rule, happened, household));
}

/* Sets the callback of RULE for all who called, the form's customer first. */
static bool set_for_all(struct duty_step *step, const struct rule *rule,
			const struct happened *happened)
{
	struct household household;
	if (!form_customer_left(step->form) && !set_for(step, rule, happened, NULL))
		return false;
	for (size_t cursor = 0; form_next_household(step->form, &cursor, &household);)
		if (!household.left && !set_for(step, rule, happened, &household))
			return false;
	return true;
}

/* Sets for HOUSEHOLD the callback of RULE that the first of its steps in this cycle brought about.
 */
static bool set_since(struct duty_step *step, const struct rule *rule,
		      const struct household *household)
{
	const struct form *form = step->form;
	for (const struct document *past = &form->documents[form_cycle_begin(form)];
	     past < step->document; past++) {
		const struct happened happened = {.event = document_step(past),
						  .name = past->event,
						  .at = past->at,
						  .begun = past->at,
						  .root = document_now(past)};
		if (past->undone || !duty_follows_step(rule, &happened))
			continue;
		return !rule_in_force(rule, zone_day(&step->book->zone, past->at)) ||
		       set_for(step, rule, &happened, household);
	}
	return true;
}

bool duty_set_joined(struct duty_step *step)
{
	struct household household;
	const struct rule *rule;
	for (size_t cursor = 0; form_next_household(step->form, &cursor, &household);)
		for (size_t at = 0; (rule = policy_next(step->book->policy, RULE_CALLBACK, &at));)
			if (!household.left && !node_get(rule->node, "routine") &&
			    !stands(step, rule, household.key) &&
			    !set_since(step, rule, &household))
				return false;
	return true;
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
		if (step->form->imported && stands(step, rule, NULL))
			continue;
		if (!set_for_all(step, rule, happened))
			return false;
	}
	return true;
}
