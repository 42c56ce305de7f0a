// SPDX-License-Identifier: MIT
// What recording in staff.yaml says beside the document. For roster*.c alone.
#ifndef KEFU_STAFF_ROSTER_PARTS_H
#define KEFU_STAFF_ROSTER_PARTS_H

#include "record/record.h"

/* INSTANT as people read it, in the document's arena. */
const char *roster_time(const struct recording *recording, int64_t instant);

/* Notes what the document, in force from SINCE, changes beside itself: who stands in for whom from
 * then on, and what was recorded for a later day. AFTER is staff with it. */
void roster_notes(const struct recording *recording, const struct staff *after, int64_t since);

#endif
