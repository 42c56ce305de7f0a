// SPDX-License-Identifier: MIT
// Checklists that packs give under `checklists`: what a form's documents have checked of them, and
// what is missing. Looks at no other form.
#ifndef KEFU_TICKET_CHECKLISTS_H
#define KEFU_TICKET_CHECKLISTS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/form.h"

/* Whether FORM's last document checks only items that some checklist for such a form has on the day
 * it happened, and takes back only what was checked, with a reason. STATUS_REFUSED with what is
 * asked for. */
bool checklists_fit(const struct book *book, struct form *form, struct err *err);

/* Whether nothing is missing in the checklists that RULE has under `complete`, FORM's last document
 * included, by what is asked for on the day it happened. VIEW is the form as conditions see it.
 * STATUS_REFUSED with the rule's clause and what is missing. */
bool checklists_kept(const struct book *book, const struct form *form, const struct rule *rule,
		     const struct node *view, struct err *err);

/* Whether each item that FORM's last document checks is in some checklist of any day, also of packs
 * whose rules others replace; *ITEM is the first that is in none. */
bool checklists_know(const struct book *book, const struct form *form, const char **item);

/* How FORM stands today: a list in its arena with a map for each checklist that is for it. In that:
 * `checklist`, `clause`, and `items`, a list of the items that are asked for, or were checked, each
 * with `item` and, where it was checked, `seq`, the number of the document. ERR, which may be set
 * beside the list, tells that a condition could not be decided; then nothing is missing by it. */
struct node *checklists_rows(const struct book *book, struct form *form, struct err *err);

/* Adds what is missing by ROWS, "papers: plan, card; tools: key". */
void checklists_say_missing(const struct node *rows, struct buf *out);

/* The title of ITEM, of CHECKLIST, in the reader's language; NULL without one. */
const char *checklists_title(const struct book *book, const char *checklist, const char *item);

#endif
