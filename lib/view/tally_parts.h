// SPDX-License-Identifier: MIT
// For view/tally*.c alone: their tables, and how counts, shares and verdicts are written. Texts
// live in the view's arena.
#ifndef KEFU_VIEW_TALLY_PARTS_H
#define KEFU_VIEW_TALLY_PARTS_H

#include "view/tally.h"

/* NULL when COUNT is negative: not known. */
const char *tally_view_count(struct tally_view *view, int64_t count);
/* A share: "83.3 %" for people, "0.8333" for programs; NULL for NULL. */
const char *tally_view_rate(struct tally_view *view, const struct decimal *rate);
/* The same of a difference: "-3.1", "-0.0312". */
const char *tally_view_change(struct tally_view *view, const struct decimal *change);
/* COUNT of ALL as a share; NULL when ALL is 0. */
const char *tally_view_share(struct tally_view *view, int64_t count, int64_t all);
/* The mean grade; NULL when nothing was rated or the survey is not valid. */
const char *tally_view_mean(struct tally_view *view, const struct tally_service *service);
const char *tally_view_verdict(const struct tally_view *view);

/* Rates, intervals and changes by service: in a few columns with bars, or all there is. */
struct table *tally_view_services(struct tally_view *view);
/* How often each grade was given to each service. */
struct table *tally_view_grades(struct tally_view *view);
/* Every service by PARTS of those asked; NAME says what the parts are. */
struct table *tally_view_by_part(struct tally_view *view, const char *name,
				 const struct tally_part *parts, size_t count);
/* Open answers, the most frequent first. */
struct table *tally_view_texts(struct tally_view *view);
/* The worst services, those that fell, and what people wrote. */
struct table *tally_view_improve(struct tally_view *view);

#endif
