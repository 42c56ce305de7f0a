// SPDX-License-Identifier: MIT
// Whether what has to be done before a step is done, where a rule says so. Ends nothing.
#ifndef KEFU_TICKET_OWED_H
#define KEFU_TICKET_OWED_H

#include <stdbool.h>

#include "base/err.h"
#include "book/book.h"
#include "book/form.h"

/* Whether FORM, whose last document is the step, owes nothing by the deadlines that RULE has under
 * nothing-owed. STATUS_REFUSED with the rule's clause, the deadline and its end. */
bool owed_kept(const struct book *book, const struct form *form, const struct rule *rule,
	       struct err *err);

#endif
