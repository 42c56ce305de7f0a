// SPDX-License-Identifier: MIT
// A recording as it is asked for, and what came of it. Structures only.
#ifndef KEFU_RECORD_REQUEST_H
#define KEFU_RECORD_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/node.h"

/* What is asked for besides the document itself; the command line's options, mostly. */
struct request {
	const char *by;   /* --by: the person who acts; NULL: whoever runs the program */
	const char *at;   /* --at as typed: when it happened; NULL: now */
	int64_t composed; /* for how many seconds the text was written: without --at, it happened
			     so long before now */
	const char *request_id; /* --request-id, by which a retry is known; or NULL */
	const char *override;   /* --override: why a rule is overridden; or NULL */
	bool dry_run;           /* everything is done but writing, without the lock */
	const char *cause;      /* ID#seq of the document that brings this about, or NULL */
};

/* What was recorded. Texts live in the arena that was given. */
struct recorded {
	const char *id;      /* of the form */
	int64_t first, last; /* the seq of the first and the last document that was added, or that
				a retry found */
	int64_t *numbers; /* of each document that was asked for, in that order; NULL: not kept */
	bool repeated;    /* a retry: it had been recorded before */
	/* It is in the ledger, or would be if this were no dry run. True also if the call failed
	 * with STATUS_UNDURABLE, because the disk did not confirm it. */
	bool in_place;
	const char *linked; /* the id of a ticket that was opened because of it, or NULL */
	const char *text;   /* the documents that were added, as they are in the file */
	struct node *notes; /* list of strings: what the person should know */
};

#endif
