// SPDX-License-Identifier: MIT
// A policy, asked which rules its packs have and which of them apply.
#include <string.h>

#include "book/policy_parts.h"
#include "text/pattern.h"

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

bool rule_in_force(const struct rule *rule, int day)
{
	return day >= rule->from && day < rule->before;
}

/* Whether RULE is called NAME or, where documents may cite it so, PACK/NAME. */
static bool is_called(const struct rule *rule, const char *key, const char *name)
{
	const char *slash = strchr(name, '/');
	size_t len = slash ? (size_t)(slash - name) : 0;
	if (slash && !rule->cited)
		return false;
	return node_is_string(node_get(rule->node, key), slash ? slash + 1 : name) &&
	       (!slash || (strlen(rule->pack) == len && memcmp(rule->pack, name, len) == 0));
}

/* The first rule called NAME that is in force on *DAY; on any day where DAY is NULL. */
static const struct rule *find_in(const struct rules *rules, const char *key, const char *name,
				  const int *day)
{
	for (size_t i = 0; key && name && i < rules->count; i++)
		if ((!day || rule_in_force(&rules->items[i], *day)) &&
		    is_called(&rules->items[i], key, name))
			return &rules->items[i];
	return NULL;
}

const struct rule *policy_find(const struct policy *policy, enum rule_list list, const char *name)
{
	return find_in(&policy->lists[list].rules, policy->lists[list].name, name, NULL);
}

const struct rule *policy_find_on(const struct policy *policy, enum rule_list list,
				  const char *name, int day)
{
	const struct policy_list *in = &policy->lists[list];
	const struct rule *rule = find_in(&in->rules, in->name, name, &day);
	return rule ? rule : policy_find(policy, list, name);
}

const struct rule *policy_find_recorded(const struct policy *policy, enum rule_list list,
					const char *name, int day)
{
	const struct policy_list *in = &policy->lists[list];
	const struct rule *rule = find_in(&in->rules, in->name, name, &day);
	if (!rule)
		rule = find_in(&in->replaced, in->name, name, &day);
	if (!rule)
		rule = policy_find(policy, list, name);
	return rule ? rule : find_in(&in->replaced, in->name, name, NULL);
}

/* Whether one of the clauses of RULE is among CLAUSES. */
static bool shares_clause(const struct rule *rule, const char *clauses)
{
	const char *clause;
	for (size_t i = 0; (clause = node_each_text(node_get(rule->node, "clause"), &i));)
		if (clauses_hold(clauses, clause))
			return true;
	return false;
}

const struct rule *policy_find_cited(const struct policy *policy, enum rule_list list,
				     const char *name, const char *clause, int day)
{
	const struct policy_list *in = &policy->lists[list];
	const struct rules *all[] = {&in->rules, &in->replaced};
	const struct rule *first = policy_find_recorded(policy, list, name, day);
	if (!first || !clause || strchr(name, '/') || !strchr(first->cited, '/'))
		return first;
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < all[i]->count; j++) {
			const struct rule *rule = &all[i]->items[j];
			if (is_called(rule, in->name, name) && shares_clause(rule, clause))
				return policy_find_recorded(policy, list, rule->cited, day);
		}
	return first;
}

const struct rule *policy_find_beside(const struct policy *policy, enum rule_list list,
				      const struct rule *rule, const char *name)
{
	const struct policy_list *in = &policy->lists[list];
	for (size_t i = 0; name && i < in->rules.count; i++)
		if (in->rules.items[i].file == rule->file &&
		    is_called(&in->rules.items[i], in->name, name))
			return &in->rules.items[i];
	return policy_find(policy, list, name);
}

bool rules_are_one(const struct policy *policy, enum rule_list list, const struct rule *a,
		   const struct rule *b)
{
	const char *key = policy->lists[list].name;
	return a && b && strcmp(a->pack, b->pack) == 0 &&
	       strcmp(node_text(a->node, key), node_text(b->node, key)) == 0;
}

bool rule_is_called(const struct policy *policy, enum rule_list list, const struct rule *rule,
		    const char *wanted)
{
	return is_called(rule, policy->lists[list].name, wanted);
}

void policy_read_by(struct policy *policy, const struct languages *reader)
{
	policy->reader = *reader;
}

const char *policy_text(const struct policy *policy, const struct node *text)
{
	return language_choose(&policy->reader, text, NULL);
}

const char *policy_title_of(const struct policy *policy, const struct node *entry)
{
	return language_choose(&policy->reader, node_get(entry, "title"), NULL);
}

const char *policy_title(const struct policy *policy, enum rule_list list, const char *name)
{
	const struct policy_list *in = &policy->lists[list];
	const struct rules *all[] = {&in->rules, &in->replaced};
	const char *title = NULL;
	/* the first that has one: entries with other dates need not repeat it */
	for (size_t i = 0; in->name && name && i < 2; i++)
		for (size_t j = 0; j < all[i]->count && !title; j++)
			if (is_called(&all[i]->items[j], in->name, name))
				title = policy_title_of(policy, all[i]->items[j].node);
	return title ? title : name;
}

/* The next department that an entry of categories or routines names; NULL past the last. CURSORS
 * begin as 0. */
static const char *next_named(const struct policy *policy, size_t cursors[2])
{
	static const enum rule_list lists[] = {RULE_CATEGORY, RULE_ROUTINE};
	const struct rule *rule;
	const char *department;
	for (size_t i = 0; i < 2; i++)
		while ((rule = policy_next(policy, lists[i], &cursors[i])))
			if ((department = node_text(rule->node, "department")))
				return department;
	return NULL;
}

bool policy_has_department(const struct policy *policy, const char *department, struct err *err)
{
	size_t cursor = 0, cursors[2] = {0};
	const char *named;
	if (!department || !policy_next(policy, RULE_DEPARTMENT, &cursor) ||
	    policy_find(policy, RULE_DEPARTMENT, department))
		return true;
	/* a pack without the list names those of its own */
	while ((named = next_named(policy, cursors)))
		if (strcmp(named, department) == 0)
			return true;
	struct buf allowed;
	buf_init(&allowed);
	policy_names(policy, RULE_DEPARTMENT, NULL, &allowed);
	err_set(err, STATUS_REFUSED,
		"department: \"%s\" is not a department of these packs (allowed: %s)", department,
		allowed.data);
	buf_clear(&allowed);
	return false;
}

bool policy_has_item(const struct policy *policy, const char *item)
{
	const struct policy_list *in = &policy->lists[RULE_CHECKLIST];
	const struct rules *all[] = {&in->rules, &in->replaced};
	const struct node *entry;
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < all[i]->count; j++) {
			const struct node *items = node_get(all[i]->items[j].node, "items");
			for (size_t k = 0; (entry = node_item(items, k)); k++)
				if (node_is_string(node_get(entry, "item"), item))
					return true;
		}
	return false;
}

void policy_names(const struct policy *policy, enum rule_list list, const char *kind,
		  struct buf *out)
{
	struct arena arena = ARENA_INIT;
	size_t cursor = 0, begin = out->len;
	const struct rule *rule;
	while ((rule = policy_next(policy, list, &cursor))) {
		const char *name = rule->cited ? rule->cited
					       : node_text(rule->node, policy->lists[list].name);
		const struct node *of = node_get(rule->node, "kind");
		if (!name || (kind && list != RULE_KIND && of && !node_holds(of, kind)))
			continue;
		if (policy_find(policy, list, name) != rule)
			continue; /* another pack named it before */
		if (out->len > begin)
			buf_adds(out, ", ");
		buf_adds(out, language_called(&arena, name, policy_title(policy, list, name)));
	}
	arena_clear(&arena);
}

const struct hours *policy_hours(const struct policy *policy, const char *name, int day)
{
	const struct hours *first = NULL;
	for (size_t i = 0; i < policy->hours_count; i++) {
		const struct named_hours *hours = &policy->hours[i];
		if (name ? strcmp(hours->name, name) != 0 : !hours->business)
			continue;
		if (day >= hours->from && day < hours->before)
			return &hours->hours;
		first = first ? first : &hours->hours;
	}
	return first;
}

/* Whether one of CLAUSES begins with CLAUSE, behind which stands one of ENDS or nothing, or the
 * letter of one of its duties. */
static bool one_is(const char *clauses, const char *clause, const char *ends)
{
	size_t len = strlen(clause);
	bool numbered = len && clause[len - 1] >= '0' && clause[len - 1] <= '9';
	for (const char *word = clauses; word;
	     word = strchr(word, ' ') ? strchr(word, ' ') + 1 : NULL) {
		if (strncmp(word, clause, len) != 0)
			continue;
		const char *behind = word + len;
		if (strchr(ends, *behind) ||
		    (numbered && *behind >= 'a' && *behind <= 'z' && strchr(" ", behind[1])))
			return true;
	}
	return false;
}

bool clauses_hold(const char *clauses, const char *clause)
{
	return one_is(clauses, clause, " ");
}

bool clauses_lie_under(const char *clauses, const char *part)
{
	return one_is(clauses, part, " .-");
}

/* --- what applies --- */

const struct condition *policy_condition(const struct policy *policy, const struct rule *rule,
					 const char *name)
{
	const struct condition *found = NULL;
	for (size_t i = 0; i < policy->condition_count; i++) {
		const struct condition *condition = &policy->conditions[i];
		if (strcmp(condition->name, name) != 0)
			continue;
		if (condition->file == rule->file)
			return condition;
		found = found ? found : condition;
	}
	return found;
}

static enum verdict condition_holds(const struct policy *policy, const struct rule *rule,
				    const char *name, const struct node *view, struct err *err)
{
	const struct condition *condition = policy_condition(policy, rule, name);
	if (!condition)
		return VERDICT_NO; /* sealing made sure that every name is known */
	enum schema_verdict verdict = schema_decide(condition->schema, view, err);
	if (verdict != SCHEMA_LIMIT)
		return verdict == SCHEMA_YES ? VERDICT_YES : VERDICT_NO;
	err->status = STATUS_DAMAGED;
	return VERDICT_UNKNOWN;
}

bool policy_asks_linked(const struct policy *policy, const struct rule *rule)
{
	static const char *const keys[] = {"if", "unless"};
	const char *name;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		for (size_t j = 0; (name = node_each_text(node_get(rule->node, keys[i]), &j));) {
			const struct condition *condition = policy_condition(policy, rule, name);
			if (condition && condition->asks_linked)
				return true;
		}
	return false;
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
	if (!rule_in_force(rule, day) ||
	    policy_aside(policy, rule, node_text(view, "kind"),
			 node_text(node_get(view, "document"), "event")))
		return VERDICT_NO;
	static const char *const selectors[] = {"kind", "category", "severity"};
	for (size_t i = 0; i < sizeof selectors / sizeof *selectors; i++) {
		const struct node *wanted = i ? node_get(rule->node, selectors[i]) : rule->kinds;
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
		enum verdict verdict = condition_holds(policy, rule, name, view, err);
		if (verdict != VERDICT_YES)
			return verdict;
	}
	for (size_t i = 0; (name = node_each_text(node_get(rule->node, "unless"), &i));) {
		enum verdict verdict = condition_holds(policy, rule, name, view, err);
		if (verdict != VERDICT_NO)
			return verdict == VERDICT_YES ? VERDICT_NO : verdict;
	}
	return VERDICT_YES;
}

/* Whether RULE, an entry of LIST called NAME, is for tickets of KIND; NULL: of any. */
static bool is_for(const struct policy *policy, enum rule_list list, const struct rule *rule,
		   const char *name, const char *kind)
{
	const struct node *of = list == RULE_KIND ? NULL : node_get(rule->node, "kind");
	return node_is_string(node_get(rule->node, policy->lists[list].name), name) &&
	       (!of || !kind || node_holds(of, kind));
}

const struct node *policy_says(const struct policy *policy, enum rule_list list, const char *name,
			       const char *kind, const char *key)
{
	size_t cursor = 0;
	const struct rule *rule;
	while (name && (rule = policy_next(policy, list, &cursor)))
		if (is_for(policy, list, rule, name, kind) && node_get(rule->node, key))
			return node_get(rule->node, key);
	return NULL;
}

struct node *policy_severities(const struct policy *policy, struct arena *arena, const char *kind)
{
	struct node *all = NULL;
	const struct rule *rule;
	for (size_t cursor = 0; kind && (rule = policy_next(policy, RULE_KIND, &cursor));) {
		const struct node *named = node_get(rule->node, "severities"), *one;
		if (!named || !is_for(policy, RULE_KIND, rule, kind, NULL))
			continue;
		all = all ? all : node_list(arena);
		for (size_t i = 0; (one = node_each(named, i)); i++)
			if (node_as_text(one) && !node_holds(all, node_as_text(one)))
				node_push(arena, all, (struct node *)one);
	}
	return all;
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
				pattern_search(rule->pattern, text, len, NULL, err);
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
			const struct node *kinds =
				policy_says(policy, RULE_CATEGORY, *category, NULL, "kind");
			if (node_as_text(kinds))
				*kind = node_as_text(kinds);
		}
	}
	if (!*severity)
		*severity = node_as_text(
			policy_says(policy, RULE_CATEGORY, *category, *kind, "severity"));
	return true;
}
