// SPDX-License-Identifier: MIT
// What survey-list shows.
#ifndef KEFU_VIEW_SURVEYS_H
#define KEFU_VIEW_SURVEYS_H

#include "survey/survey.h"
#include "view/view.h"

/* A survey a row; nothing at all, not even a heading, when there is none. The caller frees the
 * table. */
struct table *view_surveys(const struct view_style *style, const struct survey *surveys,
			   size_t count);

#endif
