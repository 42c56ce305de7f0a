// SPDX-License-Identifier: MIT
// Judges each event of a personnel register by the policy, and computes what the policy adds to it.
// For personnel*.c alone.
#ifndef KEFU_STAFF_PERSONNEL_RULES_H
#define KEFU_STAFF_PERSONNEL_RULES_H

#include "book/document.h"
#include "staff/personnel.h"

/* Fills in what a `proposed` document leaves out: who pays, where the penalty knows only one, and
 * one case. */
void personnel_defaults(const struct book *book, struct arena *arena, struct node *document);

/* Judges DOCUMENT, which neither corrects nor voids another, and adds what is computed. */
bool personnel_judge(const struct recording *recording, const struct personnel *personnel,
		     struct node *document, struct err *err);

#endif
