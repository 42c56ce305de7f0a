// SPDX-License-Identifier: MIT
// Checks whether rules make sense, each by itself and together. Their names are checked elsewhere.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/event.h"
#include "book/policy_parts.h"
#include "book/scheme.h"
#include "data/anchor.h"

/* A file that schemas of steps were looked for in. */
struct step_schema {
	const char *folder, *step;
	const struct schema *schema; /* NULL: none can be used */
};

struct sense {
	const struct policy *policy;
	enum rule_list list; /* the rule at hand stands in */
	struct step_schema *schemas;
	size_t schema_count;
	struct err *err;
};

/* Makes the error one of RULE, at AT; returns false. */
static bool senseless(const struct sense *sense, const struct rule *rule, const struct node *at)
{
	policy_damaged(rule->file, at, sense->err);
	return err_clause(sense->err, rule->clause);
}

/* --- times --- */

/* Working time (wh, wmin) can be counted only if the policy says which hours are worked. MAP is the
 * rule or a part of it. */
static bool is_countable(const struct sense *sense, const struct rule *rule, const struct node *map,
			 const char *key)
{
	const char *text = node_text(map, key);
	struct duration duration;
	if (!text)
		return true;
	if (!duration_parse(text, &duration, sense->err))
		return senseless(sense, rule, node_get(map, key));
	if ((duration.unit != DURATION_WMIN && duration.unit != DURATION_WH) ||
	    policy_hours(sense->policy, node_text(rule->node, "hours"), 0))
		return true;
	err_set(sense->err, STATUS_DAMAGED, "%s: \"%s\" counts working time: %s", key, text,
		sense->list == RULE_DEADLINE ? "say which, with hours"
					     : "mark a set of hours as business");
	return senseless(sense, rule, node_get(map, key));
}

static bool durations_can_be_counted(struct sense *sense, const struct rule *rule)
{
	static const struct {
		enum rule_list list;
		const char *key;
	} durations[] = {
		{RULE_STEP, "late"},      {RULE_DEADLINE, "within"},
		{RULE_CALLBACK, "opens"}, {RULE_CALLBACK, "within"},
		{RULE_REPEAT, "within"},  {RULE_SURVEY, "every"},
		{RULE_SURVEY, "within"},  {RULE_SURVEY, "ask-again-after"},
	};
	for (size_t i = 0; i < sizeof durations / sizeof *durations; i++)
		if (durations[i].list == sense->list &&
		    !is_countable(sense, rule, rule->node, durations[i].key))
			return false;
	return true;
}

static bool notices_can_be_counted(struct sense *sense, const struct rule *rule)
{
	const struct node *tell = node_get(rule->node, "tell"), *notice;
	for (size_t i = 0; (notice = node_item(tell, i)); i++)
		if (!is_countable(sense, rule, notice, "early") ||
		    !is_countable(sense, rule, notice, "late"))
			return false;
	return true;
}

static bool anchor_is_a_moment(struct sense *sense, const struct rule *rule)
{
	const char *text = node_text(rule->node, "anchor");
	struct anchor anchor;
	return !text || anchor_parse(text, &anchor, sense->err) ||
	       senseless(sense, rule, node_get(rule->node, "anchor"));
}

/* Why a clock that starts with STEP would never run; NULL: it may. */
static const char *why_never(const char *step, size_t len)
{
	static const struct {
		enum event event;
		const char *why;
	} never[] = {
		{EVENT_IMPORTED, "what another system opened is set by opened"},
		{EVENT_RECOMPUTED, "it only moves what is due"},
		{EVENT_VOIDED, "nothing can be due after it"},
		{EVENT_RENUMBERED, "nothing has happened to the matter"},
	};
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		if (strlen(event_name(never[i].event)) == len &&
		    memcmp(event_name(never[i].event), step, len) == 0)
			return never[i].why;
	return NULL;
}

/* Whether something can be due by each of the steps that the rule starts with. */
static bool clock_can_start(struct sense *sense, const struct rule *rule)
{
	static const char *const keys[] = {"start", "at", "after"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const struct node *steps = node_get(rule->node, keys[i]);
		const char *step;
		for (size_t j = 0; (step = node_each_text(steps, &j));) {
			int len = (int)strcspn(step, ".");
			const char *why = why_never(step, (size_t)len);
			if (!why)
				continue;
			err_set(sense->err, STATUS_DAMAGED, "%s: %.*s never makes anything due: %s",
				keys[i], len, step, why);
			return senseless(sense, rule, steps);
		}
	}
	return true;
}

/* --- steps --- */

/* The schema FOLDER has for STEP; NULL when it has none, or none that can be used. Asks the disk
 * once: most of these files are not there, and rules name the same steps again and again. */
static const struct schema *schema_in(struct sense *sense, const char *folder, const char *step)
{
	for (size_t i = 0; i < sense->schema_count; i++)
		if (strcmp(sense->schemas[i].step, step) == 0 &&
		    strcmp(sense->schemas[i].folder, folder) == 0)
			return sense->schemas[i].schema;
	struct err ignored = ERR_INIT;
	struct buf uri;
	buf_init(&uri);
	buf_addf(&uri, "schemas/%s/%s.yaml", folder, step);
	const struct schema *schema = schema_find(sense->policy->schemas, uri.data, &ignored);
	err_clear(&ignored); /* a missing schema is no error here; a damaged one is reported by
				whoever uses it */
	buf_clear(&uri);
	sense->schemas = mem_room(sense->schemas, sense->schema_count, 1, sizeof *sense->schemas);
	sense->schemas[sense->schema_count++] = (struct step_schema){folder, step, schema};
	return schema;
}

/* As book_event_schema finds it; NULL when there is none, or none that can be used. */
static const struct schema *step_schema(struct sense *sense, const char *kind, const char *step)
{
	const struct schema *schema = kind ? schema_in(sense, kind, step) : NULL;
	if (!schema)
		schema = schema_in(sense, "ticket", step);
	return schema ? schema : schema_in(sense, "ticket", "step");
}

static bool has_field(const struct schema *schema, const char *field)
{
	char *path = mem_dup(field), *rest = path, *name;
	while (schema && (name = strsep(&rest, ".")))
		schema = schema_property(schema, name, NULL);
	free(path);
	return schema;
}

/* Whether documents of STEP, in forms of KIND, can carry FIELD. STEP need not outlive the call. */
static bool may_carry(struct sense *sense, const char *kind, const char *step, const char *field)
{
	const char *const folders[] = {kind, "ticket", "ticket"}, *const names[] = {step, step,
										    "step"};
	const struct schema *schema = NULL;
	for (size_t i = 0; i < sizeof names / sizeof *names && !schema; i++) {
		struct err ignored = ERR_INIT;
		struct buf uri;
		if (!folders[i])
			continue;
		buf_init(&uri);
		buf_addf(&uri, "schemas/%s/%s.yaml", folders[i], names[i]);
		schema = schema_find(sense->policy->schemas, uri.data, &ignored);
		err_clear(&ignored);
		buf_clear(&uri);
	}
	return !schema || has_field(schema, field);
}

/* A step whose documents, of one of the rule's kinds, cannot carry FIELD; NULL when all can. */
static const char *step_without(struct sense *sense, const struct rule *rule, const char *field)
{
	const struct node *steps = node_get(rule->node, "step"),
			  *kinds = node_get(rule->node, "kind");
	const char *step;
	for (size_t i = 0; (step = node_each_text(steps, &i));) {
		size_t at = 0;
		const char *kind = node_each_text(kinds, &at);
		do {
			const struct schema *schema = step_schema(sense, kind, step);
			if (schema && !has_field(schema, field))
				return step;
		} while ((kind = node_each_text(kinds, &at)));
	}
	return NULL;
}

/* Whether the documents of a step can have each field that the rule demands of them. */
static bool needs_are_fields(struct sense *sense, const struct rule *rule)
{
	const struct node *needs = node_get(rule->node, "needs"), *field;
	for (size_t i = 0; (field = node_item(needs, i)); i++) {
		const char *name = node_as_text(field),
			   *step = name ? step_without(sense, rule, name) : NULL;
		if (!step)
			continue;
		err_set(sense->err, STATUS_DAMAGED, "needs: \"%s\" is not a field of %s", name,
			step);
		return senseless(sense, rule, field);
	}
	return true;
}

/* Whether documents of STEP, of some kind the rule is about, can carry FIELD; also where no schema
 * says what they carry. */
static bool some_carry(struct sense *sense, const struct rule *rule, const char *step,
		       const char *field)
{
	const struct node *kinds = node_get(rule->node, "kind");
	const char *kind;
	size_t at = 0;
	const struct rule *any;
	while ((kind = node_each_text(kinds, &at)))
		if (may_carry(sense, kind, step, field))
			return true;
	if (kinds)
		return false;
	for (at = 0; (any = policy_next(sense->policy, RULE_KIND, &at));)
		if (may_carry(sense, node_text(any->node, "kind"), step, field))
			return true;
	return may_carry(sense, KIND_CUSTOMER, step, field) || may_carry(sense, NULL, step, field);
}

/* The time that a clock starts or ends with, STEP.FIELD, has to be one that a document can carry:
 * without it the rule would never fire. */
static bool times_are_fields(struct sense *sense, const struct rule *rule)
{
	static const char *const keys[] = {"start", "at", "since"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *path = node_text(rule->node, keys[i]),
			   *dot = path ? strchr(path, '.') : NULL;
		if (!dot)
			continue;
		char *step = mem_dup_len(path, (size_t)(dot - path));
		bool fires = some_carry(sense, rule, step, dot + 1);
		if (!fires)
			err_set(sense->err, STATUS_DAMAGED, "%s: \"%s\" is not a field of %s",
				keys[i], dot + 1, step);
		free(step);
		if (!fires)
			return senseless(sense, rule, node_get(rule->node, keys[i]));
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

/* Whether the step can be recorded by anybody: not so when another entry allows it only to other
 * roles, as both have to be satisfied. */
static bool roles_meet_those_of_others(struct sense *sense, const struct rule *rule)
{
	const struct node *by = node_get(rule->node, "by"), *steps = node_get(rule->node, "step");
	for (const struct rule *other = sense->policy->lists[RULE_STEP].rules.items;
	     by && other < rule; other++) {
		const struct node *others = node_get(other->node, "by");
		/* most entries are told apart by their steps */
		if (!others || !names_meet(steps, node_get(other->node, "step")) ||
		    names_meet(by, others) || !same_selectors(rule, other))
			continue;
		size_t first = 0;
		err_set(sense->err, STATUS_DAMAGED,
			"by: no role may record %s: %s:%u allows other roles",
			node_each_text(steps, &first), other->file, others->line);
		return senseless(sense, rule, by);
	}
	return true;
}

/* --- routines --- */

static bool period_has_a_beginning(struct sense *sense, const struct rule *rule)
{
	const char *every = node_text(rule->node, "every");
	const struct node *since = node_get(rule->node, "since");
	bool counted = every && *every >= '1' && *every <= '9';
	if (counted == (since != NULL))
		return true;
	err_set(sense->err, STATUS_DAMAGED,
		counted ? "every: \"%s\" needs a start: say with since what it is counted from"
			: "since: not allowed with every \"%s\", which starts by the calendar",
		every ? every : "");
	return senseless(sense, rule, counted ? node_get(rule->node, "every") : since);
}

static bool desk_opens_tickets(struct sense *sense, const struct rule *rule)
{
	const struct node *kind = node_get(rule->node, "kind");
	if (!node_is_string(node_get(rule->node, "for"), "desk") ||
	    !node_is_string(kind, KIND_CUSTOMER))
		return true;
	err_set(sense->err, STATUS_DAMAGED,
		"kind: a routine with `for: desk` opens tickets, so it cannot be customer");
	return senseless(sense, rule, kind);
}

/* A routine has an effect only if a deadline or a callback names it. */
static bool routine_owes_something(struct sense *sense, const struct rule *rule)
{
	static const enum rule_list lists[] = {RULE_DEADLINE, RULE_CALLBACK};
	const char *name = node_text(rule->node, "routine");
	for (size_t i = 0; name && i < 2; i++) {
		size_t cursor = 0;
		const struct rule *owed;
		while ((owed = policy_next(sense->policy, lists[i], &cursor)))
			if (node_holds(node_get(owed->node, "routine"), name))
				return true;
	}
	err_set(sense->err, STATUS_DAMAGED,
		"routine: it has no effect, as no deadline or callback has \"routine: %s\"",
		name ? name : "");
	return senseless(sense, rule, node_get(rule->node, "routine"));
}

/* --- surveys and appraisals --- */

static bool grades_are_apart(struct sense *sense, const struct rule *rule)
{
	const struct node *satisfied = node_get(rule->node, "satisfied"),
			  *dissatisfied = node_get(rule->node, "dissatisfied"), *grade, *other;
	for (size_t i = 0; (grade = node_item(satisfied, i)); i++)
		for (size_t j = 0; (other = node_item(dissatisfied, j)); j++)
			if (node_as_text(other) && node_equal_json(grade, other)) {
				err_set(sense->err, STATUS_DAMAGED,
					"dissatisfied: %s is also listed under satisfied",
					node_as_text(other));
				return senseless(sense, rule, other);
			}
	return true;
}

static bool points_add_up(struct sense *sense, const struct rule *rule)
{
	return scheme_adds_up(rule->node, rule->file, sense->err) ||
	       err_clause(sense->err, rule->clause);
}

static bool commendations_add_points(struct sense *sense, const struct rule *rule)
{
	const struct node *from = node_path(rule->node, "commendation.from");
	const struct rule *degree = policy_find(sense->policy, RULE_DEGREE, node_as_text(from));
	if (!node_as_text(from) ||
	    (degree && node_is_string(node_get(degree->node, "of"), "commendation")))
		return true;
	err_set(sense->err, STATUS_DAMAGED, "from: \"%s\" is not a commendation",
		node_as_text(from));
	return senseless(sense, rule, from);
}

/* --- all of it --- */

static const struct {
	enum rule_list list; /* RULE_LISTS: of every list */
	bool (*makes_sense)(struct sense *sense, const struct rule *rule);
} senses[] = {
	{RULE_LISTS, durations_can_be_counted},
	{RULE_STEP, needs_are_fields},
	{RULE_STEP, roles_meet_those_of_others},
	{RULE_DEADLINE, clock_can_start},
	{RULE_DEADLINE, times_are_fields},
	{RULE_ROUTINE, times_are_fields},
	{RULE_CALLBACK, clock_can_start},
	{RULE_DEADLINE, notices_can_be_counted},
	{RULE_DEADLINE, anchor_is_a_moment},
	{RULE_CALLBACK, anchor_is_a_moment},
	{RULE_ROUTINE, period_has_a_beginning},
	{RULE_ROUTINE, desk_opens_tickets},
	{RULE_ROUTINE, routine_owes_something},
	{RULE_SURVEY, grades_are_apart},
	{RULE_SCHEME, points_add_up},
	{RULE_SCHEME, commendations_add_points},
};

static bool rule_makes_sense(struct sense *sense, const struct rule *rule)
{
	for (size_t i = 0; i < sizeof senses / sizeof *senses; i++)
		if ((senses[i].list == sense->list || senses[i].list == RULE_LISTS) &&
		    !senses[i].makes_sense(sense, rule))
			return false;
	return policy_is_old(sense->policy) ||
	       (policy_pairs_fit(sense->policy, sense->list, rule, sense->err) &&
		policy_rule_is_reached(sense->policy, sense->list, rule, sense->err));
}

bool policy_is_old(const struct policy *policy)
{
	return policy->schema && !schema_annotation(policy->schema, "x-sorts");
}

/* Checks packs in their order and each from top to bottom, so that the first mistake is reported.
 */
bool policy_makes_sense(const struct policy *policy, struct err *err)
{
	struct sense sense = {.policy = policy, .err = err};
	bool makes = true;
	for (size_t i = 0; makes && i < policy->pack_count; i++) {
		const struct pack *pack = &policy->packs[i];
		const struct pair *pair;
		for (size_t j = 0; makes && (pair = node_pair(pack->root, j)); j++) {
			const struct policy_list *list = policy_list_at(policy, pair->key);
			if (!list)
				continue;
			sense.list = (enum rule_list)(list - policy->lists);
			for (size_t k = 0; makes && k < list->rules.count; k++)
				makes = list->rules.items[k].file != pack->file ||
					rule_makes_sense(&sense, &list->rules.items[k]);
		}
	}
	free(sense.schemas);
	return makes;
}
