// SPDX-License-Identifier: MIT
// Whether prices are those of the price list that packs give under `prices`. Exact; knows nothing
// of what was agreed to.
#ifndef KEFU_TICKET_PRICES_H
#define KEFU_TICKET_PRICES_H

#include <stdbool.h>

#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/form.h"

/* Gives FORM's last document, just appended, the amounts that rules have under `priced` and that it
 * does not say, where the price list has one price for its items. STATUS_REFUSED for items that are
 * not in the list for such a form on the day it happened. ARENA is the document's. */
bool prices_fill(const struct book *book, struct arena *arena, struct form *form, struct err *err);

/* Whether the amounts of FORM's last document are what RULE's `priced` asks: what the price list
 * has for its items on the day it happened or, where it names no items, there is a reason. VIEW is
 * the form as conditions see it. STATUS_REFUSED with the rule's clause. */
bool prices_kept(const struct book *book, const struct form *form, const struct rule *rule,
		 const struct node *view, struct err *err);

#endif
