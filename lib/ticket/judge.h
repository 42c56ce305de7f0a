// SPDX-License-Identifier: MIT
// Whether the policy lets a step be recorded: roles, order, fields, sums, signatures. Writes only
// the overrides it allowed.
#ifndef KEFU_TICKET_JUDGE_H
#define KEFU_TICKET_JUDGE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/form.h"

struct judgement {
	struct book *book;
	struct arena *arena;      /* the document's: what is added to it lives there */
	struct form *form;        /* the step appended */
	const struct node *prior; /* the view before it; NULL for a new form */
	const struct member *by;  /* who acts */
	const struct member
		*login; /* whose login records it: overrides and approvals are a matter of theirs */
	const char *override; /* the reason for overriding, or NULL */
	struct node *notes;   /* list of strings: warnings go there */
};

/* Judges the last document of the form by every step and phrase rule that applies.
 * STATUS_REFUSED with the rule's clause when one refuses it; where all that
 * refuse may be overridden by BY's and the login's roles and a reason is given, the
 * document gets `override` instead. A step that no rule lets happen here is
 * refused. */
bool judge_step(const struct judgement *judgement, struct err *err);

/* Whether the people a document names were there when it happened, and the
 * links and times it carries make sense: for every form, imported or not. */
bool judge_references(struct book *book, const struct node *root, int64_t at, struct err *err);

/* The fields of documents that name people, one or a list of them; closed by NULL. */
extern const char *const judge_people[];

#endif
