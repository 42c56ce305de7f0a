// SPDX-License-Identifier: MIT
// The check of prices, sums and checklists in a form, by the rules of the day of each document.
// Judges no other rule of steps again.
#include <inttypes.h>
#include <string.h>

#include "check/check_parts.h"
#include "ticket/checklists.h"
#include "ticket/prices.h"
#include "ticket/sums.h"

static bool is_about(const struct rule *rule, const struct document *document)
{
	return (node_get(rule->node, "priced") || node_get(rule->node, "caps") ||
		node_get(rule->node, "complete")) &&
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
		bool applies = policy_applies(book->policy, rule, view,
					      zone_day(&book->zone, document->at),
					      &err) == VERDICT_YES,
		     amounts = !applies || (prices_kept(book, form, rule, view, &err) &&
					    sums_kept(book, form, rule, &err)),
		     whole = !applies || !amounts || checklists_kept(book, form, rule, view, &err);
		if ((!amounts || !whole) && !is_overridden(&checker->form, index, rule))
			check_tell(checker, amounts ? PROBLEM_INCOMPLETE : PROBLEM_WRONG_AMOUNT,
				   node_get(document->root, "event"), rule->clause,
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

void check_amounts(struct checker *checker)
{
	const struct form *form = &checker->form;
	struct err err = ERR_INIT;
	struct form again;
	if (!checker->common->rules_known || form->imported ||
	    !any_is_about(checker->book->policy, form))
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
