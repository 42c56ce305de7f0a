// SPDX-License-Identifier: MIT
// The rules that are there in every ledger, whatever its packs say: a reply that was promised when
// a ticket was opened is owed. Packs may say otherwise, or replace the clause.
#include <limits.h>
#include <string.h>

#include "book/policy_parts.h"

static const char file[] = "policy/kefu.yaml";

static struct node *titled(struct arena *arena, const char *key, const char *name, const char *zh,
			   const char *en)
{
	struct node *entry = node_map(arena), *title = node_map(arena);
	node_add_string(arena, title, "zh", zh);
	node_add_string(arena, title, "en", en);
	node_add_string(arena, entry, key, name);
	node_add(arena, entry, "title", title);
	return entry;
}

static struct node *list_of(struct arena *arena, const char *name)
{
	struct node *list = node_list(arena);
	node_push(arena, list, node_string(arena, name));
	return list;
}

static void push(struct policy *policy, enum rule_list list, struct node *entry)
{
	struct rule rule = {.node = entry,
			    .file = file,
			    .pack = POLICY_CORE,
			    .cited = list == RULE_DEADLINE ? node_text(entry, "rule") : NULL,
			    .clause = list == RULE_EVENT ? NULL : POLICY_CORE,
			    .title = policy_title_of(policy, entry),
			    .from = INT_MIN,
			    .before = INT_MAX};
	if (list != RULE_EVENT)
		node_add_string(&policy->arena, entry, "clause", POLICY_CORE);
	rules_push(&policy->lists[list].rules, &rule);
}

/* Whether a rule of LIST has VALUE at KEY. */
static bool any_has(const struct policy *policy, enum rule_list list, const char *key,
		    const char *value)
{
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(policy, list, &cursor)))
		if (node_holds(node_get(rule->node, key), value))
			return true;
	return false;
}

/* A ledger that was not brought up to this version cannot say what was promised. */
static bool can_promise(const struct policy *policy)
{
	struct err ignored = ERR_INIT;
	const struct schema *opened =
		schema_find(policy->schemas, "schemas/ticket/opened.yaml", &ignored);
	err_clear(&ignored);
	return opened && schema_property(opened, "promised", NULL);
}

void policy_add_core(struct policy *policy)
{
	static const char name[] = "promised-at-opening";
	struct arena *arena = &policy->arena;
	for (size_t i = 0; i < policy->replacing_count; i++)
		if (node_is_string(policy->replacing[i].entry, POLICY_CORE))
			return;
	if (!can_promise(policy))
		return;
	if (!any_has(policy, RULE_EVENT, "event", "replied"))
		push(policy, RULE_EVENT, titled(arena, "event", "replied", "回复", "replied"));
	struct node *reply =
		titled(arena, "step", "replied", "按承诺答复", "the promised reply says something");
	node_add(arena, reply, "needs", list_of(arena, "text"));
	push(policy, RULE_STEP, reply);
	if (any_has(policy, RULE_DEADLINE, "at", "opened.promised") ||
	    any_has(policy, RULE_DEADLINE, "rule", name))
		return;
	struct node *deadline =
		titled(arena, "rule", name, "受理时承诺的回复", "Reply promised at the opening");
	node_add_string(arena, deadline, "at", "opened.promised");
	node_add(arena, deadline, "until", list_of(arena, "replied"));
	push(policy, RULE_DEADLINE, deadline);
}
