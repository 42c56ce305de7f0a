// SPDX-License-Identifier: MIT
// What recording on a sheet and judging it share. For sheet*.c alone.
#ifndef KEFU_APPRAISAL_SHEET_PARTS_H
#define KEFU_APPRAISAL_SHEET_PARTS_H

#include "appraisal/sheet.h"
#include "record/record.h"

/* The sheet that is being recorded on: the context of its posting. */
struct marking {
	const char *person;
	const struct sheet_name *name;
};

/* Whether MEMBER has one of ROLES, which is a name or a list, by name alone; true if ROLES is NULL.
 */
bool sheet_has_role(const struct member *member, const struct node *roles);

/* Judges the document of RECORDING, whose posting has a struct marking as its context, by the
 * scheme: marks, a confirmation, a correction or a voiding. Adds to marks what is computed from
 * them, and a note for each line of the result. STATUS_REFUSED with the clause of the part of the
 * scheme that does not allow it. */
bool sheet_judge(const struct recording *recording, struct err *err);

#endif
