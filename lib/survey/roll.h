// SPDX-License-Identifier: MIT
// Finds quickly whether a unit was drawn for a survey. Made once, then read by several threads.
#ifndef KEFU_SURVEY_ROLL_H
#define KEFU_SURVEY_ROLL_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
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
	struct roll_unit {
		const char *name; /* as it was drawn; borrowed from the survey */
		size_t group;
	} * units;
	size_t unit_count;
	struct keys drawn;  /* names to their index */
	struct keys folded; /* the same by unit_fold, where that is another text */
	struct arena arena; /* holds those */
	int64_t population;
};

/* Makes the roll of SURVEY, whose sample must be drawn, and which must outlive the roll. */
void roll_make(struct roll *roll, const struct survey *survey);
void roll_clear(struct roll *roll);

/* The group of the unit whose name is the LEN bytes at UNIT, in whichever letters; NULL if it was
 * not drawn. KNOWN, unless NULL, gets the unit as it was drawn, borrowed from the survey. */
const struct roll_group *roll_find(const struct roll *roll, const char *unit, size_t len,
				   const char **known);

#endif
