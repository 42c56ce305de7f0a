// SPDX-License-Identifier: MIT
// What ticket-repeats shows.
#ifndef KEFU_VIEW_REPEATS_H
#define KEFU_VIEW_REPEATS_H

#include "ticket/repeats.h"
#include "view/view.h"

/* One row for each matter that came up again. Without any nothing is written, not even a heading.
 */
struct table *view_repeats(const struct view_style *style, const struct repeats *repeats);

#endif
