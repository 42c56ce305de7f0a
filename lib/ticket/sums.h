// SPDX-License-Identifier: MIT
// What several documents of a form come to, and how far that may go. Exact; looks at no other form.
#ifndef KEFU_TICKET_SUMS_H
#define KEFU_TICKET_SUMS_H

#include <stdbool.h>

#include "base/err.h"
#include "book/book.h"
#include "book/form.h"

/* Whether FORM, its last document included, keeps what RULE has under `caps`; amounts count as they
 * were corrected. STATUS_REFUSED with the rule's clause. */
bool sums_kept(const struct book *book, struct form *form, const struct rule *rule,
	       struct err *err);

#endif
