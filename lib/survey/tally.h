// SPDX-License-Identifier: MIT
// Counts the answers to a survey, judges whether it is valid, and compares it with an earlier one.
// Exact; records nothing.
#ifndef KEFU_SURVEY_TALLY_H
#define KEFU_SURVEY_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "book/gather.h"
#include "data/share.h"
#include "survey/questionnaire.h"
#include "survey/survey.h"

enum tally_depth {
	TALLY_COUNTS, /* how many came back */
	TALLY_GRADES, /* and how each service was graded */
	TALLY_TEXTS,  /* and in their own words */
};

enum tally_verdict {
	TALLY_OPEN, /* answers may still come that make it valid */
	TALLY_VALID,
	TALLY_INVALID,
};

/* How one part of those asked graded one service. */
struct tally_service {
	int64_t grades[GRADES_MAX];             /* how often each, in the order of the question's */
	int64_t rated, satisfied, dissatisfied; /* answers without a rating count in none */
	int64_t unrated;
	int64_t sum; /* of the grades rated: the mean is sum / rated */
};

/* A part of those asked: all, a customer type, an area. */
struct tally_part {
	const char *name;         /* NULL: not known */
	int64_t population, sent; /* -1: not known, where the type is what people answered, not what
				     is on file */
	int64_t returned;         /* in time */
	struct tally_service *services; /* in the order of the questionnaire's services */
};

/* Answers in people's own words that are the same text. */
struct tally_text {
	const struct question *question;
	const char *text;
	const char *units; /* who said it, with spaces between */
	size_t times;
};

struct tally {
	const struct survey *survey;
	struct survey *own; /* heap: what tally_before has read; or NULL */
	struct questionnaire questionnaire;
	const struct question **services;
	size_t service_count;
	int64_t late, voided;
	int64_t disputed; /* answers of which two clones say different things; they count */
	enum tally_verdict verdict;
	bool recorded; /* the verdict is the one that was written down at the closing */
	const struct rule *validity; /* the rule that decides it; NULL: there is none, and every
					survey is valid */
	struct tally_part whole;
	struct tally_part *types, *areas; /* by name */
	size_t type_count, area_count;
	struct tally_text *texts; /* by kind of question, then the most frequent first */
	size_t text_count;
	struct arena arena;
	struct gathered gathered; /* holds the texts, too; PROBLEMS could not be counted */
};

/* Counts the answers to SURVEY, which was issued, as far as DEPTH asks. STATUS_REFUSED when the
 * questionnaire was changed. Files that cannot be counted are added to the problems. SURVEY is
 * borrowed. It may be cleared after a failure, too. */
bool tally_read(struct tally *tally, struct book *book, const struct survey *survey,
		enum tally_depth depth, struct err *err);
void tally_clear(struct tally *tally); /* also one that is all zero */

/* The share of SERVICE in PART, satisfied or dissatisfied. */
void tally_share(const struct tally *tally, const struct tally_part *part, size_t service,
		 bool dissatisfied, const struct decimal *z, struct share *share);

/* The index of the service called NAME; -1 when it is not asked. */
long tally_find(const struct tally *tally, const char *name);

/* The last valid survey of SURVEY's occasion issued before it, tallied into BEFORE; *FOUND says
 * whether there is one. If AGAINST is not NULL, the survey of that id instead. */
bool tally_before(struct tally *before, struct book *book, const struct survey *survey,
		  const char *against, bool *found, struct err *err);

/* The quantile for the confidence that a rule gives, else for "0.95". *TEXT gets that confidence.
 */
struct decimal *tally_quantile(const struct book *book, const struct survey *survey,
			       const char **text);

#endif
