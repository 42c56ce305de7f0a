// SPDX-License-Identifier: MIT
// Rules as data: packs loaded, checked, and asked which of them apply.
#include "book/policy.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/form.h"
#include "book/scheme.h"
#include "book/staff.h"
#include "data/anchor.h"
#include "text/pattern.h"

static const struct {
	const char *list, *name; /* the list's key in a pack; the key that names an entry */
} lists[RULE_LISTS] = {
	[RULE_ROLE] = {"roles", "role"},           [RULE_HOURS] = {"hours", "hours"},
	[RULE_KIND] = {"kinds", "kind"},           [RULE_CATEGORY] = {"categories", "category"},
	[RULE_SEVERITY] = {"severities", "severity"}, [RULE_STEP] = {"steps", "step"},
	[RULE_DEADLINE] = {"deadlines", "rule"},   [RULE_EXTENSION] = {"extensions", "extend"},
	[RULE_CALLBACK] = {"callbacks", "rule"},   [RULE_PHRASE] = {"phrases", "phrase"},
	[RULE_REPEAT] = {"repeats", "repeat"},     [RULE_ROUTINE] = {"routines", "routine"},
	[RULE_SURVEY] = {"surveys", "survey"},
	[RULE_SCHEME] = {"schemes", "scheme"},
	[RULE_DEGREE] = {"degrees", "degree"},     [RULE_COURSE] = {"courses", "course"},
	[RULE_CERTIFICATE] = {"certificates", "certificate"}, [RULE_APPOINTMENT] = {"appointments", "appointment"},
	[RULE_PENALTY] = {"penalties", "penalty"}, [RULE_RATING] = {"ratings", "rating"},
};

struct rules {
	struct rule *items;
	size_t count, room;
};

struct condition {
	const char *name, *file;
	const struct schema *schema;
	const struct node *node;
};

struct named_hours {
	const char *name;
	bool business;
	struct hours hours;
};

struct policy {
	struct arena arena;
	struct schema_set *schemas;
	struct rules lists[RULE_LISTS];
	struct rules replaced[RULE_LISTS];
	struct condition *conditions;
	size_t condition_count;
	struct named_hours *hours;
	size_t hours_count;
	const struct node **replaces;
	const char **replacers;
	size_t replace_count;
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

static bool damaged(const char *file, const struct node *at, struct err *err)
{
	err->status = STATUS_DAMAGED;
	return err_place(err, file, at ? at->line : 0, at ? at->column : 0);
}

static const char *clauses_of(struct policy *policy, const struct node *clause)
{
	if (!clause)
		return NULL;
	struct buf text;
	buf_init(&text);
	const struct node *one;
	for (size_t i = 0; (one = node_each(clause, i)); i++) {
		if (i)
			buf_addc(&text, ' ');
		buf_adds(&text, one->text);
	}
	const char *kept = arena_dup(&policy->arena, text.data);
	buf_clear(&text);
	return kept;
}

static bool rule_day(const struct rule *rule, const char *key, int *day, struct err *err)
{
	const struct node *date = node_get(rule->node, key);
	return !date || date_parse(date->text, day, err) || damaged(rule->file, date, err);
}

static void rules_push(struct rules *rules, const struct rule *rule)
{
	if (rules->count == rules->room) {
		rules->room = rules->room ? rules->room * 2 : 16;
		rules->items = mem_grow(rules->items, rules->room, sizeof *rules->items);
	}
	rules->items[rules->count++] = *rule;
}

static bool rule_add(struct policy *policy, enum rule_list list, const char *file, const struct node *entry,
		     struct err *err)
{
	struct rule rule = {.node = entry, .file = file, .from = INT_MIN, .before = INT_MAX};
	rule.clause = clauses_of(policy, node_get(entry, "clause"));
	if (!rule_day(&rule, "from", &rule.from, err) || !rule_day(&rule, "before", &rule.before, err))
		return false;
	const struct node *pattern = node_get(entry, "pattern");
	if (pattern && !(rule.pattern = pattern_new(pattern->text, pattern->len, true, err))) {
		err_prefix(err, "pattern");
		return damaged(file, pattern, err);
	}
	rules_push(&policy->lists[list], &rule);
	return true;
}

static bool conditions_add(struct policy *policy, const char *file, const struct node *match, struct err *err)
{
	for (size_t i = 0; i < node_count(match); i++) {
		const struct pair *pair = &match->map.pairs[i];
		for (size_t j = 0; j < policy->condition_count; j++) {
			const struct condition *other = &policy->conditions[j];
			if (strcmp(other->name, pair->key) != 0)
				continue;
			if (node_equal_json(other->node, pair->value))
				break;
			err_set(err, STATUS_DAMAGED, "match.%s: %s says it otherwise", pair->key, other->file);
			return damaged(file, pair->value, err);
		}
		const char *uri = arena_printf(&policy->arena, "%s#/match/%s", file, pair->key);
		const struct schema *schema =
			schema_set_add(policy->schemas, uri, pair->value, err) ? schema_find(policy->schemas, uri, err) : NULL;
		if (!schema)
			return false;
		policy->conditions = mem_grow(policy->conditions, policy->condition_count + 1, sizeof *policy->conditions);
		policy->conditions[policy->condition_count++] =
			(struct condition){.name = pair->key, .file = file, .schema = schema, .node = pair->value};
	}
	return true;
}

static bool hours_add(struct policy *policy, const char *file, const struct node *entry, struct err *err)
{
	struct named_hours named = {.name = node_text(entry, "hours")};
	const struct node *business = node_get(entry, "business");
	named.business = business && business->boolean;
	if (!hours_read(&named.hours, entry, file, err))
		return false;
	policy->hours = mem_grow(policy->hours, policy->hours_count + 1, sizeof *policy->hours);
	policy->hours[policy->hours_count++] = named;
	return true;
}

bool policy_add(struct policy *policy, const char *name, const char *file, struct node *root, struct err *err)
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
		return damaged(file, node_get(root, "pack"), err);
	}
	if (!conditions_add(policy, file, node_get(root, "match"), err))
		return false;
	for (enum rule_list list = 0; list < RULE_LISTS; list++) {
		const struct node *entries = node_get(root, lists[list].list);
		for (size_t i = 0; i < node_count(entries); i++) {
			const struct node *entry = entries->list.items[i];
			if (!rule_add(policy, list, file, entry, err) ||
			    (list == RULE_HOURS && !hours_add(policy, file, entry, err)))
				return false;
		}
	}
	const struct node *replaces = node_get(root, "replaces");
	for (size_t i = 0; i < node_count(replaces); i++) {
		policy->replaces = mem_grow(policy->replaces, policy->replace_count + 1, sizeof *policy->replaces);
		policy->replacers = mem_grow(policy->replacers, policy->replace_count + 1, sizeof *policy->replacers);
		policy->replacers[policy->replace_count] = file;
		policy->replaces[policy->replace_count++] = replaces->list.items[i];
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
		if (node_is_string(node_get(rule->node, lists[list].name), name))
			return rule;
	return NULL;
}

const struct rule *policy_find_recorded(const struct policy *policy, enum rule_list list, const char *name)
{
	const struct rule *rule = policy_find(policy, list, name);
	const struct rules *replaced = &policy->replaced[list];
	for (size_t i = 0; !rule && name && i < replaced->count; i++)
		if (node_is_string(node_get(replaced->items[i].node, lists[list].name), name))
			rule = &replaced->items[i];
	return rule;
}

const char *policy_title(const struct policy *policy, enum rule_list list, const char *name)
{
	const struct rule *rule = policy_find(policy, list, name);
	const char *title = rule ? node_text(rule->node, "title") : NULL;
	return title ? title : name;
}

void policy_names(const struct policy *policy, enum rule_list list, const char *kind, struct buf *out)
{
	size_t cursor = 0, begin = out->len;
	const struct rule *rule;
	while ((rule = policy_next(policy, list, &cursor))) {
		const char *name = node_text(rule->node, lists[list].name);
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

static enum verdict condition_holds(const struct policy *policy, const char *name, const struct node *view, struct err *err)
{
	for (size_t i = 0; i < policy->condition_count; i++) {
		if (strcmp(policy->conditions[i].name, name) != 0)
			continue;
		enum schema_verdict verdict = schema_decide(policy->conditions[i].schema, view, err);
		if (verdict != SCHEMA_LIMIT)
			return verdict == SCHEMA_YES ? VERDICT_YES : VERDICT_NO;
		err->status = STATUS_DAMAGED;
		return VERDICT_UNKNOWN;
	}
	return VERDICT_NO; /* sealing made sure that every name is known */
}

/* Whether the last document of VIEW, or the one that opened the form, was brought about by one of ROUTINES. */
static bool is_of_routine(const struct node *routines, const struct node *view)
{
	const char *last = node_text(node_get(view, "document"), "routine");
	const char *opening = node_text(node_path(view, "steps.opened"), "routine");
	return (last && node_holds(routines, last)) || (opening && node_holds(routines, opening));
}

enum verdict policy_applies(const struct policy *policy, const struct rule *rule, const struct node *view, int day,
			    struct err *err)
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
	const struct node *name;
	for (size_t i = 0; (name = node_each(node_get(rule->node, "if"), i)); i++) {
		enum verdict verdict = condition_holds(policy, name->text, view, err);
		if (verdict != VERDICT_YES)
			return verdict;
	}
	for (size_t i = 0; (name = node_each(node_get(rule->node, "unless"), i)); i++) {
		enum verdict verdict = condition_holds(policy, name->text, view, err);
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
			if (!rule->pattern || (order[i] != RULE_KIND && *kind && of && !node_holds(of, *kind)))
				continue;
			enum pattern_result result = pattern_match(rule->pattern, text, len, NULL, NULL, err);
			if (result == PATTERN_LIMIT) {
				err_clause(err, rule->clause);
				return damaged(rule->file, node_get(rule->node, "pattern"), err);
			}
			if (result == PATTERN_YES)
				*found[i] = node_text(rule->node, lists[order[i]].name);
		}
		/* a category of one kind says the kind */
		if (order[i] == RULE_CATEGORY && *category && !*kind) {
			const struct rule *of = policy_find(policy, RULE_CATEGORY, *category);
			const struct node *kinds = of ? node_get(of->node, "kind") : NULL;
			if (kinds && kinds->type == NODE_STRING)
				*kind = kinds->text;
		}
	}
	const struct rule *chosen = policy_find(policy, RULE_CATEGORY, *category);
	if (!*severity && chosen)
		*severity = node_text(chosen->node, "severity");
	return true;
}

/* --- sealing: names used are names defined, packs do not contradict --- */

static bool unknown_name(const struct policy *policy, const struct rule *rule, const struct node *name, enum rule_list list,
			 struct err *err)
{
	struct buf allowed;
	buf_init(&allowed);
	policy_names(policy, list, NULL, &allowed);
	err_set(err, STATUS_DAMAGED, "\"%s\" is no %s of these packs (allowed: %s)", name->text, lists[list].name,
		allowed.len ? allowed.data : "none");
	buf_clear(&allowed);
	return damaged(rule->file, name, err);
}

static bool check_names(const struct policy *policy, const struct rule *rule, const struct node *names,
			enum rule_list list, struct err *err)
{
	const struct node *name;
	for (size_t i = 0; (name = node_each(names, i)); i++)
		if (!policy_find(policy, list, name->text) &&
		    !(list == RULE_ROLE && strcmp(name->text, ROLE_ADMINISTRATOR) == 0) &&
		    !(list == RULE_KIND && strcmp(name->text, KIND_CUSTOMER) == 0))
			return unknown_name(policy, rule, name, list, err);
	return true;
}

static bool check_conditions(const struct policy *policy, const struct rule *rule, const char *key, struct err *err)
{
	const struct node *name;
	for (size_t i = 0; (name = node_each(node_get(rule->node, key), i)); i++) {
		bool known = false;
		for (size_t j = 0; j < policy->condition_count && !known; j++)
			known = strcmp(policy->conditions[j].name, name->text) == 0;
		if (known)
			continue;
		struct buf allowed;
		buf_init(&allowed);
		for (size_t j = 0; j < policy->condition_count; j++)
			buf_addf(&allowed, "%s%s", j ? ", " : "", policy->conditions[j].name);
		err_set(err, STATUS_DAMAGED, "%s: \"%s\" is no condition under match (allowed: %s)", key, name->text,
			allowed.len ? allowed.data : "none");
		buf_clear(&allowed);
		return damaged(rule->file, name, err);
	}
	return true;
}

/* Whether any pack speaks of STEP: a core event, or named by a steps entry. */
static bool step_known(const struct policy *policy, const char *step)
{
	size_t cursor = 0;
	const struct rule *rule;
	if (event_is_core(step) || strcmp(step, STEP_SCHEDULED) == 0)
		return true;
	while ((rule = policy_next(policy, RULE_STEP, &cursor)))
		if (node_holds(node_get(rule->node, "step"), step))
			return true;
	return false;
}

/* Steps a rule refers to: an unknown one would be waited for in vain. */
static bool check_steps(const struct policy *policy, const struct rule *rule, const char *key, struct err *err)
{
	const struct node *name;
	for (size_t i = 0; (name = node_each(node_get(rule->node, key), i)); i++) {
		char *step = mem_dup_len(name->text, strcspn(name->text, "."));
		bool known = step_known(policy, step);
		free(step);
		if (!known) {
			err_set(err, STATUS_DAMAGED, "%s: \"%s\" is no step: no entry under steps names it", key, name->text);
			return damaged(rule->file, name, err);
		}
	}
	return true;
}

static bool same_selectors(const struct rule *a, const struct rule *b)
{
	static const char *const keys[] = {"kind", "category", "severity", "routine", "if", "unless", "from", "before"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const struct node *p = node_get(a->node, keys[i]), *q = node_get(b->node, keys[i]);
		if (p != q && (!p || !q || !node_equal_json(p, q)))
			return false;
	}
	return true;
}

static bool share_a_name(const struct node *a, const struct node *b)
{
	const struct node *name;
	for (size_t i = 0; (name = node_each(a, i)); i++)
		if (node_holds(b, name->text))
			return true;
	return false;
}

/* Two entries that let nobody record a step: nobody has a role of each. */
static bool check_contradictions(const struct policy *policy, const struct rule *rule, struct err *err)
{
	const struct node *by = node_get(rule->node, "by");
	for (const struct rule *other = policy->lists[RULE_STEP].items; by && other < rule; other++) {
		const struct node *others = node_get(other->node, "by");
		if (!others || !same_selectors(rule, other) || share_a_name(by, others) ||
		    !share_a_name(node_get(rule->node, "step"), node_get(other->node, "step")))
			continue;
		const struct node *step = node_each(node_get(rule->node, "step"), 0);
		err_set(err, STATUS_DAMAGED, "by: no role may record %s: %s:%u allows other roles", step->text, other->file,
			others->line);
		err_clause(err, rule->clause);
		return damaged(rule->file, by, err);
	}
	return true;
}

/* Names that must be one thing: rules and callbacks across all packs. */
static bool check_unique(const struct policy *policy, enum rule_list list, const struct rule *rule, struct err *err)
{
	const struct node *name = node_get(rule->node, lists[list].name);
	static const enum rule_list rules[] = {RULE_DEADLINE, RULE_CALLBACK};
	for (size_t i = 0; i < 2; i++) {
		const struct rule *other = policy_find(policy, rules[i], name->text);
		if (!other || other == rule)
			continue;
		err_set(err, STATUS_DAMAGED, "rule: \"%s\" is a rule already, at %s:%u", name->text, other->file,
			other->node->line);
		return damaged(rule->file, name, err);
	}
	return true;
}

static bool check_selectors(const struct policy *policy, const struct rule *rule, struct err *err)
{
	return check_names(policy, rule, node_get(rule->node, "kind"), RULE_KIND, err) &&
	       check_names(policy, rule, node_get(rule->node, "category"), RULE_CATEGORY, err) &&
	       check_names(policy, rule, node_get(rule->node, "severity"), RULE_SEVERITY, err) &&
	       check_names(policy, rule, node_get(rule->node, "routine"), RULE_ROUTINE, err) &&
	       check_conditions(policy, rule, "if", err) && check_conditions(policy, rule, "unless", err);
}

/* The schema of a step's documents, as book_event_schema finds it; NULL when none can be used. */
static const struct schema *step_schema(const struct policy *policy, const char *kind, const char *step)
{
	struct err ignored = ERR_INIT;
	struct buf uri;
	const struct schema *schema = NULL;
	buf_init(&uri);
	for (int i = kind ? 0 : 1; !schema && i < 3; i++) {
		buf_reset(&uri);
		buf_addf(&uri, "schemas/%s/%s.yaml", i ? "ticket" : kind, i < 2 ? step : "step");
		schema = schema_find(policy->schemas, uri.data, &ignored);
		err_clear(&ignored); /* that it is missing says nothing; that it is damaged, whoever uses it */
	}
	buf_clear(&uri);
	return schema;
}

/* A field that no such document can carry would be asked for in vain. */
static bool check_needs(const struct policy *policy, const struct rule *rule, struct err *err)
{
	const struct node *steps = node_get(rule->node, "step"), *kinds = node_get(rule->node, "kind"), *needs = node_get(rule->node, "needs");
	const struct node *kind, *step, *field;
	for (size_t i = 0; (field = node_each(needs, i)); i++)
		for (size_t j = 0; (step = node_each(steps, j)); j++)
			for (size_t k = 0; (kind = node_each(kinds, k)) || k == 0; k++) {
				const struct schema *schema = step_schema(policy, kind ? kind->text : NULL, step->text);
				char *path = mem_dup(field->text), *rest = path, *name;
				bool known = schema;
				while (schema && (name = strsep(&rest, ".")))
					schema = schema_property(schema, name, NULL);
				free(path);
				if (schema || !known)
					continue;
				err_set(err, STATUS_DAMAGED, "needs: \"%s\" is no field of %s", field->text, step->text);
				return damaged(rule->file, field, err);
			}
	return true;
}

static bool check_step(const struct policy *policy, const struct rule *rule, struct err *err)
{
	const struct node *sign = node_get(rule->node, "sign");
	for (size_t i = 0; i < node_count(sign); i++)
		if (!check_names(policy, rule, node_get(sign->list.items[i], "role"), RULE_ROLE, err))
			return false;
	const struct node *newer = node_get(rule->node, "newer");
	for (size_t i = 0; i < node_count(newer); i++)
		for (size_t j = 0; j < 2; j++)
			if (!step_known(policy, newer->list.items[i]->list.items[j]->text)) {
				err_set(err, STATUS_DAMAGED, "newer: \"%s\" is no step: no entry under steps names it", newer->list.items[i]->list.items[j]->text);
				return damaged(rule->file, newer->list.items[i]->list.items[j], err);
			}
	return check_names(policy, rule, node_get(rule->node, "by"), RULE_ROLE, err) &&
	       check_names(policy, rule, node_get(rule->node, "override"), RULE_ROLE, err) &&
	       check_steps(policy, rule, "after", err) && check_steps(policy, rule, "not-after", err) && check_needs(policy, rule, err) &&
	       check_contradictions(policy, rule, err);
}

static bool check_anchor(const struct rule *rule, struct err *err)
{
	const struct node *text = node_get(rule->node, "anchor");
	struct anchor anchor;
	return !text || anchor_parse(text->text, &anchor, err) || damaged(rule->file, text, err);
}

static bool check_deadline(const struct policy *policy, const struct rule *rule, struct err *err)
{
	const struct node *extend = node_get(rule->node, "extend"), *within = node_get(rule->node, "within");
	const char *hours = node_text(rule->node, "hours");
	if (extend && !policy_find(policy, RULE_EXTENSION, extend->text))
		return unknown_name(policy, rule, extend, RULE_EXTENSION, err);
	if (hours && !policy_hours(policy, hours))
		return unknown_name(policy, rule, node_get(rule->node, "hours"), RULE_HOURS, err);
	struct duration duration;
	if (within && !duration_parse(within->text, &duration, err))
		return damaged(rule->file, within, err);
	if (within && (duration.unit == DURATION_WMIN || duration.unit == DURATION_WH) && !policy_hours(policy, hours)) {
		err_set(err, STATUS_DAMAGED, "within: \"%s\" counts working time: name its hours", within->text);
		return damaged(rule->file, within, err);
	}
	const struct node *late = node_get(rule->node, "only-if-late");
	if (late && !policy_find(policy, RULE_DEADLINE, late->text))
		return unknown_name(policy, rule, late, RULE_DEADLINE, err);
	const struct node *tell = node_get(rule->node, "tell");
	for (size_t i = 0; i < node_count(tell); i++) {
		struct rule entry = *rule;
		entry.node = tell->list.items[i];
		if (!check_names(policy, &entry, node_get(entry.node, "role"), RULE_ROLE, err) || !check_steps(policy, &entry, "step", err))
			return false;
	}
	return check_anchor(rule, err) && check_unique(policy, RULE_DEADLINE, rule, err) && check_steps(policy, rule, "start", err) &&
	       check_steps(policy, rule, "at", err) && check_steps(policy, rule, "until", err);
}

static bool check_callback(const struct policy *policy, const struct rule *rule, struct err *err)
{
	const struct node *who = node_get(rule->node, "who"), *unsatisfied = node_get(rule->node, "unsatisfied");
	for (size_t i = 0; i < node_count(who); i++) {
		const struct node *role = who->list.items[i];
		if (role->type == NODE_STRING && !check_names(policy, rule, role, RULE_ROLE, err))
			return false;
	}
	if (unsatisfied && strncmp(unsatisfied->text, "open ", 5) == 0 &&
	    !policy_find(policy, RULE_KIND, unsatisfied->text + 5)) {
		err_set(err, STATUS_DAMAGED, "unsatisfied: \"%s\" is no kind of these packs", unsatisfied->text + 5);
		return damaged(rule->file, unsatisfied, err);
	}
	static const char *const durations[] = {"opens", "within"};
	for (size_t i = 0; i < 2; i++) {
		const struct node *text = node_get(rule->node, durations[i]);
		struct duration duration;
		if (text && !duration_parse(text->text, &duration, err))
			return damaged(rule->file, text, err);
		if (text && (duration.unit == DURATION_WMIN || duration.unit == DURATION_WH) && !policy_hours(policy, NULL)) {
			err_set(err, STATUS_DAMAGED, "%s: \"%s\" counts working time: mark hours as business", durations[i], text->text);
			return damaged(rule->file, text, err);
		}
	}
	return check_anchor(rule, err) && check_unique(policy, RULE_CALLBACK, rule, err) && check_steps(policy, rule, "after", err);
}

/* Whether a deadline or a callback speaks of ROUTINE: without one it would bring nothing about. */
static bool routine_owes(const struct policy *policy, const char *routine)
{
	static const enum rule_list rules[] = {RULE_DEADLINE, RULE_CALLBACK};
	for (size_t i = 0; i < 2; i++) {
		size_t cursor = 0;
		const struct rule *rule;
		while ((rule = policy_next(policy, rules[i], &cursor)))
			if (node_holds(node_get(rule->node, "routine"), routine))
				return true;
	}
	return false;
}

static bool check_routine(const struct policy *policy, const struct rule *rule, struct err *err)
{
	const struct node *name = node_get(rule->node, "routine"), *every = node_get(rule->node, "every"), *since = node_get(rule->node, "since");
	bool counted = every && every->text[0] >= '1' && every->text[0] <= '9';
	bool of_tickets = !node_is_string(node_get(rule->node, "kind"), KIND_CUSTOMER);
	if (policy_find(policy, RULE_ROUTINE, name->text) != rule) {
		err_set(err, STATUS_DAMAGED, "routine: \"%s\" is a routine already", name->text);
		return damaged(rule->file, name, err);
	}
	if (counted == !since) {
		err_set(err, STATUS_DAMAGED, counted ? "every: \"%s\" is counted from something: name it with since" : "since: every \"%s\" begins by the calendar",
			every ? every->text : "");
		return damaged(rule->file, counted ? every : since, err);
	}
	if (node_is_string(node_get(rule->node, "for"), "desk") && !of_tickets) {
		err_set(err, STATUS_DAMAGED, "kind: a routine of the desk opens a ticket, not a customer's file");
		return damaged(rule->file, node_get(rule->node, "kind"), err);
	}
	if (!routine_owes(policy, name->text)) {
		err_set(err, STATUS_DAMAGED, "routine: nothing is owed by it: no deadline or callback has \"routine: %s\"", name->text);
		return damaged(rule->file, name, err);
	}
	return check_names(policy, rule, node_get(rule->node, "role"), RULE_ROLE, err) && check_steps(policy, rule, "since", err);
}

static bool check_survey(const struct policy *policy, const struct rule *rule, struct err *err)
{
	static const char *const durations[] = {"every", "ask-again-after", "within"};
	for (size_t i = 0; i < sizeof durations / sizeof *durations; i++) {
		const struct node *text = node_get(rule->node, durations[i]);
		struct duration duration;
		if (text && !duration_parse(text->text, &duration, err))
			return damaged(rule->file, text, err);
		if (text && (duration.unit == DURATION_WMIN || duration.unit == DURATION_WH) && !policy_hours(policy, NULL)) {
			err_set(err, STATUS_DAMAGED, "%s: \"%s\" counts working time: mark hours as business", durations[i], text->text);
			return damaged(rule->file, text, err);
		}
	}
	const struct node *satisfied = node_get(rule->node, "satisfied"), *dissatisfied = node_get(rule->node, "dissatisfied"), *grade, *other;
	for (size_t i = 0; (grade = node_each(satisfied, i)); i++)
		for (size_t j = 0; (other = node_each(dissatisfied, j)); j++)
			if (node_equal_json(grade, other)) {
				err_set(err, STATUS_DAMAGED, "dissatisfied: %s stands among the satisfied, too", other->text);
				return damaged(rule->file, other, err);
			}
	return check_names(policy, rule, node_get(rule->node, "by"), RULE_ROLE, err) &&
	       check_names(policy, rule, node_get(rule->node, "approve"), RULE_ROLE, err);
}

/* --- what appraisals and personnel registers go by --- */

/* Whether no entry before RULE has its name. */
static bool check_first(const struct policy *policy, enum rule_list list, const struct rule *rule, struct err *err)
{
	const struct node *name = node_get(rule->node, lists[list].name);
	const struct rule *first = policy_find(policy, list, name->text);
	if (first == rule)
		return true;
	err_set(err, STATUS_DAMAGED, "%s: \"%s\" is there already, at %s:%u", lists[list].name, name->text, first->file, first->node->line);
	return damaged(rule->file, name, err);
}

/* Whether no other scheme has a sheet of that name: a sheet's name says its scheme. */
static bool check_sheet_name(const struct policy *policy, const struct rule *rule, const struct node *name, struct err *err)
{
	size_t cursor = 0;
	const struct rule *other;
	while ((other = policy_next(policy, RULE_SCHEME, &cursor))) {
		if (other == rule || !scheme_sheet(other->node, name->text))
			continue;
		err_set(err, STATUS_DAMAGED, "sheet: \"%s\" is a sheet of the scheme %s already", name->text, node_text(other->node, "scheme"));
		return damaged(rule->file, name, err);
	}
	return true;
}

static bool check_scheme(const struct policy *policy, const struct rule *rule, struct err *err)
{
	const struct node *sheets = node_get(rule->node, "sheets"), *from = node_path(rule->node, "commendation.from");
	const struct node *grades = node_get(rule->node, "grades");
	for (size_t i = 0; i < node_count(grades); i++)
		if (!check_names(policy, rule, node_get(grades->list.items[i], "of"), RULE_ROLE, err))
			return false;
	for (size_t i = 0; i < node_count(sheets); i++) {
		const struct node *sheet = sheets->list.items[i];
		if (!check_names(policy, rule, node_get(sheet, "by"), RULE_ROLE, err) || !check_names(policy, rule, node_get(sheet, "of"), RULE_ROLE, err) ||
		    !check_names(policy, rule, node_get(sheet, "confirm"), RULE_ROLE, err) || !check_sheet_name(policy, rule, node_get(sheet, "sheet"), err))
			return false;
	}
	if (!check_first(policy, RULE_SCHEME, rule, err) || !check_names(policy, rule, node_get(rule->node, "of"), RULE_ROLE, err) ||
	    !check_names(policy, rule, from, RULE_DEGREE, err) || !scheme_adds_up(rule->node, rule->file, err))
		return false;
	if (!from || node_is_string(node_get(policy_find(policy, RULE_DEGREE, from->text)->node, "of"), "commendation"))
		return true;
	err_set(err, STATUS_DAMAGED, "from: \"%s\" is no commendation", from->text);
	return damaged(rule->file, from, err);
}

static bool check_register_rule(const struct policy *policy, enum rule_list list, const struct rule *rule, struct err *err)
{
	/* degrees, courses and certificates that two packs name are the first one's, like roles */
	bool shared = list == RULE_DEGREE || list == RULE_COURSE || list == RULE_CERTIFICATE;
	return (shared || check_first(policy, list, rule, err)) && check_names(policy, rule, node_get(rule->node, "by"), RULE_ROLE, err) &&
	       check_names(policy, rule, node_get(rule->node, "roles"), RULE_ROLE, err) &&
	       check_names(policy, rule, node_get(rule->node, "courses"), RULE_COURSE, err) &&
	       check_names(policy, rule, node_get(rule->node, "certificates"), RULE_CERTIFICATE, err);
}

static bool check_rule(const struct policy *policy, enum rule_list list, const struct rule *rule, struct err *err)
{
	if (!check_selectors(policy, rule, err))
		return false;
	switch (list) {
	case RULE_STEP:
		return check_step(policy, rule, err);
	case RULE_DEADLINE:
		return check_deadline(policy, rule, err);
	case RULE_EXTENSION:
		return check_names(policy, rule, node_get(rule->node, "by"), RULE_ROLE, err);
	case RULE_CALLBACK:
		return check_callback(policy, rule, err);
	case RULE_SURVEY:
		return check_survey(policy, rule, err);
	case RULE_PHRASE:
		return check_steps(policy, rule, "step", err) && check_names(policy, rule, node_get(rule->node, "override"), RULE_ROLE, err);
	case RULE_ROUTINE:
		return check_routine(policy, rule, err);
	case RULE_KIND:
		return check_names(policy, rule, node_get(rule->node, "severities"), RULE_SEVERITY, err);
	case RULE_SCHEME:
		return check_scheme(policy, rule, err);
	case RULE_DEGREE:
	case RULE_COURSE:
	case RULE_CERTIFICATE:
	case RULE_APPOINTMENT:
	case RULE_PENALTY:
	case RULE_RATING:
		return check_register_rule(policy, list, rule, err);
	default:
		return true;
	}
}

/* Whether another pack than RULE's takes CLAUSE's place. */
static bool is_replaced(const struct policy *policy, const struct rule *rule, const struct node *clause)
{
	for (size_t i = 0; i < policy->replace_count; i++)
		if (policy->replacers[i] != rule->file && node_is_string(clause, policy->replaces[i]->text))
			return true;
	return false;
}

/* Rules lose the clauses that other packs replace; those that have none left are kept for what was recorded by them. */
static void replace(struct policy *policy, enum rule_list list)
{
	struct rules *rules = &policy->lists[list];
	size_t kept = 0;
	for (size_t i = 0; i < rules->count; i++) {
		struct rule *rule = &rules->items[i];
		const struct node *clauses = node_get(rule->node, "clause"), *clause;
		struct node *left = node_list(&policy->arena);
		for (size_t j = 0; (clause = node_each(clauses, j)); j++)
			if (!is_replaced(policy, rule, clause))
				node_push(&policy->arena, left, (struct node *)clause);
		if (clauses && !node_count(left)) {
			rules_push(&policy->replaced[list], rule);
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
	for (enum rule_list list = RULE_STEP; policy->replace_count && list < RULE_LISTS; list++)
		replace(policy, list);
	for (enum rule_list list = 0; list < RULE_LISTS; list++)
		for (size_t i = 0; i < policy->lists[list].count; i++)
			if (!check_rule(policy, list, &policy->lists[list].items[i], err)) {
				err_clause(err, policy->lists[list].items[i].clause);
				return false;
			}
	return true;
}
