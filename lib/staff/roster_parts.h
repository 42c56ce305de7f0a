// SPDX-License-Identifier: MIT
// The notes that recording in staff.yaml gives besides the document. For roster*.c alone.
#ifndef KEFU_STAFF_ROSTER_PARTS_H
#define KEFU_STAFF_ROSTER_PARTS_H

#include "record/record.h"

/* INSTANT as people read it, in the document's arena. */
const char *roster_time(const struct recording *recording, int64_t instant);

/* Adds notes about what else the document changes, which is in force from SINCE: who stands in for
 * whom from then on, and which documents recorded for a later day it affects. AFTER is staff with
 * the document in it. */
void roster_notes(const struct recording *recording, const struct staff *after, int64_t since);

#endif
