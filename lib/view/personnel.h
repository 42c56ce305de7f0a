// SPDX-License-Identifier: MIT
// What personnel-list shows: what stands in registers, and what they lack.
#ifndef KEFU_VIEW_PERSONNEL_H
#define KEFU_VIEW_PERSONNEL_H

#include "staff/lacking.h"
#include "staff/personnel.h"
#include "view/view.h"

/* A table of what stands in registers, empty at first; and one row more for each entry of PERSONNEL
 * that records EVENT (NULL: any event). */
struct table *view_personnel(const struct view_style *style);
void view_personnel_add(const struct view_style *style, struct table *table,
			const struct personnel *personnel, const char *event);

/* A table of what they lack, empty at first; and one row more. The latter is for lacking_find,
 * which is given the table as its state. */
struct table *view_lacking(const struct view_style *style);
void view_lacking_add(void *table, const struct lack *lack);

#endif
