// SPDX-License-Identifier: MIT
// How documents name people other than by a role: "head-of:engineering", "person:lihua", whom a
// step names as "named:STEP", and those whom it named as "people:lihua,meizhen".
#ifndef KEFU_BOOK_WHOM_H
#define KEFU_BOOK_WHOM_H

#include "base/arena.h"

/* "head-of:DEPARTMENT", "person:ID", "named:STEP" and "people:IDS", in ARENA; NULL becomes "none",
 * whom nobody is. */
const char *whom_head(struct arena *arena, const char *department);
const char *whom_person(struct arena *arena, const char *id);
const char *whom_named(struct arena *arena, const char *step);
const char *whom_listed(struct arena *arena, const char *ids);

/* The department whose head WHO names, the person whom WHO names by id, the step that names people,
 * and ids with commas between; NULL: WHO, which may be NULL, names none. */
const char *whom_department(const char *who);
const char *whom_id(const char *who);
const char *whom_step(const char *who);
const char *whom_people(const char *who);

#endif
