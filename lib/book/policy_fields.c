// SPDX-License-Identifier: MIT
// Whether the fields and steps that rules go by can be there: a rule about what never is never
// comes into force. Looks at no document.
#include <string.h>

#include "book/event.h"
#include "book/form.h"
#include "book/policy_parts.h"

/* --- what fields can hold --- */

static bool accepts(struct arena *arena, const struct schema *field, const char *text)
{
	struct err ignored = ERR_INIT;
	bool yes = schema_decide(field, node_string(arena, text), &ignored) == SCHEMA_YES;
	err_clear(&ignored);
	return yes;
}

/* CONTEXT, in all of these, is an arena. */
static bool holds_text(void *context, const struct schema *field)
{
	const char *type = schema_type(field);
	(void)context;
	return !type || strcmp(type, "string") == 0;
}

static bool holds_amount(void *context, const struct schema *field)
{
	return (accepts(context, field, "1.00") || accepts(context, field, "1")) &&
	       !accepts(context, field, "x");
}

static bool holds_time(void *context, const struct schema *field)
{
	return accepts(context, field, "2026-11-20T09:00:00+08:00") &&
	       !accepts(context, field, "x");
}

static bool holds_day(void *context, const struct schema *field)
{
	return holds_time(context, field) ||
	       (accepts(context, field, "2026-11-20") && !accepts(context, field, "x"));
}

static bool holds_birthday(void *context, const struct schema *field)
{
	return (accepts(context, field, "03-15") || accepts(context, field, "1980-03-15")) &&
	       !accepts(context, field, "x");
}

/* Told in as many lines as it takes: a receipt's number or a signature is not. */
static bool holds_prose(void *context, const struct schema *field)
{
	return accepts(context, field, "a\nb");
}

static bool holds_items(void *context, const struct schema *field)
{
	const struct schema *items = schema_items(field);
	(void)context;
	return items && schema_property(items, "item", NULL) &&
	       schema_property(items, "quantity", NULL);
}

/* --- what rules go by --- */

struct asked {
	struct fields *fields;
	const struct rule *rule;
	const struct node *kinds, *steps; /* of the rule; STEPS NULL where it has none */
	struct err *err;
};

/* Places the error, which is set, at AT. Returns false. */
static bool wrong_at(const struct asked *asked, const struct node *at)
{
	policy_damaged(asked->rule->file, at, asked->err);
	return err_clause(asked->err, asked->rule->clause);
}

/* The first step of the rule. */
static const char *first_step(const struct asked *asked)
{
	size_t at = 0;
	const char *step = node_each_text(asked->steps, &at);
	return step ? step : "such a step";
}

static bool any_step_carries(const struct asked *asked, const char *path, field_ok ok)
{
	const char *step;
	for (size_t i = 0; (step = node_each_text(asked->steps, &i));)
		if (fields_carry(asked->fields, asked->kinds, step, path, ok,
				 &asked->fields->arena))
			return true;
	return false;
}

/* What PATH, at AT under KEY, means must be a field of the step, or STEP.FIELD of an earlier one,
 * and hold WHAT, as OK says. */
static bool is_reached(const struct asked *asked, const char *key, const struct node *at,
		       field_ok ok, const char *what)
{
	const char *path = node_as_text(at), *dot = path ? strchr(path, '.') : NULL;
	struct fields *fields = asked->fields;
	const char *step = dot ? arena_dup_len(&fields->arena, path, (size_t)(dot - path)) : NULL;
	bool known = step && fields_know_step(fields, step);
	if (!path || any_step_carries(asked, path, ok) ||
	    (known && fields_carry(fields, asked->kinds, step, dot + 1, ok, &fields->arena)))
		return true;
	bool is_there = any_step_carries(asked, path, NULL) ||
			(known && fields_carry(fields, asked->kinds, step, dot + 1, NULL, NULL));
	if (is_there)
		err_set(asked->err, STATUS_DAMAGED, "%s: \"%s\" is no field for %s", key, path,
			what);
	else if (known)
		err_set(asked->err, STATUS_DAMAGED, "%s: \"%s\" is not a field of %s", key, dot + 1,
			step);
	else if (step)
		err_set(asked->err, STATUS_DAMAGED,
			"%s: \"%s\" is neither a field of %s nor one of a step %s: no entry under "
			"steps names that",
			key, path, first_step(asked), step);
	else
		err_set(asked->err, STATUS_DAMAGED, "%s: \"%s\" is not a field of %s", key, path,
			first_step(asked));
	return wrong_at(asked, at);
}

/* Whether all documents of STEPS can have what the rule demands of them at KEY. */
static bool needs_are_fields(const struct asked *asked, const struct node *steps)
{
	const struct node *needs = node_get(asked->rule->node, "needs"), *field;
	for (size_t i = 0; (field = node_item(needs, i)); i++) {
		const char *name = node_as_text(field),
			   *step = name ? fields_step_without_each(asked->fields, asked->kinds,
								   steps, name)
					: NULL;
		if (!step)
			continue;
		err_set(asked->err, STATUS_DAMAGED, "needs: \"%s\" is not a field of %s", name,
			step);
		return wrong_at(asked, field);
	}
	return true;
}

static bool step_needs_fields(const struct asked *asked)
{
	return needs_are_fields(asked, asked->steps);
}

/* Whom a step is for is what its field to says; without one nobody could take it. */
static bool steps_name_somebody(const struct asked *asked, const char *key,
				const struct node *steps)
{
	const struct node *to = node_get(asked->rule->node, "to");
	const char *step = to ? fields_step_without(asked->fields, asked->kinds, steps, "to")
			      : NULL;
	if (!step)
		return true;
	err_set(asked->err, STATUS_DAMAGED,
		"to: %s, under %s, has no field to that could name anybody", step, key);
	return wrong_at(asked, to);
}

static bool step_names_somebody(const struct asked *asked)
{
	return steps_name_somebody(asked, "step", asked->steps);
}

static bool deadline_names_somebody(const struct asked *asked)
{
	return steps_name_somebody(asked, "until", node_get(asked->rule->node, "until"));
}

static bool extension_needs_fields(const struct asked *asked)
{
	struct node *extended = node_string(&asked->fields->arena, event_name(EVENT_EXTENDED));
	return needs_are_fields(asked, extended);
}

/* The time that a clock starts or ends with, STEP.FIELD, has to be one that a document can carry:
 * without it the rule would never fire. */
static bool times_are_fields(const struct asked *asked)
{
	static const char *const keys[] = {"start", "at", "since"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const struct node *at = node_get(asked->rule->node, keys[i]);
		const char *path = node_as_text(at), *dot = path ? strchr(path, '.') : NULL;
		struct arena *arena = &asked->fields->arena;
		if (!dot)
			continue;
		const char *step = arena_dup_len(arena, path, (size_t)(dot - path));
		if (i == 0 && event_of(step) == EVENT_LINKED) {
			if (fields_know_step(asked->fields, dot + 1))
				continue;
			err_set(asked->err, STATUS_DAMAGED,
				"start: \"%s\" is not a step: no entry under steps names it",
				dot + 1);
			return wrong_at(asked, at);
		}
		field_ok ok = strcmp(keys[i], "since") == 0 ? holds_day : holds_time;
		bool is_there =
			fields_carry(asked->fields, asked->kinds, step, dot + 1, NULL, NULL);
		if (is_there &&
		    (policy_is_old(asked->fields->policy) ||
		     fields_carry(asked->fields, asked->kinds, step, dot + 1, ok, arena)))
			continue;
		err_set(asked->err, STATUS_DAMAGED, "%s: \"%s\" is %s of %s", keys[i], dot + 1,
			is_there ? "no time" : "not a field", step);
		return wrong_at(asked, at);
	}
	return true;
}

/* Pairs of fields: of the second a step may say nothing, and then the rule does not either; but it
 * must be able to. */
static bool pairs_are_fields(const struct asked *asked)
{
	static const struct {
		const char *key, *what;
		field_ok ok;
	} pairs[] = {{"equal", NULL, NULL},
		     {"at-most", "an amount", holds_amount},
		     {"totals", "items and quantities", holds_items}};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		const struct node *list = node_get(asked->rule->node, pairs[i].key), *pair;
		for (size_t j = 0; (pair = node_item(list, j)); j++)
			for (size_t k = 0; k < 2; k++)
				if (!is_reached(asked, pairs[i].key, node_item(pair, k),
						pairs[i].ok, pairs[i].what))
					return false;
	}
	return true;
}

/* The second of a pair of totals is what is compared with: that of all steps of its name. */
static bool totals_name_steps(const struct asked *asked)
{
	const struct node *list = node_get(asked->rule->node, "totals"), *pair;
	for (size_t i = 0; (pair = node_item(list, i)); i++) {
		const char *path = node_item_text(pair, 1), *dot = path ? strchr(path, '.') : NULL;
		const char *step =
			dot ? arena_dup_len(&asked->fields->arena, path, (size_t)(dot - path))
			    : NULL;
		if (!path || (step && fields_know_step(asked->fields, step)))
			continue;
		err_set(asked->err, STATUS_DAMAGED,
			"totals: \"%s\" does not begin with a step: write STEP.FIELD", path);
		return wrong_at(asked, node_item(pair, 1));
	}
	return true;
}

static bool sum_is_of_fields(const struct asked *asked)
{
	const struct node *sum = node_get(asked->rule->node, "sum"), *field;
	for (size_t i = 0; (field = node_item(sum, i)); i++)
		if (!is_reached(asked, "sum", field, holds_amount, "an amount"))
			return false;
	return true;
}

/* Who was there, what the household says, what was seen on the slip: it is told, or it is no
 * evidence. */
static bool is_evidence(const char *field)
{
	static const char *const evidence[] = {
		"signature", "opinion",     "phone-seen",  "contractor", "signed-by",
		"signers",   "checked-by",  "approved-by", "receipt",    "answer",
		"grades",    "agrees",      "opinions",    "reached",    "shortcomings",
		"valid",     "explained",   "said-by",     "found",      "result",
		"text",      "requisition", "consent",     "work",       "materials"};
	for (size_t i = 0; i < sizeof evidence / sizeof *evidence; i++)
		if (strncmp(field, evidence[i], strlen(evidence[i])) == 0 &&
		    (!field[strlen(evidence[i])] || field[strlen(evidence[i])] == '.'))
			return true;
	return false;
}

/* Which sort of values the fields called NAME of the steps hold. */
static field_ok sort_of(const struct asked *asked, const char *name, const char **what)
{
	static const struct {
		field_ok ok;
		const char *what;
	} sorts[] = {{holds_time, "a time"}, {holds_amount, "an amount"}, {holds_items, "items"}};
	for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
		if (any_step_carries(asked, name, sorts[i].ok)) {
			*what = sorts[i].what;
			return sorts[i].ok;
		}
	*what = "it";
	return NULL;
}

/* What a document says itself, and where the form is: sources without a step. */
static bool is_own_source(const char *source)
{
	static const char *const own[] = {"by", "at", "assignee", "department"};
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (strcmp(source, own[i]) == 0)
			return true;
	return false;
}

/* What is filled in is a field of the step, known from elsewhere, and never evidence. */
static bool fills_are_known(const struct asked *asked)
{
	const struct node *list = node_get(asked->rule->node, "fill"), *pair;
	for (size_t i = 0; (pair = node_item(list, i)); i++) {
		const char *field = node_item_text(pair, 0), *source = node_item_text(pair, 1),
			   *what;
		if (!field || !source)
			continue;
		const char *step =
			fields_step_without(asked->fields, asked->kinds, asked->steps, field);
		if (is_evidence(field))
			err_set(asked->err, STATUS_DAMAGED,
				"fill: \"%s\" is evidence, which is told each time", field);
		else if (step || strchr(field, '.'))
			err_set(asked->err, STATUS_DAMAGED, "fill: \"%s\" is not a field of %s",
				field, step ? step : first_step(asked));
		if (asked->err->text)
			return wrong_at(asked, node_item(pair, 0));
		field_ok ok = sort_of(asked, field, &what);
		if (is_own_source(source)) {
			bool time = strcmp(source, "at") == 0;
			if (ok != (time ? holds_time : NULL)) {
				err_set(asked->err, STATUS_DAMAGED,
					"fill: \"%s\" holds %s, and \"%s\" is none", field,
					ok ? what : "no time", source);
				return wrong_at(asked, node_item(pair, 1));
			}
			continue;
		}
		if (!strchr(source, '.')) {
			err_set(asked->err, STATUS_DAMAGED,
				"fill: \"%s\" is no source (allowed: STEP.FIELD, by, at, assignee, "
				"department)",
				source);
			return wrong_at(asked, node_item(pair, 1));
		}
		if (!is_reached(asked, "fill", node_item(pair, 1), ok, what))
			return false;
	}
	return true;
}

/* Priced amounts stand in the step itself, beside the items they are the prices of. */
static bool prices_are_listed(const struct asked *asked)
{
	const struct node *priced = node_get(asked->rule->node, "priced"), *field;
	const char *without =
		priced ? fields_step_without(asked->fields, asked->kinds, asked->steps, "items")
		       : NULL;
	size_t cursor = 0;
	if (without || (priced && !policy_next(asked->fields->policy, RULE_PRICE, &cursor))) {
		if (without)
			err_set(asked->err, STATUS_DAMAGED,
				"priced: %s has no items, which the prices would be those of",
				without);
		else
			err_set(asked->err, STATUS_DAMAGED,
				"priced: none of these packs has a price list (prices)");
		return wrong_at(asked, priced);
	}
	for (size_t i = 0; (field = node_item(priced, i)); i++) {
		const char *name = node_as_text(field),
			   *step = name ? fields_step_without(asked->fields, asked->kinds,
							      asked->steps, name)
					: NULL;
		if (!name || (!step && any_step_carries(asked, name, holds_amount)))
			continue;
		if (step)
			err_set(asked->err, STATUS_DAMAGED, "priced: \"%s\" is not a field of %s",
				name, step);
		else
			err_set(asked->err, STATUS_DAMAGED, "priced: \"%s\" is no amount", name);
		return wrong_at(asked, field);
	}
	return true;
}

/* A checklist for other kinds would never lack anything. */
static bool checklists_are_for_it(const struct asked *asked)
{
	const struct node *complete = node_get(asked->rule->node, "complete"), *at;
	for (size_t i = 0; (at = node_each(complete, i)); i++) {
		const char *name = node_as_text(at);
		size_t cursor = 0;
		const struct rule *list;
		bool known = false, fits = false;
		while (name && (list = policy_next(asked->fields->policy, RULE_CHECKLIST, &cursor)))
			if (node_is_string(node_get(list->node, "checklist"), name)) {
				const struct node *kinds = node_get(list->node, "kind");
				known = true;
				fits = fits || !kinds || !asked->kinds ||
				       names_meet(kinds, asked->kinds);
			}
		if (!known || fits)
			continue;
		err_set(asked->err, STATUS_DAMAGED,
			"complete: \"%s\" is not for the kinds of forms that this rule is about",
			name);
		return wrong_at(asked, at);
	}
	return true;
}

/* Each of PATHS must be STEP.FIELD, and an amount. */
static bool are_amounts(const struct asked *asked, const char *key, const struct node *paths)
{
	struct fields *fields = asked->fields;
	const struct node *at;
	for (size_t i = 0; (at = node_each(paths, i)); i++) {
		const char *path = node_as_text(at), *dot = path ? strchr(path, '.') : NULL;
		if (!dot)
			continue; /* a number */
		const char *step = arena_dup_len(&fields->arena, path, (size_t)(dot - path));
		if (*path >= '0' && *path <= '9')
			continue;
		if (fields_know_step(fields, step) &&
		    fields_carry(fields, asked->kinds, step, dot + 1, holds_amount, &fields->arena))
			continue;
		bool known = fields_know_step(fields, step),
		     there = known && fields_carry(fields, asked->kinds, step, dot + 1, NULL, NULL);
		err_set(asked->err, STATUS_DAMAGED,
			!known  ? "%s: \"%s\" does not begin with a step: no entry under "
				  "steps names it"
			: there ? "%s: \"%s\" is no amount"
				: "%s: \"%s\" is not a field of that step",
			key, path);
		return wrong_at(asked, at);
	}
	return true;
}

static bool caps_are_amounts(const struct asked *asked)
{
	static const char *const limits[] = {"at-most", "at-least", "exactly"};
	const struct node *cap;
	for (size_t i = 0; (cap = node_item(node_get(asked->rule->node, "caps"), i)); i++) {
		if (!are_amounts(asked, "sum", node_get(cap, "sum")))
			return false;
		for (size_t j = 0; j < sizeof limits / sizeof *limits; j++) {
			const struct node *limit = node_get(cap, limits[j]),
					  *sum = node_get(limit, "sum");
			if (!are_amounts(asked, sum ? "sum" : limits[j], sum ? sum : limit))
				return false;
		}
	}
	return true;
}

/* What is unique is told in one text, in a ticket that is there already. */
static bool unique_is_told(const struct asked *asked)
{
	const struct node *paths = node_get(asked->rule->node, "field"), *at;
	struct fields *fields = asked->fields;
	for (size_t i = 0; (at = node_each(paths, i)); i++) {
		const char *path = node_as_text(at), *dot = path ? strchr(path, '.') : NULL;
		if (!dot)
			continue;
		const char *step = arena_dup_len(&fields->arena, path, (size_t)(dot - path));
		enum event event = event_of(step);
		if (event != EVENT_OPENED && event != EVENT_IMPORTED &&
		    fields_carry(fields, asked->kinds, step, dot + 1, holds_text, NULL))
			continue;
		if (event == EVENT_OPENED || event == EVENT_IMPORTED)
			err_set(asked->err, STATUS_DAMAGED,
				"field: \"%s\" begins a ticket: only what is recorded on one is "
				"kept unique",
				path);
		else
			err_set(asked->err, STATUS_DAMAGED, "field: \"%s\" is no text of that step",
				path);
		return wrong_at(asked, at);
	}
	return true;
}

static bool report_is_told(const struct asked *asked)
{
	const struct node *report = node_get(asked->rule->node, "report");
	const char *name, *step;
	struct fields *fields = asked->fields;
	for (size_t i = 0; (name = node_each_text(node_get(asked->rule->node, "needs"), &i));)
		for (size_t j = 0; (step = node_each_text(asked->steps, &j));)
			if (fields_carry_each(fields, asked->kinds, step, name, holds_prose,
					      &fields->arena))
				return true;
	if (!report || node_get(asked->rule->node, "refuse"))
		return true;
	err_set(asked->err, STATUS_DAMAGED,
		"report: it has no effect, as nothing that needs lists is told in prose");
	return wrong_at(asked, report);
}

/* Who signs is named in a field of the step itself; without one nobody could take it. */
static bool signatures_are_fields(const struct asked *asked)
{
	const struct node *list = node_get(asked->rule->node, "sign"), *sign;
	for (size_t i = 0; (sign = node_item(list, i)); i++) {
		const struct node *at = node_get(sign, "field");
		const char *field = node_as_text(at),
			   *step = field ? fields_step_without(asked->fields, asked->kinds,
							       asked->steps, field)
					 : NULL;
		if (!field || (!step && any_step_carries(asked, field, holds_text)))
			continue;
		if (step)
			err_set(asked->err, STATUS_DAMAGED, "field: \"%s\" is not a field of %s",
				field, step);
		else
			err_set(asked->err, STATUS_DAMAGED,
				"field: \"%s\" does not name one person", field);
		return wrong_at(asked, at);
	}
	return true;
}

/* Who signed a step stands in its document; a schema of one's own may have no place for that. */
static bool countersignatures_are_fields(const struct asked *asked)
{
	static const struct {
		const char *key, *value, *field;
	} fields[] = {{"countersign", NULL, "signers"},
		      {"countersign", NULL, "proposal"},
		      {"paper", NULL, "signed-by"},
		      {"outsiders", "household", "signature"},
		      {"outsiders", "contractor", "contractor"}};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const struct node *at = node_get(asked->rule->node, fields[i].key);
		if (!at || (fields[i].value && !node_holds(at, fields[i].value)))
			continue;
		const char *step = fields_step_without(asked->fields, asked->kinds, asked->steps,
						       fields[i].field);
		if (!step)
			continue;
		err_set(asked->err, STATUS_DAMAGED,
			"%s: documents of %s have no field %s, which would say who signed",
			fields[i].key, step, fields[i].field);
		return wrong_at(asked, at);
	}
	return true;
}

/* Each field must be one of some step, and each step must have some of the fields. */
static bool phrases_are_said(const struct asked *asked)
{
	const struct node *fields = node_get(asked->rule->node, "field"), *field, *step;
	for (size_t i = 0; (field = node_each(fields, i)); i++)
		if (!is_reached(asked, "field", field, holds_text, "text"))
			return false;
	for (size_t i = 0; (step = node_each(asked->steps, i)); i++) {
		const char *name = node_as_text(step), *said;
		bool any = !name;
		for (size_t j = 0; !any && (said = node_each_text(fields, &j));)
			any = fields_carry(asked->fields, asked->kinds, name, said, NULL, NULL);
		if (any)
			continue;
		err_set(asked->err, STATUS_DAMAGED, "step: %s has none of these fields", name);
		return wrong_at(asked, step);
	}
	return true;
}

static bool date_is_of_form(const struct asked *asked)
{
	const struct node *at = node_get(asked->rule->node, "yearly");
	const char *path = node_as_text(at);
	struct fields *fields = asked->fields;
	if (!path || policy_view_has(fields, asked->kinds, path, holds_birthday, &fields->arena))
		return true;
	bool is_there = policy_view_has(fields, asked->kinds, path, NULL, NULL);
	err_set(asked->err, STATUS_DAMAGED, "yearly: \"%s\" is %s", path,
		is_there ? "no date of a form" : "nothing that a form has");
	return wrong_at(asked, at);
}

/* --- steps that never come --- */

struct never {
	enum event event;
	const char *why;
};

/* A step among those at AT, under KEY, that is one of NEVER. */
static bool may_come(const struct asked *asked, const char *key, const struct node *at,
		     const struct never *never, size_t count)
{
	const struct node *step;
	for (size_t i = 0; (step = node_each(at, i)); i++)
		for (size_t j = 0; j < count; j++)
			if (node_is_string(step, event_name(never[j].event))) {
				err_set(asked->err, STATUS_DAMAGED, "%s: %s %s", key,
					event_name(never[j].event), never[j].why);
				return wrong_at(asked, step);
			}
	return true;
}

static bool steps_can_be_taken(const struct asked *asked)
{
	static const struct never before[] =
		{{EVENT_VOIDED, "is the last that is recorded: nothing comes after it"},
		 {EVENT_IMPORTED, "is never judged: rules of steps leave out what another system "
				  "began"}},
				  proposed[] = {{EVENT_PROPOSED,
						 "is what kefu records of a step that awaits "
						 "signatures: name that step"}},
				  first[] = {{EVENT_OPENED, "comes first, so it is never newer"}};
	static const char *const keys[] = {"after", "not-after"};
	enum { BEFORE = sizeof before / sizeof *before };
	const struct node *rule = asked->rule->node, *pair;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (!may_come(asked, keys[i], node_get(rule, keys[i]), before, BEFORE))
			return false;
	for (size_t i = 0; (pair = node_item(node_get(rule, "newer"), i)); i++)
		if (!may_come(asked, "newer", pair, before, BEFORE) ||
		    !may_come(asked, "newer", node_item(pair, 0), first, 1))
			return false;
	return may_come(asked, "step", asked->steps, before + 1, 1) &&
	       may_come(asked, "step", asked->steps, proposed, 1);
}

static bool deadline_steps_can_come(const struct asked *asked)
{
	static const struct never first[] = {{EVENT_IMPORTED,
					      "begins a ticket, so it ends nothing"}},
				  begins[] = {{EVENT_OPENED, "comes first, when nothing runs yet"}},
				  told[] = {{EVENT_IMPORTED, "begins a ticket, and tells nobody"},
					    {EVENT_OPENED, "begins a ticket, and tells nobody"},
					    {EVENT_VOIDED,
					     "is the last that is recorded, and tells nobody"}};
	const struct node *rule = asked->rule->node, *notice, *until = node_get(rule, "until");
	const char *start = node_text(rule, node_get(rule, "at") ? "at" : "start");
	const char *opened = event_name(EVENT_OPENED);
	for (size_t i = 0; (notice = node_item(node_get(rule, "tell"), i)); i++)
		if (!may_come(asked, "step", node_get(notice, "step"), told, 3))
			return false;
	if (!may_come(asked, "until", until, first, 1) ||
	    !may_come(asked, "restart", node_get(rule, "restart"), begins, 1))
		return false;
	/* what was heard earlier is due to be opened */
	bool opens = start && strncmp(start, opened, strlen(opened)) == 0;
	if (opens || node_each(until, 1) || !node_is_string(node_each(until, 0), opened))
		return true;
	err_set(asked->err, STATUS_DAMAGED, "until: %s comes first, so it ends nothing", opened);
	return wrong_at(asked, until);
}

static bool phrase_steps_can_come(const struct asked *asked)
{
	static const struct never never[] = {
		{EVENT_IMPORTED, "is never judged: rules of steps leave out what another system "
				 "began"}};
	return may_come(asked, "step", asked->steps, never, 1);
}

/* --- names that mean something elsewhere only --- */

/* Customers' files are no tickets: they are not opened by an answer, and come up once. */
static bool kinds_are_of_tickets(const struct asked *asked)
{
	const struct node *rule = asked->rule->node, *opens = node_get(rule, "unsatisfied"),
			  *kinds = node_get(rule, "times") ? asked->kinds : NULL, *kind;
	if (node_is_string(opens, "open " KIND_CUSTOMER)) {
		err_set(asked->err, STATUS_DAMAGED,
			"unsatisfied: a customer's file is no ticket, which an answer could open");
		return wrong_at(asked, opens);
	}
	for (size_t i = 0; (kind = node_each(kinds, i)); i++)
		if (node_is_string(kind, KIND_CUSTOMER)) {
			err_set(asked->err, STATUS_DAMAGED,
				"kind: a customer's file is no ticket, and does not come again");
			return wrong_at(asked, kind);
		}
	return true;
}

/* Who is named by a step stands in its field callers. */
static bool callers_are_named(const struct asked *asked)
{
	const struct node *who = node_get(asked->rule->node, "who"), *part;
	for (size_t i = 0; (part = node_item(who, i)); i++) {
		const struct node *named = node_get(part, "named");
		const char *step =
			named ? fields_step_without(asked->fields, asked->kinds, named, "callers")
			      : NULL;
		if (!step)
			continue;
		err_set(asked->err, STATUS_DAMAGED,
			"named: documents of %s have no field callers, which would say who calls",
			step);
		return wrong_at(asked, named);
	}
	return true;
}

/* A title of a step that no pack names would never be shown. */
static bool event_is_a_step(const struct asked *asked)
{
	const struct node *at = node_get(asked->rule->node, "event");
	const char *event = node_as_text(at);
	if (!event || fields_know_step(asked->fields, event))
		return true;
	err_set(asked->err, STATUS_DAMAGED,
		"event: \"%s\" is not a step: no entry under steps names it", event);
	return wrong_at(asked, at);
}

static bool balance_fits(const struct asked *asked)
{
	return policy_balance_fits(asked->fields, asked->rule, asked->err);
}

static bool settled_fits(const struct asked *asked)
{
	return policy_settled_fits(asked->fields, asked->rule, asked->err);
}

bool policy_fields_fit(struct fields *fields, enum rule_list list, const struct rule *rule,
		       struct err *err)
{
	static const struct {
		enum rule_list list;
		bool (*fit)(const struct asked *asked);
		bool always; /* asked of ledgers of 0.1, too, as it was then */
	} all[] = {
		{RULE_STEP, step_needs_fields, true},
		{RULE_DEADLINE, times_are_fields, true},
		{RULE_ROUTINE, times_are_fields, true},
		{RULE_STEP, pairs_are_fields, false},
		{RULE_STEP, totals_name_steps, false},
		{RULE_STEP, sum_is_of_fields, false},
		{RULE_STEP, prices_are_listed, false},
		{RULE_STEP, fills_are_known, false},
		{RULE_STEP, caps_are_amounts, false},
		{RULE_STEP, checklists_are_for_it, false},
		{RULE_STEP, report_is_told, false},
		{RULE_UNIQUE, unique_is_told, false},
		{RULE_BALANCE, balance_fits, false},
		{RULE_STEP, settled_fits, false},
		{RULE_STEP, signatures_are_fields, false},
		{RULE_STEP, step_names_somebody, false},
		{RULE_DEADLINE, deadline_names_somebody, false},
		{RULE_STEP, countersignatures_are_fields, false},
		{RULE_STEP, steps_can_be_taken, false},
		{RULE_DEADLINE, deadline_steps_can_come, false},
		{RULE_EXTENSION, extension_needs_fields, false},
		{RULE_PHRASE, phrase_steps_can_come, false},
		{RULE_PHRASE, phrases_are_said, false},
		{RULE_CALLBACK, kinds_are_of_tickets, false},
		{RULE_CALLBACK, callers_are_named, false},
		{RULE_REPEAT, kinds_are_of_tickets, false},
		{RULE_ROUTINE, date_is_of_form, false},
		{RULE_EVENT, event_is_a_step, false},
	};
	const struct asked asked = {.fields = fields,
				    .rule = rule,
				    .kinds = node_get(rule->node, "kind"),
				    .steps = node_get(rule->node, "step"),
				    .err = err};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].list == list && (fields->strict || all[i].always) && !all[i].fit(&asked))
			return false;
	return true;
}
