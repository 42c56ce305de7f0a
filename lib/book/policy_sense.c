// SPDX-License-Identifier: MIT
// Checks whether rules make sense, each by itself and together. Their names are checked elsewhere.
#include <string.h>

#include "base/mem.h"
#include "book/event.h"
#include "book/form.h"
#include "book/policy_parts.h"
#include "book/scheme.h"
#include "data/anchor.h"

struct sense {
	const struct policy *policy;
	enum rule_list list; /* the rule at hand stands in */
	struct fields fields;
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
	static const char *const keys[] = {"start", "at", "after", "restart"};
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

static bool means_head(const struct node *by)
{
	const struct node *one;
	for (size_t i = 0; (one = node_each(by, i)); i++)
		if (one->type == NODE_MAP)
			return true;
	return false;
}

static bool all_are_in(const struct node *names, const struct node *among)
{
	const char *name;
	for (size_t i = 0; (name = node_each_text(names, &i));)
		if (!node_holds(among, name))
			return false;
	return true;
}

/* Whether RULE asks, at KEY, for each condition that OTHER asks for. */
static bool asks_too(const struct sense *sense, const struct rule *rule, const struct rule *other,
		     const char *key)
{
	const char *wanted, *name;
	for (size_t i = 0; (wanted = node_each_text(node_get(other->node, key), &i));) {
		const struct condition *theirs = policy_condition(sense->policy, other, wanted);
		bool asks = false;
		for (size_t j = 0; (name = node_each_text(node_get(rule->node, key), &j));) {
			const struct condition *own = policy_condition(sense->policy, rule, name);
			asks = asks || (own && theirs && node_equal_json(own->node, theirs->node));
		}
		if (!asks)
			return false;
	}
	return true;
}

/* Whether OTHER applies whenever RULE does, to the same step and kind. */
static bool applies_too(const struct sense *sense, const struct rule *rule,
			const struct rule *other)
{
	static const char *const keys[] = {"category", "severity", "routine"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const struct node *narrow = node_get(rule->node, keys[i]),
				  *wide = node_get(other->node, keys[i]);
		if (wide && !(narrow && all_are_in(narrow, wide)))
			return false;
	}
	return other->from <= rule->from && other->before >= rule->before &&
	       asks_too(sense, rule, other, "if") && asks_too(sense, rule, other, "unless");
}

/* Takes from ROLES those that are not among BY. */
static struct node *left_of(struct arena *arena, const struct node *roles, const struct node *by)
{
	struct node *left = node_list(arena);
	const struct node *role;
	for (size_t i = 0; (role = node_each(roles, i)); i++)
		if (node_as_text(role) && node_holds(by, node_as_text(role)))
			node_push(arena, left, (struct node *)role);
	return left;
}

/* Whether OTHER, before RULE, is for just the same tickets: that alone was asked of packs of 0.1.
 */
static bool stands_for_same(const struct sense *sense, const struct rule *rule,
			    const struct rule *other)
{
	const struct node *kinds = rule->kinds, *theirs = other->kinds;
	return other < rule && applies_too(sense, other, rule) &&
	       (kinds == theirs || (kinds && theirs && node_equal_json(kinds, theirs)));
}

/* The rule that, with those before it, leaves nobody to take STEP on a ticket of KIND by RULE;
 * NULL: there are such roles. What is as narrow is asked of the later one. */
static const struct rule *bars(struct sense *sense, const struct rule *rule, const char *step,
			       const char *kind)
{
	const struct rules *rules = &sense->policy->lists[RULE_STEP].rules;
	const struct node *left = node_get(rule->node, "by");
	for (const struct rule *other = rules->items; other < rules->items + rules->count;
	     other++) {
		const struct node *by = node_get(other->node, "by"), *kinds = other->kinds;
		/* most entries are told apart by their steps; a head may have any role besides */
		if (other == rule || !by || means_head(by) ||
		    !node_holds(node_get(other->node, "step"), step) ||
		    (kinds && !(kind && node_holds(kinds, kind))) ||
		    policy_aside(sense->policy, other, kind, step) ||
		    !applies_too(sense, rule, other) ||
		    (other > rule && applies_too(sense, other, rule)))
			continue;
		bool strict = sense->fields.strict;
		if (!strict && !stands_for_same(sense, rule, other))
			continue;
		left = left_of(&sense->fields.arena, strict ? left : node_get(rule->node, "by"),
			       by);
		if (!node_each(left, 0))
			return other;
	}
	return NULL;
}

static bool roles_meet_for(struct sense *sense, const struct rule *rule, const char *kind)
{
	const struct node *by = node_get(rule->node, "by");
	const char *step;
	for (size_t i = 0; (step = node_each_text(node_get(rule->node, "step"), &i));) {
		const struct rule *other = policy_aside(sense->policy, rule, kind, step)
						   ? NULL
						   : bars(sense, rule, step, kind);
		if (!other)
			continue;
		err_set(sense->err, STATUS_DAMAGED,
			"by: no role may record %s: %s:%u allows other roles", step, other->file,
			node_get(other->node, "by")->line);
		return senseless(sense, rule, by);
	}
	return true;
}

/* Whether the step can be recorded by anybody: not so when other entries allow it only to other
 * roles, as all have to be satisfied. */
static bool roles_meet_those_of_others(struct sense *sense, const struct rule *rule)
{
	const struct node *by = node_get(rule->node, "by"), *kinds = rule->kinds;
	const struct rules *known = &sense->policy->lists[RULE_KIND].rules;
	const char *kind;
	if (!by || means_head(by))
		return true;
	for (size_t i = 0; (kind = node_each_text(kinds, &i));)
		if (!roles_meet_for(sense, rule, kind))
			return false;
	for (size_t i = 0; !kinds && i < known->count; i++)
		if (!roles_meet_for(sense, rule, node_text(known->items[i].node, "kind")))
			return false;
	return kinds || known->count || roles_meet_for(sense, rule, NULL);
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

/* What other forms are is not written into this one, so only what is judged when a step is recorded
 * can ask: what is owed has to follow from the documents of the form. */
static bool sees_what_it_asks(struct sense *sense, const struct rule *rule)
{
	static const char *const keys[] = {"if", "unless"};
	if (sense->list == RULE_STEP || sense->list == RULE_PHRASE ||
	    !policy_asks_linked(sense->policy, rule))
		return true;
	err_set(sense->err, STATUS_DAMAGED,
		"%s: the condition asks for linked forms, which only steps and phrases can: start "
		"a deadline with linked.STEP",
		keys[!node_get(rule->node, "if")]);
	const struct node *at = node_get(rule->node, "if");
	return senseless(sense, rule, at ? at : node_get(rule->node, "unless"));
}

/* --- all of it --- */

static const struct {
	enum rule_list list; /* RULE_LISTS: of every list */
	bool (*makes_sense)(struct sense *sense, const struct rule *rule);
} senses[] = {
	{RULE_LISTS, sees_what_it_asks},
	{RULE_LISTS, durations_can_be_counted},
	{RULE_STEP, roles_meet_those_of_others},
	{RULE_DEADLINE, clock_can_start},
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
	return policy_fields_fit(&sense->fields, sense->list, rule, sense->err) &&
	       (!sense->fields.strict ||
		(policy_pairs_fit(sense->policy, sense->list, rule, sense->err) &&
		 policy_rule_is_reached(sense->policy, sense->list, rule, sense->err)));
}

static bool any_has_clause(const struct rules *rules, const char *clause)
{
	for (size_t i = 0; i < rules->count; i++) {
		const struct node *clauses = node_get(rules->items[i].node, "clause");
		const char *text;
		for (size_t j = 0; (text = node_each_text(clauses, &j));)
			if (clauses_hold(text, clause))
				return true;
	}
	return false;
}

/* Whether some rule has CLAUSE, or all of the clause of which it is one duty: C-5b. */
static bool is_stated(struct sense *sense, const char *clause)
{
	const struct policy *policy = sense->policy;
	size_t len = strlen(clause);
	bool is_duty = len > 1 && clause[len - 1] >= 'a' && clause[len - 1] <= 'z' &&
		       clause[len - 2] >= '0' && clause[len - 2] <= '9';
	const char *whole = is_duty ? arena_dup_len(&sense->fields.arena, clause, len - 1) : clause;
	for (size_t i = 0; i < policy->list_count; i++)
		if (any_has_clause(&policy->lists[i].rules, whole) ||
		    any_has_clause(&policy->lists[i].replaced, whole))
			return true;
	return false;
}

/* Whether some rule has each of the clauses that a pack replaces. */
static bool replaces_something(struct sense *sense, const struct pack *pack,
			       const struct node *replaces)
{
	const struct node *clause;
	for (size_t i = 0; (clause = node_each(replaces, i)); i++) {
		const char *text = node_as_text(clause);
		if (!text || strcmp(text, POLICY_CORE) == 0 || is_stated(sense, text))
			continue;
		err_set(sense->err, STATUS_DAMAGED,
			"replaces: no rule of these packs has the clause %s", text);
		return policy_damaged(pack->file, clause, sense->err);
	}
	return true;
}

/* What is for the pack's own kinds alone is for none where it gives none. */
static bool scope_is_something(struct sense *sense, const struct pack *pack,
			       const struct node *scope)
{
	if (node_item_count(node_get(pack->root, "kinds")))
		return true;
	err_set(sense->err, STATUS_DAMAGED,
		"scope: this pack gives no kinds, so that its rules would hold for none");
	return policy_damaged(pack->file, scope, sense->err);
}

bool policy_is_old(const struct policy *policy)
{
	return policy->schema && !schema_annotation(policy->schema, "x-sorts");
}

/* Where what is wrong goes: to the caller of policy_makes_sense, who stops there, or to TELL. */
struct listener {
	policy_tolerated tell;
	void *context;
};

/* Returns whether to go on. */
static bool heard(struct sense *sense, const struct listener *listener, bool fine)
{
	if (fine || !listener)
		return fine;
	listener->tell(listener->context, sense->err);
	err_clear(sense->err);
	return true;
}

/* Checks packs in their order and each from top to bottom, so that the first mistake is reported
 * first. */
static bool look_at_packs(struct sense *sense, const struct listener *listener)
{
	const struct policy *policy = sense->policy;
	bool makes = true;
	for (size_t i = 0; makes && i < policy->pack_count; i++) {
		const struct pack *pack = &policy->packs[i];
		const struct pair *pair;
		for (size_t j = 0; makes && (pair = node_pair(pack->root, j)); j++) {
			const struct policy_list *list = policy_list_at(policy, pair->key);
			if (strcmp(pair->key, "match") == 0)
				makes = heard(sense, listener,
					      policy_match_fits(&sense->fields, pack->file,
								pair->value, sense->err));
			if (strcmp(pair->key, "replaces") == 0 && sense->fields.strict)
				makes = heard(sense, listener,
					      replaces_something(sense, pack, pair->value)) &&
					heard(sense, listener,
					      policy_replaces_fit(policy, pack, sense->err));
			if (strcmp(pair->key, "scope") == 0)
				makes = heard(sense, listener,
					      scope_is_something(sense, pack, pair->value));
			if (!list)
				continue;
			sense->list = (enum rule_list)(list - policy->lists);
			for (size_t k = 0; makes && k < list->rules.count; k++)
				makes = list->rules.items[k].file != pack->file ||
					heard(sense, listener,
					      rule_makes_sense(sense, &list->rules.items[k]));
		}
	}
	fields_clear(&sense->fields);
	return makes;
}

bool policy_makes_sense(const struct policy *policy, struct err *err)
{
	struct sense sense = {.policy = policy,
			      .fields = {.policy = policy, .strict = !policy_is_old(policy)},
			      .err = err};
	return look_at_packs(&sense, NULL);
}

void policy_tolerates(const struct policy *policy, policy_tolerated tell, void *context)
{
	const struct listener listener = {tell, context};
	struct err err = ERR_INIT;
	struct sense sense = {
		.policy = policy, .fields = {.policy = policy, .strict = true}, .err = &err};
	if (!policy_is_old(policy))
		return;
	policy_names_tolerated(policy, tell, context);
	look_at_packs(&sense, &listener);
}
