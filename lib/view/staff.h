// SPDX-License-Identifier: MIT
// What staff-list shows.
#ifndef KEFU_VIEW_STAFF_H
#define KEFU_VIEW_STAFF_H

#include "view/view.h"

/* Who of the ledger's staff works here at AT, a member a row; with ROLE only who has it, with NULL
 * all. The caller frees the table. */
struct table *view_staff(const struct view_style *style, int64_t at, const char *role);

#endif
