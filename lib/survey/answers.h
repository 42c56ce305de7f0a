// SPDX-License-Identifier: MIT
// What households answer to a survey: recorded one by one, or from a file; one answer from each
// that was drawn.
#ifndef KEFU_SURVEY_ANSWERS_H
#define KEFU_SURVEY_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

#include "record/record.h"
#include "survey/questionnaire.h"
#include "survey/roll.h"
#include "survey/survey.h"
#include "text/rows.h"

/* A household's file, folded. */
struct answer {
	const struct document *answered; /* the latest that was not voided; NULL: none */
	const struct node *answers;      /* with what was corrected */
	bool late;
};

/* ARENA gets what has to be made. */
void answer_fold(struct arena *arena, const struct documents *documents, struct answer *answer);

/* A survey that answers can be recorded for. */
struct answers {
	struct book *book;
	struct survey survey;
	struct questionnaire questionnaire;
	struct roll roll;
};

/* STATUS_REFUSED when nothing can be answered yet, or the questionnaire was changed. */
bool answers_open(struct answers *answers, struct book *book, const char *id, struct err *err);
void answers_clear(struct answers *answers); /* also after a failure */

/* Puts TYPED into the map VALUES as the answer to QUESTION; nothing at all takes it out (`cleared`
 * in a correction). */
bool answers_set(const struct answers *answers, struct arena *arena, struct node *values,
		 const char *question, const char *typed, struct err *err);

/* Records DOCUMENT (event answered, corrected or voided, fields) in UNIT's file. */
bool answers_record(struct answers *answers, struct arena *arena, const struct request *request,
		    const char *unit, struct node *document, struct recorded *out, struct err *err);

/* --- many at once --- */

struct answers_options {
	const char *by, *at; /* as in a request */
	bool dry_run;
	const char *unit; /* the column that names the unit */
	const char *when; /* the column that says when it came back, or NULL */
	const struct node
		*maps; /* map: column to question; columns called like a question need none */
	const struct node *empty; /* list: words that are no answer */

	/* As in ticket/import.h: gets the rejected rows before anything is written. */
	bool (*rejects)(void *context, const char *ndjson, size_t len, size_t count,
			struct err *err);
	void *context;
};

/* READ is the sum of the others. */
struct answers_result {
	size_t read, recorded, already, rejected;
	size_t late;           /* of those recorded */
	bool in_place;         /* as in struct recorded: what these numbers count, or some of it */
	struct node *left_out; /* list of columns that are no question's, in the arena given */
};

/* Records every row that can be taken, in one batch. A household that has
 * answered the same is there already; with other answers the row is rejected.
 * STATUS_UNDURABLE: some of it is written, or the disk did not confirm it. */
bool answers_import(struct answers *answers, struct rows *rows,
		    const struct answers_options *options, struct arena *arena,
		    struct answers_result *out, struct err *err);

#endif
