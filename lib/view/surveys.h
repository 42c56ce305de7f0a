// SPDX-License-Identifier: MIT
// What survey-list shows.
#ifndef KEFU_VIEW_SURVEYS_H
#define KEFU_VIEW_SURVEYS_H

#include "survey/survey.h"
#include "view/view.h"

/* One row for each survey. Without any nothing is written, not even a heading. */
struct table *view_surveys(const struct view_style *style, const struct survey *surveys,
			   size_t count);

#endif
