// SPDX-License-Identifier: MIT
// Units, and how they are compared: whichever way their letters are written, a unit is one. Nothing
// else in kefu compares units, or areas of them.
#ifndef KEFU_BOOK_UNIT_H
#define KEFU_BOOK_UNIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* b-1201, B-1201 and the full-width Ｂ－１２０１ are one unit, in every locale. The order is that
 * of UTF-8 after unit_fold; 0 when it is the same unit. */
int unit_order(const char *a, const char *b);
bool unit_same(const char *a, const char *b);

/* Whether UNIT is AREA or lies in it, as 3-1201 lies in the area 3, and 3-1-1201 in 3-1. */
bool unit_lies_in(const char *unit, const char *area);

/* Adds the LEN bytes at UNIT in small plain letters, the same for all ways to write the unit. */
void unit_fold(const char *unit, size_t len, struct buf *out);

#endif
