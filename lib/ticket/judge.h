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

/* What rules say of the signatures under a step. */
struct judged_signatures {
	struct arena *arena; /* of AWAITS */
	struct node *awaits; /* list: those that are missing, as `awaits` of documents has them */
	bool asked;          /* some rule asks for signatures */
};

/* A step that is to be judged: the last document of a form, appended to it, not yet recorded. */
struct judgement {
	struct book *book;
	struct arena *arena; /* the document's: what is added to it lives there */
	struct form *form;
	const struct node *prior;   /* the form's view without the step; NULL for a new form */
	const struct member *by;    /* who acts */
	const struct member *login; /* whose login records it; must be allowed to override, too */
	const char *override;       /* the reason for overriding a refusal, or NULL */
	struct node *notes;         /* list of strings: warnings go there */
	struct judged_signatures *signatures; /* NULL: all have signed */
	/* the document is judged as the correction FIELDS mends it: signatures under what it said
	 * before are none; or NULL */
	const struct node *mends;
};

/* Judges the step by every rule about steps and phrases that applies. STATUS_REFUSED with the
 * clause of the first that refuses it. If a reason for overriding is given, and every rule that
 * refuses lets both BY and the login override it, the step is allowed and the document gets
 * `override` with the clauses of those rules. A step that neither a rule nor a schema of the form's
 * kind knows is refused. */
bool judge_step(const struct judgement *judgement, struct err *err);

/* Whether the people that ROOT, a document, names worked here AT, when it happened, and its times
 * follow each other. This holds for every form, imported or not. */
bool judge_references(struct book *book, const struct node *root, int64_t at, struct err *err);

/* The same of a document as a correction mends it, when it happened, AT: of the people whom FIELDS,
 * the correction's, names, and of the times, unless OLD, the document before, was as wrong. */
bool judge_mended_references(struct book *book, const struct node *old, const struct node *mended,
			     const struct node *fields, int64_t at, struct err *err);

/* The fields of documents that name people, one or a list of them; closed by NULL. */
extern const char *const judge_people[];

#endif
