// SPDX-License-Identifier: MIT
// A scheme of appraisal in a policy: finds its parts by name, computes the points of an item,
// checks that the points add up. Reads no sheet.
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

/* The points of ITEM of DIMENSION: its own, or, when it has none, an equal share of the
 * dimension's points that items with points of their own leave. Freed with decimal_free. */
struct decimal *scheme_item_points(const struct node *dimension, const struct node *item);

/* Whether the points of items add up to those of their dimension, those of dimensions to
 * those of the whole sheet, the shares of components to 1, and no name appears twice.
 * STATUS_DAMAGED with the place in FILE otherwise. */
bool scheme_adds_up(const struct node *scheme, const char *file, struct err *err);

/* The clauses of PART, an entry or a part of one, separated by spaces; "" when it has none. */
const char *clause_text(struct arena *arena, const struct node *part);

/* Adds the clause of PART to a set error. Returns false. */
bool clause_refuses(struct err *err, const struct node *part);

#endif
