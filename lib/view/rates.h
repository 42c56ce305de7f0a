// SPDX-License-Identifier: MIT
// What callback-tally shows.
#ifndef KEFU_VIEW_RATES_H
#define KEFU_VIEW_RATES_H

#include "callback/rates.h"
#include "view/view.h"

/* One row for each rule. */
struct table *view_rates(const struct view_style *style, const struct rates *rates);

#endif
