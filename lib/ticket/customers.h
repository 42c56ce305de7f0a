// SPDX-License-Identifier: MIT
// Customers' files: listed, and brought up to date from rows of another system.
#ifndef KEFU_TICKET_CUSTOMERS_H
#define KEFU_TICKET_CUSTOMERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/keys.h"
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

/* --- from rows of another system --- */

enum customer_change { CUSTOMER_OPENED, CUSTOMER_CHANGED, CUSTOMER_SAME };

/* What the rows of one file say of each customer, in order to tell rows that contradict each other.
 * All zero: nothing yet. */
struct customer_rows {
	struct arena arena;
	struct keys units; /* to the index of their claims */
	struct customer_claims *claims;
	size_t count;
};

void customer_rows_clear(struct customer_rows *rows);

/* First reading, of all rows before any is taken: if the customer's file says what ROW, a map of
 * columns in line LINE, says, then this row counts, and not another that contradicts it. So the
 * same rows change nothing, in whatever order they come again. */
void customer_note(struct customer_rows *rows, struct book *book, struct arena *arena, size_t line,
		   const struct node *row);

/* Second reading: records what ROW says of a customer. Columns are called like the parts of
 * `customer` in schemas/fields.yaml (unit, name, phone, type, …); others are refused. If the
 * customer has no file, one is opened; if there is one, a `changed` document records what differs.
 * Empty columns change nothing. STATUS_REFUSED also for a row that contradicts one that counts. */
bool customer_take(struct customer_rows *rows, struct book *book, struct arena *arena,
		   const struct request *request, size_t line, const struct node *row,
		   enum customer_change *change, struct recorded *out, struct err *err);

#endif
