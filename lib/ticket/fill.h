// SPDX-License-Identifier: MIT
// What the ledger knows already, put into a step that does not say it. Never fills in evidence,
// which the loader of packs sees to.
#ifndef KEFU_TICKET_FILL_H
#define KEFU_TICKET_FILL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "book/book.h"
#include "book/form.h"

/* Puts into FORM's last document, which was just appended, each field that it lacks and that a rule
 * of its step, which applies, has under `fill`: the first source that has a value. Lives in ARENA.
 * False with ERR when a rule's conditions cannot be decided. */
bool fill_in(const struct book *book, struct arena *arena, struct form *form, struct err *err);

/* The fields that rules of POLICY may have filled in, a list in ARENA: for telling a retry. */
const struct node *fill_fields(const struct policy *policy, struct arena *arena);

#endif
