// SPDX-License-Identifier: MIT
// Who was drawn for a survey, found quickly. Made once, then read by several threads.
#ifndef KEFU_SURVEY_ROLL_H
#define KEFU_SURVEY_ROLL_H

#include <stddef.h>
#include <stdint.h>

#include "survey/survey.h"

/* Those drawn of one area and type. */
struct roll_group {
	const char *area, *type; /* NULL: not known; borrowed from the survey */
	int64_t population, sent;
};

struct roll {
	struct roll_group *groups;
	size_t group_count;
	const char **units; /* a hash table; NULL: empty */
	uint32_t *of;       /* the unit's group */
	size_t mask;
	int64_t population;
};

/* SURVEY's sample is drawn; it outlives the roll. */
void roll_make(struct roll *roll, const struct survey *survey);
void roll_clear(struct roll *roll);

/* The group of the LEN bytes of UNIT; NULL when it was not drawn. */
const struct roll_group *roll_find(const struct roll *roll, const char *unit, size_t len);

#endif
