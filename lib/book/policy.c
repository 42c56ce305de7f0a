// SPDX-License-Identifier: MIT
// A policy: the rules of its packs, which are data, and which of them apply.
#include "book/policy_parts.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/pattern.h"

/* For each list that kefu knows: its key in a pack, and the key that names an entry. */
static const struct {
	const char *key, *name;
} known_lists[RULE_LISTS] = {
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
	/* what these keys mean in a list that kefu does not know is not its business */
	bool known = list < policy->lists + RULE_LISTS;
	if (known && (!rule_day(&rule, "from", &rule.from, err) ||
		      !rule_day(&rule, "before", &rule.before, err)))
		return false;
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

size_t policy_list_count(const struct policy *policy)
{
	return policy->list_count;
}

const char *policy_list_key(const struct policy *policy, enum rule_list list)
{
	return policy->lists[list].key;
}

const char *policy_list_name(const struct policy *policy, enum rule_list list)
{
	return policy->lists[list].name;
}

const struct rule *policy_next(const struct policy *policy, enum rule_list list, size_t *cursor)
{
	const struct rules *rules = &policy->lists[list].rules;
	return *cursor < rules->count ? &rules->items[(*cursor)++] : NULL;
}

static const struct rule *find_in(const struct rules *rules, const char *key, const char *name)
{
	for (size_t i = 0; key && name && i < rules->count; i++)
		if (node_is_string(node_get(rules->items[i].node, key), name))
			return &rules->items[i];
	return NULL;
}

const struct rule *policy_find(const struct policy *policy, enum rule_list list, const char *name)
{
	return find_in(&policy->lists[list].rules, policy->lists[list].name, name);
}

const struct rule *policy_find_recorded(const struct policy *policy, enum rule_list list,
					const char *name)
{
	const struct rule *rule = policy_find(policy, list, name);
	return rule ? rule : find_in(&policy->lists[list].replaced, policy->lists[list].name, name);
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
		const char *name = node_text(rule->node, policy->lists[list].name);
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
				*found[i] = node_text(rule->node, policy->lists[order[i]].name);
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
