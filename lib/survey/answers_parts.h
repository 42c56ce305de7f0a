// SPDX-License-Identifier: MIT
// What recording one answer and many share. For answers*.c alone.
#ifndef KEFU_SURVEY_ANSWERS_PARTS_H
#define KEFU_SURVEY_ANSWERS_PARTS_H

#include "survey/answers.h"

/* STATUS_REFUSED where UNIT was not drawn; where AT lies before the survey was issued; and where
 * VALUES, the answers, are none at all or not what the questionnaire allows. Values that are
 * allowed are brought into its order. */
bool answers_judge_unit(const struct answers *answers, const char *unit, struct err *err);
bool answers_judge_time(const struct answers *answers, int64_t at, struct err *err);
bool answers_judge_values(const struct answers *answers, struct node *values, struct err *err);

/* Adds to DOCUMENT, what UNIT, which was drawn, has answered AT: the type and the area it was drawn
 * as, and whether the answer came too late to count. */
void answers_complete(const struct answers *answers, struct arena *arena, struct node *document,
		      const char *unit, int64_t at);

#endif
