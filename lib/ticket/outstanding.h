// SPDX-License-Identifier: MIT
// What is out, over all forms: by person and item. Reads them in parallel, without a lock.
#ifndef KEFU_TICKET_OUTSTANDING_H
#define KEFU_TICKET_OUTSTANDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "book/book.h"
#include "book/gather.h"
#include "ticket/balances.h"
#include "ticket/listing.h"

struct outstanding_filter {
	struct listing_filter forms; /* without states: all that are not voided */
	const char *holder;          /* only what this person has; NULL: what anybody has */
};

struct outstanding_entry {
	struct holding holding;
	const char *id, *kind, *state, *unit, *name; /* of the form; NULL: none */
};

struct outstanding {
	struct outstanding_entry
		*entries; /* by person, balance, item and form; those without a person come first */
	size_t count;
	bool known;               /* something was once out with the filter's holder */
	struct gathered gathered; /* holds the entries; see struct listing */
};

/* The balances in force today count. */
void outstanding_read(struct book *book, const struct outstanding_filter *filter,
		      struct outstanding *outstanding);
void outstanding_clear(struct outstanding *outstanding);

/* Sets ERR to STATUS_REFUSED: PERSON, who has all of OUTSTANDING, which is not empty, leaves only
 * with a reason. With what is out, and the clause of the first of it. */
void outstanding_refuse(const struct outstanding *outstanding, const char *person, struct err *err);

/* OUTSTANDING as a document of staff.yaml says it, in ARENA. */
struct node *outstanding_said(const struct outstanding *outstanding, struct arena *arena);

#endif
