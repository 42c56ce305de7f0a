// SPDX-License-Identifier: MIT
// Recording who joins, changes and leaves, in staff.yaml, by the same protocol as tickets.
#ifndef KEFU_STAFF_ROSTER_H
#define KEFU_STAFF_ROSTER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "record/record.h"

/* A field of a staff document, typed and normalised as schemas/staff.yaml has it. */
bool roster_field(struct book *book, struct arena *arena, struct node *document, const char *field,
		  const char *typed, struct err *err);

/* Records DOCUMENT (event joined, changed, left, absent or back; person; …). Only an
 * administrator may; nobody takes that role from the last who has it. OUT->id
 * is the person. */
bool roster_record(struct book *book, struct arena *arena, const struct request *request,
		   struct node *document, struct recorded *out, struct err *err);

#endif
