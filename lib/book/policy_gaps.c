// SPDX-License-Identifier: MIT
// What rules leave open: combinations of kind, category and severity for which nothing is due.
#include "book/policy.h"

/* Whether anything of LIST could apply to such a ticket on DAY: conditions may come to hold, so
 * they do not count against it. */
static bool is_covered(const struct policy *policy, int day, enum rule_list list,
		       const struct policy_gap *gap)
{
	static const char *const keys[] = {"kind", "category", "severity"};
	const char *const values[] = {gap->kind, gap->category, gap->severity};
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(policy, list, &cursor))) {
		bool fits = day >= rule->from && day < rule->before;
		for (size_t i = 0; fits && i < 3; i++) {
			const struct node *wanted = node_get(rule->node, keys[i]);
			fits = !wanted || (values[i] && node_holds(wanted, values[i]));
		}
		/* a promise is everybody's; it says nothing of this kind */
		if (fits && node_get(rule->node, "kind"))
			return true;
	}
	return false;
}

/* The next entry of LIST from *CURSOR on that is the first of its name, so that it counts. */
static const struct rule *next_that_counts(const struct policy *policy, enum rule_list list,
					   size_t *cursor, const char **name)
{
	const struct rule *rule;
	while ((rule = policy_next(policy, list, cursor))) {
		*name = node_text(rule->node, policy_list_name(policy, list));
		if (policy_find(policy, list, *name) == rule)
			return rule;
	}
	return NULL;
}

void policy_gaps(const struct policy *policy, int day, policy_gap_told tell, void *context)
{
	struct policy_gap gap = {0};
	const struct rule *kind, *category;
	struct arena arena = ARENA_INIT;
	for (size_t i = 0; (kind = next_that_counts(policy, RULE_KIND, &i, &gap.kind));)
		for (size_t j = 0;
		     (category = next_that_counts(policy, RULE_CATEGORY, &j, &gap.category));) {
			const struct node *severities = policy_severities(policy, &arena, gap.kind);
			size_t at = 0;
			if (!node_holds(node_get(category->node, "kind"), gap.kind))
				continue;
			gap.severity = node_each_text(severities, &at);
			do {
				gap.deadline = is_covered(policy, day, RULE_DEADLINE, &gap);
				gap.callback = is_covered(policy, day, RULE_CALLBACK, &gap);
				if (!gap.deadline || !gap.callback)
					tell(context, &gap);
			} while ((gap.severity = node_each_text(severities, &at)));
		}
	arena_clear(&arena);
}
