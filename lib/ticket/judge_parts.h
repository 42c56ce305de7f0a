// SPDX-License-Identifier: MIT
// What judging a step asks of one rule. For judge*.c alone.
#ifndef KEFU_TICKET_JUDGE_PARTS_H
#define KEFU_TICKET_JUDGE_PARTS_H

#include "ticket/judge.h"

/* Whether DOCUMENT, the last of the form, keeps RULE, which applies to it as STEP. VIEW is the form
 * as conditions see it. STATUS_REFUSED with the rule's title and clause where it does not. */
bool judge_rule(const struct judgement *judgement, const struct rule *rule, const struct node *view,
		const struct document *document, const char *step, struct err *err);

/* Adds to VIEW, of the form, what RULE has to see of the forms that are linked, if anything. */
bool judge_sees_linked(const struct judgement *judgement, const struct rule *rule,
		       struct node *view, struct err *err);

/* Whether DOCUMENT's text keeps RULE, which is about phrases and applies to it. */
bool judge_phrase(const struct judgement *judgement, const struct rule *rule,
		  const struct node *document, struct err *err);

/* Whether RULE lets who acts and who records override it, with the reason that is given. Then its
 * clauses are added to CLAUSES. */
bool judge_overridden(const struct judgement *judgement, const struct rule *rule,
		      struct node *clauses);

/* The lists whose rules judge steps: closed by RULE_LISTS. */
extern const enum rule_list judge_lists[];

/* Whether RULE of LIST, one of judge_lists, is about DOCUMENT, the last of FORM, whatever its
 * selectors say. */
bool judge_is_about(const struct form *form, enum rule_list list, const struct rule *rule,
		    const struct document *document);

/* Whether DOCUMENT keeps RULE of LIST, which applies to it. */
bool judge_one_rule(const struct judgement *judgement, enum rule_list list, const struct rule *rule,
		    const struct node *view, const struct document *document, struct err *err);

/* judge_mended.c. Whether the steps that the last document of the form mends, a correction or a
 * reclassification, would have been allowed had they been recorded as they are mended. */
bool judge_mended(const struct judgement *judgement, struct node *clauses, struct err *err);

/* The same of a customer's file whose last document changes what is known of the customer: whether
 * it could have been opened as it is then. */
bool judge_changed(const struct judgement *judgement, struct node *clauses, struct err *err);

#endif
