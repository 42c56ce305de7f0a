// SPDX-License-Identifier: MIT
// What personnel-list shows: the entries of registers, and what registers lack.
#ifndef KEFU_VIEW_PERSONNEL_H
#define KEFU_VIEW_PERSONNEL_H

#include "staff/lacking.h"
#include "staff/personnel.h"
#include "view/view.h"

/* The first makes an empty table of entries of registers. The second adds a row for each entry of
 * PERSONNEL that records EVENT (NULL: any event). */
struct table *view_personnel(const struct view_style *style);
void view_personnel_add(const struct view_style *style, struct table *table,
			const struct personnel *personnel, const char *event);

/* The first makes an empty table of what registers lack. The second adds a row; pass it to
 * lacking_find, with the table as its state. */
struct table *view_lacking(const struct view_style *style);
void view_lacking_add(void *table, const struct lack *lack);

#endif
