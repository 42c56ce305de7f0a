// SPDX-License-Identifier: MIT
// What appraise and appraise-tally show, as tables the caller frees. A missing figure is a word to
// people, an absent cell to programs.
#ifndef KEFU_VIEW_APPRAISAL_H
#define KEFU_VIEW_APPRAISAL_H

#include "appraisal/evidence.h"
#include "appraisal/marks.h"
#include "view/view.h"

/* The year of all by rank; of one PERSON by month, and the year. */
struct table *view_marks_year(const struct view_style *style, const struct marks *marks);
struct table *view_marks_person(const struct view_style *style, const struct marks *marks,
				const struct marks_person *person);

/* The sheets of MONTH (1 to 12) and the monthly ones that are missing: of ONLY, or with NULL of all
 * who worked in it. */
struct table *view_marks_month(const struct view_style *style, const struct marks *marks,
			       const struct marks_person *only, int month);

/* How every figure came about: the year of ONLY, or with NULL of all; one sheet. */
struct table *view_marks_explained(const struct view_style *style, const struct marks *marks,
				   const struct marks_person *only);
struct table *view_sheet_explained(const struct view_style *style, const struct rule *scheme,
				   const struct marks_sheet *sheet);

/* What tickets show of a person, with the item of SCHEME (may be NULL) that it concerns. */
struct table *view_evidence(const struct view_style *style, const struct rule *scheme,
			    const struct evidences *evidences);

#endif
