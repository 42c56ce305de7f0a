// SPDX-License-Identifier: MIT
// Names that a filter asks for.
#include "cli/filter.h"

#include <string.h>

#include "record/value.h"

static const char no_policy[] = N_("the policy has no \"%s\"");

bool filter_unknown(const char *option, const char *what, const char *names, const char *how,
		    struct err *err)
{
	struct buf allowed;
	buf_init(&allowed);
	buf_adds(&allowed, _("there are: "));
	known_shorten(*names ? names : _("none"), &allowed);
	err_set(err, STATUS_USAGE, "--%s: %s (%s%s%s)", option, what, allowed.data,
		how ? _("; all of them: ") : "", how ? how : "");
	buf_clear(&allowed);
	return false;
}

/* VALUE is not among NAMES (NULL: only forms have such), but a form may have it. WHAT says that
 * nothing has it. */
static bool in_forms(struct desk *desk, const char *option, const char *value,
		     enum known_field field, const char *what, const char *names, const char *how,
		     struct err *err)
{
	struct buf recorded;
	buf_init(&recorded);
	bool done = known_in_forms(&desk->book, field, value, &recorded) ||
		    filter_unknown(option, what, names ? names : recorded.data, how, err);
	buf_clear(&recorded);
	return done;
}

static void add_name(struct buf *names, const char *name)
{
	buf_addf(names, "%s%s", names->len ? ", " : "", name);
}

/* Those of LIST whose title is TITLE, as tables show them. */
static void add_entitled(const struct policy *policy, enum rule_list list, const char *title,
			 struct buf *names)
{
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(policy, list, &cursor))) {
		const char *name = node_text(rule->node, policy_list_name(policy, list));
		/* of several entries of one name, the first has its title */
		if (name && policy_find(policy, list, name) == rule &&
		    strcmp(policy_title(policy, list, name), title) == 0)
			add_name(names, name);
	}
}

bool filter_name(struct desk *desk, const char *option, enum rule_list list, enum known_field field,
		 struct err *err)
{
	const char *value = cli_value(desk->cli, option);
	const struct policy *policy = desk->book.policy;
	if (!value || policy_find_recorded(policy, list, value, 0))
		return true;
	struct buf names, entitled, how;
	buf_init(&names);
	buf_init(&entitled);
	buf_init(&how);
	policy_names(policy, list, NULL, &names);
	add_entitled(policy, list, value, &entitled);
	buf_addf(&how, "policy-list --list %s", policy_list_key(policy, list));
	const char *what = arena_printf(&desk->arena, no_policy, value);
	if (entitled.len)
		what = arena_printf(&desk->arena, _("%s: that is the title of %s"), what,
				    entitled.data);
	bool done = in_forms(desk, option, value, field, what, names.data, how.data, err);
	buf_clear(&names);
	buf_clear(&entitled);
	buf_clear(&how);
	return done;
}

bool filter_person(struct desk *desk, const char *option, struct err *err)
{
	const char *value = cli_value(desk->cli, option);
	const struct staff *staff = &desk->book.staff;
	if (!value || staff_person(staff, value))
		return true;
	struct buf names;
	buf_init(&names);
	for (size_t i = 0; i < staff->person_count; i++)
		add_name(&names, staff->people[i].id);
	bool done = in_forms(desk, option, value, KNOWN_ASSIGNEE,
			     arena_printf(&desk->arena, _("%s is not in staff.yaml"), value),
			     names.data, "staff-list", err);
	buf_clear(&names);
	return done;
}

/* The names of a list that grows by what is not in it. */
static void collect(struct arena *arena, struct node *list, const char *name)
{
	if (name && !node_holds(list, name))
		node_push(arena, list, node_string(arena, name));
}

/* Every `department` below NODE. */
static void collect_departments(struct arena *arena, struct node *list, const struct node *node)
{
	const struct pair *pair;
	const struct node *item;
	for (size_t i = 0; (pair = node_pair(node, i)); i++) {
		if (strcmp(pair->key, "department") == 0)
			collect(arena, list, node_as_text(pair->value));
		collect_departments(arena, list, pair->value);
	}
	for (size_t i = 0; (item = node_item(node, i)); i++)
		collect_departments(arena, list, item);
}

/* Whether VALUE is in LIST; else whether a form has it. */
static bool in_list(struct desk *desk, const char *option, const char *value,
		    enum known_field field, const struct node *list, const char *how,
		    struct err *err)
{
	if (node_holds(list, value))
		return true;
	struct buf names;
	buf_init(&names);
	node_join(list, ", ", &names);
	bool done = in_forms(desk, option, value, field,
			     arena_printf(&desk->arena, _("there is no department \"%s\""), value),
			     names.data, how, err);
	buf_clear(&names);
	return done;
}

bool filter_department(struct desk *desk, const char *option, struct err *err)
{
	const char *value = cli_value(desk->cli, option);
	const struct book *book = &desk->book;
	struct node *list = node_list(&desk->arena);
	const struct rule *rule;
	if (!value)
		return true;
	for (size_t i = 0; i < book->staff.count; i++)
		collect(&desk->arena, list, book->staff.versions[i].department);
	for (size_t kind = 0; kind < policy_list_count(book->policy); kind++)
		for (size_t i = 0; (rule = policy_next(book->policy, (enum rule_list)kind, &i));)
			collect_departments(&desk->arena, list, rule->node);
	return in_list(desk, option, value, KNOWN_DEPARTMENT, list, NULL, err);
}

bool filter_role(struct desk *desk, const char *option, struct err *err)
{
	const char *value = cli_value(desk->cli, option);
	const struct book *book = &desk->book;
	if (!value || strcmp(value, ROLE_ADMINISTRATOR) == 0 ||
	    policy_find_recorded(book->policy, RULE_ROLE, value, 0))
		return true;
	if (staff_names_role(&book->staff, value))
		return true;
	struct buf names;
	buf_init(&names);
	policy_names(book->policy, RULE_ROLE, NULL, &names);
	add_name(&names, ROLE_ADMINISTRATOR);
	filter_unknown(option, arena_printf(&desk->arena, no_policy, value), names.data,
		       "policy-list --list roles", err);
	buf_clear(&names);
	return false;
}

bool filter_recorded(struct desk *desk, const char *option, enum known_field field, struct err *err)
{
	const char *value = cli_value(desk->cli, option);
	return !value ||
	       in_forms(desk, option, value, field,
			arena_printf(&desk->arena, _("nothing recorded has \"%s\""), value), NULL,
			NULL, err);
}

bool filter_unit(struct desk *desk, const char *option, const char **unit, struct err *err)
{
	const char *typed = cli_value(desk->cli, option);
	struct buf text;
	*unit = NULL;
	if (!typed)
		return true;
	buf_init(&text);
	const struct schema *schema =
		schema_find(desk->book.schemas, "schemas/fields.yaml#/$defs/unit", err);
	bool done = schema && value_normal(&desk->book, "unit", typed, &text, err);
	struct node *value = done ? node_string(&desk->arena, text.data) : NULL;
	if (done && schema_decide(schema, value, err) != SCHEMA_YES)
		done = err_set(err, STATUS_USAGE,
			       "--%s: \"%s\" is no unit: write it like 3-1201, or a building like "
			       "3",
			       option, typed);
	if (done)
		*unit = node_as_text(value);
	buf_clear(&text);
	return done;
}

/* Whether NAME is a rule of LIST, now or before, or one of their clauses. */
static bool is_rule(const struct policy *policy, enum rule_list list, const char *name)
{
	size_t cursor = 0;
	const struct rule *rule;
	if (policy_find_recorded(policy, list, name, 0))
		return true;
	while ((rule = policy_next(policy, list, &cursor))) {
		const char *clause;
		for (size_t i = 0; (clause = node_each_text(node_get(rule->node, "clause"), &i));)
			if (clauses_hold(clause, name))
				return true;
	}
	return false;
}

bool filter_rule(struct desk *desk, const char *option, unsigned fields, struct err *err)
{
	static const struct {
		enum known_field field;
		enum rule_list list;
	} kinds[] = {{KNOWN_DEADLINE, RULE_DEADLINE}, {KNOWN_CALLBACK, RULE_CALLBACK}};
	const char *value = cli_value(desk->cli, option);
	const struct policy *policy = desk->book.policy;
	struct buf names, some;
	bool done = !value;
	buf_init(&names);
	buf_init(&some);
	for (size_t i = 0; !done && i < 2; i++)
		done = (fields >> kinds[i].field & 1) && is_rule(policy, kinds[i].list, value);
	/* signatures are awaited by rules of steps */
	size_t cursor = 0;
	const struct rule *rule;
	while (!done && fields >> KNOWN_DEADLINE & 1 &&
	       (rule = policy_next(policy, RULE_STEP, &cursor)))
		done = node_get(rule->node, "countersign") && clauses_hold(rule->clause, value);
	for (size_t i = 0; !done && i < 2; i++) {
		if (!(fields >> kinds[i].field & 1))
			continue;
		done = known_in_forms(&desk->book, kinds[i].field, value, &some);
		buf_reset(&some);
		policy_names(policy, kinds[i].list, NULL, &some);
		if (names.len && some.len)
			buf_adds(&names, ", ");
		buf_adds(&names, some.data);
	}
	if (!done)
		filter_unknown(
			option,
			arena_printf(&desk->arena, _("the policy has no rule or clause %s"), value),
			names.data, "policy-list", err);
	buf_clear(&names);
	buf_clear(&some);
	return done;
}
