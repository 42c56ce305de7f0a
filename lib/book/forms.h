// SPDX-License-Identifier: MIT
// Reads and folds every ticket of a ledger, in parallel, without a lock. One damaged file never
// hides the others.
#ifndef KEFU_BOOK_FORMS_H
#define KEFU_BOOK_FORMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "book/book.h"
#include "book/form.h"

/* Called for each ticket that could be read, in no order, never twice at once
 * with the same STATE. The form is gone when it returns: keep copies. */
typedef void (*forms_visit)(void *state, struct form *form);

struct problems {
	struct err *items; /* in order of their files */
	size_t count;
};

/* One thread for each of STATES. FOLDERS, ended by NULL, limits it to those
 * ("tickets/2026/11"; a missing one is empty); NULL: all tickets. What could
 * not be read is in PROBLEMS, which the caller clears. Returns the number of
 * files. */
size_t forms_read(struct book *book, const char *const *folders, void *const *states,
		  unsigned threads, forms_visit visit, struct problems *problems);

/* Whether FORM, just read, has the id its file is named after; STATUS_DAMAGED otherwise: it would
 * be taken for another. */
bool form_fits_file(const struct form *form, struct err *err);

/* Adds what ERR says and clears it; RELATIVE is the place of one without a file. */
void problems_add(struct problems *problems, const char *relative, struct err *err);
void problems_clear(struct problems *problems);

#endif
