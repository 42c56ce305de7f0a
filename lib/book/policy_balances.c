// SPDX-License-Identifier: MIT
// Whether what goes out and comes back by balances can be there, and which of it is money. Looks at
// no document.
#include <string.h>

#include "base/mem.h"
#include "book/policy_parts.h"

/* What a field holds; several kinds of forms may have it in several ways. */
struct sorts {
	bool money, things;
};

static bool accepts(struct arena *arena, const struct schema *field, const char *text)
{
	struct err ignored = ERR_INIT;
	bool yes = schema_decide(field, node_string(arena, text), &ignored) == SCHEMA_YES;
	err_clear(&ignored);
	return yes;
}

/* CONTEXT, in all of these, is an arena. */
static bool holds_money(void *context, const struct schema *field)
{
	return accepts(context, field, "1.00") && !accepts(context, field, "1") &&
	       !accepts(context, field, "x");
}

static bool holds_text(void *context, const struct schema *field)
{
	const char *type = schema_type(field);
	(void)context;
	return type && strcmp(type, "string") == 0;
}

/* A thing has a name in one line: no prose, no quantity and no time. */
static bool names_thing(void *context, const struct schema *field)
{
	return holds_text(context, field) && !accepts(context, field, "a\nb") &&
	       (accepts(context, field, "x") ||
		!(accepts(context, field, "1.50") ||
		  accepts(context, field, "2026-11-20T09:00:00+08:00") ||
		  accepts(context, field, "2026-11-20")));
}

/* Items with or without quantities, a list of names, or one name. */
static bool holds_things(void *context, const struct schema *field)
{
	const struct schema *items = schema_items(field),
			    *item = items ? schema_property(items, "item", NULL) : NULL;
	return item || names_thing(context, items ? items : field);
}

/* Takes STEP.FIELD apart. */
static bool parts_of(struct fields *fields, const struct node *path, const char **step,
		     const char **field)
{
	const char *text = node_as_text(path), *dot = text ? strchr(text, '.') : NULL;
	if (!dot)
		return false;
	*step = arena_dup_len(&fields->arena, text, (size_t)(dot - text));
	*field = dot + 1;
	return true;
}

static bool is_of(struct fields *fields, const struct node *kinds, const struct node *path,
		  field_ok ok)
{
	const char *step, *field;
	return parts_of(fields, path, &step, &field) && fields_know_step(fields, step) &&
	       fields_carry(fields, kinds, step, field, ok, &fields->arena);
}

static bool wrong_at(const struct rule *rule, const struct node *at, struct err *err)
{
	policy_damaged(rule->file, at, err);
	return err_clause(err, rule->clause);
}

/* Whether PATH, at KEY, can be there; adds to SORTS what it holds. */
static bool path_fits(struct fields *fields, const struct rule *rule, const char *key,
		      const struct node *path, struct sorts *sorts, struct err *err)
{
	const struct node *kinds = node_get(rule->node, "kind");
	const char *step, *field, *text = node_as_text(path);
	if (!parts_of(fields, path, &step, &field))
		return true; /* the schema asks for STEP.FIELD */
	bool money = is_of(fields, kinds, path, holds_money),
	     things = !money && is_of(fields, kinds, path, holds_things);
	if (!money && !things) {
		bool there = is_of(fields, kinds, path, NULL);
		err_set(err, STATUS_DAMAGED,
			there ? "%s: \"%s\" names neither things nor an amount of money"
			      : "%s: \"%s\" is not a field of that step",
			key, text);
		return wrong_at(rule, path, err);
	}
	if ((money && sorts->things) || (things && sorts->money)) {
		err_set(err, STATUS_DAMAGED,
			money ? "%s: \"%s\" is an amount of money, but things go out"
			      : "%s: \"%s\" is no amount of money, and money goes out",
			key, text);
		return wrong_at(rule, path, err);
	}
	sorts->money = sorts->money || money;
	sorts->things = sorts->things || things;
	return true;
}

/* Who has it is said in one text of each step by which something goes out. */
static bool holder_is_named(struct fields *fields, const struct rule *rule, struct err *err)
{
	const struct node *per = node_get(rule->node, "per"), *kinds = node_get(rule->node, "kind"),
			  *path;
	const char *step, *field;
	for (size_t i = 0; per && (path = node_each(node_get(rule->node, "out"), i)); i++) {
		if (!parts_of(fields, path, &step, &field) ||
		    fields_carry(fields, kinds, step, node_as_text(per), holds_text,
				 &fields->arena))
			continue;
		bool there = fields_carry(fields, kinds, step, node_as_text(per), NULL, NULL);
		err_set(err, STATUS_DAMAGED,
			there ? "per: \"%s\" does not name one person"
			      : "per: \"%s\" is not a field of %s",
			node_as_text(per), step);
		return wrong_at(rule, per, err);
	}
	return true;
}

bool policy_balance_fits(struct fields *fields, const struct rule *rule, struct err *err)
{
	static const char *const keys[] = {"out", "back"};
	struct sorts sorts = {0};
	const struct node *out = node_get(rule->node, "out"), *path;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		for (size_t j = 0; (path = node_each(node_get(rule->node, keys[i]), j)); j++) {
			if (!path_fits(fields, rule, keys[i], path, &sorts, err))
				return false;
			if (i == 0 || !node_as_text(path) || !node_holds(out, node_as_text(path)))
				continue;
			err_set(err, STATUS_DAMAGED, "back: \"%s\" stands under out as well",
				node_as_text(path));
			return wrong_at(rule, path, err);
		}
	return holder_is_named(fields, rule, err);
}

bool policy_settled_fits(struct fields *fields, const struct rule *rule, struct err *err)
{
	const struct node *settled = node_get(rule->node, "settled"),
			  *kinds = node_get(rule->node, "kind"), *name;
	for (size_t i = 0; (name = node_each(settled, i)); i++) {
		const struct rule *balance =
			policy_find(fields->policy, RULE_BALANCE, node_as_text(name));
		const struct node *of = balance ? node_get(balance->node, "kind") : NULL;
		if (!of || !kinds || names_meet(of, kinds))
			continue;
		struct buf allowed;
		buf_init(&allowed);
		node_join(of, ", ", &allowed);
		err_set(err, STATUS_DAMAGED,
			"settled: the balance %s is about tickets of another kind (%s)",
			node_as_text(name), allowed.data);
		buf_clear(&allowed);
		return wrong_at(rule, name, err);
	}
	return true;
}

void policy_find_money(struct policy *policy)
{
	static const char *const keys[] = {"out", "back"};
	struct fields fields = {.policy = policy};
	size_t cursor = 0;
	const struct rule *rule;
	const struct node *path;
	while ((rule = policy_next(policy, RULE_BALANCE, &cursor)))
		for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
			for (size_t j = 0; (path = node_each(node_get(rule->node, keys[i]), j));
			     j++) {
				if (!is_of(&fields, node_get(rule->node, "kind"), path,
					   holds_money))
					continue;
				policy->moneys = mem_room(policy->moneys, policy->money_count, 1,
							  sizeof *policy->moneys);
				policy->moneys[policy->money_count++] = path;
			}
	fields_clear(&fields);
}

bool policy_is_money(const struct policy *policy, const struct node *path)
{
	for (size_t i = 0; i < policy->money_count; i++)
		if (policy->moneys[i] == path)
			return true;
	return false;
}
