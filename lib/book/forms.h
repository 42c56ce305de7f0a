// SPDX-License-Identifier: MIT
// Reads and folds every ticket of a ledger, in parallel, without a lock. One damaged file never
// hides the others.
#ifndef KEFU_BOOK_FORMS_H
#define KEFU_BOOK_FORMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/problems.h"
#include "book/book.h"
#include "book/form.h"

/* Called for each ticket that could be read, in no order, never twice at once
 * with the same STATE. The form is gone when it returns: keep copies. */
typedef void (*forms_visit)(void *state, struct form *form);

/* One thread for each of STATES. FOLDERS, ended by NULL, limits it to those
 * ("tickets/2026/11"; a missing one is empty); NULL: all tickets. What could
 * not be read is in PROBLEMS, which the caller clears. Returns the number of
 * files. */
size_t forms_read(struct book *book, const char *const *folders, void *const *states,
		  unsigned threads, forms_visit visit, struct problems *problems);

#endif
