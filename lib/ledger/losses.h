// SPDX-License-Identifier: MIT
// What happened to numbers: which are lost and why, which were found again, and which of two
// documents of one number gets another. Takes nothing away and changes no number that is given.
#ifndef KEFU_LEDGER_LOSSES_H
#define KEFU_LEDGER_LOSSES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "book/book.h"
#include "record/request.h"

/* Records in this site's register that COUNT numbers, TYPED as numbers_parse takes them, are lost,
 * or with FOUND are there again. DOCUMENT has the event and the reason. STATUS_REFUSED for numbers
 * of which that is not so. */
bool losses_record(struct book *book, struct arena *arena, const struct request *request,
		   struct node *document, const char *const *typed, size_t count,
		   struct recorded *out, struct err *err);

/* Records in the file itself that of the documents which TYPED names ("YL261121003#4") the one that
 * was recorded last is cited by the file's next number from now on. STATUS_REFUSED when there are
 * not several. */
bool losses_renumber(struct book *book, struct arena *arena, const struct request *request,
		     struct node *document, const char *typed, struct recorded *out,
		     struct err *err);

#endif
