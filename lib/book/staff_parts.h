// SPDX-License-Identifier: MIT
// What reading staff.yaml does in two parts: who works here, and who is absent. For staff*.c alone.
#ifndef KEFU_BOOK_STAFF_PARTS_H
#define KEFU_BOOK_STAFF_PARTS_H

#include "book/document.h"
#include "book/staff.h"

/* Whether DOCUMENT is about an absence: absent, or back. */
bool staff_is_absence(const struct document *document);

/* Gives everybody in STAFF the absences that DOCUMENTS have of them. Fails with STATUS_DAMAGED and
 * a place. */
bool staff_read_absences(struct staff *staff, const char *file, const struct documents *documents,
			 struct err *err);

#endif
