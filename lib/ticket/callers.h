// SPDX-License-Identifier: MIT
// Several households about one matter: who joins and leaves, whose answer a callback is, which
// ticket may be merged into which. Records nothing itself.
#ifndef KEFU_TICKET_CALLERS_H
#define KEFU_TICKET_CALLERS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/form.h"

/* Completes DOCUMENT, which is to be the next of FORM: `household` of a callback where only one is
 * left to call, nothing where it is the form's customer; `links` of a merging. STATUS_REFUSED for a
 * household that is unknown, already there or not said although there are several, and for a ticket
 * that cannot go on in the other. What is added lives in ARENA. */
bool callers_aim(struct book *book, struct arena *arena, const struct form *form,
		 struct node *document, struct err *err);

/* What INTO, the other ticket, records when FORM is merged into it by its last document: a list of
 * documents, without heads; the first says that they are linked, and what INTO owes from now on.
 * Each further one is a household that called about FORM and not about INTO. In ARENA. */
struct node *callers_handed_over(struct book *book, struct arena *arena, const struct form *form,
				 const struct form *into);

#endif
