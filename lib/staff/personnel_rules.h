// SPDX-License-Identifier: MIT
// Judges each event of a personnel register by the policy, and computes what the policy adds to it.
// For personnel*.c alone.
#ifndef KEFU_STAFF_PERSONNEL_RULES_H
#define KEFU_STAFF_PERSONNEL_RULES_H

#include "book/document.h"
#include "staff/personnel.h"

/* Folds DOCUMENTS into OUT, which has its person; entries live in ARENA. */
void personnel_fold(struct arena *arena, const struct documents *documents, struct personnel *out);

/* Replaces fields of ROOT by those of CORRECTION, except its head and its reason. */
void personnel_overlay(struct arena *arena, struct node *root, const struct node *correction);

/* Fills in what a `proposed` document leaves out: who pays, where the penalty knows only one, and
 * one case. */
void personnel_defaults(const struct book *book, struct arena *arena, struct node *document);

/* Judges DOCUMENT, which neither corrects nor voids another, and adds what is computed. */
bool personnel_judge(const struct recording *recording, const struct personnel *personnel,
		     struct node *document, struct err *err);

#endif
