// SPDX-License-Identifier: MIT
// What ticket-list shows of what is out.
#ifndef KEFU_VIEW_OUTSTANDING_H
#define KEFU_VIEW_OUTSTANDING_H

#include "ticket/outstanding.h"
#include "view/view.h"

/* One row for each person, item and form. */
struct table *view_outstanding(const struct view_style *style,
			       const struct outstanding *outstanding);

#endif
