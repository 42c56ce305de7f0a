// SPDX-License-Identifier: MIT
// For view/tally*.c alone: their tables, and how counts, shares and verdicts are written. Texts
// live in the view's arena.
#ifndef KEFU_VIEW_TALLY_PARTS_H
#define KEFU_VIEW_TALLY_PARTS_H

#include "view/tally.h"

/* COUNT as text; NULL when it is negative: not known. */
const char *tally_view_count(struct tally_view *view, int64_t count);
/* RATE, a share, as text: "83.3 %" for people, "0.8333" for programs; NULL for NULL. */
const char *tally_view_rate(struct tally_view *view, const struct decimal *rate);
/* CHANGE, a difference of shares: "-3.1" for people, "-0.0312" for programs; NULL for NULL. */
const char *tally_view_change(struct tally_view *view, const struct decimal *change);
/* COUNT of ALL as a share; NULL when ALL is 0. */
const char *tally_view_share(struct tally_view *view, int64_t count, int64_t all);
/* The mean grade; NULL when nothing was rated or the survey is not valid. */
const char *tally_view_mean(struct tally_view *view, const struct tally_service *service);
/* The title of QUESTION: for people in their language, for programs in the ledger's. */
const char *tally_view_title(const struct tally_view *view, const struct question *question);

const char *tally_view_verdict(const struct tally_view *view);

/* Rates, intervals and changes by service: in a few columns with bars, or all there is. */
struct table *tally_view_services(struct tally_view *view);
/* How often each grade was given to each service. */
struct table *tally_view_grades(struct tally_view *view);
/* One row for each service in each of PARTS, which are what NAME says: types or areas. */
struct table *tally_view_by_part(struct tally_view *view, const char *name,
				 const struct tally_part *parts, size_t count);
/* Answers in people's own words, the most frequent first. */
struct table *tally_view_texts(struct tally_view *view);
/* The worst services, those that fell, and what people wrote. */
struct table *tally_view_improve(struct tally_view *view);

#endif
