// SPDX-License-Identifier: MIT
// The check of prices, sums, checklists and what is out in a form, by the rules of the day of each
// document.
// Judges no other rule of steps again.
#include <inttypes.h>
#include <string.h>

#include "check/check_parts.h"
#include "ticket/balances.h"
#include "ticket/checklists.h"
#include "ticket/prices.h"
#include "ticket/sums.h"

static bool is_about(const struct rule *rule, const struct document *document)
{
	return (node_get(rule->node, "priced") || node_get(rule->node, "caps") ||
		node_get(rule->node, "complete") || node_get(rule->node, "settled")) &&
	       node_holds(node_get(rule->node, "step"), document->event);
}

static bool any_is_about(const struct policy *policy, const struct form *form)
{
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(policy, RULE_STEP, &cursor)))
		for (size_t i = 0; i < form->count; i++)
			if (is_about(rule, &form->documents[i]))
				return true;
	for (size_t i = 0; i < form->count; i++)
		if (node_get(form->documents[i].root, "checked"))
			return true;
	return false;
}

/* Whether somebody let RULE be broken, in the document at INDEX or in one that mends it. */
static bool is_overridden(const struct form *form, size_t index, const struct rule *rule)
{
	for (size_t i = index; i < form->count; i++) {
		const struct node *override = node_get(form->documents[i].root, "override");
		if (node_holds(node_get(override, "clauses"), rule->clause))
			return true;
	}
	return false;
}

static void check_document_amounts(struct checker *checker, struct form *form, size_t index)
{
	const struct book *book = checker->book;
	const struct document *document = &checker->form.documents[index];
	const struct node *view = NULL;
	const struct rule *rule;
	struct err err = ERR_INIT;
	for (size_t cursor = 0; (rule = policy_next(book->policy, RULE_STEP, &cursor));) {
		if (!is_about(rule, document))
			continue;
		view = view ? view : form_view(form);
		enum problem_kind kind = PROBLEM_WRONG_AMOUNT;
		bool applies = policy_applies(book->policy, rule, view,
					      zone_day(&book->zone, document->at),
					      &err) == VERDICT_YES,
		     kept = !applies || (prices_kept(book, form, rule, view, &err) &&
					 sums_kept(book, form, rule, &err));
		if (applies && kept) {
			kind = PROBLEM_INCOMPLETE;
			kept = checklists_kept(book, form, rule, view, &err);
		}
		if (applies && kept) {
			kind = PROBLEM_WRONG_BALANCE;
			kept = balances_settled(book, form, rule, &err);
		}
		if (!kept && !is_overridden(&checker->form, index, rule))
			check_tell(checker, kind, node_get(document->root, "event"), rule->clause,
				   "#%" PRId64 " (%s): %s", document->known, document->event,
				   err.text ? err.text : "");
		err_clear(&err);
	}
	const char *item;
	if (!checklists_know(book, form, &item))
		check_tell(checker, PROBLEM_INCOMPLETE, node_get(document->root, "checked"), NULL,
			   "#%" PRId64 " (%s): checked: no checklist has \"%s\"", document->known,
			   document->event, item);
}

static void tell_balance(void *context, size_t index, const struct rule *rule, const char *why)
{
	struct checker *checker = context;
	const struct document *document = &checker->form.documents[index];
	check_tell(checker, PROBLEM_WRONG_BALANCE, node_get(document->root, "event"), rule->clause,
		   "#%" PRId64 " (%s): %s", document->known, document->event, why);
}

/* What somebody who left has still, and nobody said so when they did. */
static void check_leavers(struct checker *checker)
{
	struct book *book = checker->book;
	struct form *form = &checker->form;
	struct buf text;
	struct arena arena = ARENA_INIT;
	size_t cursor = 0;
	if (!checker->common->staff_known || !policy_next(book->policy, RULE_BALANCE, &cursor))
		return;
	struct holdings holdings =
		balances_of(book, form, zone_day(&book->zone, book->now), &arena);
	buf_init(&text);
	for (size_t i = 0; i < holdings.count; i++) {
		const struct holding *holding = &holdings.items[i];
		const struct member *member =
			holding->out && holding->person
				? staff_find(&book->staff, holding->person, book->now)
				: NULL;
		if (!member || !member->left || holding_is_said(holding, form->id, member->kept))
			continue;
		buf_reset(&text);
		holding_say(holding, &text);
		check_tell(checker, PROBLEM_KEPT_BY_LEAVER, form->documents[holding->document].root,
			   holding->rule->clause,
			   "#%" PRId64 ": out is %s, who left: nothing says so in staff.yaml",
			   holding->seq, text.data);
	}
	buf_clear(&text);
	arena_clear(&arena);
}

void check_amounts(struct checker *checker)
{
	const struct form *form = &checker->form;
	struct err err = ERR_INIT;
	struct form again;
	if (checker->common->rules_known)
		check_leavers(checker);
	if (!checker->common->rules_known || form->imported)
		return;
	const struct rule *rule;
	for (size_t cursor = 0; (rule = policy_next(checker->book->policy, RULE_BALANCE, &cursor));)
		balance_each_wrong(checker->book, form, rule, tell_balance, checker);
	if (!any_is_about(checker->book->policy, form))
		return;
	form_init(&again);
	again.file = form->file;
	struct node **roots = form_mended(form, form->count, &again.arena);
	form_begin(&again, form->count);
	for (size_t i = 0; i < form->count && form_add(&again, roots[i], &err); i++)
		check_document_amounts(checker, &again, i);
	err_clear(&err);
	form_clear(&again);
}
