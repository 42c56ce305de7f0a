// SPDX-License-Identifier: MIT
// A year of appraisal sheets, read in parallel and weighed: means, totals, ranks. Exact; never
// takes what is missing for 0.
#ifndef KEFU_APPRAISAL_MARKS_H
#define KEFU_APPRAISAL_MARKS_H

#include <stdbool.h>
#include <stddef.h>

#include "appraisal/sheet.h"
#include "base/decimal.h"
#include "book/book.h"
#include "book/gather.h"

/* Where points are shown to people they have so many decimals, a half rounded
 * away from zero (四舍五入). This is the only place they are rounded; what is
 * compared and ranked is exact. */
enum { POINT_PLACES = 2 };
void points_show(const struct decimal *points, struct buf *out);

/* A sheet of the year. */
struct marks_sheet {
	struct sheet sheet;
	const char *name; /* "2026-11-appraisal" */
	const char *person, *by, *component;
	const char *confirmed_by; /* NULL: nobody */
	struct sheet_period span;
	struct decimal *score, *weight;
};

/* A weighted mean of sheets: Σ(weight · score) ÷ Σ weight (H0.A-4). */
struct marks_mean {
	struct decimal *sum, *weights;
	struct decimal *mean;         /* NULL: there is no sheet with a weight above 0 */
	size_t count;                 /* sheets in it */
	size_t unconfirmed, disputed; /* sheets with a weight above 0 that are not in it yet */
};

struct marks_person {
	const char *person, *name;
	const struct marks_sheet **sheets; /* by period, then by name */
	size_t count;
	size_t unreadable;        /* files of theirs that could not be read */
	struct marks_mean *means; /* in the order of the scheme's components */
	struct decimal *total;    /* Σ share · mean; NULL: incomplete (H0.A-9) */
	const char *lacks;        /* what an incomplete total lacks; else NULL */
	size_t rank;              /* among complete totals, ties share one; 0: none */
	bool excellent;           /* above what the scheme says, unrounded (H0.A-5) */
};

struct marks {
	const struct rule *scheme;
	int year;
	struct marks_person *people; /* by rank, then those without by id */
	size_t person_count;
	struct marks_sheet *sheets;
	size_t sheet_count;
	struct gathered gathered; /* holds the sheets; PROBLEMS could not be read */
};

/* Reads the sheets of YEAR and weighs those of SCHEME, for everybody it marks who
 * worked there that year. */
void marks_read(struct book *book, const struct rule *scheme, int year, struct marks *marks);
void marks_clear(struct marks *marks);

/* The entry of PERSON; NULL when there is none. */
const struct marks_person *marks_find(const struct marks *marks, const char *person);

/* The mean of a component's sheets of one MONTH, or with 0 of the year. */
void marks_mean(const struct marks_person *person, const char *component, int month,
		struct marks_mean *mean);
void marks_mean_clear(struct marks_mean *mean);

/* Whether PERSON was there, marked by SCHEME, on some day from FIRST to LAST. */
bool marks_worked(const struct book *book, const struct rule *scheme, const char *person, int first,
		  int last);

/* A line of an explanation. A field is NULL if there is nothing to say. */
struct marks_line {
	const char *figure, *value, *exact, *from, *record, *clause;
};
typedef void (*marks_tell)(void *state, const struct marks_line *line);

/* How what is explained is named. */
struct marks_names {
	const struct languages *languages; /* of titles */
	bool titled;                       /* with the titles of items, components and so on */
};

/* Explains PERSON's total, down to the sheets, what was deducted and why. */
void marks_explain(const struct marks *marks, const struct marks_person *person,
		   const struct marks_names *names, marks_tell tell, void *state);
/* The same of one sheet. */
void marks_explain_sheet(const struct rule *scheme, const struct marks_sheet *sheet,
			 const struct marks_names *names, marks_tell tell, void *state);

#endif
