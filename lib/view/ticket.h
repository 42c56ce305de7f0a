// SPDX-License-Identifier: MIT
// A ticket's pages: what ticket-show and ticket-why print for people.
#ifndef KEFU_VIEW_TICKET_H
#define KEFU_VIEW_TICKET_H

#include "base/buf.h"
#include "base/err.h"
#include "book/form.h"
#include "view/view.h"

/* Adds the ticket FORM as people read it: the matter, what it owes and owed, LINKED forms
 * (linked_rows; NULL: none), CHECKLISTS (checklists_rows; NULL: none), what happened. */
void view_ticket(const struct view_style *style, const struct form *form, const struct node *linked,
		 const struct node *checklists, struct buf *out);

/* Adds how each deadline and callback came about: the rule and its clause, the start, the count day
 * by day, extensions, the verdict. ONLY: the id of the one to tell of; NULL: all. False with ERR
 * when a rule cannot be counted. */
bool view_ticket_why(const struct view_style *style, const struct form *form, const char *only,
		     struct buf *out, struct err *err);

/* In a word how it stands with DUTY now: "open", "OVERDUE", "in time", "LATE", "withdrawn". */
const char *view_verdict(const struct view_style *style, const struct duty *duty);

#endif
