// SPDX-License-Identifier: MIT
// What packs replace in other packs: rules by their clause, and rules of steps by pack, step and
// kind. Removes nothing that was recorded.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/policy_parts.h"

void policy_replaces_add(struct policy *policy, const struct pack *pack)
{
	const struct node *entry, *entries = node_get(pack->root, "replaces");
	for (size_t i = 0; (entry = node_item(entries, i)); i++) {
		policy->replacing = mem_room(policy->replacing, policy->replacing_count, 1,
					     sizeof *policy->replacing);
		policy->replacing[policy->replacing_count++] =
			(struct replacing){.index = (size_t)(pack - policy->packs), .entry = entry};
	}
}

static const char *name_of(const struct pack *pack)
{
	const char *name = node_text(pack->root, "pack");
	return name ? name : "";
}

/* Whether REPLACING is about rules of the step of RULE's pack, of another one. */
static bool concerns(const struct replacing *replacing, const struct rule *rule)
{
	return replacing->entry->type == NODE_MAP && replacing->by->file != rule->file &&
	       node_is_string(node_get(replacing->entry, "pack"), rule->pack);
}

/* Whether REPLACING names STEP, for tickets of KIND. */
static bool covers(const struct replacing *replacing, const char *kind, const char *step)
{
	const struct node *kinds = node_get(replacing->entry, "kind");
	return node_holds(node_get(replacing->entry, "step"), step) &&
	       (!kinds || (kind && node_holds(kinds, kind)));
}

const char *policy_aside(const struct policy *policy, const struct rule *rule, const char *kind,
			 const char *step)
{
	for (size_t i = 0; rule->aside && step && i < policy->replacing_count; i++) {
		const struct replacing *replacing = &policy->replacing[i];
		if (concerns(replacing, rule) && covers(replacing, kind, step))
			return name_of(replacing->by);
	}
	return NULL;
}

/* Whether REPLACING takes something from RULE: it is of one of its steps, for one of its kinds. */
static bool takes_from(const struct replacing *replacing, const struct rule *rule)
{
	const struct node *kinds = rule->kinds, *theirs = node_get(replacing->entry, "kind");
	return concerns(replacing, rule) &&
	       names_meet(node_get(rule->node, "step"), node_get(replacing->entry, "step")) &&
	       (!kinds || !theirs || names_meet(kinds, theirs));
}

/* What replaces the clause AT of RULE, by itself or as a duty of a whole one; NULL: nothing. */
static const struct replacing *replacing_clause(const struct policy *policy,
						const struct rule *rule, const struct node *at)
{
	const char *text = node_as_text(at);
	for (size_t i = 0; text && i < policy->replacing_count; i++) {
		const struct replacing *replacing = &policy->replacing[i];
		const char *clause = node_as_text(replacing->entry);
		if (clause && replacing->by->file != rule->file && clauses_hold(text, clause))
			return replacing;
	}
	return NULL;
}

static void replace_clauses(struct policy *policy, struct policy_list *list)
{
	struct rules *rules = &list->rules;
	size_t kept = 0;
	for (size_t i = 0; i < rules->count; i++) {
		struct rule *rule = &rules->items[i];
		const struct node *clauses = node_get(rule->node, "clause"), *clause;
		struct node *left = node_list(&policy->arena);
		for (size_t j = 0; (clause = node_each(clauses, j)); j++)
			if (!replacing_clause(policy, rule, clause))
				node_push(&policy->arena, left, (struct node *)clause);
		if (clauses && !node_count(left)) {
			rules_push(&list->replaced, rule);
			continue;
		}
		if (clauses)
			rule->clause = policy_clauses(policy, left);
		rules->items[kept++] = *rule;
	}
	rules->count = kept;
}

void policy_replace(struct policy *policy)
{
	struct rules *steps = &policy->lists[RULE_STEP].rules;
	for (size_t i = 0; i < policy->replacing_count; i++)
		policy->replacing[i].by = &policy->packs[policy->replacing[i].index];
	for (size_t i = 0; policy->replacing_count && i < policy->list_count; i++)
		if (policy->lists[i].has_clauses)
			replace_clauses(policy, &policy->lists[i]);
	for (size_t i = 0; i < steps->count; i++)
		for (size_t j = 0; j < policy->replacing_count; j++)
			steps->items[i].aside = steps->items[i].aside ||
						takes_from(&policy->replacing[j], &steps->items[i]);
}

/* --- told --- */

static const struct replacing *replacing_all(const struct policy *policy, const struct rule *rule)
{
	return replacing_clause(policy, rule, node_each(node_get(rule->node, "clause"), 0));
}

const char *policy_replaced_by(const struct policy *policy, const struct rule *rule)
{
	for (size_t i = 0; i < policy->list_count; i++) {
		const struct rules *replaced = &policy->lists[i].replaced;
		for (size_t j = 0; j < replaced->count; j++)
			if (replaced->items[j].node == rule->node) {
				const struct replacing *by = replacing_all(policy, rule);
				return by ? name_of(by->by) : NULL;
			}
	}
	return NULL;
}

void policy_replaced(const struct policy *policy, policy_replaced_told tell, void *context)
{
	for (size_t i = 0; i < policy->list_count; i++) {
		const struct policy_list *list = &policy->lists[i];
		for (size_t j = 0; j < list->replaced.count; j++) {
			const struct rule *rule = &list->replaced.items[j];
			const struct replacing *by = replacing_all(policy, rule);
			if (by)
				tell(context, (enum rule_list)i, rule, name_of(by->by), by->entry);
		}
		for (size_t j = 0; i == RULE_STEP && j < list->rules.count; j++)
			for (size_t k = 0; k < policy->replacing_count; k++)
				if (takes_from(&policy->replacing[k], &list->rules.items[j]))
					tell(context, RULE_STEP, &list->rules.items[j],
					     name_of(policy->replacing[k].by),
					     policy->replacing[k].entry);
	}
}

/* --- whether it fits --- */

static const struct pack *pack_called(const struct policy *policy, const char *name)
{
	for (size_t i = 0; i < policy->pack_count; i++)
		if (strcmp(name_of(&policy->packs[i]), name) == 0)
			return &policy->packs[i];
	return NULL;
}

/* Whether PACK has a rule of STEP for tickets of KIND; NULL: of any. */
static bool has_step(const struct policy *policy, const struct pack *pack, const char *step,
		     const char *kind)
{
	const struct policy_list *steps = &policy->lists[RULE_STEP];
	const struct rules *all[] = {&steps->rules, &steps->replaced};
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < all[i]->count; j++) {
			const struct rule *rule = &all[i]->items[j];
			if (rule->file == pack->file &&
			    node_holds(node_get(rule->node, "step"), step) &&
			    (!kind || !rule->kinds || node_holds(rule->kinds, kind)))
				return true;
		}
	return false;
}

/* Every step, for every kind, has to be there. */
static bool steps_are_there(const struct policy *policy, const struct pack *pack,
			    const struct pack *other, const struct node *entry, struct err *err)
{
	const struct node *steps = node_get(entry, "step"), *kinds = node_get(entry, "kind");
	const char *step;
	for (size_t i = 0; (step = node_each_text(steps, &i));) {
		size_t at = 0;
		const char *kind = node_each_text(kinds, &at);
		do {
			if (has_step(policy, other, step, kind))
				continue;
			err_set(err, STATUS_DAMAGED,
				kind ? "replaces: the pack %s has no rule of the step %s for the "
				       "kind %s"
				     : "replaces: the pack %s has no rule of the step %s",
				name_of(other), step, kind);
			return policy_damaged(pack->file, kind ? kinds : steps, err);
		} while ((kind = node_each_text(kinds, &at)));
	}
	return true;
}

/* Whether A and B say of what they replace that it is the same step of tickets of the same kind. */
static bool overlap(const struct node *a, const struct node *b)
{
	const struct node *kinds = node_get(a, "kind"), *theirs = node_get(b, "kind");
	return names_meet(node_get(a, "step"), node_get(b, "step")) &&
	       (!kinds || !theirs || names_meet(kinds, theirs));
}

/* Whether FROM replaces, itself or by what it replaces in turn, rules like those of ENTRY of TO:
 * then none would be left. REACHED has a place for each pack; each is looked at once. */
static bool leads_to(const struct policy *policy, const struct pack *from, const struct pack *to,
		     const struct node *entry, bool *reached)
{
	reached[from - policy->packs] = true;
	for (size_t i = 0; i < policy->replacing_count; i++) {
		const struct replacing *replacing = &policy->replacing[i];
		const char *name = node_text(replacing->entry, "pack");
		if (replacing->by != from || !name || !overlap(replacing->entry, entry))
			continue;
		const struct pack *next = pack_called(policy, name);
		if (next && (next == to || (!reached[next - policy->packs] &&
					    leads_to(policy, next, to, entry, reached))))
			return true;
	}
	return false;
}

static bool in_a_circle(const struct policy *policy, const struct pack *pack,
			const struct pack *other, const struct node *entry)
{
	bool *reached = mem_alloc(policy->pack_count * sizeof *reached);
	bool circle = leads_to(policy, other, pack, entry, reached);
	free(reached);
	return circle;
}

bool policy_replaces_fit(const struct policy *policy, const struct pack *pack, struct err *err)
{
	for (size_t i = 0; i < policy->replacing_count; i++) {
		const struct replacing *replacing = &policy->replacing[i];
		const struct node *entry = replacing->entry, *named = node_get(entry, "pack");
		const char *name = node_as_text(named);
		if (replacing->by != pack || !name)
			continue;
		const struct pack *other = pack_called(policy, name);
		if (!other)
			continue; /* an organisation that has not taken it has nothing to replace */
		if (other == pack) {
			err_set(err, STATUS_DAMAGED,
				"replaces: %s is this pack itself: change its rules instead", name);
			return policy_damaged(pack->file, named, err);
		}
		if (!steps_are_there(policy, pack, other, entry, err))
			return false;
		if (in_a_circle(policy, pack, other, entry)) {
			err_set(err, STATUS_DAMAGED,
				"replaces: %s replaces the same in turn, so that no rule would be "
				"left",
				name);
			return policy_damaged(pack->file, named, err);
		}
	}
	return true;
}
