// SPDX-License-Identifier: MIT
// Which names forms hold, or have held: whether a filter that the policy does not know can fit
// anything. Reads every form, without a lock.
#ifndef KEFU_TICKET_KNOWN_H
#define KEFU_TICKET_KNOWN_H

#include <stdbool.h>

#include "base/buf.h"
#include "book/book.h"

enum known_field {
	KNOWN_KIND,
	KNOWN_CATEGORY,
	KNOWN_SEVERITY,
	KNOWN_ASSIGNEE,
	KNOWN_TEAM,
	KNOWN_DEPARTMENT,
	KNOWN_TYPE, /* of customers; and their rank */
	KNOWN_RANK,
	KNOWN_DEADLINE, /* the rule or clause of a deadline; likewise of a callback */
	KNOWN_CALLBACK,
};

/* Whether a document of any ticket or customer's file has VALUE as FIELD. Adds to NAMES all there
 * are, with ", " between, but no more than fit into a message. Files that cannot be read are passed
 * over: whoever lists them says so. */
bool known_in_forms(struct book *book, enum known_field field, const char *value,
		    struct buf *names);

/* Adds "a, b, c" out of LIST, which is of that form, to OUT; of many the first, and how many more
 * there are. */
void known_shorten(const char *list, struct buf *out);

#endif
