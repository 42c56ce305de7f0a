// SPDX-License-Identifier: MIT
// What judging a step asks of one rule. For judge*.c alone.
#ifndef KEFU_TICKET_JUDGE_PARTS_H
#define KEFU_TICKET_JUDGE_PARTS_H

#include "ticket/judge.h"

/* Whether DOCUMENT, the last of the form, keeps RULE, which applies to it as STEP. VIEW is the form
 * as conditions see it. STATUS_REFUSED with the rule's title and clause where it does not. */
bool judge_rule(const struct judgement *judgement, const struct rule *rule, const struct node *view,
		const struct document *document, const char *step, struct err *err);

#endif
