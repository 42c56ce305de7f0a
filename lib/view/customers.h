// SPDX-License-Identifier: MIT
// What customer-list shows.
#ifndef KEFU_VIEW_CUSTOMERS_H
#define KEFU_VIEW_CUSTOMERS_H

#include "ticket/customers.h"
#include "view/view.h"

/* One row for each customer. */
struct table *view_customers(const struct view_style *style, const struct customers *customers);

#endif
