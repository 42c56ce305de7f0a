// SPDX-License-Identifier: MIT
// The check of packs together: names used are names defined, nothing contradicts.
#include "book/policy_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/form.h"
#include "book/scheme.h"
#include "book/staff.h"
#include "data/anchor.h"

static bool unknown_name(const struct policy *policy, const struct rule *rule,
			 const struct node *name, enum rule_list list, struct err *err)
{
	struct buf allowed;
	buf_init(&allowed);
	policy_names(policy, list, NULL, &allowed);
	err_set(err, STATUS_DAMAGED, "\"%s\" is no %s of these packs (allowed: %s)", name->text,
		policy_lists[list].name, allowed.len ? allowed.data : "none");
	buf_clear(&allowed);
	return policy_damaged(rule->file, name, err);
}

static bool check_names(const struct policy *policy, const struct rule *rule,
			const struct node *names, enum rule_list list, struct err *err)
{
	const struct node *name;
	for (size_t i = 0; (name = node_each(names, i)); i++)
		if (!policy_find(policy, list, name->text) &&
		    !(list == RULE_ROLE && strcmp(name->text, ROLE_ADMINISTRATOR) == 0) &&
		    !(list == RULE_KIND && strcmp(name->text, KIND_CUSTOMER) == 0))
			return unknown_name(policy, rule, name, list, err);
	return true;
}

static bool check_conditions(const struct policy *policy, const struct rule *rule, const char *key,
			     struct err *err)
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
		err_set(err, STATUS_DAMAGED, "%s: \"%s\" is no condition under match (allowed: %s)",
			key, name->text, allowed.len ? allowed.data : "none");
		buf_clear(&allowed);
		return policy_damaged(rule->file, name, err);
	}
	return true;
}

/* Whether any pack speaks of STEP: a core event, or named by a steps entry. */
static bool step_known(const struct policy *policy, const char *step)
{
	size_t cursor = 0;
	const struct rule *rule;
	if (event_is_core(event_of(step)) || event_of(step) == EVENT_SCHEDULED)
		return true;
	while ((rule = policy_next(policy, RULE_STEP, &cursor)))
		if (node_holds(node_get(rule->node, "step"), step))
			return true;
	return false;
}

/* Steps a rule refers to: an unknown one would be waited for in vain. */
static bool check_steps(const struct policy *policy, const struct rule *rule, const char *key,
			struct err *err)
{
	const struct node *name;
	for (size_t i = 0; (name = node_each(node_get(rule->node, key), i)); i++) {
		char *step = mem_dup_len(name->text, strcspn(name->text, "."));
		bool known = step_known(policy, step);
		free(step);
		if (!known) {
			err_set(err, STATUS_DAMAGED,
				"%s: \"%s\" is no step: no entry under steps names it", key,
				name->text);
			return policy_damaged(rule->file, name, err);
		}
	}
	return true;
}

static bool same_selectors(const struct rule *a, const struct rule *b)
{
	static const char *const keys[] = {"kind", "category", "severity", "routine",
					   "if",   "unless",   "from",     "before"};
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
static bool check_contradictions(const struct policy *policy, const struct rule *rule,
				 struct err *err)
{
	const struct node *by = node_get(rule->node, "by");
	for (const struct rule *other = policy->lists[RULE_STEP].items; by && other < rule;
	     other++) {
		const struct node *others = node_get(other->node, "by");
		if (!others || !same_selectors(rule, other) || share_a_name(by, others) ||
		    !share_a_name(node_get(rule->node, "step"), node_get(other->node, "step")))
			continue;
		const struct node *step = node_each(node_get(rule->node, "step"), 0);
		err_set(err, STATUS_DAMAGED, "by: no role may record %s: %s:%u allows other roles",
			step->text, other->file, others->line);
		err_clause(err, rule->clause);
		return policy_damaged(rule->file, by, err);
	}
	return true;
}

/* Names that must be one thing: rules and callbacks across all packs. */
static bool check_unique(const struct policy *policy, enum rule_list list, const struct rule *rule,
			 struct err *err)
{
	const struct node *name = node_get(rule->node, policy_lists[list].name);
	static const enum rule_list rules[] = {RULE_DEADLINE, RULE_CALLBACK};
	for (size_t i = 0; i < 2; i++) {
		const struct rule *other = policy_find(policy, rules[i], name->text);
		if (!other || other == rule)
			continue;
		err_set(err, STATUS_DAMAGED, "rule: \"%s\" is a rule already, at %s:%u", name->text,
			other->file, other->node->line);
		return policy_damaged(rule->file, name, err);
	}
	return true;
}

static bool check_selectors(const struct policy *policy, const struct rule *rule, struct err *err)
{
	return check_names(policy, rule, node_get(rule->node, "kind"), RULE_KIND, err) &&
	       check_names(policy, rule, node_get(rule->node, "category"), RULE_CATEGORY, err) &&
	       check_names(policy, rule, node_get(rule->node, "severity"), RULE_SEVERITY, err) &&
	       check_names(policy, rule, node_get(rule->node, "routine"), RULE_ROUTINE, err) &&
	       check_conditions(policy, rule, "if", err) &&
	       check_conditions(policy, rule, "unless", err);
}

/* The schema of a step's documents, as book_event_schema finds it; NULL when none can be used. */
static const struct schema *step_schema(const struct policy *policy, const char *kind,
					const char *step)
{
	struct err ignored = ERR_INIT;
	struct buf uri;
	const struct schema *schema = NULL;
	buf_init(&uri);
	for (int i = kind ? 0 : 1; !schema && i < 3; i++) {
		buf_reset(&uri);
		buf_addf(&uri, "schemas/%s/%s.yaml", i ? "ticket" : kind, i < 2 ? step : "step");
		schema = schema_find(policy->schemas, uri.data, &ignored);
		err_clear(&ignored); /* that it is missing says nothing; that it is damaged, whoever
					uses it */
	}
	buf_clear(&uri);
	return schema;
}

/* A field that no such document can carry would be asked for in vain. */
static bool check_needs(const struct policy *policy, const struct rule *rule, struct err *err)
{
	const struct node *steps = node_get(rule->node, "step"),
			  *kinds = node_get(rule->node, "kind"),
			  *needs = node_get(rule->node, "needs");
	const struct node *kind, *step, *field;
	for (size_t i = 0; (field = node_each(needs, i)); i++)
		for (size_t j = 0; (step = node_each(steps, j)); j++)
			for (size_t k = 0; (kind = node_each(kinds, k)) || k == 0; k++) {
				const struct schema *schema =
					step_schema(policy, kind ? kind->text : NULL, step->text);
				char *path = mem_dup(field->text), *rest = path, *name;
				bool known = schema;
				while (schema && (name = strsep(&rest, ".")))
					schema = schema_property(schema, name, NULL);
				free(path);
				if (schema || !known)
					continue;
				err_set(err, STATUS_DAMAGED, "needs: \"%s\" is no field of %s",
					field->text, step->text);
				return policy_damaged(rule->file, field, err);
			}
	return true;
}

static bool check_step(const struct policy *policy, const struct rule *rule, struct err *err)
{
	const struct node *sign = node_get(rule->node, "sign");
	for (size_t i = 0; i < node_count(sign); i++)
		if (!check_names(policy, rule, node_get(sign->list.items[i], "role"), RULE_ROLE,
				 err))
			return false;
	const struct node *newer = node_get(rule->node, "newer");
	for (size_t i = 0; i < node_count(newer); i++)
		for (size_t j = 0; j < 2; j++)
			if (!step_known(policy, newer->list.items[i]->list.items[j]->text)) {
				err_set(err, STATUS_DAMAGED,
					"newer: \"%s\" is no step: no entry under steps names it",
					newer->list.items[i]->list.items[j]->text);
				return policy_damaged(rule->file,
						      newer->list.items[i]->list.items[j], err);
			}
	return check_names(policy, rule, node_get(rule->node, "by"), RULE_ROLE, err) &&
	       check_names(policy, rule, node_get(rule->node, "override"), RULE_ROLE, err) &&
	       check_steps(policy, rule, "after", err) &&
	       check_steps(policy, rule, "not-after", err) && check_needs(policy, rule, err) &&
	       check_contradictions(policy, rule, err);
}

static bool check_anchor(const struct rule *rule, struct err *err)
{
	const struct node *text = node_get(rule->node, "anchor");
	struct anchor anchor;
	return !text || anchor_parse(text->text, &anchor, err) ||
	       policy_damaged(rule->file, text, err);
}

static bool check_deadline(const struct policy *policy, const struct rule *rule, struct err *err)
{
	const struct node *extend = node_get(rule->node, "extend"),
			  *within = node_get(rule->node, "within");
	const char *hours = node_text(rule->node, "hours");
	if (extend && !policy_find(policy, RULE_EXTENSION, extend->text))
		return unknown_name(policy, rule, extend, RULE_EXTENSION, err);
	if (hours && !policy_hours(policy, hours))
		return unknown_name(policy, rule, node_get(rule->node, "hours"), RULE_HOURS, err);
	struct duration duration;
	if (within && !duration_parse(within->text, &duration, err))
		return policy_damaged(rule->file, within, err);
	if (within && (duration.unit == DURATION_WMIN || duration.unit == DURATION_WH) &&
	    !policy_hours(policy, hours)) {
		err_set(err, STATUS_DAMAGED, "within: \"%s\" counts working time: name its hours",
			within->text);
		return policy_damaged(rule->file, within, err);
	}
	const struct node *late = node_get(rule->node, "only-if-late");
	if (late && !policy_find(policy, RULE_DEADLINE, late->text))
		return unknown_name(policy, rule, late, RULE_DEADLINE, err);
	const struct node *tell = node_get(rule->node, "tell");
	for (size_t i = 0; i < node_count(tell); i++) {
		struct rule entry = *rule;
		entry.node = tell->list.items[i];
		if (!check_names(policy, &entry, node_get(entry.node, "role"), RULE_ROLE, err) ||
		    !check_steps(policy, &entry, "step", err))
			return false;
	}
	return check_anchor(rule, err) && check_unique(policy, RULE_DEADLINE, rule, err) &&
	       check_steps(policy, rule, "start", err) && check_steps(policy, rule, "at", err) &&
	       check_steps(policy, rule, "until", err);
}

static bool check_callback(const struct policy *policy, const struct rule *rule, struct err *err)
{
	const struct node *who = node_get(rule->node, "who"),
			  *unsatisfied = node_get(rule->node, "unsatisfied");
	for (size_t i = 0; i < node_count(who); i++) {
		const struct node *role = who->list.items[i];
		if (role->type == NODE_STRING && !check_names(policy, rule, role, RULE_ROLE, err))
			return false;
	}
	if (unsatisfied && strncmp(unsatisfied->text, "open ", 5) == 0 &&
	    !policy_find(policy, RULE_KIND, unsatisfied->text + 5)) {
		err_set(err, STATUS_DAMAGED, "unsatisfied: \"%s\" is no kind of these packs",
			unsatisfied->text + 5);
		return policy_damaged(rule->file, unsatisfied, err);
	}
	static const char *const durations[] = {"opens", "within"};
	for (size_t i = 0; i < 2; i++) {
		const struct node *text = node_get(rule->node, durations[i]);
		struct duration duration;
		if (text && !duration_parse(text->text, &duration, err))
			return policy_damaged(rule->file, text, err);
		if (text && (duration.unit == DURATION_WMIN || duration.unit == DURATION_WH) &&
		    !policy_hours(policy, NULL)) {
			err_set(err, STATUS_DAMAGED,
				"%s: \"%s\" counts working time: mark hours as business",
				durations[i], text->text);
			return policy_damaged(rule->file, text, err);
		}
	}
	return check_anchor(rule, err) && check_unique(policy, RULE_CALLBACK, rule, err) &&
	       check_steps(policy, rule, "after", err);
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
	const struct node *name = node_get(rule->node, "routine"),
			  *every = node_get(rule->node, "every"),
			  *since = node_get(rule->node, "since");
	bool counted = every && every->text[0] >= '1' && every->text[0] <= '9';
	bool of_tickets = !node_is_string(node_get(rule->node, "kind"), KIND_CUSTOMER);
	if (policy_find(policy, RULE_ROUTINE, name->text) != rule) {
		err_set(err, STATUS_DAMAGED, "routine: \"%s\" is a routine already", name->text);
		return policy_damaged(rule->file, name, err);
	}
	if (counted == !since) {
		err_set(err, STATUS_DAMAGED,
			counted ? "every: \"%s\" is counted from something: name it with since"
				: "since: every \"%s\" begins by the calendar",
			every ? every->text : "");
		return policy_damaged(rule->file, counted ? every : since, err);
	}
	if (node_is_string(node_get(rule->node, "for"), "desk") && !of_tickets) {
		err_set(err, STATUS_DAMAGED,
			"kind: a routine of the desk opens a ticket, not a customer's file");
		return policy_damaged(rule->file, node_get(rule->node, "kind"), err);
	}
	if (!routine_owes(policy, name->text)) {
		err_set(err, STATUS_DAMAGED,
			"routine: nothing is owed by it: no deadline or callback has \"routine: "
			"%s\"",
			name->text);
		return policy_damaged(rule->file, name, err);
	}
	return check_names(policy, rule, node_get(rule->node, "role"), RULE_ROLE, err) &&
	       check_steps(policy, rule, "since", err);
}

static bool check_survey(const struct policy *policy, const struct rule *rule, struct err *err)
{
	static const char *const durations[] = {"every", "ask-again-after", "within"};
	for (size_t i = 0; i < sizeof durations / sizeof *durations; i++) {
		const struct node *text = node_get(rule->node, durations[i]);
		struct duration duration;
		if (text && !duration_parse(text->text, &duration, err))
			return policy_damaged(rule->file, text, err);
		if (text && (duration.unit == DURATION_WMIN || duration.unit == DURATION_WH) &&
		    !policy_hours(policy, NULL)) {
			err_set(err, STATUS_DAMAGED,
				"%s: \"%s\" counts working time: mark hours as business",
				durations[i], text->text);
			return policy_damaged(rule->file, text, err);
		}
	}
	const struct node *satisfied = node_get(rule->node, "satisfied"),
			  *dissatisfied = node_get(rule->node, "dissatisfied"), *grade, *other;
	for (size_t i = 0; (grade = node_each(satisfied, i)); i++)
		for (size_t j = 0; (other = node_each(dissatisfied, j)); j++)
			if (node_equal_json(grade, other)) {
				err_set(err, STATUS_DAMAGED,
					"dissatisfied: %s stands among the satisfied, too",
					other->text);
				return policy_damaged(rule->file, other, err);
			}
	return check_names(policy, rule, node_get(rule->node, "by"), RULE_ROLE, err) &&
	       check_names(policy, rule, node_get(rule->node, "approve"), RULE_ROLE, err);
}

/* --- what appraisals and personnel registers go by --- */

/* Whether no entry before RULE has its name. */
static bool check_first(const struct policy *policy, enum rule_list list, const struct rule *rule,
			struct err *err)
{
	const struct node *name = node_get(rule->node, policy_lists[list].name);
	const struct rule *first = policy_find(policy, list, name->text);
	if (first == rule)
		return true;
	err_set(err, STATUS_DAMAGED, "%s: \"%s\" is there already, at %s:%u",
		policy_lists[list].name, name->text, first->file, first->node->line);
	return policy_damaged(rule->file, name, err);
}

/* Whether no other scheme has a sheet of that name: a sheet's name says its scheme. */
static bool check_sheet_name(const struct policy *policy, const struct rule *rule,
			     const struct node *name, struct err *err)
{
	size_t cursor = 0;
	const struct rule *other;
	while ((other = policy_next(policy, RULE_SCHEME, &cursor))) {
		if (other == rule || !scheme_sheet(other->node, name->text))
			continue;
		err_set(err, STATUS_DAMAGED, "sheet: \"%s\" is a sheet of the scheme %s already",
			name->text, node_text(other->node, "scheme"));
		return policy_damaged(rule->file, name, err);
	}
	return true;
}

static bool check_scheme(const struct policy *policy, const struct rule *rule, struct err *err)
{
	const struct node *sheets = node_get(rule->node, "sheets"),
			  *from = node_path(rule->node, "commendation.from");
	const struct node *grades = node_get(rule->node, "grades");
	for (size_t i = 0; i < node_count(grades); i++)
		if (!check_names(policy, rule, node_get(grades->list.items[i], "of"), RULE_ROLE,
				 err))
			return false;
	for (size_t i = 0; i < node_count(sheets); i++) {
		const struct node *sheet = sheets->list.items[i];
		if (!check_names(policy, rule, node_get(sheet, "by"), RULE_ROLE, err) ||
		    !check_names(policy, rule, node_get(sheet, "of"), RULE_ROLE, err) ||
		    !check_names(policy, rule, node_get(sheet, "confirm"), RULE_ROLE, err) ||
		    !check_sheet_name(policy, rule, node_get(sheet, "sheet"), err))
			return false;
	}
	if (!check_first(policy, RULE_SCHEME, rule, err) ||
	    !check_names(policy, rule, node_get(rule->node, "of"), RULE_ROLE, err) ||
	    !check_names(policy, rule, from, RULE_DEGREE, err) ||
	    !scheme_adds_up(rule->node, rule->file, err))
		return false;
	if (!from ||
	    node_is_string(node_get(policy_find(policy, RULE_DEGREE, from->text)->node, "of"),
			   "commendation"))
		return true;
	err_set(err, STATUS_DAMAGED, "from: \"%s\" is no commendation", from->text);
	return policy_damaged(rule->file, from, err);
}

static bool check_register_rule(const struct policy *policy, enum rule_list list,
				const struct rule *rule, struct err *err)
{
	/* degrees, courses, certificates and ratings that two packs name are the first one's, like
	 * roles */
	bool shared = list == RULE_DEGREE || list == RULE_COURSE || list == RULE_CERTIFICATE ||
		      list == RULE_RATING;
	return (shared || check_first(policy, list, rule, err)) &&
	       check_names(policy, rule, node_get(rule->node, "by"), RULE_ROLE, err) &&
	       check_names(policy, rule, node_get(rule->node, "roles"), RULE_ROLE, err) &&
	       check_names(policy, rule, node_get(rule->node, "courses"), RULE_COURSE, err) &&
	       check_names(policy, rule, node_get(rule->node, "certificates"), RULE_CERTIFICATE,
			   err);
}

static bool check_rule(const struct policy *policy, enum rule_list list, const struct rule *rule,
		       struct err *err)
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
		return check_steps(policy, rule, "step", err) &&
		       check_names(policy, rule, node_get(rule->node, "override"), RULE_ROLE, err);
	case RULE_ROUTINE:
		return check_routine(policy, rule, err);
	case RULE_KIND:
		return check_names(policy, rule, node_get(rule->node, "severities"), RULE_SEVERITY,
				   err);
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
static bool is_replaced(const struct policy *policy, const struct rule *rule,
			const struct node *clause)
{
	for (size_t i = 0; i < policy->replace_count; i++)
		if (policy->replacers[i] != rule->file &&
		    node_is_string(clause, policy->replaces[i]->text))
			return true;
	return false;
}

/* Rules lose the clauses that other packs replace; those that have none left are kept for what was
 * recorded by them. */
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
