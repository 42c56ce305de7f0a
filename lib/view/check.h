// SPDX-License-Identifier: MIT
// What ledger-check shows.
#ifndef KEFU_VIEW_CHECK_H
#define KEFU_VIEW_CHECK_H

#include "check/check.h"
#include "view/view.h"

/* The first has a row for each problem of a ledger, the second a row for each name that a problem
 * can have, with its meaning. Neither needs the style's book. */
struct table *view_check(const struct view_style *style, const struct check *check);
struct table *view_problem_names(const struct view_style *style);

#endif
