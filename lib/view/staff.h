// SPDX-License-Identifier: MIT
// What staff-list shows.
#ifndef KEFU_VIEW_STAFF_H
#define KEFU_VIEW_STAFF_H

#include "view/view.h"

/* One row for each member of staff who works here at the instant AT and has ROLE; NULL: any role.
 */
struct table *view_staff(const struct view_style *style, int64_t at, const char *role);

#endif
