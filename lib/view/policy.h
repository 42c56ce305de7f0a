// SPDX-License-Identifier: MIT
// What policy-list shows: rules, and what they leave open.
#ifndef KEFU_VIEW_POLICY_H
#define KEFU_VIEW_POLICY_H

#include "ticket/unfilled_read.h"
#include "view/view.h"

/* One row for each rule of the book's policy that is in LIST ("steps"; NULL: any list) and has
 * CLAUSE or one below it (NULL: any clause). */
struct table *view_rules(const struct view_style *style, const char *clause, const char *list);

/* One row for each rule that another pack replaces, or a part of it (policy_replaced). Without any
 * nothing is written, not even a heading. */
struct table *view_replaced(const struct view_style *style);

/* One row for each gap in the rules of today (policy_gaps). Without any nothing is written, not
 * even a heading. */
struct table *view_gaps(const struct view_style *style);

/* One row for each thing that rules ask for of somebody whom nobody here is; without any nothing is
 * written, not even a heading. */
struct table *view_unfilled(const struct view_style *style, const struct unfilled_report *report);

#endif
