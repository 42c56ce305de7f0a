// SPDX-License-Identifier: MIT
// Tickets of the last days, looked through before the lock is taken, so that under it only those
// remain that may be what is looked for, and those that came since. Writes nothing.
#ifndef KEFU_TICKET_RECENT_H
#define KEFU_TICKET_RECENT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/document.h"
#include "ticket/number.h"

/* Which tickets are looked for: those of this site on which a document was recorded under
 * REQUEST_ID, and those that were opened because of a document of the form ORIGIN. */
struct recent {
	struct book *book;
	struct arena *arena;
	const char *request_id; /* or NULL */
	const char *origin;     /* an id, or NULL */

	/* what recent_look has found */
	int first, today;
	struct month_numbers months[2]; /* which numbers the days from FIRST to tomorrow had; the
					   first is today's month */
	struct node *found;             /* list of paths */
};

/* Looks through the tickets that were numbered since request ids are remembered (retry_since), if
 * anything is looked for, and notes which numbers are taken. No lock is needed. BOOK, ARENA,
 * REQUEST_ID and ORIGIN are set before. A file that cannot be read is passed over; a folder is a
 * failure. */
bool recent_look(struct recent *recent, struct err *err);

/* To be called under the lock, after recent_look: calls VISIT with the path of each ticket that may
 * be looked for, and with that of each ticket that this clone has given a number since: the marks
 * tell which. Where nothing is looked for, those numbered since yesterday. VISIT reads the file,
 * which may have gone, and ends the search by setting *STOP. False when VISIT failed, or a mark
 * cannot be read. */
bool recent_each(const struct recent *recent,
		 bool (*visit)(void *context, const char *path, bool *stop, struct err *err),
		 void *context, struct err *err);

/* Whether DOCUMENT, the first of a form, was brought about by a document of the form ORIGIN. */
bool recent_is_caused_by(const struct document *document, const char *origin);

#endif
