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
	free(policy->replacing);
	free(policy->moneys);
	arena_clear(&policy->arena);
	free(policy);
}

bool policy_damaged(const char *file, const struct node *at, struct err *err)
{
	err->status = STATUS_DAMAGED;
	return err_place(err, file, at ? at->line : 0, at ? at->column : 0);
}

const char *policy_clauses(struct policy *policy, const struct node *clause)
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
		/* what is a map now and then, as under `replaces`, is no entry */
		if (!node_pair_count(inner) || node_each(schema_annotation(entries, "type"), 1))
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

static bool rule_add(struct policy *policy, struct policy_list *list, const char *pack,
		     const char *file, const struct node *entry, struct err *err)
{
	struct rule rule = {
		.node = entry, .file = file, .pack = pack, .from = INT_MIN, .before = INT_MAX};
	rule.clause = policy_clauses(policy, node_get(entry, "clause"));
	rule.title = policy_title_of(policy, entry);
	rule.kinds = node_get(entry, "kind");
	if (list == &policy->lists[RULE_DEADLINE] || list == &policy->lists[RULE_CALLBACK])
		rule.cited = node_text(entry, list->name);
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
			if (!rule_add(policy, list, node_text(root, "pack"), file, entry, err) ||
			    (i == RULE_HOURS && !hours_add(policy, file, entry, err)))
				return false;
	}
	policy->packs = mem_room(policy->packs, policy->pack_count, 1, sizeof *policy->packs);
	policy->packs[policy->pack_count++] = (struct pack){.file = file, .root = root};
	policy_replaces_add(policy, &policy->packs[policy->pack_count - 1]);
	return true;
}

/* --- put together --- */

/* Whether a pack other than RULE's has, or had, a deadline or callback of that NAME. */
static bool is_shared(const struct policy *policy, const struct rule *rule, const char *name)
{
	static const enum rule_list lists[] = {RULE_DEADLINE, RULE_CALLBACK};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const struct policy_list *list = &policy->lists[lists[i]];
		const struct rules *all[] = {&list->rules, &list->replaced};
		for (size_t j = 0; j < 2; j++)
			for (size_t k = 0; k < all[j]->count; k++)
				if (all[j]->items[k].file != rule->file &&
				    node_is_string(node_get(all[j]->items[k].node, list->name),
						   name))
					return true;
	}
	return false;
}

/* Decides how documents cite the rules of LIST, so that no two packs' are taken for each other. */
static void cite(struct policy *policy, struct policy_list *list)
{
	struct rules *all[] = {&list->rules, &list->replaced};
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < all[i]->count; j++) {
			struct rule *rule = &all[i]->items[j];
			const char *name = node_text(rule->node, list->name);
			rule->cited =
				name && is_shared(policy, rule, name)
					? arena_printf(&policy->arena, "%s/%s", rule->pack, name)
					: name;
		}
}

/* The kinds that PACK gives, where its rules are for them alone; NULL: they are for all. */
static struct node *scope_of(struct policy *policy, const struct pack *pack)
{
	const struct node *entry, *entries = node_get(pack->root, "kinds");
	struct node *kinds = node_list(&policy->arena);
	if (!node_get(pack->root, "scope"))
		return NULL;
	for (size_t i = 0; (entry = node_item(entries, i)); i++)
		if (node_text(entry, "kind"))
			node_push(&policy->arena, kinds,
				  node_string(&policy->arena, node_text(entry, "kind")));
	return kinds;
}

/* Decides which kinds the rules of each pack are for. */
static void scope_rules(struct policy *policy)
{
	for (size_t i = 0; i < policy->pack_count; i++) {
		const struct node *scope = scope_of(policy, &policy->packs[i]);
		for (size_t j = 0; j < RULE_LISTS; j++) {
			struct rules *rules = &policy->lists[j].rules;
			for (size_t k = 0; k < rules->count; k++) {
				struct rule *rule = &rules->items[k];
				const struct node *own = node_get(rule->node, "kind");
				if (rule->file == policy->packs[i].file)
					rule->kinds = own ? own : scope;
			}
		}
	}
}

bool policy_seal(struct policy *policy, struct err *err)
{
	scope_rules(policy);
	policy_replace(policy);
	cite(policy, &policy->lists[RULE_DEADLINE]);
	cite(policy, &policy->lists[RULE_CALLBACK]);
	if (!policy_names_fit(policy, err) || !policy_makes_sense(policy, err))
		return false;
	policy_find_money(policy);
	policy_add_core(policy);
	return true;
}
