// SPDX-License-Identifier: MIT
// Imports tickets of another system: records the rows that can be taken and hands back the others
// with reasons. Importing a file again records nothing twice.
#ifndef KEFU_TICKET_IMPORT_H
#define KEFU_TICKET_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "book/book.h"
#include "record/importing.h"
#include "text/rows.h"
#include "ticket/mapping.h"

struct import_options {
	const char *by; /* --by, or NULL: who runs the program */
	bool dry_run;   /* decide everything, write nothing, take no lock */

	bool (*rejects)(void *context, const char *ndjson, size_t len, size_t count,
			struct err *err); /* as in record/importing.h */
	void *context;
};

struct import_result {
	/* Recorded, or would be in a dry run; already: recorded before, or the same row earlier in
	 * the file. */
	struct importing_result rows;
	bool in_place; /* as in struct recorded: what these numbers count, or some of it */
	struct node
		*left_out; /* list of columns that the mapping does not name, in the arena given */
};

/* Records every row of ROWS that MAPPING can make a ticket of, in batches, between which others
 * can record. A row is told from others by its key. One whose key its source has recorded, here or
 * in another clone, counts as recorded already if all of its columns say the same, or all that the
 * mapping names; else it is rejected. So is a row whose key an earlier row has, and that says
 * something else. If an import was interrupted, running it again adds what is missing.
 *
 * BOOK has staff, policy and site. STATUS_REFUSED: nothing written, the file does not fit the
 * mapping as a whole; STATUS_DAMAGED: nothing written, a form that may hold one of the keys cannot
 * be read; STATUS_UNDURABLE: some of it is written, or the disk did not confirm it. */
bool import_rows(struct book *book, const struct mapping *mapping, struct rows *rows,
		 const struct import_options *options, struct arena *arena,
		 struct import_result *out, struct err *err);

#endif
