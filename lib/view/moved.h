// SPDX-License-Identifier: MIT
// What deadline-recompute shows.
#ifndef KEFU_VIEW_MOVED_H
#define KEFU_VIEW_MOVED_H

#include "callback/moved.h"
#include "view/view.h"

/* A deadline or callback a row; the caller frees the table. */
struct table *view_moved(const struct view_style *style, const struct moved_list *list);

#endif
