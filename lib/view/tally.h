// SPDX-License-Identifier: MIT
// What survey-tally shows of what a survey came to: tables with bars for people, rows for programs.
#ifndef KEFU_VIEW_TALLY_H
#define KEFU_VIEW_TALLY_H

#include "survey/tally.h"
#include "view/view.h"

/* Rates, intervals and changes of every service, worked out once. */
struct tally_view {
	const struct view_style *style;
	const struct tally *now, *before; /* BEFORE: NULL where there is none to compare with */
	struct decimal *z;
	const char *confidence;
	bool settled; /* the survey is valid: rates may be shown */
	struct share *satisfied, *dissatisfied;
	struct share_change *changes;
	struct arena arena; /* of the cells */
};

/* What it is given is borrowed until tally_view_clear. */
void tally_view_init(struct tally_view *view, const struct view_style *style,
		     const struct tally *now, const struct tally *before);
void tally_view_clear(struct tally_view *view);

/* The PART called "summary", "services", "grades", "types", "areas", "texts" or "improve". */
struct table *tally_view_table(struct tally_view *view, const char *part);

/* Adds all of it to OUT, for people: some lines on the survey as a whole, then a heading and a
 * table for each part that says more than those. */
void tally_view_page(struct tally_view *view, struct buf *out);

#endif
