// SPDX-License-Identifier: MIT
// What appraise and appraise-tally show. A figure that is missing is a word for people, and an
// absent cell for programs.
#ifndef KEFU_VIEW_APPRAISAL_H
#define KEFU_VIEW_APPRAISAL_H

#include "appraisal/evidence.h"
#include "appraisal/marks.h"
#include "view/view.h"

/* The first shows the year, with a row for each person, by rank. The second shows the months of
 * PERSON, with the year in the last row. */
struct table *view_marks_year(const struct view_style *style, const struct marks *marks);
struct table *view_marks_person(const struct view_style *style, const struct marks *marks,
				const struct marks_person *person);

/* One row for each sheet of MONTH (1 to 12), and for each monthly sheet that is missing: those of
 * ONLY, or where that is NULL of everybody who worked in that month. */
struct table *view_marks_month(const struct view_style *style, const struct marks *marks,
			       const struct marks_person *only, int month);

/* How every figure came about. The first: of the year of ONLY, or of everybody if that is NULL. The
 * second: of one sheet. */
struct table *view_marks_explained(const struct view_style *style, const struct marks *marks,
				   const struct marks_person *only);
struct table *view_sheet_explained(const struct view_style *style, const struct rule *scheme,
				   const struct marks_sheet *sheet);

/* One row for each thing that tickets show of a person, with the item of SCHEME (which may be NULL)
 * that it concerns. */
struct table *view_evidence(const struct view_style *style, const struct rule *scheme,
			    const struct evidences *evidences);

#endif
