// SPDX-License-Identifier: MIT
// Rules as data: packs loaded, checked, and asked which of them apply.
#include "book/policy_parts.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/pattern.h"

const struct policy_list policy_lists[RULE_LISTS] = {
	[RULE_ROLE] = {"roles", "role"},
	[RULE_HOURS] = {"hours", "hours"},
	[RULE_KIND] = {"kinds", "kind"},
	[RULE_CATEGORY] = {"categories", "category"},
	[RULE_SEVERITY] = {"severities", "severity"},
	[RULE_STEP] = {"steps", "step"},
	[RULE_DEADLINE] = {"deadlines", "rule"},
	[RULE_EXTENSION] = {"extensions", "extend"},
	[RULE_CALLBACK] = {"callbacks", "rule"},
	[RULE_PHRASE] = {"phrases", "phrase"},
	[RULE_REPEAT] = {"repeats", "repeat"},
	[RULE_ROUTINE] = {"routines", "routine"},
	[RULE_SURVEY] = {"surveys", "survey"},
	[RULE_SCHEME] = {"schemes", "scheme"},
	[RULE_DEGREE] = {"degrees", "degree"},
	[RULE_COURSE] = {"courses", "course"},
	[RULE_CERTIFICATE] = {"certificates", "certificate"},
	[RULE_APPOINTMENT] = {"appointments", "appointment"},
	[RULE_PENALTY] = {"penalties", "penalty"},
	[RULE_RATING] = {"ratings", "rating"},
};

struct policy *policy_new(struct schema_set *schemas)
{
	struct policy *policy = mem_alloc(sizeof *policy);
	policy->schemas = schemas;
	return policy;
}

static void rules_clear(struct rules *rules)
{
	for (size_t i = 0; i < rules->count; i++)
		pattern_free(rules->items[i].pattern);
	free(rules->items);
}

void policy_free(struct policy *policy)
{
	if (!policy)
		return;
	for (enum rule_list list = 0; list < RULE_LISTS; list++) {
		rules_clear(&policy->lists[list]);
		rules_clear(&policy->replaced[list]);
	}
	free(policy->conditions);
	free(policy->hours);
	free(policy->replaces);
	free(policy->replacers);
	arena_clear(&policy->arena);
	free(policy);
}

bool policy_damaged(const char *file, const struct node *at, struct err *err)
{
	err->status = STATUS_DAMAGED;
	return err_place(err, file, at ? at->line : 0, at ? at->column : 0);
}

const char *clauses_of(struct policy *policy, const struct node *clause)
{
	if (!clause)
		return NULL;
	struct buf text;
	buf_init(&text);
	node_join(clause, " ", &text);
	const char *kept = arena_dup(&policy->arena, text.data);
	buf_clear(&text);
	return kept;
}

static bool rule_day(const struct rule *rule, const char *key, int *day, struct err *err)
{
	const struct node *date = node_get(rule->node, key);
	return !node_as_text(date) || date_parse(node_as_text(date), day, err) ||
	       policy_damaged(rule->file, date, err);
}

void rules_push(struct rules *rules, const struct rule *rule)
{
	rules->items = mem_room(rules->items, rules->count, 1, sizeof *rules->items);
	rules->items[rules->count++] = *rule;
}

static bool rule_add(struct policy *policy, enum rule_list list, const char *file,
		     const struct node *entry, struct err *err)
{
	struct rule rule = {.node = entry, .file = file, .from = INT_MIN, .before = INT_MAX};
	rule.clause = clauses_of(policy, node_get(entry, "clause"));
	if (!rule_day(&rule, "from", &rule.from, err) ||
	    !rule_day(&rule, "before", &rule.before, err))
		return false;
	const struct node *pattern = node_get(entry, "pattern");
	if (node_as_text(pattern) &&
	    !(rule.pattern =
		      pattern_new(node_as_text(pattern), node_text_len(pattern), true, err))) {
		err_prefix(err, "pattern");
		return policy_damaged(file, pattern, err);
	}
	rules_push(&policy->lists[list], &rule);
	return true;
}

static bool conditions_add(struct policy *policy, const char *file, const struct node *match,
			   struct err *err)
{
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(match, i)); i++) {
		for (size_t j = 0; j < policy->condition_count; j++) {
			const struct condition *other = &policy->conditions[j];
			if (strcmp(other->name, pair->key) != 0)
				continue;
			if (node_equal_json(other->node, pair->value))
				break;
			err_set(err, STATUS_DAMAGED, "match.%s: %s says it otherwise", pair->key,
				other->file);
			return policy_damaged(file, pair->value, err);
		}
		const char *uri = arena_printf(&policy->arena, "%s#/match/%s", file, pair->key);
		const struct schema *schema = schema_set_add(policy->schemas, uri, pair->value, err)
						      ? schema_find(policy->schemas, uri, err)
						      : NULL;
		if (!schema)
			return false;
		policy->conditions = mem_room(policy->conditions, policy->condition_count, 1,
					      sizeof *policy->conditions);
		policy->conditions[policy->condition_count++] = (struct condition){
			.name = pair->key, .file = file, .schema = schema, .node = pair->value};
	}
	return true;
}

static bool hours_add(struct policy *policy, const char *file, const struct node *entry,
		      struct err *err)
{
	struct named_hours named = {.name = node_text(entry, "hours"),
				    .business = node_true(entry, "business")};
	if (!hours_read(&named.hours, entry, file, err))
		return false;
	policy->hours = mem_room(policy->hours, policy->hours_count, 1, sizeof *policy->hours);
	policy->hours[policy->hours_count++] = named;
	return true;
}

bool policy_add(struct policy *policy, const char *name, const char *file, struct node *root,
		struct err *err)
{
	const struct schema *schema = schema_find(policy->schemas, "schemas/policy.yaml", err);
	if (!schema)
		return false;
	if (!schema_check(schema, root, file, err)) {
		err->status = STATUS_DAMAGED;
		return false;
	}
	if (!node_is_string(node_get(root, "pack"), name)) {
		err_set(err, STATUS_DAMAGED, "pack: this file is to be the pack %s", name);
		return policy_damaged(file, node_get(root, "pack"), err);
	}
	if (!conditions_add(policy, file, node_get(root, "match"), err))
		return false;
	for (enum rule_list list = 0; list < RULE_LISTS; list++) {
		const struct node *entries = node_get(root, policy_lists[list].list);
		const struct node *entry;
		for (size_t i = 0; (entry = node_item(entries, i)); i++) {
			if (!rule_add(policy, list, file, entry, err) ||
			    (list == RULE_HOURS && !hours_add(policy, file, entry, err)))
				return false;
		}
	}
	const struct node *replaces = node_get(root, "replaces"), *clause;
	for (size_t i = 0; (clause = node_item(replaces, i)); i++) {
		policy->replaces = mem_room(policy->replaces, policy->replace_count, 1,
					    sizeof *policy->replaces);
		policy->replacers = mem_room(policy->replacers, policy->replace_count, 1,
					     sizeof *policy->replacers);
		policy->replacers[policy->replace_count] = file;
		policy->replaces[policy->replace_count++] = clause;
	}
	return true;
}

const struct rule *policy_next(const struct policy *policy, enum rule_list list, size_t *cursor)
{
	const struct rules *rules = &policy->lists[list];
	return *cursor < rules->count ? &rules->items[(*cursor)++] : NULL;
}

const struct rule *policy_find(const struct policy *policy, enum rule_list list, const char *name)
{
	size_t cursor = 0;
	const struct rule *rule;
	while (name && (rule = policy_next(policy, list, &cursor)))
		if (node_is_string(node_get(rule->node, policy_lists[list].name), name))
			return rule;
	return NULL;
}

const struct rule *policy_find_recorded(const struct policy *policy, enum rule_list list,
					const char *name)
{
	const struct rule *rule = policy_find(policy, list, name);
	const struct rules *replaced = &policy->replaced[list];
	for (size_t i = 0; !rule && name && i < replaced->count; i++)
		if (node_is_string(node_get(replaced->items[i].node, policy_lists[list].name),
				   name))
			rule = &replaced->items[i];
	return rule;
}

const char *policy_title(const struct policy *policy, enum rule_list list, const char *name)
{
	const struct rule *rule = policy_find(policy, list, name);
	const char *title = rule ? node_text(rule->node, "title") : NULL;
	return title ? title : name;
}

void policy_names(const struct policy *policy, enum rule_list list, const char *kind,
		  struct buf *out)
{
	size_t cursor = 0, begin = out->len;
	const struct rule *rule;
	while ((rule = policy_next(policy, list, &cursor))) {
		const char *name = node_text(rule->node, policy_lists[list].name);
		const struct node *of = node_get(rule->node, "kind");
		if (!name || (kind && list != RULE_KIND && of && !node_holds(of, kind)))
			continue;
		if (policy_find(policy, list, name) != rule)
			continue; /* another pack named it before */
		if (out->len > begin)
			buf_adds(out, ", ");
		buf_adds(out, name);
	}
}

const struct hours *policy_hours(const struct policy *policy, const char *name)
{
	for (size_t i = 0; i < policy->hours_count; i++)
		if (name ? strcmp(policy->hours[i].name, name) == 0 : policy->hours[i].business)
			return &policy->hours[i].hours;
	return NULL;
}

bool clauses_hold(const char *clauses, const char *clause)
{
	size_t len = strlen(clause);
	for (const char *at = clauses; (at = strstr(at, clause)); at += len)
		if ((at == clauses || at[-1] == ' ') && (!at[len] || at[len] == ' '))
			return true;
	return false;
}

/* --- what applies --- */

static enum verdict condition_holds(const struct policy *policy, const char *name,
				    const struct node *view, struct err *err)
{
	for (size_t i = 0; i < policy->condition_count; i++) {
		if (strcmp(policy->conditions[i].name, name) != 0)
			continue;
		enum schema_verdict verdict =
			schema_decide(policy->conditions[i].schema, view, err);
		if (verdict != SCHEMA_LIMIT)
			return verdict == SCHEMA_YES ? VERDICT_YES : VERDICT_NO;
		err->status = STATUS_DAMAGED;
		return VERDICT_UNKNOWN;
	}
	return VERDICT_NO; /* sealing made sure that every name is known */
}

/* Whether the last document of VIEW, or the one that opened the form, was brought about by one of
 * ROUTINES. */
static bool is_of_routine(const struct node *routines, const struct node *view)
{
	const char *last = node_text(node_get(view, "document"), "routine");
	const char *opening = node_text(node_path(view, "steps.opened"), "routine");
	return (last && node_holds(routines, last)) || (opening && node_holds(routines, opening));
}

enum verdict policy_applies(const struct policy *policy, const struct rule *rule,
			    const struct node *view, int day, struct err *err)
{
	if (day < rule->from || day >= rule->before)
		return VERDICT_NO;
	static const char *const selectors[] = {"kind", "category", "severity"};
	for (size_t i = 0; i < sizeof selectors / sizeof *selectors; i++) {
		const struct node *wanted = node_get(rule->node, selectors[i]);
		const char *is = node_text(view, selectors[i]);
		if (wanted && (!is || !node_holds(wanted, is)))
			return VERDICT_NO;
	}
	const struct node *routines = node_get(rule->node, "routine");
	/* in a routine's own entry it is the name */
	if (routines && !node_get(rule->node, "for") && !is_of_routine(routines, view))
		return VERDICT_NO;
	const char *name;
	for (size_t i = 0; (name = node_each_text(node_get(rule->node, "if"), &i));) {
		enum verdict verdict = condition_holds(policy, name, view, err);
		if (verdict != VERDICT_YES)
			return verdict;
	}
	for (size_t i = 0; (name = node_each_text(node_get(rule->node, "unless"), &i));) {
		enum verdict verdict = condition_holds(policy, name, view, err);
		if (verdict != VERDICT_NO)
			return verdict == VERDICT_YES ? VERDICT_NO : verdict;
	}
	return VERDICT_YES;
}

bool policy_classify(const struct policy *policy, const char *text, size_t len, const char **kind,
		     const char **category, const char **severity, struct err *err)
{
	static const enum rule_list order[] = {RULE_KIND, RULE_CATEGORY, RULE_SEVERITY};
	const char **found[] = {kind, category, severity};
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		size_t cursor = 0;
		const struct rule *rule;
		while (!*found[i] && (rule = policy_next(policy, order[i], &cursor))) {
			const struct node *of = node_get(rule->node, "kind");
			if (!rule->pattern ||
			    (order[i] != RULE_KIND && *kind && of && !node_holds(of, *kind)))
				continue;
			enum pattern_result result =
				pattern_match(rule->pattern, text, len, NULL, NULL, err);
			if (result == PATTERN_LIMIT) {
				err_clause(err, rule->clause);
				return policy_damaged(rule->file, node_get(rule->node, "pattern"),
						      err);
			}
			if (result == PATTERN_YES)
				*found[i] = node_text(rule->node, policy_lists[order[i]].name);
		}
		/* a category of one kind says the kind */
		if (order[i] == RULE_CATEGORY && *category && !*kind) {
			const struct rule *of = policy_find(policy, RULE_CATEGORY, *category);
			const struct node *kinds = of ? node_get(of->node, "kind") : NULL;
			if (node_as_text(kinds))
				*kind = node_as_text(kinds);
		}
	}
	const struct rule *chosen = policy_find(policy, RULE_CATEGORY, *category);
	if (!*severity && chosen)
		*severity = node_text(chosen->node, "severity");
	return true;
}
