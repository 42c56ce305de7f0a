// SPDX-License-Identifier: MIT
// Finds quickly whether a unit was drawn for a survey. Made once, then read by several threads.
#ifndef KEFU_SURVEY_ROLL_H
#define KEFU_SURVEY_ROLL_H

#include <stddef.h>
#include <stdint.h>

#include "base/keys.h"
#include "survey/survey.h"

/* The units of one area and type that were drawn. */
struct roll_group {
	const char *area, *type; /* NULL: not known; borrowed from the survey */
	int64_t population, sent;
};

struct roll {
	struct roll_group *groups;
	size_t group_count;
	struct keys units; /* to the index of their group */
	int64_t population;
};

/* Makes the roll of SURVEY, whose sample must be drawn, and which must outlive the roll. */
void roll_make(struct roll *roll, const struct survey *survey);
void roll_clear(struct roll *roll);

/* The group of the unit whose name is the LEN bytes at UNIT; NULL if it was not drawn. */
const struct roll_group *roll_find(const struct roll *roll, const char *unit, size_t len);

#endif
