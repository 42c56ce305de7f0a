// SPDX-License-Identifier: MIT
// Brings the schemas, the calendar and the packs of a ledger up to those of this kefu. What the
// organisation has changed itself stays, and what was recorded keeps its rules.
#ifndef KEFU_LEDGER_UPGRADE_H
#define KEFU_LEDGER_UPGRADE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "book/book.h"
#include "ledger/changes.h"

/* What stands where the organisation and kefu have changed the same. */
enum upgrade_conflict {
	UPGRADE_ASKS,  /* the organisation's, until it has decided */
	UPGRADE_KEEPS, /* the organisation's, and that is its decision */
	UPGRADE_TAKES, /* kefu's */
};

struct upgrade_options {
	bool write;   /* else nothing is written */
	bool dry_run; /* but it is tried whether it could be */
	enum upgrade_conflict conflict;
};

struct upgrade {
	struct changes changes; /* by file; those of a file in its order */
	size_t files;           /* how many files are written, or would be */
	size_t conflicts;       /* places that stay as they are until somebody decides */
};

/* Works out what is to be done and, if wanted, does it: schemas first, then packs, then kefu.yaml
 * with the versions. Interrupted between two of them, it is taken up by the next run. BOOK is open,
 * with its header; its policy need not be. A conflict is no failure: its place stays as it is, and
 * so does the version of what it is in.
 *
 * STATUS_REFUSED when the ledger is of a newer kefu; STATUS_DAMAGED, with the place, when a file
 * cannot be read or all would not fit together; nothing is written then. Clear UPGRADE in any
 * case. */
bool ledger_upgrade(struct book *book, const struct upgrade_options *options,
		    struct upgrade *upgrade, struct err *err);
void upgrade_clear(struct upgrade *upgrade);

#endif
