// SPDX-License-Identifier: MIT
// Whether the policy lets a step be recorded: roles, order, fields, sums, signatures.
#include "ticket/judge.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/mem.h"
#include "data/deadline.h"
#include "text/pattern.h"

static void join(struct buf *out, const struct node *names)
{
	const struct node *name;
	for (size_t i = 0; (name = node_each(names, i)); i++)
		buf_addf(out, "%s%s", i ? ", " : "", name->text);
}

/* Refuses by RULE: its title says what the rule is, DETAIL what is amiss. */
static bool refuse(const struct rule *rule, struct err *err, const char *detail)
{
	const char *title = node_text(rule->node, "title");
	if (title)
		err_set(err, STATUS_REFUSED, "%s: %s", title, detail);
	else
		err_set(err, STATUS_REFUSED, "%s", detail);
	return err_clause(err, rule->clause);
}

static bool has_one_of(const struct book *book, const struct member *member,
		       const struct node *roles, int64_t at)
{
	const struct node *role;
	for (size_t i = 0; (role = node_each(roles, i)); i++)
		if (staff_has_role(&book->staff, member, role->text, at))
			return true;
	return false;
}

static bool check_role(const struct judgement *judgement, const struct rule *rule, const char *step,
		       struct err *err)
{
	const struct node *by = node_get(rule->node, "by");
	if (!by || has_one_of(judgement->book, judgement->by, by,
			      judgement->form->documents[judgement->form->count - 1].at))
		return true;
	struct buf text;
	buf_init(&text);
	buf_addf(&text, "%s is recorded by the role ", step);
	join(&text, by);
	buf_addf(&text, "; %s does not have it", judgement->by->id);
	refuse(rule, err, text.data);
	buf_clear(&text);
	return false;
}

static bool check_order(const struct judgement *judgement, const struct rule *rule,
			const char *step, struct err *err)
{
	const struct node *events = node_get(judgement->prior, "events"), *name;
	struct buf text;
	buf_init(&text);
	for (size_t i = 0; !text.len && (name = node_each(node_get(rule->node, "after"), i)); i++)
		if (!node_holds(events, name->text))
			buf_addf(&text, "%s needs %s first, which is not recorded", step,
				 name->text);
	for (size_t i = 0; !text.len && (name = node_each(node_get(rule->node, "not-after"), i));
	     i++)
		if (node_holds(events, name->text))
			buf_addf(&text, "%s is recorded already, %s cannot come after it",
				 name->text, step);
	bool fine = !text.len;
	if (!fine)
		refuse(rule, err, text.data);
	buf_clear(&text);
	return fine;
}

/* "field" of this document, or "step.field" of the latest such step. */
static const struct node *reach(const struct node *view, const char *path)
{
	const struct node *own = node_path(node_get(view, "document"), path);
	return own ? own : node_path(node_get(view, "steps"), path);
}

static bool check_fields(const struct rule *rule, const struct node *view, const char *step,
			 struct err *err)
{
	const struct node *needs = node_get(rule->node, "needs"),
			  *equal = node_get(rule->node, "equal");
	struct buf text;
	buf_init(&text);
	for (size_t i = 0; i < node_count(needs); i++)
		if (!node_path(node_get(view, "document"), needs->list.items[i]->text))
			buf_addf(&text, "%s%s", text.len ? ", " : "", needs->list.items[i]->text);
	if (text.len) {
		char *missing = buf_take(&text);
		buf_addf(&text, "%s needs the field%s %s", step, strchr(missing, ',') ? "s" : "",
			 missing);
		free(missing);
	}
	for (size_t i = 0; !text.len && i < node_count(equal); i++) {
		const struct node *pair = equal->list.items[i];
		const char *a = pair->list.items[0]->text, *b = pair->list.items[1]->text;
		const struct node *value = reach(view, a), *other = reach(view, b);
		if (other && (!value || !node_equal_json(value, other)))
			buf_addf(&text, "%s does not agree with %s", a, b);
	}
	bool fine = !text.len;
	if (!fine)
		refuse(rule, err, text.data);
	buf_clear(&text);
	return fine;
}

/* An amount to compare; false when there is none. */
static bool amount(const struct node *value, struct decimal *into)
{
	return value && value->type == NODE_STRING && decimal_set(into, value->text, value->len);
}

static bool check_amounts(const struct rule *rule, const struct node *view, struct err *err)
{
	const struct node *pairs = node_get(rule->node, "at-most");
	struct decimal *is = decimal_new(0), *most = decimal_new(0);
	struct buf text;
	buf_init(&text);
	for (size_t i = 0; !text.len && i < node_count(pairs); i++) {
		const char *a = pairs->list.items[i]->list.items[0]->text,
			   *b = pairs->list.items[i]->list.items[1]->text;
		if (amount(reach(view, a), is) && amount(reach(view, b), most) &&
		    decimal_compare(is, most) > 0)
			buf_addf(&text, "%s is %s, more than %s, %s", a, reach(view, a)->text, b,
				 reach(view, b)->text);
	}
	bool fine = !text.len;
	if (!fine)
		refuse(rule, err, text.data);
	buf_clear(&text);
	decimal_free(is);
	decimal_free(most);
	return fine;
}

/* Quantities by item. */
struct totals {
	const char **items;
	struct decimal **sums;
	size_t count;
};

/* Adds, or subtracts, the quantities of LIST's items. */
static void totals_add(struct arena *arena, struct totals *totals, const struct node *list,
		       bool subtract)
{
	struct decimal *quantity = decimal_new(0);
	for (size_t i = 0; list && list->type == NODE_LIST && i < list->list.count; i++) {
		const char *item = node_text(list->list.items[i], "item");
		size_t at = 0;
		if (!item || !amount(node_get(list->list.items[i], "quantity"), quantity))
			continue;
		while (at < totals->count && strcmp(totals->items[at], item) != 0)
			at++;
		if (at == totals->count) {
			totals->items = mem_room(totals->items, at, 1, sizeof *totals->items);
			totals->sums = mem_room(totals->sums, at, 1, sizeof *totals->sums);
			totals->items[at] = arena_dup(arena, item);
			totals->sums[at] = decimal_new(0);
			totals->count++;
		}
		(subtract ? decimal_subtract : decimal_add)(totals->sums[at], quantity);
	}
	decimal_free(quantity);
}

/* What was used against what was drawn, whatever the order and in however many goes (H2.C-9). */
static bool check_totals(const struct judgement *judgement, const struct rule *rule,
			 const struct node *view, struct err *err)
{
	const struct node *pairs = node_get(rule->node, "totals");
	bool fine = true;
	for (size_t i = 0; fine && i < node_count(pairs); i++) {
		const char *a = pairs->list.items[i]->list.items[0]->text,
			   *b = pairs->list.items[i]->list.items[1]->text;
		const char *field = strchr(b, '.') ? strchr(b, '.') + 1 : b;
		char *step = mem_dup_len(b, strcspn(b, "."));
		struct totals totals = {0};
		bool any = false;
		for (size_t j = form_cycle_begin(judgement->form); j + 1 < judgement->form->count;
		     j++) {
			const struct document *document = &judgement->form->documents[j];
			if (strcmp(document->event, step) != 0)
				continue;
			any = true;
			totals_add(judgement->arena, &totals, node_path(document->root, field),
				   true);
		}
		totals_add(judgement->arena, &totals, reach(view, a), false);
		for (size_t j = 0; any && fine && j < totals.count; j++) {
			int sign = decimal_sign(totals.sums[j]);
			struct buf text;
			buf_init(&text);
			if (sign) {
				buf_addf(&text, "%s: of %s ", a, totals.items[j]);
				if (sign < 0)
					buf_adds(&text, "less is there than ");
				else
					buf_adds(&text, "more is there than ");
				buf_adds(&text, b);
				fine = refuse(rule, err, text.data);
			}
			buf_clear(&text);
		}
		for (size_t j = 0; j < totals.count; j++)
			decimal_free(totals.sums[j]);
		free(totals.sums);
		free(totals.items);
		free(step);
	}
	return fine;
}

static bool check_newer(const struct judgement *judgement, const struct rule *rule, struct err *err)
{
	const struct node *pairs = node_get(rule->node, "newer");
	for (size_t i = 0; i < node_count(pairs); i++) {
		const char *a = pairs->list.items[i]->list.items[0]->text,
			   *b = pairs->list.items[i]->list.items[1]->text;
		const struct document *first = form_last(judgement->form, a),
				      *second = form_last(judgement->form, b);
		if (second && (!first || first < second)) {
			struct buf text;
			buf_init(&text);
			buf_addf(&text,
				 "%s is to be recorded again after the last %s (#%" PRId64 ")", a,
				 b, second->seq);
			refuse(rule, err, text.data);
			buf_clear(&text);
			return false;
		}
	}
	return true;
}

/* The first field is the sum of the others; those that are absent count as 0. */
static bool check_sum(const struct rule *rule, const struct node *view, struct err *err)
{
	const struct node *sum = node_get(rule->node, "sum");
	if (!sum || !reach(view, sum->list.items[0]->text))
		return true;
	struct decimal *total = decimal_new(0), *one = decimal_new(0), *stated = decimal_new(0);
	struct buf text;
	buf_init(&text);
	bool any = false;
	for (size_t i = 0; i < sum->list.count; i++) {
		const struct node *value = reach(view, sum->list.items[i]->text);
		if (!value || value->type != NODE_STRING ||
		    !decimal_set(i ? one : stated, value->text, value->len))
			continue;
		any = any || i;
		if (i)
			decimal_add(total, one);
	}
	bool fine = !any || decimal_compare(total, stated) == 0;
	if (!fine) {
		buf_addf(&text, "%s is ", sum->list.items[0]->text);
		decimal_format(stated, 2, &text);
		for (size_t i = 1; i < sum->list.count; i++)
			buf_addf(&text, "%s%s", i > 1 ? " + " : ", ", sum->list.items[i]->text);
		buf_adds(&text, " make ");
		decimal_format(total, 2, &text);
		refuse(rule, err, text.data);
	}
	buf_clear(&text);
	decimal_free(total);
	decimal_free(one);
	decimal_free(stated);
	return fine;
}

/* Whether PERSON has a part in the document besides signing in FIELD. */
static const char *other_part(const struct node *document, const char *field, const char *person)
{
	static const char *const parts[] = {"workers", "callers", "checked-by", "approved-by"};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (strcmp(parts[i], field) != 0 &&
		    node_holds(node_get(document, parts[i]), person))
			return parts[i];
	return NULL;
}

static bool check_signatures(const struct judgement *judgement, const struct rule *rule,
			     const struct node *document, int64_t at, struct err *err)
{
	const struct node *sign = node_get(rule->node, "sign");
	struct buf text;
	buf_init(&text);
	for (size_t i = 0; !text.len && i < node_count(sign); i++) {
		const struct node *one = sign->list.items[i], *roles = node_get(one, "role");
		const char *field = node_text(one, "field"), *person = node_text(document, field);
		const struct member *member =
			person ? staff_find(&judgement->book->staff, person, at) : NULL;
		const char *part = person ? other_part(document, field, person) : NULL;
		if (!person || !member || !has_one_of(judgement->book, member, roles, at)) {
			buf_addf(&text, "%s is to name who signs, with the role ", field);
			join(&text, roles);
		} else if (part) {
			buf_addf(&text,
				 "%s signs in %s and stands in %s too: that takes two people",
				 person, field, part);
		}
	}
	bool fine = !text.len;
	if (!fine)
		refuse(rule, err, text.data);
	buf_clear(&text);
	return fine;
}

static bool check_lateness(const struct judgement *judgement, const struct rule *rule,
			   const struct document *document, struct err *err)
{
	const char *late = node_text(rule->node, "late");
	struct duration allowed;
	struct clock clock = {.zone = &judgement->book->zone,
			      .calendar = judgement->book->calendar,
			      .hours = policy_hours(judgement->book->policy, NULL)};
	int64_t latest;
	bool provisional = false;
	if (!late || document->recorded == document->at)
		return true;
	if (!duration_parse(late, &allowed, err) ||
	    !deadline_find(&clock, document->at, allowed, DAY_END_USUAL, false, &latest,
			   &provisional, err))
		return false;
	if (document->recorded <= latest)
		return true;
	struct buf text;
	buf_init(&text);
	buf_addf(&text, "%s is to be recorded within %s of happening", document->event, late);
	refuse(rule, err, text.data);
	buf_clear(&text);
	return false;
}

static bool check_rule(const struct judgement *judgement, const struct rule *rule,
		       const struct node *view, const struct document *document, const char *step,
		       struct err *err)
{
	const char *refusal = node_text(rule->node, "refuse");
	if (refusal)
		return refuse(rule, err, refusal);
	return check_role(judgement, rule, step, err) && check_order(judgement, rule, step, err) &&
	       check_newer(judgement, rule, err) && check_fields(rule, view, step, err) &&
	       check_sum(rule, view, err) && check_amounts(rule, view, err) &&
	       check_totals(judgement, rule, view, err) &&
	       check_signatures(judgement, rule, document->root, document->at, err) &&
	       check_lateness(judgement, rule, document, err);
}

/* What is written to the customer in DOCUMENT against RULE's pattern; quoting the customer is
 * another field's. */
static bool check_phrase(const struct judgement *judgement, const struct rule *rule,
			 const struct node *document, struct err *err)
{
	const struct node *fields = node_get(rule->node, "field"), *field;
	bool warn = node_is_string(node_get(rule->node, "then"), "warn");
	for (size_t i = 0; (field = node_each(fields, i)); i++) {
		const struct node *text = node_path(document, field->text);
		size_t start, end;
		if (!text || text->type != NODE_STRING)
			continue;
		enum pattern_result result =
			pattern_match(rule->pattern, text->text, text->len, &start, &end, err);
		if (result == PATTERN_LIMIT) {
			err->status = STATUS_DAMAGED;
			err_place(err, rule->file, rule->node->line, rule->node->column);
			return err_clause(err, rule->clause);
		}
		if (result == PATTERN_NO)
			continue;
		err_set(err, STATUS_REFUSED, "%s: \"%.*s\" is not said to a customer", field->text,
			(int)(end - start), text->text + start);
		err_clause(err, rule->clause);
		if (!warn)
			return false;
		struct buf note;
		buf_init(&note);
		err_render(err, &note);
		node_push(judgement->arena, judgement->notes,
			  node_string(judgement->arena, note.data));
		buf_clear(&note);
		err_clear(err);
	}
	return true;
}

/* What the packs call a step, for those who typed something else. */
static bool unknown_step(const struct judgement *judgement, const char *step, struct err *err)
{
	struct buf names;
	buf_init(&names);
	size_t cursor = 0;
	const struct rule *rule;
	struct node *seen = node_list(&judgement->form->arena);
	while ((rule = policy_next(judgement->book->policy, RULE_STEP, &cursor))) {
		const struct node *name;
		const struct node *kinds = node_get(rule->node, "kind");
		if (kinds && judgement->form->kind && !node_holds(kinds, judgement->form->kind))
			continue;
		for (size_t i = 0; (name = node_each(node_get(rule->node, "step"), i)); i++) {
			if (node_holds(seen, name->text) || event_is_core(event_of(name->text)))
				continue;
			node_push(&judgement->form->arena, seen, (struct node *)name);
			buf_addf(&names, "%s%s", names.len ? ", " : "", name->text);
		}
	}
	err_set(err, STATUS_REFUSED,
		"\"%s\" is no step the policy has for such a %s (for this kind it names: %s)", step,
		judgement->form->kind, names.len ? names.data : "none");
	buf_clear(&names);
	return false;
}

/* Keeps RULE's clauses as overridden, if it lets who acts and who records do that. */
static bool overridden(const struct judgement *judgement, const struct rule *rule,
		       struct node *clauses)
{
	const struct node *roles = node_get(rule->node, "override");
	bool station = strcmp(judgement->login->nature, "station") == 0;
	if (!judgement->override || !roles || station ||
	    !has_one_of(judgement->book, judgement->by, roles, judgement->book->now) ||
	    !has_one_of(judgement->book, judgement->login, roles, judgement->book->now))
		return false;
	if (!node_holds(clauses, rule->clause))
		node_push(judgement->arena, clauses, node_string(judgement->arena, rule->clause));
	return true;
}

bool judge_step(const struct judgement *judgement, struct err *err)
{
	struct form *form = judgement->form;
	struct arena *arena = judgement->arena;
	const struct document *document = &form->documents[form->count - 1];
	const char *step = document->event;
	struct node *view = form_view(form), *clauses = node_list(arena);
	int day = zone_day(&judgement->book->zone, document->at);
	static const enum rule_list lists[] = {RULE_STEP, RULE_PHRASE};
	bool core = event_is_core(event_of(step)),
	     known = core || book_has_schema(judgement->book, form->kind, step);
	bool of_customer = form->kind && strcmp(form->kind, KIND_CUSTOMER) == 0;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		size_t cursor = 0;
		const struct rule *rule;
		while ((rule = policy_next(judgement->book->policy, lists[i], &cursor))) {
			if (!node_holds(node_get(rule->node, "step"), step) ||
			    (of_customer && core && lists[i] == RULE_STEP &&
			     !node_get(rule->node, "kind")))
				continue;
			enum verdict verdict =
				policy_applies(judgement->book->policy, rule, view, day, err);
			if (verdict == VERDICT_UNKNOWN)
				return false;
			known = known || verdict == VERDICT_YES;
			/* what another system began is exempt from the rules of steps, not from
			 * their names */
			if (verdict == VERDICT_NO || form->imported ||
			    (lists[i] == RULE_STEP
				     ? check_rule(judgement, rule, view, document, step, err)
				     : check_phrase(judgement, rule, document->root, err)))
				continue;
			if (err->status != STATUS_REFUSED || !overridden(judgement, rule, clauses))
				return false;
			err_clear(err);
		}
	}
	if (!known)
		return unknown_step(judgement, step, err);
	if (node_count(clauses)) {
		struct node *override = node_map(arena);
		node_add(arena, override, "clauses", clauses);
		node_add_string(arena, override, "reason", judgement->override);
		node_add(arena, document->root, "override", override);
	}
	return true;
}

static bool check_person(struct book *book, const struct node *person, const char *field,
			 int64_t at, struct err *err)
{
	if (person->type != NODE_STRING)
		return true;
	const struct member *member = staff_find(&book->staff, person->text, at);
	bool station = member && strcmp(member->nature, "station") == 0 &&
		       strcmp(field, "via") != 0;
	if (station)
		return err_set(err, STATUS_REFUSED, "%s: %s is a station, not a person", field,
			       person->text);
	if (member && !member->left)
		return true;
	if (!member) {
		bool later = staff_find(&book->staff, person->text, INT64_MAX);
		err_set(err, STATUS_REFUSED,
			later ? "%s: %s was not in %s yet" : "%s: %s is not in %s", field,
			person->text, LEDGER_STAFF);
	} else {
		struct buf since;
		buf_init(&since);
		time_format_short(&book->zone, member->from, &since);
		err_set(err, STATUS_REFUSED, "%s: %s left on %.10s", field, person->text,
			since.data);
		buf_clear(&since);
	}
	return err_place(err, NULL, person->line, person->column);
}

const char *const judge_people[] = {
	"by", "via", "to", "workers", "callers", "checked-by", "approved-by", "first-asked", NULL};

bool judge_references(struct book *book, const struct node *root, int64_t at, struct err *err)
{
	/* a correction carries the right values in a map of their own */
	const struct node *fields = node_get(root, "fields");
	if (fields && !judge_references(book, fields, at, err))
		return false;
	for (size_t i = 0; judge_people[i]; i++) {
		const struct node *value = node_get(root, judge_people[i]), *person;
		for (size_t j = 0; (person = node_each(value, j)); j++)
			if (!check_person(book, person, judge_people[i],
					  strcmp(judge_people[i], "via") == 0 ? book->now : at,
					  err))
				return false;
	}
	const char *start = node_text(root, "start"), *end = node_text(root, "end");
	int64_t from, to;
	if (start && end && time_parse(start, &from, err) && time_parse(end, &to, err) && to < from)
		return err_set(err, STATUS_REFUSED, "end: the work ended before it began");
	const char *promised = node_text(root, "promised");
	if (promised && time_parse(promised, &to, err) && to < at)
		return err_set(err, STATUS_REFUSED,
			       "promised: the reply would be due before it was promised");
	return !err->text;
}
