// SPDX-License-Identifier: MIT
// What recording one answer and importing many share. For answers*.c alone.
#ifndef KEFU_SURVEY_ANSWERS_PARTS_H
#define KEFU_SURVEY_ANSWERS_PARTS_H

#include "survey/answers.h"

/* Each judges one thing, with STATUS_REFUSED: UNIT must have been drawn; AT must not be before the
 * survey was issued; VALUES, the answers, must not be empty and must be allowed by the
 * questionnaire, into whose order they are brought. */
bool answers_judge_unit(const struct answers *answers, const char *unit, struct err *err);
bool answers_judge_time(const struct answers *answers, int64_t at, struct err *err);
bool answers_judge_values(const struct answers *answers, struct node *values, struct err *err);

/* Completes DOCUMENT, the answer that UNIT gave AT: adds the type and area with which the unit was
 * drawn, and whether the answer came too late to count. */
void answers_complete(const struct answers *answers, struct arena *arena, struct node *document,
		      const char *unit, int64_t at);

#endif
