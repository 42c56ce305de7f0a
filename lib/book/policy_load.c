// SPDX-License-Identifier: MIT
// Reads packs into a policy and puts them together: what one pack replaces in others is taken out,
// then all of them are checked as one.
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/policy_parts.h"
#include "text/pattern.h"

/* For each list that kefu knows: its key in a pack, and the key that names an entry. */
static const struct {
	const char *key, *name;
} known_lists[RULE_LISTS] = {
	[RULE_ROLE] = {"roles", "role"},
	[RULE_DEPARTMENT] = {"departments", "department"},
	[RULE_HOURS] = {"hours", "hours"},
	[RULE_KIND] = {"kinds", "kind"},
	[RULE_CATEGORY] = {"categories", "category"},
	[RULE_SEVERITY] = {"severities", "severity"},
	[RULE_PRICE] = {"prices", "price"},
	[RULE_CHECKLIST] = {"checklists", "checklist"},
	[RULE_EVENT] = {"events", "event"},
	[RULE_STEP] = {"steps", "step"},
	[RULE_UNIQUE] = {"unique", "unique"},
	[RULE_BALANCE] = {"balances", "balance"},
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
	policy->lists = mem_room(NULL, 0, RULE_LISTS, sizeof *policy->lists);
	for (; policy->list_count < RULE_LISTS; policy->list_count++)
		policy->lists[policy->list_count] =
			(struct policy_list){.key = known_lists[policy->list_count].key,
					     .name = known_lists[policy->list_count].name};
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
	for (size_t i = 0; i < policy->list_count; i++) {
		rules_clear(&policy->lists[i].rules);
		rules_clear(&policy->lists[i].replaced);
	}
	free(policy->lists);
	free(policy->packs);
	free(policy->conditions);
	free(policy->hours);
	free(policy->replaces);
	free(policy->replacers);
	free(policy->moneys);
	arena_clear(&policy->arena);
	free(policy);
}

bool policy_damaged(const char *file, const struct node *at, struct err *err)
{
	err->status = STATUS_DAMAGED;
	return err_place(err, file, at ? at->line : 0, at ? at->column : 0);
}

/* The clauses of a rule's entry with spaces between, in the policy's arena; NULL when it has none.
 */
static const char *clauses_of(struct policy *policy, const struct node *clause)
{
	struct buf text;
	buf_init(&text);
	node_join(clause, " ", &text);
	const char *kept = text.len ? arena_dup(&policy->arena, text.data) : NULL;
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

struct policy_list *policy_list_at(const struct policy *policy, const char *key)
{
	for (size_t i = 0; i < policy->list_count; i++)
		if (strcmp(policy->lists[i].key, key) == 0)
			return &policy->lists[i];
	return NULL;
}

/* Takes from ENTRIES, the schema of the entries of LIST, which key names an entry, and whether each
 * must have a clause. */
static void list_read(struct policy_list *list, const struct schema *entries,
		      const struct node *properties)
{
	list->has_clauses = node_holds(schema_annotation(entries, "required"), "clause");
	const struct pair *property;
	for (size_t i = 0; (property = node_pair(properties, i)); i++) {
		const char *key = property->key;
		const struct node *names =
			schema_annotation(schema_property(entries, key, NULL), "x-names");
		if (!names || (list->name && strcmp(list->name, key) != 0))
			continue;
		list->name = key;
		list->sort = node_as_text(node_each(names, 0));
		return;
	}
}

/* The lists of a pack are the properties of its schema whose items are maps. */
static void lists_read(struct policy *policy)
{
	const struct node *properties = schema_annotation(policy->schema, "properties");
	const struct pair *property;
	for (size_t i = 0; (property = node_pair(properties, i)); i++) {
		const char *key = property->key;
		const struct schema *entries =
			schema_items(schema_property(policy->schema, key, NULL));
		const struct node *inner = schema_annotation(entries, "properties");
		struct policy_list *list = policy_list_at(policy, key);
		if (!node_pair_count(inner))
			continue;
		if (!list) {
			policy->lists = mem_room(policy->lists, policy->list_count, 1,
						 sizeof *policy->lists);
			list = &policy->lists[policy->list_count++];
			*list = (struct policy_list){.key = key};
		}
		list_read(list, entries, inner);
	}
}

static bool rule_add(struct policy *policy, struct policy_list *list, const char *file,
		     const struct node *entry, struct err *err)
{
	struct rule rule = {.node = entry, .file = file, .from = INT_MIN, .before = INT_MAX};
	rule.clause = clauses_of(policy, node_get(entry, "clause"));
	rule.title = policy_title_of(policy, entry);
	/* what these keys mean in a list that kefu does not know is not its business */
	bool known = list < policy->lists + RULE_LISTS;
	if (known && (!rule_day(&rule, "from", &rule.from, err) ||
		      !rule_day(&rule, "before", &rule.before, err)))
		return false;
	if (known && rule.from >= rule.before) {
		err_set(err, STATUS_DAMAGED,
			"before: it must be later than from, or the rule is never in force");
		return policy_damaged(file, node_get(entry, "before"), err);
	}
	const struct node *pattern = known ? node_get(entry, "pattern") : NULL;
	if (node_as_text(pattern) &&
	    !(rule.pattern =
		      pattern_new(node_as_text(pattern), node_text_len(pattern), true, err))) {
		err_prefix(err, "pattern");
		return policy_damaged(file, pattern, err);
	}
	rules_push(&list->rules, &rule);
	return true;
}

/* Whether ASKED, what is asked of a form, asks for those that are linked. */
static bool asks_linked(const struct node *asked, unsigned depth)
{
	static const char *const lists[] = {"allOf", "anyOf", "oneOf"}, *const ones[] = {
										"not", "if", "then",
										"else"};
	const struct node *part;
	if (depth > 64 || asked->type != NODE_MAP)
		return false;
	bool asks = node_path(asked, "properties.linked") ||
		    node_holds(node_get(asked, "required"), "linked");
	for (size_t i = 0; !asks && i < sizeof lists / sizeof *lists; i++)
		for (size_t j = 0; (part = node_item(node_get(asked, lists[i]), j)); j++)
			asks = asks || asks_linked(part, depth + 1);
	for (size_t i = 0; !asks && i < sizeof ones / sizeof *ones; i++)
		asks = (part = node_get(asked, ones[i])) && asks_linked(part, depth + 1);
	return asks;
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
			err_set(err, STATUS_DAMAGED, "match.%s: %s defines it differently",
				pair->key, other->file);
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
		policy->conditions[policy->condition_count++] =
			(struct condition){.name = pair->key,
					   .file = file,
					   .schema = schema,
					   .node = pair->value,
					   .asks_linked = asks_linked(pair->value, 0)};
	}
	return true;
}

/* The hours of ENTRY, the rule that was added last. */
static bool hours_add(struct policy *policy, const char *file, const struct node *entry,
		      struct err *err)
{
	const struct rules *rules = &policy->lists[RULE_HOURS].rules;
	const struct rule *rule = &rules->items[rules->count - 1];
	struct named_hours named = {.name = node_text(entry, "hours"),
				    .business = node_true(entry, "business"),
				    .from = rule->from,
				    .before = rule->before};
	if (!hours_read(&named.hours, entry, file, err))
		return false;
	policy->hours = mem_room(policy->hours, policy->hours_count, 1, sizeof *policy->hours);
	policy->hours[policy->hours_count++] = named;
	return true;
}

bool policy_add(struct policy *policy, const char *name, const char *file, struct node *root,
		struct err *err)
{
	if (!policy->schema) {
		policy->schema = schema_find(policy->schemas, "schemas/policy.yaml", err);
		if (!policy->schema)
			return false;
		lists_read(policy);
	}
	if (!schema_check(policy->schema, root, file, err)) {
		err->status = STATUS_DAMAGED;
		return false;
	}
	if (!node_is_string(node_get(root, "pack"), name)) {
		err_set(err, STATUS_DAMAGED, "pack: must be %s, like the file's name", name);
		return policy_damaged(file, node_get(root, "pack"), err);
	}
	if (!conditions_add(policy, file, node_get(root, "match"), err))
		return false;
	for (size_t i = 0; i < policy->list_count; i++) {
		struct policy_list *list = &policy->lists[i];
		const struct node *entry, *entries = node_get(root, list->key);
		for (size_t j = 0; (entry = node_item(entries, j)); j++)
			if (!rule_add(policy, list, file, entry, err) ||
			    (i == RULE_HOURS && !hours_add(policy, file, entry, err)))
				return false;
	}
	policy->packs = mem_room(policy->packs, policy->pack_count, 1, sizeof *policy->packs);
	policy->packs[policy->pack_count++] = (struct pack){.file = file, .root = root};
	const char *clause;
	for (size_t i = 0; (clause = node_each_text(node_get(root, "replaces"), &i));) {
		policy->replaces = mem_room(policy->replaces, policy->replace_count, 1,
					    sizeof *policy->replaces);
		policy->replacers = mem_room(policy->replacers, policy->replace_count, 1,
					     sizeof *policy->replacers);
		policy->replacers[policy->replace_count] = file;
		policy->replaces[policy->replace_count++] = clause;
	}
	return true;
}

/* --- put together --- */

/* Whether a pack other than RULE's replaces CLAUSE, by itself or as a duty of a whole one. */
static bool is_replaced(const struct policy *policy, const struct rule *rule,
			const struct node *clause)
{
	const char *text = node_as_text(clause);
	for (size_t i = 0; text && i < policy->replace_count; i++)
		if (policy->replacers[i] != rule->file && clauses_hold(text, policy->replaces[i]))
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
	if (!policy_names_fit(policy, err) || !policy_makes_sense(policy, err))
		return false;
	policy_find_money(policy);
	policy_add_core(policy);
	return true;
}
