// SPDX-License-Identifier: MIT
// What one rule asks of a step: roles, order, fields, sums, amounts, signatures, how late it may
// be.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/mem.h"
#include "book/called.h"
#include "data/deadline.h"
#include "ticket/balances.h"
#include "ticket/checklists.h"
#include "ticket/countersign.h"
#include "ticket/judge_parts.h"
#include "ticket/owed.h"
#include "ticket/own.h"
#include "ticket/prices.h"
#include "ticket/refusal.h"
#include "ticket/sums.h"
#include "ticket/who.h"
#include "ticket/words.h"

/* STEP as messages call it. */
static const char *said(const struct judgement *judgement, const char *step)
{
	return called_step(judgement->book, judgement->arena, judgement->form->kind, step);
}

/* A field of the step that is judged, or STEP.FIELD, as messages call it. */
static const char *said_field(const struct judgement *judgement, const char *path)
{
	const struct form *form = judgement->form;
	return called_field(judgement->book, judgement->arena, form->kind,
			    form->documents[form->count - 1].event, path);
}

/* Who is meant, and who has that by now, for messages. */
static bool refuse_people(const struct judgement *judgement, const struct rule *rule,
			  struct err *err, const struct node *who, const char *unit,
			  const char *begin, const char *end)
{
	const struct form *form = judgement->form;
	struct buf meant;
	buf_init(&meant);
	who_say(judgement->book, who, unit, form->documents[form->count - 1].at, &meant);
	rule_refuse(rule, err, "%s %s; %s", begin, meant.data, end);
	buf_clear(&meant);
	return false;
}

/* A head is that of the department which the form had before the step: nobody makes it their own by
 * the step that they may not take. */
static bool check_head(const struct judgement *judgement, const struct rule *rule,
		       const struct node *by, const char *step, int64_t at, struct err *err)
{
	struct arena *arena = judgement->arena;
	const char *had = node_text(judgement->prior, "department"),
		   *department = had ? had : judgement->form->department;
	const struct node *who = who_meant(arena, by, department);
	if (staff_has_role(&judgement->book->staff, judgement->by, who, at))
		return true;
	if (!department && who_asks_department(by))
		return rule_refuse(
			rule, err,
			"%s is recorded by the head of the department, and it has none yet: "
			"give it one with ticket-assign --department",
			step);
	return refuse_people(judgement, rule, err, who, NULL,
			     arena_printf(arena, "%s is recorded by", step),
			     arena_printf(arena, "%s is not", judgement->by->id));
}

/* PEOPLE without {recorded: today}, in ARENA; PEOPLE itself where that is not among them. */
static const struct node *without_recorder(struct arena *arena, const struct node *people)
{
	struct node *others = node_list(arena);
	const struct node *one;
	bool any = false;
	for (size_t i = 0; (one = node_each(people, i)); i++) {
		bool recorder = one->type == NODE_MAP && node_get(one, "recorded");
		any = any || recorder;
		if (!recorder)
			node_push(arena, others, (struct node *)one);
	}
	return any ? others : people;
}

static bool check_role(const struct judgement *judgement, const struct rule *rule, const char *step,
		       struct err *err)
{
	const struct node *all = node_get(rule->node, "by"),
			  *by = all ? without_recorder(judgement->arena, all) : NULL;
	int64_t at = judgement->form->documents[judgement->form->count - 1].at;
	bool recorder = by != all;
	if (!by || (recorder && own_today(judgement->book, judgement->form, judgement->by)))
		return true;
	if (who_asks_head(by))
		return check_head(judgement, rule, by, step, at, err);
	if (staff_has_role(&judgement->book->staff, judgement->by, by, at))
		return true;
	if (!node_each(by, 0))
		return rule_refuse(rule, err,
				   "%s is recorded by whoever recorded today what it mends; %s did "
				   "not",
				   said(judgement, step), judgement->by->id);
	return rule_refuse(rule, err, "%s is recorded by the role %s%s; %s does not have it%s",
			   said(judgement, step),
			   called_names(judgement->book, judgement->arena, RULE_ROLE, by, ", "),
			   recorder ? ", or by whoever recorded today what it mends" : "",
			   judgement->by->id, recorder ? ", and did not" : "");
}

/* Everybody whom the step names has to be meant: what goes to a wrong desk lies there. */
static bool check_recipients(const struct judgement *judgement, const struct rule *rule,
			     const struct document *document, const char *step, struct err *err)
{
	const struct node *asked = node_get(rule->node, "to"), *to = node_get(document->root, "to");
	const struct form *form = judgement->form;
	struct arena *arena = judgement->arena;
	if (!asked)
		return true;
	if (who_asks_department(asked) && !form->department && !to)
		return rule_refuse(rule, err, "%s has to name in to whom it goes",
				   said(judgement, step));
	const char *unit = node_text(form->customer, "unit");
	const struct node *who = who_meant(arena, asked, form->department);
	const char *other = who_first(judgement->book, who, to, unit, document->at, false);
	if (to && !other)
		return true;
	return refuse_people(judgement, rule, err, who, unit,
			     arena_printf(arena, "%s goes to", said(judgement, step)),
			     other ? arena_printf(arena, "%s is not", other)
				   : "name in to who that is");
}

/* Whether STEP has happened, by the state: of a form that came from another system, and of one that
 * was disputed, its steps do not say. */
static bool has_happened(const struct node *prior, const char *step)
{
	const struct node *events = node_get(prior, "events"), *state = node_get(prior, "state");
	bool closed = node_is_string(state, form_state_name(FORM_CLOSED)),
	     finished = closed || node_is_string(state, form_state_name(FORM_FINISHED));
	bool imported = node_true(prior, "imported");
	if (!imported && !node_holds(events, event_name(EVENT_SETTLED)))
		return node_holds(events, step);
	switch (event_of(step)) {
	case EVENT_OPENED:
		return imported || node_holds(events, step);
	case EVENT_FINISHED:
		return finished;
	case EVENT_CLOSED:
		return closed;
	default:
		return node_holds(events, step);
	}
}

/* STEP needs NAME first. Where that is recorded but not signed by all, that is what is missing. */
static bool refuse_order(const struct judgement *judgement, const struct rule *rule,
			 const char *step, const char *name, struct err *err)
{
	const struct form *form = judgement->form;
	struct proposal proposal;
	bool proposed = false;
	for (size_t cursor = 0; !proposed && form_next_open_proposal(form, &cursor, &proposal);)
		proposed = strcmp(proposal.step, name) == 0;
	if (!proposed)
		return rule_refuse(rule, err, "%s needs %s first, which is not recorded",
				   said(judgement, step), said(judgement, name));
	struct buf who;
	buf_init(&who);
	countersign_say_missing(judgement->book, form, &proposal,
				form->documents[form->count - 1].at, &who);
	rule_refuse(rule, err, "%s needs %s first, which (#%" PRId64 ") awaits the signature of %s",
		    said(judgement, step), said(judgement, name), proposal.document->known,
		    who.len ? who.data : "somebody who has signed it, once more");
	buf_clear(&who);
	return false;
}

/* What has happened of NAME; a ticket is closed, too, by what ends it unworked. NULL: nothing. */
static const char *which_happened(const struct node *prior, const char *name)
{
	const struct node *events = node_get(prior, "events");
	const char *event;
	if (has_happened(prior, name))
		return name;
	for (size_t i = 0; event_of(name) == EVENT_CLOSED && (event = node_each_text(events, &i));)
		if (event_ends_unworked(event_of(event)))
			return event;
	return NULL;
}

static bool check_order(const struct judgement *judgement, const struct rule *rule,
			const char *step, struct err *err)
{
	const char *name;
	for (size_t i = 0; (name = node_each_text(node_get(rule->node, "after"), &i));)
		if (!has_happened(judgement->prior, name))
			return refuse_order(judgement, rule, step, name, err);
	for (size_t i = 0; (name = node_each_text(node_get(rule->node, "not-after"), &i));) {
		const char *happened = which_happened(judgement->prior, name);
		if (happened)
			return rule_refuse(rule, err,
					   "%s is recorded already, %s cannot come after it",
					   said(judgement, happened), said(judgement, step));
	}
	return true;
}

/* "field" of this document, or "step.field" of the latest such step. */
static const struct node *reach(const struct node *view, const char *path)
{
	const struct node *own = node_path(node_get(view, "document"), path);
	return own ? own : form_view_step(view, path);
}

/* Steps through the pairs of names that LIST holds; false past the last. */
static bool next_pair(const struct node *list, size_t *index, const char **a, const char **b)
{
	const struct node *pair = node_item(list, (*index)++);
	*a = node_item_text(pair, 0);
	*b = node_item_text(pair, 1);
	return *a && *b;
}

/* Whether PATH is there below AT, in each item of the lists on the way; else *WITHOUT is the first
 * item that lacks it, or NULL. A list that is not there has no items. */
static bool is_there(const struct node *at, const char *path, const struct schema *schema,
		     const struct node **without)
{
	size_t len = strcspn(path, ".");
	const struct node *below = node_get_len(at, path, len), *item;
	const char *rest = path + len + (path[len] == '.');
	struct arena arena = ARENA_INIT;
	const struct schema *of =
		schema ? schema_property(schema, arena_dup_len(&arena, path, len), NULL) : NULL;
	const struct schema *items = of ? schema_items(of) : NULL;
	arena_clear(&arena);
	*without = NULL;
	if (!*rest || !below)
		return below || (*rest && items);
	if (below->type != NODE_LIST)
		return is_there(below, rest, of, without);
	for (size_t i = 0; (item = node_item(below, i)); i++)
		if (!is_there(item, rest, items, without)) {
			*without = *without ? *without : item;
			return false;
		}
	return true;
}

/* Adds the field NAME, which is missing, and of which item of a list. */
static void add_missing(const struct judgement *judgement, const char *name,
			const struct node *without, struct buf *out)
{
	const struct pair *first = node_pair(without, 0); /* what it is */
	buf_addf(out, "%s%s", out->len ? ", " : "", said_field(judgement, name));
	if (first && node_as_text(first->value))
		buf_addf(out, " of \"%s\"", node_as_text(first->value));
}

static bool check_fields(const struct judgement *judgement, const struct rule *rule,
			 const struct node *view, const char *step, struct err *err)
{
	const struct form *form = judgement->form;
	const struct node *document = node_get(view, "document"), *without;
	const struct schema *schema = called_schema(judgement->book, form->kind, step);
	const char *name, *a, *b;
	struct buf missing;
	size_t count = 0;
	buf_init(&missing);
	for (size_t i = 0; (name = node_each_text(node_get(rule->node, "needs"), &i));)
		if (!is_there(document, name, schema, &without)) {
			add_missing(judgement, name, without, &missing);
			count++;
		}
	if (count)
		rule_refuse(rule, err, "%s needs the field%s %s", said(judgement, step),
			    count > 1 ? "s" : "", missing.data);
	buf_clear(&missing);
	if (count)
		return false;
	for (size_t i = 0; next_pair(node_get(rule->node, "equal"), &i, &a, &b);) {
		const struct node *value = reach(view, a), *other = reach(view, b);
		if (other && (!value || !node_equal_json(value, other)))
			return rule_refuse(rule, err, "%s must be the same as %s",
					   said_field(judgement, a), said_field(judgement, b));
	}
	return true;
}

/* An amount to compare; false when there is none. */
static bool amount(const struct node *value, struct decimal *into)
{
	return value && value->type == NODE_STRING &&
	       decimal_set(into, node_as_text(value), node_text_len(value));
}

static bool check_amounts(const struct judgement *judgement, const struct rule *rule,
			  const struct node *view, struct err *err)
{
	struct decimal *is = decimal_new(0), *most = decimal_new(0);
	const char *a, *b;
	bool fine = true;
	for (size_t i = 0; fine && next_pair(node_get(rule->node, "at-most"), &i, &a, &b);) {
		const struct node *value = reach(view, a), *limit = reach(view, b);
		if (amount(value, is) && amount(limit, most) && decimal_compare(is, most) > 0)
			fine = rule_refuse(rule, err, "%s is %s, which is more than %s (%s)",
					   said_field(judgement, a), node_as_text(value),
					   said_field(judgement, b), node_as_text(limit));
	}
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
	const struct node *entry;
	for (size_t i = 0; (entry = node_item(list, i)); i++) {
		const char *item = node_text(entry, "item");
		size_t at = 0;
		if (!item || !amount(node_get(entry, "quantity"), quantity))
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

/* What was used, A, against what was drawn, B, whatever the order and in however many goes
 * (H2.C-9). */
static bool check_total(const struct judgement *judgement, const struct rule *rule,
			const struct node *view, const char *a, const char *b, struct err *err)
{
	const char *field = strchr(b, '.') ? strchr(b, '.') + 1 : b;
	char *step = mem_dup_len(b, strcspn(b, "."));
	struct totals totals = {0};
	bool any = false, fine = true;
	for (size_t i = form_cycle_begin(judgement->form); i + 1 < judgement->form->count; i++) {
		const struct document *document = &judgement->form->documents[i];
		if (strcmp(document->event, step) != 0)
			continue;
		any = true;
		totals_add(judgement->arena, &totals, node_path(document->root, field), true);
	}
	totals_add(judgement->arena, &totals, reach(view, a), false);
	for (size_t i = 0; any && fine && i < totals.count; i++) {
		int sign = decimal_sign(totals.sums[i]);
		if (sign)
			fine = rule_refuse(rule, err, "%s: it lists %s %s than %s",
					   said_field(judgement, a), sign < 0 ? "less" : "more",
					   totals.items[i], said_field(judgement, b));
	}
	for (size_t i = 0; i < totals.count; i++)
		decimal_free(totals.sums[i]);
	free(totals.sums);
	free(totals.items);
	free(step);
	return fine;
}

static bool check_totals(const struct judgement *judgement, const struct rule *rule,
			 const struct node *view, struct err *err)
{
	const char *a, *b;
	for (size_t i = 0; next_pair(node_get(rule->node, "totals"), &i, &a, &b);)
		if (!check_total(judgement, rule, view, a, b, err))
			return false;
	return true;
}

/* The latest EVENT of the cycle before the step that is judged; NULL: there is none. */
static const struct document *last_before(const struct form *form, const char *event)
{
	for (size_t i = form->count - 1; i-- > form_cycle_begin(form);)
		if (strcmp(form->documents[i].event, event) == 0)
			return &form->documents[i];
	return NULL;
}

/* The step itself does not count: one that comes again and again can ask for a fresh approval each
 * time, which is one that is newer than the step was last. */
static bool check_newer(const struct judgement *judgement, const struct rule *rule,
			const char *step, struct err *err)
{
	const char *a, *b;
	for (size_t i = 0; next_pair(node_get(rule->node, "newer"), &i, &a, &b);) {
		const struct document *first = last_before(judgement->form, a),
				      *second = last_before(judgement->form, b);
		/* in ledgers of 0.1 a step may be asked to be newer itself, which it is */
		if (second && strcmp(a, step) != 0 && (!first || first < second))
			return rule_refuse(
				rule, err,
				"%s has to be recorded again after the last %s (#%" PRId64 ")",
				said(judgement, a), said(judgement, b), second->known);
	}
	return true;
}

/* The first field is the sum of the others; those that are absent count as 0. */
static bool check_sum(const struct judgement *judgement, const struct rule *rule,
		      const struct node *view, struct err *err)
{
	const struct node *sum = node_get(rule->node, "sum");
	const char *whole = node_item_text(sum, 0), *part;
	if (!whole || !reach(view, whole))
		return true;
	struct decimal *total = decimal_new(0), *one = decimal_new(0), *stated = decimal_new(0);
	bool any = false;
	amount(reach(view, whole), stated);
	for (size_t i = 1; (part = node_each_text(sum, &i));) {
		if (!amount(reach(view, part), one))
			continue;
		any = true;
		decimal_add(total, one);
	}
	bool fine = !any || decimal_compare(total, stated) == 0;
	if (!fine) {
		struct buf text;
		buf_init(&text);
		buf_addf(&text, "%s is ", said_field(judgement, whole));
		decimal_format(stated, 2, &text);
		const char *between = ", ";
		for (size_t i = 1; (part = node_each_text(sum, &i)); between = " + ")
			buf_addf(&text, "%s%s", between, said_field(judgement, part));
		buf_adds(&text, " make ");
		decimal_format(total, 2, &text);
		rule_refuse(rule, err, "%s", text.data);
		buf_clear(&text);
	}
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

static bool check_signature(const struct judgement *judgement, const struct rule *rule,
			    const struct node *sign, const struct document *document,
			    struct err *err)
{
	const char *department = judgement->form->department;
	const struct node *asked = node_get(sign, "role");
	bool head = who_asks_head(asked);
	const struct node *roles = head ? who_meant(judgement->arena, asked, department) : asked;
	const char *field = node_text(sign, "field"), *person = node_text(document->root, field);
	const struct member *member =
		person ? staff_find(&judgement->book->staff, person, document->at) : NULL;
	bool may = member && staff_has_role(&judgement->book->staff, member, roles, document->at);
	if (!may && head)
		return refuse_people(judgement, rule, err, roles, NULL,
				     arena_printf(judgement->arena, "%s has to be signed by",
						  said_field(judgement, field)),
				     person ? arena_printf(judgement->arena, "%s is not", person)
					    : "name who signs");
	if (!may)
		return rule_refuse(
			rule, err, "%s has to name a person who signs and has the role %s",
			said_field(judgement, field),
			called_names(judgement->book, judgement->arena, RULE_ROLE, roles, ", "));
	const char *part = other_part(document->root, field, person);
	return !part ||
	       rule_refuse(rule, err, "%s signs in %s and is also in %s: name two different people",
			   person, said_field(judgement, field), said_field(judgement, part));
}

static bool check_signatures(const struct judgement *judgement, const struct rule *rule,
			     const struct document *document, struct err *err)
{
	const struct node *sign;
	for (size_t i = 0; (sign = node_item(node_get(rule->node, "sign"), i)); i++)
		if (!check_signature(judgement, rule, sign, document, err))
			return false;
	return true;
}

static bool check_lateness(const struct judgement *judgement, const struct rule *rule,
			   const struct document *document, struct err *err)
{
	const char *late = node_text(rule->node, "late");
	struct duration allowed;
	const struct book *book = judgement->book;
	struct clock clock = book_clock(
		book, policy_hours(book->policy, NULL, zone_day(&book->zone, document->at)),
		document->recorded);
	struct due latest;
	if (!late || document->recorded == document->at)
		return true;
	if (!duration_parse(late, &allowed, err) ||
	    !deadline_find(&clock, document->at, allowed, DAY_END_USUAL, false, &latest, err))
		return false;
	return document->recorded <= latest.at ||
	       rule_refuse(rule, err, "%s has to be recorded within %s of happening",
			   said(judgement, document->event), late);
}

/* Who has signed on paper: only signatures under what the document says now. */
static const struct node *signed_on_paper(const struct judgement *judgement,
					  const struct document *document)
{
	return node_get(judgement->mends ? judgement->mends : document->root, "signed-by");
}

/* Takes those of PARTS that are signed on paper; the others are awaited. */
static bool take_paper(const struct judgement *judgement, const struct rule *rule,
		       const struct node *parts, const struct document *document, struct err *err)
{
	const struct book *book = judgement->book;
	const struct node *people = signed_on_paper(judgement, document);
	struct signer signers[COUNTERSIGN_MAX], by = {judgement->by->id, document->at};
	int taken[COUNTERSIGN_MAX];
	size_t count = 0;
	const char *person;
	for (size_t i = 0; count < COUNTERSIGN_MAX && (person = node_each_text(people, &i));) {
		if (strcmp(person, judgement->by->id) == 0)
			return rule_refuse(rule, err,
					   "signed-by: %s records it: another person has to sign",
					   person);
		signers[count++] = (struct signer){person, document->at};
	}
	if (count && !node_true(rule->node, "paper"))
		return rule_refuse(
			rule, err,
			"signed-by: a signature on paper does not count here: everybody signs "
			"by an own login, after it is recorded");
	bool all = countersign_match(book, parts, &by, signers, count, taken) == count;
	for (size_t i = 0; !all && i < count; i++) {
		bool used = false;
		for (size_t j = 0; j < node_item_count(parts); j++)
			used = used || taken[j] == (int)i;
		if (used)
			continue;
		struct buf who;
		buf_init(&who);
		for (size_t j = 0; j < node_item_count(parts); j++) {
			buf_adds(&who, j ? " and " : "");
			countersign_say(book, NULL, NULL, node_item(parts, j), document->at, &who);
		}
		rule_refuse(rule, err,
			    "signed-by: it is signed by %s; %s is not, or not besides the others",
			    who.data, signers[i].person);
		buf_clear(&who);
		return false;
	}
	for (size_t i = 0; judgement->signatures && i < node_item_count(parts); i++)
		if (taken[i] < 0)
			node_push(judgement->signatures->arena, judgement->signatures->awaits,
				  node_copy(judgement->signatures->arena, node_item(parts, i)));
	return true;
}

static bool check_countersignature(const struct judgement *judgement, const struct rule *rule,
				   const struct node *view, const struct document *document,
				   struct err *err)
{
	static const struct {
		const char *outsider, *field;
	} outsiders[] = {{"household", "signature"}, {"contractor", "contractor"}};
	const struct node *beside = node_get(rule->node, "outsiders");
	for (size_t i = 0; i < sizeof outsiders / sizeof *outsiders; i++)
		if (node_holds(beside, outsiders[i].outsider) &&
		    !node_get(node_get(view, "document"), outsiders[i].field))
			return rule_refuse(rule, err, "the %s signs %s: say in %s who did",
					   outsiders[i].outsider, document->event,
					   outsiders[i].field);
	if (!node_get(rule->node, "countersign"))
		return true;
	const char *had = node_text(judgement->prior, "department");
	const struct node *parts =
		countersign_parts(judgement->arena, rule, had ? had : judgement->form->department);
	if (judgement->signatures)
		judgement->signatures->asked = true;
	if (!parts)
		return rule_refuse(
			rule, err,
			"%s is signed by the head of the department, and it has none yet: give "
			"it one with ticket-assign --department",
			said(judgement, document->event));
	return take_paper(judgement, rule, parts, document, err);
}

bool judge_rule(const struct judgement *judgement, const struct rule *rule, const struct node *view,
		const struct document *document, const char *step, struct err *err)
{
	const char *refusal =
		language_choose(&judgement->book->reader, node_get(rule->node, "refuse"), NULL);
	if (refusal)
		return rule_refuse(rule, err, "%s", refusal);
	return check_role(judgement, rule, step, err) && check_order(judgement, rule, step, err) &&
	       check_recipients(judgement, rule, document, step, err) &&
	       check_newer(judgement, rule, step, err) &&
	       owed_kept(judgement->book, judgement->form, rule, err) &&
	       prices_kept(judgement->book, judgement->form, rule, view, err) &&
	       check_fields(judgement, rule, view, step, err) &&
	       words_kept(judgement->book, judgement->form, rule, view, err) &&
	       checklists_kept(judgement->book, judgement->form, rule, view, err) &&
	       check_sum(judgement, rule, view, err) && check_amounts(judgement, rule, view, err) &&
	       check_totals(judgement, rule, view, err) &&
	       sums_kept(judgement->book, judgement->form, rule, err) &&
	       balances_settled(judgement->book, judgement->form, rule, err) &&
	       check_signatures(judgement, rule, document, err) &&
	       check_lateness(judgement, rule, document, err) &&
	       check_countersignature(judgement, rule, view, document, err);
}
