// SPDX-License-Identifier: MIT
// What recording one answer and many share. For answers*.c alone.
#ifndef KEFU_SURVEY_ANSWERS_PARTS_H
#define KEFU_SURVEY_ANSWERS_PARTS_H

#include "survey/answers.h"

bool answers_judge_unit(const struct answers *answers, const char *unit, struct err *err);
bool answers_judge_time(const struct answers *answers, int64_t at, struct err *err);
/* Orders VALUES, too. */
bool answers_judge_values(const struct answers *answers, struct node *values, struct err *err);
/* UNIT was drawn. */
void answers_complete(const struct answers *answers, struct arena *arena, struct node *document,
		      const char *unit, int64_t at);

#endif
