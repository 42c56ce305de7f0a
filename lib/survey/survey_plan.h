// SPDX-License-Identifier: MIT
// Records that a survey is planned, approved, issued, closed or voided.
#ifndef KEFU_SURVEY_SURVEY_PLAN_H
#define KEFU_SURVEY_SURVEY_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "record/record.h"

/* The questionnaire that comes with a plan. */
struct survey_handout {
	const char *file; /* for messages */
	const char *text;
	size_t len;
};

/* The events that survey_plan records, closed by NULL. */
extern const char *const survey_plan_events[];

/* A field of a survey's document, as value_set. */
bool survey_field(struct book *book, struct arena *arena, struct node *document, const char *field,
		  const char *typed, struct err *err);

/* Records DOCUMENT (event planned, approved, issued, closed or voided, and fields) in survey ID.
 * What is refused says by which clause.
 *
 * HANDOUT is for `planned` alone. It is copied into the ledger byte for byte, because what is
 * approved is its digest. */
bool survey_plan(struct book *book, struct arena *arena, const struct request *request,
		 const char *id, struct node *document, const struct survey_handout *handout,
		 struct recorded *out, struct err *err);

#endif
