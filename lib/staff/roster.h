// SPDX-License-Identifier: MIT
// Records in staff.yaml who joins, changes, leaves or is absent, in the same way as tickets are
// recorded.
#ifndef KEFU_STAFF_ROSTER_H
#define KEFU_STAFF_ROSTER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "record/record.h"

/* Puts what somebody TYPED into DOCUMENT as FIELD, as value_set does with schemas/staff.yaml. */
bool roster_field(struct book *book, struct arena *arena, struct node *document, const char *field,
		  const char *typed, struct err *err);

/* Records DOCUMENT (event joined, changed, left, absent or back; person; …). Only an administrator
 * may record it, and one administrator must remain. Who left comes back by joining AGAIN, and
 * nobody else joins under their id. OUTSTANDING, if not NULL, is what is still out with who leaves:
 * the document keeps it where the ledger's schema has room for it. The notes of OUT say what the
 * document changes for others: who stands in for whom, and what was recorded for a later day.
 * OUT->id is the person. */
bool roster_record(struct book *book, struct arena *arena, const struct request *request,
		   struct node *document, bool again, struct node *outstanding,
		   struct recorded *out, struct err *err);

#endif
