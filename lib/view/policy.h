// SPDX-License-Identifier: MIT
// What policy-list shows: rules, and what they leave open.
#ifndef KEFU_VIEW_POLICY_H
#define KEFU_VIEW_POLICY_H

#include "view/view.h"

/* The rules of the book's policy, an entry a row: only of CLAUSE or below it, and only of LIST
 * ("steps"); with NULL of all. The caller frees the table. */
struct table *view_rules(const struct view_style *style, const char *clause, const char *list);

/* What no rule of today speaks of (book/policy_gaps.h); nothing at all, not even a heading, when
 * there are no gaps. The caller frees the table. */
struct table *view_gaps(const struct view_style *style);

#endif
