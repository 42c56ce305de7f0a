// SPDX-License-Identifier: MIT
// What the household does about its own matter, asking again or withdrawing it, and what is found
// on site to need no work: who may record that, and when it makes sense.
#ifndef KEFU_TICKET_HOUSEHOLD_H
#define KEFU_TICKET_HOUSEHOLD_H

#include <stdbool.h>

#include "base/err.h"
#include "book/book.h"
#include "book/form.h"

/* Whether FORM, whose last document was just appended, may be asked about again, withdrawn or found
 * unneeded by BY, where the document does that; BEFORE is the state without it. STATUS_REFUSED says
 * what to do instead. */
bool household_check(const struct book *book, const struct form *form, enum form_state before,
		     const struct member *by, struct err *err);

#endif
