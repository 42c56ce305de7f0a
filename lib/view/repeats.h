// SPDX-License-Identifier: MIT
// What ticket-repeats shows.
#ifndef KEFU_VIEW_REPEATS_H
#define KEFU_VIEW_REPEATS_H

#include "ticket/repeats.h"
#include "view/view.h"

/* A matter a row; nothing at all, not even a heading, when there is none. The caller frees the
 * table. */
struct table *view_repeats(const struct view_style *style, const struct repeats *repeats);

#endif
