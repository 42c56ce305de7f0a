// SPDX-License-Identifier: MIT
// Records what households answer to a survey, one by one or from a file. Each household that was
// drawn answers once.
#ifndef KEFU_SURVEY_ANSWERS_H
#define KEFU_SURVEY_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

#include "record/importing.h"
#include "record/record.h"
#include "survey/questionnaire.h"
#include "survey/roll.h"
#include "survey/survey.h"
#include "text/rows.h"

/* What a household's file comes to. */
struct answer {
	const struct document *answered; /* the latest that was not voided; NULL: none */
	const struct node *answers;      /* with corrections applied */
	bool late;
	/* two sites recorded what excludes each other, and nobody who knew of both has said since
	 * what is right: the latter, and the former; else NULL. Meanwhile the latter counts. */
	const struct document *disputed_by, *disputed_with;
};

/* Says what is disputed in ANSWER, and the way out. */
void answer_say_dispute(const struct answer *answer, struct buf *out);

/* What has to be made for it lives in ARENA. */
void answer_fold(struct arena *arena, const struct documents *documents, struct answer *answer);

/* A survey that answers can be recorded for. */
struct answers {
	struct book *book;
	struct survey survey;
	struct questionnaire questionnaire;
	struct roll roll;
};

/* STATUS_REFUSED if the survey was not issued yet, or its questionnaire was changed. */
bool answers_open(struct answers *answers, struct book *book, const char *id, struct err *err);
void answers_clear(struct answers *answers); /* also after a failure */

/* Puts TYPED into the map VALUES as the answer to QUESTION. If TYPED is empty, that answer is taken
 * out (`cleared` in a correction). */
bool answers_set(const struct answers *answers, struct arena *arena, struct node *values,
		 const char *question, const char *typed, struct err *err);

/* Records DOCUMENT (event answered, corrected or voided, fields) in UNIT's file. */
bool answers_record(struct answers *answers, struct arena *arena, const struct request *request,
		    const char *unit, struct node *document, struct recorded *out, struct err *err);

/* --- many at once --- */

struct answers_options {
	const char *by, *at; /* as in a request */
	bool dry_run;
	const char *unit;         /* the column that names the unit */
	const char *when;         /* the column that says when it came back, or NULL */
	const struct node *maps;  /* map from columns to questions; a column called like a question
				     need not be in it */
	const struct node *empty; /* list: words that mean that nothing was answered */

	bool (*rejects)(void *context, const char *ndjson, size_t len, size_t count,
			struct err *err); /* as in record/importing.h */
	void *context;
};

struct answers_result {
	struct importing_result rows;
	size_t late;           /* of those recorded */
	bool in_place;         /* as in struct recorded: what these numbers count, or some of it */
	struct node *left_out; /* list of columns that belong to no question, in the arena given */
};

/* Records every row that can be taken, in batches, between which others can record. A row is told
 * from others by its unit. If the household has given the same answers before, whatever became of
 * them, its row counts as recorded already; if it has given others, or an earlier row has, the row
 * is rejected. STATUS_UNDURABLE: some of it is written, or the disk did not confirm it. */
bool answers_import(struct answers *answers, struct rows *rows,
		    const struct answers_options *options, struct arena *arena,
		    struct answers_result *out, struct err *err);

#endif
