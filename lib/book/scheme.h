// SPDX-License-Identifier: MIT
// A scheme of appraisal as the policy has it: its parts by name, what an item is worth, whether it
// adds up. Reads no sheet.
#ifndef KEFU_BOOK_SCHEME_H
#define KEFU_BOOK_SCHEME_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/err.h"
#include "base/node.h"

/* SCHEME is an entry of a pack's `schemes`, valid by schemas/policy.yaml. What
 * these return is borrowed from it; NULL when it has no part of that name. */
const struct node *scheme_dimension(const struct node *scheme, const char *name);
const struct node *scheme_item(const struct node *scheme, const char *name,
			       const struct node **dimension);
const struct node *scheme_sheet(const struct node *scheme, const char *name);

/* The exact number at KEY of MAP; NULL when there is none. Freed with decimal_free. */
struct decimal *scheme_number(const struct node *map, const char *key);

/* What ITEM of DIMENSION is worth: its own points, or an equal share of what the
 * dimension's other items leave. Freed with decimal_free. */
struct decimal *scheme_item_points(const struct node *dimension, const struct node *item);

/* Whether the points of items make up their dimension's, those of dimensions
 * the whole sheet's, the shares of components 1, and no name is given twice.
 * STATUS_DAMAGED with the place in FILE otherwise. */
bool scheme_adds_up(const struct node *scheme, const char *file, struct err *err);

/* The clauses of PART, an entry or a part of one, with spaces between; the empty text when it has
 * none. */
const char *clause_text(struct arena *arena, const struct node *part);

/* Adds the clause of PART to a set error. Returns false. */
bool clause_refuses(struct err *err, const struct node *part);

#endif
