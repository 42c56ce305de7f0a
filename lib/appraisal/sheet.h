// SPDX-License-Identifier: MIT
// Sheets of an appraisal: marked, confirmed, corrected, voided; scores computed exactly by their
// scheme. Never weighs a year.
#ifndef KEFU_APPRAISAL_SHEET_H
#define KEFU_APPRAISAL_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/document.h"
#include "record/record.h"

/* The period that a sheet is for: "2026-11-21", "2026-W47", "2026-11", "2026". */
struct sheet_period {
	int first, last; /* days since 1970-01-01 */
	int year, month; /* it counts in; MONTH 0: the whole year */
};

/* A week is ISO 8601's: it belongs to the year, and here to the month, of its
 * Thursday, where most of its days lie; so its name says the year it counts in.
 * UNIT is "day", "week", "month" or "year". STATUS_USAGE when TEXT is no such period. */
bool sheet_period_parse(const char *unit, const char *text, struct sheet_period *period,
			struct err *err);

/* The period of UNIT that DAY lies in, as text. */
void sheet_period_of(const char *unit, int day, struct buf *out);

/* Which sheet a person means. */
struct sheet_name {
	const struct rule *scheme;
	const struct node *sheet; /* of the scheme */
	char *period;             /* in the arena */
	int64_t number; /* of several in one period: 2 and on; 1: the first; 0: not said */
	struct sheet_period span;
};

/* "appraisal" with PERIOD (NULL: the one that NOW lies in), or all in one:
 * "2026-11-appraisal", "2026-11-21-spot-check-2". */
bool sheet_name_parse(const struct book *book, struct arena *arena, const char *typed,
		      const char *period, struct sheet_name *name, struct err *err);

/* The scheme that ROOT, a sheet's document, was marked by: of those of its name the one in force
 * for its period. NULL when the policy has none of that name. */
const struct rule *sheet_scheme(const struct book *book, const struct node *root);

/* The part of an id that names the sheet: "2026-11-21-spot-check-2". */
const char *sheet_name_text(struct arena *arena, const struct sheet_name *name);

/* A sheet folded. Everything is borrowed from its documents. */
struct sheet {
	const char *id;          /* "lihua/2026-11-appraisal" */
	const struct node *root; /* the marks that hold */
	int64_t seq, at;         /* of the document that made them */
	bool voided, confirmed;
	bool disputed; /* two sites marked it at once */
	/* if DISPUTED: of two sites that did not have each other's */
	const struct document *disputed_by, *disputed_with;
	const struct node *awaits; /* roles one of which is still to confirm it; NULL: nobody */
};

/* Folds DOCUMENTS, which are not empty. */
void sheet_fold(const struct documents *documents, struct sheet *sheet);

/* Whether it counts in a total: it is not voided, not disputed, and not waiting to be confirmed. */
bool sheet_counts(const struct sheet *sheet);

/* Puts `dimensions` and `score` into ROOT, computed from its marks by SCHEME (H0.A-2, 3, 5, 6): an
 * item keeps its points less what is deducted, nothing where an offence took it; a dimension keeps
 * the sum of its items less what the further column takes, not below 0; the score is the sum of the
 * dimensions and of what a commendation adds. STATUS_REFUSED with the clause if the scheme does not
 * allow these marks. */
bool sheet_compute(struct arena *arena, const struct node *scheme, struct node *root,
		   struct err *err);

/* Marks as typed, added to DOCUMENT: "ITEM[@TICKET]:POINTS:REASON" with
 * "other/DIMENSION" for the further column; "ITEM:SELF:SUPERVISOR[:REMARK]";
 * "POINTS:RECORD"; "ITEM:RECORD:REASON". A RECORD is "lihua#3", or "3". */
bool sheet_deduct(struct book *book, struct arena *arena, struct node *document, const char *typed,
		  struct err *err);
bool sheet_score(struct arena *arena, struct node *document, const char *typed, struct err *err);
bool sheet_commend(struct arena *arena, struct node *document, const char *person,
		   const char *typed, struct err *err);
bool sheet_offence(struct arena *arena, struct node *document, const char *person,
		   const char *typed, struct err *err);

/* Records DOCUMENT, an event and its marks or reason, on PERSON's sheet NAME. OUT->id is the
 * sheet's. */
bool sheet_record(struct book *book, struct arena *arena, const struct request *request,
		  const char *person, const struct sheet_name *name, struct node *document,
		  struct recorded *out, struct err *err);

/* Where sheet ID lies: "appraisals/2026/lihua/2026-11-appraisal.yaml". STATUS_USAGE if ID is not a
 * sheet's. */
bool sheet_path(const char *id, struct buf *path, struct err *err);

#endif
