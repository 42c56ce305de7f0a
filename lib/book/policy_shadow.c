// SPDX-License-Identifier: MIT
// Finds entries of which nothing can come into force, because earlier ones of the same pack take
// everything. Where several packs meet, what stands first counts, and the rest is not at fault.
#include <string.h>

#include "book/policy_parts.h"
#include "data/time.h"

struct shadow {
	const struct policy *policy;
	enum rule_list list;
	const struct rule *rule;
	struct err *err; /* is set */
};

/* OTHER leaves nothing to KEY of the rule. Returns false. */
static bool taken(const struct shadow *shadow, const char *key, const struct rule *other,
		  const char *because)
{
	const struct node *at = node_get(shadow->rule->node, key);
	err_set(shadow->err, STATUS_DAMAGED, "%s: it has no effect, as line %u %s", key,
		(unsigned)other->node->line, because);
	policy_damaged(shadow->rule->file, at ? at : shadow->rule->node, shadow->err);
	return err_clause(shadow->err, shadow->rule->clause);
}

/* The next rule of the same pack that stands before the rule and is in force whenever it is. */
static const struct rule *next_before(const struct shadow *shadow, size_t *index)
{
	const struct rules *rules = &shadow->policy->lists[shadow->list].rules;
	for (; *index < rules->count && &rules->items[*index] < shadow->rule; (*index)++) {
		const struct rule *other = &rules->items[*index];
		if (other->file == shadow->rule->file && other->from <= shadow->rule->from &&
		    other->before >= shadow->rule->before)
			return &rules->items[(*index)++];
	}
	return NULL;
}

/* Whether every name in A is among B. */
static bool all_are_in(const struct node *a, const struct node *b)
{
	const char *name;
	for (size_t i = 0; (name = node_each_text(a, &i));)
		if (!node_holds(b, name))
			return false;
	return true;
}

/* Whether OTHER asks for one of these names at KEY, or for none, and the rule for no further one.
 */
static bool is_wider(const struct shadow *shadow, const struct rule *other, const char *key)
{
	const struct node *wide = node_get(other->node, key),
			  *narrow = node_get(shadow->rule->node, key);
	return !wide || (narrow && all_are_in(narrow, wide));
}

/* Whether OTHER applies whenever the rule does. */
static bool applies_too(const struct shadow *shadow, const struct rule *other)
{
	return is_wider(shadow, other, "kind") && is_wider(shadow, other, "category") &&
	       is_wider(shadow, other, "severity") && is_wider(shadow, other, "routine") &&
	       all_are_in(node_get(other->node, "if"), node_get(shadow->rule->node, "if")) &&
	       all_are_in(node_get(other->node, "unless"), node_get(shadow->rule->node, "unless"));
}

/* --- what takes what --- */

/* Whether A never ends before B. */
static bool reaches_as_far(const char *a, const char *b)
{
	struct err ignored = ERR_INIT;
	struct duration far, near;
	if (strcmp(a, "any") == 0 || strcmp(a, b) == 0)
		return true;
	bool same = duration_parse(a, &far, &ignored) && duration_parse(b, &near, &ignored) &&
		    far.unit == near.unit;
	err_clear(&ignored);
	return same && far.count >= near.count;
}

/* The first of a name whose total reaches as far as is asked for is taken. */
static bool extension_is_reached(const struct shadow *shadow)
{
	const char *name = node_text(shadow->rule->node, "extend"),
		   *total = node_text(shadow->rule->node, "total");
	const struct rule *other;
	for (size_t i = 0; name && total && (other = next_before(shadow, &i));) {
		const char *longer = node_text(other->node, "total");
		if (node_is_string(node_get(other->node, "extend"), name) && longer &&
		    reaches_as_far(longer, total))
			return taken(shadow, "total", other,
				     "allows all that long to those who are asked first");
	}
	return true;
}

/* Of a group the first that applies sets the deadline, where its field has a time. */
static bool deadline_is_reached(const struct shadow *shadow)
{
	const char *group = node_text(shadow->rule->node, "group"),
		   *start = node_text(shadow->rule->node, "start");
	const struct rule *other;
	for (size_t i = 0; group && start && (other = next_before(shadow, &i));) {
		const char *begins = node_text(other->node, "start");
		if (!node_is_string(node_get(other->node, "group"), group) || !begins ||
		    node_get(other->node, "only-if-late") || !applies_too(shadow, other))
			continue;
		size_t step = strcspn(start, ".");
		bool same = strcmp(begins, start) == 0 ||
			    (strlen(begins) == step && memcmp(begins, start, step) == 0);
		if (same)
			return taken(shadow, "group", other,
				     "sets the deadline of the group whenever this would");
	}
	return true;
}

/* The first entry for an occasion that has a key says it. */
static bool survey_is_reached(const struct shadow *shadow)
{
	static const char *const names[] = {"survey", "title", "occasion",
					    "clause", "from",  "before"};
	const struct pair *pair;
	const struct rule *other;
	for (size_t i = 0; (pair = node_pair(shadow->rule->node, i)); i++) {
		bool is_name = false;
		for (size_t j = 0; j < sizeof names / sizeof *names; j++)
			is_name = is_name || strcmp(pair->key, names[j]) == 0;
		for (size_t j = 0; !is_name && (other = next_before(shadow, &j));)
			if (node_get(other->node, pair->key) && is_wider(shadow, other, "occasion"))
				return taken(shadow, pair->key, other,
					     "says it for the same occasions");
	}
	return true;
}

/* Texts are given to the patterns one after the other until one is found. */
static bool pattern_is_reached(const struct shadow *shadow)
{
	static const char *const everything[] = {".*", "^", "$", "^.*", "^.*$", ".*$", "(?s).*"};
	const char *pattern = node_text(shadow->rule->node, "pattern");
	const struct rule *other;
	for (size_t i = 0; pattern && (other = next_before(shadow, &i));) {
		const char *found = node_text(other->node, "pattern");
		if (!found || (shadow->list != RULE_KIND && !is_wider(shadow, other, "kind")))
			continue;
		bool takes = strcmp(found, pattern) == 0;
		for (size_t j = 0; j < sizeof everything / sizeof *everything; j++)
			takes = takes || strcmp(found, everything[j]) == 0;
		if (takes)
			return taken(shadow, "pattern", other,
				     "is found in every text that this one is found in");
	}
	return true;
}

/* A category is found by its name alone, whatever the kind. */
static bool category_is_reached(const struct shadow *shadow)
{
	const char *name = node_text(shadow->rule->node, "category");
	const struct rule *other;
	for (size_t i = 0; name && (other = next_before(shadow, &i));)
		if (node_is_string(node_get(other->node, "category"), name))
			return taken(shadow, "category", other,
				     "gives the same name: write all its kinds there");
	return pattern_is_reached(shadow);
}

/* The first hours marked `business` are those of business. */
static bool hours_are_reached(const struct shadow *shadow)
{
	const struct rules *rules = &shadow->policy->lists[RULE_HOURS].rules;
	const struct rule *rule = shadow->rule;
	for (const struct rule *other = rules->items;
	     node_true(rule->node, "business") && other < rule; other++)
		if (other->file == rule->file && node_true(other->node, "business") &&
		    other->from < rule->before && rule->from < other->before)
			return taken(shadow, "business", other,
				     "marks other hours of the same days as business");
	return true;
}

bool policy_rule_is_reached(const struct policy *policy, enum rule_list list,
			    const struct rule *rule, struct err *err)
{
	const struct shadow shadow = {policy, list, rule, err};
	static bool (*const reached[RULE_LISTS])(const struct shadow *) = {
		[RULE_KIND] = pattern_is_reached,      [RULE_CATEGORY] = category_is_reached,
		[RULE_SEVERITY] = pattern_is_reached,  [RULE_HOURS] = hours_are_reached,
		[RULE_DEADLINE] = deadline_is_reached, [RULE_EXTENSION] = extension_is_reached,
		[RULE_SURVEY] = survey_is_reached,
	};
	return list >= RULE_LISTS || !reached[list] || reached[list](&shadow);
}
