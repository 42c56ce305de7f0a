// SPDX-License-Identifier: MIT
// What forms that are linked see of each other. Reads them by id, one after the other; writes
// nothing.
#ifndef KEFU_TICKET_LINKED_H
#define KEFU_TICKET_LINKED_H

#include <stdbool.h>

#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/form.h"

enum { LINKED_MAX = 100 }; /* forms that one is linked with */

/* The ids of the forms that FORM names in its links, as they were corrected, each once: a list in
 * ARENA. */
struct node *linked_ids(const struct form *form, struct arena *arena);

/* Adds to VIEW, of FORM and in its arena, `linked`: a view of each of these forms, without the
 * document, what came before it, and their own links. Fails where one that is there cannot be
 * read. */
bool linked_view(struct book *book, struct form *form, struct node *view, struct err *err);

/* The same forms for people: a list in ARENA of maps with id, kind, category, state and text, or,
 * where one cannot be read, with id and `problem`. */
struct node *linked_rows(struct book *book, const struct form *form, struct arena *arena);

#endif
