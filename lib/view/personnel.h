// SPDX-License-Identifier: MIT
// What personnel-list shows: what stands in registers, and what they lack.
#ifndef KEFU_VIEW_PERSONNEL_H
#define KEFU_VIEW_PERSONNEL_H

#include "staff/lacking.h"
#include "staff/personnel.h"
#include "view/view.h"

/* An empty table of what stands in registers, and the rows of one of them: only EVENT's, with NULL
 * all. The caller frees the table. */
struct table *view_personnel(const struct view_style *style);
void view_personnel_add(const struct view_style *style, struct table *table,
			const struct personnel *personnel, const char *event);

/* The same of what they lack; the second is for lacking_find, with the table as its state. */
struct table *view_lacking(const struct view_style *style);
void view_lacking_add(void *table, const struct lack *lack);

#endif
