// SPDX-License-Identifier: MIT
// What a survey asks: a JSON Schema whose properties are the questions. Knows which are grades of a
// service and which are open.
#ifndef KEFU_SURVEY_QUESTIONNAIRE_H
#define KEFU_SURVEY_QUESTIONNAIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "survey/survey.h"

enum { GRADES_MAX = 32, QUESTIONS_MAX = 400, QUESTIONNAIRE_MAX_BYTES = 1 << 20 };

enum question_kind {
	QUESTION_PLAIN,
	QUESTION_SERVICE,       /* x-service: true; grades of a service */
	QUESTION_CUSTOMER_TYPE, /* x-customer-type: true */
	QUESTION_OPINION,       /* x-open: opinion, expectation, dissatisfied */
	QUESTION_EXPECTATION,
	QUESTION_DISSATISFIED,
};

const char *question_kind_name(enum question_kind kind);

struct grade {
	int64_t value;
	bool unrated; /* listed in x-unrated: not used, don't know */
	bool satisfied, dissatisfied;
};

struct question {
	enum question_kind kind;
	const char *name;
	const char *title;    /* in the ledger's language, or else the name */
	const char *shown;    /* in the reader's, or else the name */
	struct grade *grades; /* of a service, ascending */
	size_t grade_count;
};

struct questionnaire {
	struct arena arena;
	struct schema_set *set; /* its own: a questionnaire refers to nothing outside itself */
	const char *file;
	struct node *root;
	const struct schema *schema; /* of an answer's `answers` */
	struct question *questions;
	size_t count, services;
	const struct rule *rates; /* which grades are satisfied, the book's; NULL: no rule says */
	char digest[DIGEST_TEXT];
};

/* SHA-256 of its bytes. */
void questionnaire_digest(const char *text, size_t len, char digest[DIGEST_TEXT]);

/* Parses TEXT, which was handed in as FILE, by the rules in force on DAY for OCCASION.
 * STATUS_REFUSED with a place in FILE if it is not a questionnaire, or has no question about
 * something that the rules ask for. It may be cleared after a failure, too. */
bool questionnaire_parse(struct questionnaire *questionnaire, const struct book *book,
			 const char *file, const char *text, size_t len, int day,
			 const char *occasion, struct err *err);
void questionnaire_clear(struct questionnaire *questionnaire);

/* Reads the questionnaire of SURVEY. STATUS_REFUSED when it was changed since it was planned. */
bool questionnaire_read(struct questionnaire *questionnaire, const struct book *book,
			const struct survey *survey, struct err *err);

/* Whether the file still is the questionnaire that was planned; STATUS_REFUSED when it is not. */
bool questionnaire_unchanged(const struct book *book, const struct survey *survey, struct err *err);

/* The index of VALUE among the grades of QUESTION; -1 if it is not one of them. */
int question_grade(const struct question *question, const struct node *value);

#endif
