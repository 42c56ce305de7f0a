// SPDX-License-Identifier: MIT
// Customers' files: listed, and brought up to date from rows of another system.
#ifndef KEFU_TICKET_CUSTOMERS_H
#define KEFU_TICKET_CUSTOMERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "book/book.h"
#include "book/gather.h"
#include "record/record.h"

struct customer {
	const char *unit, *name, *phone, *type, *rank, *birthday, *state; /* NULL: not recorded */
	int64_t called; /* the last answer; 0: never */
};

struct customer_filter {
	const char *area, *type, *rank; /* NULL: any; AREA: a building, or how its units begin */
	bool all; /* also customers who have gone, and those whose file is voided */
};

struct customers {
	struct customer *items; /* by unit */
	size_t count;
	struct gathered gathered; /* holds the items; PROBLEMS could not be read */
};

void customers_read(struct book *book, const struct customer_filter *filter,
		    struct customers *customers);
void customers_clear(struct customers *customers);

enum customer_change { CUSTOMER_OPENED, CUSTOMER_CHANGED, CUSTOMER_SAME };

/* Records what ROW, a map of columns, says of a customer. Columns are called like the parts of
 * `customer` in schemas/fields.yaml (unit, name, phone, type, …); others are refused. If the
 * customer has no file, one is opened; if there is one, a `changed` document records what differs.
 * Empty columns change nothing. */
bool customer_take(struct book *book, struct arena *arena, const struct request *request,
		   const struct node *row, enum customer_change *change, struct recorded *out,
		   struct err *err);

#endif
