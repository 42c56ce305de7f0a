// SPDX-License-Identifier: MIT
// What ticket-list shows.
#ifndef KEFU_VIEW_LISTING_H
#define KEFU_VIEW_LISTING_H

#include "ticket/listing.h"
#include "view/view.h"

/* One row for each ticket. */
struct table *view_listing(const struct view_style *style, const struct listing *listing);

#endif
