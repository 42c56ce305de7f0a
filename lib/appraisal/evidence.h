// SPDX-License-Identifier: MIT
// What tickets and the personnel register show of a person in a period: candidates for a sheet.
// Decides nothing, records nothing.
#ifndef KEFU_APPRAISAL_EVIDENCE_H
#define KEFU_APPRAISAL_EVIDENCE_H

#include <stddef.h>
#include <stdint.h>

#include "appraisal/sheet.h"
#include "book/book.h"
#include "book/gather.h"

enum evidence_kind {
	EVIDENCE_LATE,            /* a deadline missed while the ticket was the person's */
	EVIDENCE_PHRASE,          /* the person recorded words that must not be said to customers */
	EVIDENCE_CALLBACK_MISSED, /* a callback the person's roles owed in full, missed */
	EVIDENCE_UNSATISFIED,     /* a customer unsatisfied while the ticket was the person's */
	EVIDENCE_PRAISE,    /* a customer's best grade, or an opinion with a satisfied answer */
	EVIDENCE_COMMENDED, /* of the personnel register */
	EVIDENCE_SANCTIONED,
};

const char *evidence_name(enum evidence_kind kind); /* as schemes have it: "callback-missed" */

/* Texts are owned by the evidences. */
struct evidence {
	enum evidence_kind kind;
	int64_t at;
	const char *record; /* "YL261120001#3", "lihua#2" */
	const char *what;   /* in words */
	const char *clause; /* NULL: none */
};

struct evidences {
	struct evidence *items; /* by time, then by record */
	size_t count;
	struct gathered gathered; /* holds the items; PROBLEMS could not be read */
};

/* Reads every ticket, in parallel, and PERSON's register. A deadline belongs to
 * the day it ran out on, anything else to the day it happened. */
void evidence_read(struct book *book, const char *person, const struct sheet_period *span,
		   struct evidences *out);
void evidence_clear(struct evidences *evidences);

/* The item that SCHEME maps KIND to; NULL when it maps none. */
const char *evidence_item(const struct node *scheme, enum evidence_kind kind);

#endif
