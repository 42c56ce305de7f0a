// SPDX-License-Identifier: MIT
// Puts packs together: takes out the rules that other packs replace, then checks all as one.
#include "book/policy_parts.h"

/* Whether a pack other than RULE's replaces CLAUSE. */
static bool is_replaced(const struct policy *policy, const struct rule *rule,
			const struct node *clause)
{
	for (size_t i = 0; i < policy->replace_count; i++)
		if (policy->replacers[i] != rule->file &&
		    node_is_string(clause, policy->replaces[i]))
			return true;
	return false;
}

/* Takes from rules the clauses that other packs replace. Rules that have none left move to
 * list->replaced, as they may still be needed for what was recorded by them. */
static void replace(struct policy *policy, struct policy_list *list)
{
	struct rules *rules = &list->rules;
	size_t kept = 0;
	for (size_t i = 0; i < rules->count; i++) {
		struct rule *rule = &rules->items[i];
		const struct node *clauses = node_get(rule->node, "clause"), *clause;
		struct node *left = node_list(&policy->arena);
		for (size_t j = 0; (clause = node_each(clauses, j)); j++)
			if (!is_replaced(policy, rule, clause))
				node_push(&policy->arena, left, (struct node *)clause);
		if (clauses && !node_count(left)) {
			rules_push(&list->replaced, rule);
			continue;
		}
		if (clauses)
			rule->clause = clauses_of(policy, left);
		rules->items[kept++] = *rule;
	}
	rules->count = kept;
}

bool policy_seal(struct policy *policy, struct err *err)
{
	for (size_t i = 0; policy->replace_count && i < policy->list_count; i++)
		if (policy->lists[i].has_clauses)
			replace(policy, &policy->lists[i]);
	return policy_names_fit(policy, err) && policy_makes_sense(policy, err);
}
