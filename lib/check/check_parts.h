// SPDX-License-Identifier: MIT
// What the parts of the check share: one thread's storage, and telling a problem. For check*.c
// alone.
#ifndef KEFU_CHECK_CHECK_PARTS_H
#define KEFU_CHECK_CHECK_PARTS_H

#include "book/form.h"
#include "book/gather.h"
#include "check/check.h"

/* schemas/FOLDER/EVENT.yaml, compiled before the threads start: finding one later would disturb the
 * others. */
struct event_schema {
	const char *folder, *event;
	const struct schema *schema; /* NULL: a problem of its own, told already */
};

/* What is known before the first file is looked at: all threads share it. */
struct common {
	struct event_schema *schemas;
	size_t schema_count;
	const struct schema *staff_schema; /* NULL when it cannot be used */
	bool staff_known, rules_known; /* staff.yaml; header, calendar and policies can be used */
};

/* One thread's. */
struct checker {
	struct book *book;
	const struct common *common;
	struct gatherer *to; /* gets the problems */
	struct form form, earlier;
	struct buf text, other;
	const char *file;              /* being looked at */
	struct survey_checker *survey; /* check_survey.c's; or NULL */
};

/* How many problems this thread has told so far; and that one of them keeps something from being
 * read, after all. */
size_t check_told(const struct checker *checker);
void check_damage(struct checker *checker, size_t index);

/* Tells a problem of the file being looked at; AT (its place) and CLAUSE may be NULL. */
void check_tell(struct checker *checker, enum problem_kind kind, const struct node *at,
		const char *clause, const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The same at a line. */
void check_tell_line(struct checker *checker, enum problem_kind kind, unsigned line,
		     unsigned column, const char *text);
/* The same of what ERR says, in ERR's file where it names one; ERR is cleared. */
void check_tell_err(struct checker *checker, enum problem_kind kind, struct err *err);

/* One file as it was read. */
void check_form_file(struct checker *checker, const char *relative, const char *text, size_t len);
void check_register_file(struct checker *checker, const char *relative, const char *text,
			 size_t len);
/* A file of a survey's, besides its documents; false when it has none: a questionnaire is a schema.
 */
bool check_survey_file(struct checker *checker, const char *relative, const char *text, size_t len);
void check_survey_clear(struct checker *checker);
void check_staff_file(struct checker *checker, const char *text, size_t len);

/* The draws of a plan's documents. */
void check_plan(struct checker *checker, const struct documents *documents);
/* ROOT of the checker's form, event drawn, against the draw it names. */
void check_choice(struct checker *checker, const struct node *root);

/* The scores of a sheet's documents, which are valid by their schemas, and what they cite. */
void check_sheet(struct checker *checker, const struct documents *documents);

/* What the checker's form, just folded, owes and ends. */
void check_duties(struct checker *checker);

#endif
