// SPDX-License-Identifier: MIT
// What the policy asks of each event of a personnel register, and what it computes for it.
#include "staff/personnel_rules.h"

#include <inttypes.h>
#include <string.h>

#include "base/decimal.h"
#include "book/scheme.h"

/* The rule of LIST that FIELD of DOCUMENT names, in force then. */
static const struct rule *named_rule(const struct recording *recording, const struct node *document,
				     enum rule_list list, const char *field, struct err *err)
{
	const struct policy *policy = recording->book->policy;
	const char *name = node_text(document, field);
	int day = zone_day(&recording->book->zone, recording->acting->at);
	const struct rule *rule = policy_find_on(policy, list, name, day);
	if (!name) {
		err_set(err, STATUS_REFUSED, "%s: missing", field);
	} else if (!rule) {
		struct buf allowed;
		buf_init(&allowed);
		policy_names(policy, list, NULL, &allowed);
		err_set(err, STATUS_REFUSED, "%s: \"%s\" is not a %s of these packs (allowed: %s)",
			field, name, field, allowed.len ? allowed.data : "none");
		buf_clear(&allowed);
	} else if (!rule_in_force(rule, day)) {
		err_set(err, STATUS_REFUSED,
			"%s: \"%s\" is not in force at that "
			"time",
			field, name);
		err_clause(err, rule->clause);
		rule = NULL;
	}
	return rule;
}

static bool by_rule(const struct recording *recording, const struct personnel *personnel,
		    const struct rule *rule, struct node *document, struct err *err)
{
	node_set(recording->arena, document, "clause", node_string(recording->arena, rule->clause));
	return personnel_may(recording, personnel->person, node_get(rule->node, "by"), rule->node,
			     err);
}

static bool judge_degree(const struct recording *recording, const struct personnel *personnel,
			 struct node *document, const char *of, struct err *err)
{
	const struct rule *rule = named_rule(recording, document, RULE_DEGREE, "degree", err);
	if (!rule)
		return false;
	if (node_is_string(node_get(rule->node, "of"), of))
		return by_rule(recording, personnel, rule, document, err);
	return err_refuse(err, rule->clause, "degree: \"%s\" is not a %s",
			  node_text(document, "degree"), of);
}

static bool judge_named(const struct recording *recording, const struct personnel *personnel,
			struct node *document, enum rule_list list, const char *field,
			struct err *err)
{
	const struct rule *rule = named_rule(recording, document, list, field, err);
	return rule && by_rule(recording, personnel, rule, document, err);
}

/* --- appointments --- */

static bool judge_appointment(const struct recording *recording, const struct personnel *personnel,
			      struct node *document, struct err *err)
{
	const struct book *book = recording->book;
	const struct rule *role = named_rule(recording, document, RULE_ROLE, "role", err), *rule,
			  *first = NULL;
	const char *name = node_text(document, "role");
	int day = zone_day(&book->zone, recording->acting->at);
	size_t cursor = 0;
	struct buf clauses;
	if (!role)
		return false;
	buf_init(&clauses);
	while ((rule = policy_next(book->policy, RULE_APPOINTMENT, &cursor))) {
		const struct node *roles = node_get(rule->node, "roles");
		if (day < rule->from || day >= rule->before || (roles && !node_holds(roles, name)))
			continue;
		first = first ? first : rule;
		buf_addf(&clauses, "%s%s", clauses.len ? " " : "", rule->clause);
	}
	node_set(recording->arena, document, "clause", node_string(recording->arena, clauses.data));
	buf_clear(&clauses);
	if (!first)
		return err_set(err, STATUS_REFUSED,
			       "role: no rule of the policy is about appointments to %s", name);
	return personnel_may(recording, personnel->person, node_get(first->node, "by"), first->node,
			     err) &&
	       personnel_qualifies(book, personnel, name, recording->acting->at, err);
}

/* --- proposed penalties --- */

void personnel_defaults(const struct book *book, struct arena *arena, struct node *document)
{
	const struct rule *rule = policy_find_on(book->policy, RULE_PENALTY,
						 node_text(document, "penalty"),
						 zone_day(&book->zone, book->now));
	const struct node *bearers = rule ? node_get(rule->node, "bearers") : NULL;
	if (document_event(document) != EVENT_PROPOSED)
		return;
	if (!node_get(document, "bearer") && node_item_count(bearers) == 1)
		node_add_string(arena, document, "bearer",
				node_text(node_item(bearers, 0), "bearer"));
	if (!node_get(document, "cases"))
		node_set(arena, document, "cases", node_int(arena, 1));
}

static const struct node *find_bearer(const struct rule *rule, const struct node *document,
				      struct err *err)
{
	const struct node *bearers = node_get(rule->node, "bearers"), *bearer;
	const char *wanted = node_text(document, "bearer");
	struct buf allowed;
	buf_init(&allowed);
	for (size_t i = 0; (bearer = node_item(bearers, i)); i++) {
		const char *name = node_text(bearer, "bearer");
		if (wanted && name && strcmp(name, wanted) == 0)
			break;
		buf_addf(&allowed, "%s%s", i ? ", " : "", name ? name : "");
	}
	if (!bearer && wanted)
		err_refuse(err, rule->clause,
			   "bearer: \"%s\" is not among those who pay it (allowed: %s)", wanted,
			   allowed.data);
	else if (!bearer)
		err_refuse(err, rule->clause,
			   "bearer: missing: say in which part the person pays (allowed: %s)",
			   allowed.data);
	buf_clear(&allowed);
	return bearer;
}

/* What BEARER is proposed to pay: the amount for each case, or the cost that came about. */
static bool set_amount(const struct recording *recording, const struct rule *rule,
		       const struct node *bearer, struct node *document, struct err *err)
{
	bool at_cost = node_get(bearer, "cost"), has_cost = node_get(document, "cost");
	if (at_cost != has_cost)
		return err_refuse(
			err, rule->clause,
			at_cost ? "cost: missing: this penalty is the cost that came about"
				: "cost: this penalty is a fixed amount: leave the cost out");
	struct decimal *amount = scheme_number(at_cost ? document : bearer,
					       at_cost ? "cost" : "amount"),
		       *cases = scheme_number(document, "cases");
	if (amount) {
		struct buf text;
		buf_init(&text);
		if (!at_cost)
			decimal_multiply(amount, cases);
		decimal_format(amount, 2, &text);
		node_set(recording->arena, document, "amount",
			 node_string(recording->arena, text.data));
		buf_clear(&text);
	}
	decimal_free(amount);
	decimal_free(cases);
	return true;
}

static bool judge_penalty(const struct recording *recording, const struct personnel *personnel,
			  struct node *document, struct err *err)
{
	struct arena *arena = recording->arena;
	const struct rule *rule = named_rule(recording, document, RULE_PENALTY, "penalty", err);
	const struct node *bearer = rule ? find_bearer(rule, document, err) : NULL;
	if (!bearer)
		return false;
	const char *measure;
	struct node *list = node_list(arena);
	for (size_t i = 0; (measure = node_each_text(node_get(bearer, "measures"), &i));)
		node_push(arena, list, node_string(arena, measure));
	if (node_item_count(list))
		node_set(arena, document, "measures", list);
	if (!set_amount(recording, rule, bearer, document, err) ||
	    !by_rule(recording, personnel, rule, document, err))
		return false;
	const char *amount = node_text(document, "amount");
	struct buf note;
	buf_init(&note);
	buf_addf(&note, "proposed, not carried out: %s%s", amount ? amount : "",
		 amount && node_item_count(list) ? ", " : "");
	node_join(list, ", ", &note);
	buf_addf(&note, " [%s]", rule->clause);
	node_push(arena, recording->out->notes, node_string(arena, note.data));
	buf_clear(&note);
	return true;
}

/* --- what is no member of staff --- */

/* Whether a rating or a scheme speaks of SUBJECT, and whoever records it has a part in one. */
static bool judge_registered(const struct recording *recording, const struct personnel *personnel,
			     const struct node *document, struct err *err)
{
	const struct policy *policy = recording->book->policy;
	const char *subject = node_text(document, "subject");
	struct arena *arena = recording->arena;
	struct node *roles = node_list(arena);
	const struct rule *rule, *part = NULL;
	static const enum rule_list speak[] = {RULE_RATING, RULE_SCHEME};
	for (size_t i = 0; subject && i < 2; i++)
		for (size_t cursor = 0; (rule = policy_next(policy, speak[i], &cursor));) {
			const struct node *sheets = node_get(rule->node, "sheets"), *sheet, *role;
			if (!node_is_string(node_get(rule->node, "subject"), subject))
				continue;
			part = part ? part : rule;
			for (size_t j = 0; (role = node_each(node_get(rule->node, "by"), j)); j++)
				node_push(arena, roles, (struct node *)role);
			for (size_t j = 0; (sheet = node_item(sheets, j)); j++)
				for (size_t k = 0; (role = node_each(node_get(sheet, "by"), k));
				     k++)
					node_push(arena, roles, (struct node *)role);
		}
	if (!part)
		return err_set(err, STATUS_REFUSED,
			       "subject: no rule of the policy is about a \"%s\"",
			       subject ? subject : "");
	return personnel_may(recording, personnel->person, roles, part->node, err);
}

static bool judge_rating(const struct recording *recording, const struct personnel *personnel,
			 struct node *document, struct err *err)
{
	const struct rule *rule = named_rule(recording, document, RULE_RATING, "rating", err);
	int64_t result = -1, least = 0, most = 0;
	if (!rule)
		return false;
	node_integer(document, "result", &result);
	node_integer(rule->node, "least", &least);
	node_integer(rule->node, "most", &most);
	if (!node_is_string(node_get(rule->node, "subject"),
			    personnel->subject ? personnel->subject : ""))
		err_set(err, STATUS_REFUSED, "%s is not registered as %s", personnel->person,
			node_text(rule->node, "subject"));
	else if (result < least || result > most)
		err_set(err, STATUS_REFUSED,
			"result: must be a number from %" PRId64 " to %" PRId64, least, most);
	else
		return by_rule(recording, personnel, rule, document, err);
	return err_clause(err, rule->clause);
}

/* A certificate runs at least on the day on which it is given. */
static bool check_last_day(const struct recording *recording, const struct node *document,
			   struct err *err)
{
	const char *until = node_text(document, "until");
	int last;
	if (!until)
		return true;
	if (!date_parse(until, &last, err))
		return err_prefix(err, "until");
	return last >= zone_day(&recording->book->zone, recording->acting->at) ||
	       err_set(err, STATUS_REFUSED,
		       "until: the certificate ended before it was given: say when that was with "
		       "--at");
}

bool personnel_judge(const struct recording *recording, const struct personnel *personnel,
		     struct node *document, struct err *err)
{
	switch (document_event(document)) {
	case EVENT_COMMENDED:
		return judge_degree(recording, personnel, document, "commendation", err);
	case EVENT_SANCTIONED:
		return judge_degree(recording, personnel, document, "sanction", err);
	case EVENT_TRAINED:
		return judge_named(recording, personnel, document, RULE_COURSE, "course", err);
	case EVENT_CERTIFIED:
		return check_last_day(recording, document, err) &&
		       judge_named(recording, personnel, document, RULE_CERTIFICATE, "certificate",
				   err);
	case EVENT_APPOINTED:
		return judge_appointment(recording, personnel, document, err);
	case EVENT_PROPOSED:
		return judge_penalty(recording, personnel, document, err);
	case EVENT_RATED:
		return judge_rating(recording, personnel, document, err);
	default:
		return judge_registered(recording, personnel, document, err);
	}
}
