// SPDX-License-Identifier: MIT
// The marks that git leaves in a file where it could not merge: found, explained, and taken apart
// into the two sides. Knows nothing of what the file holds.
#ifndef KEFU_TEXT_CONFLICT_H
#define KEFU_TEXT_CONFLICT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* What an error about them begins with. */
#define CONFLICT_MARKERS "conflict markers"

/* The line of TEXT, from 1, that begins a conflict ("<<<<<<< ours"), or that somebody who took
 * other marks out has left of one ("======="); 0 when there is none. Nothing that kefu writes has
 * such a line. */
unsigned conflict_line(const char *text, size_t len);

/* Replaces ERR, by which TEXT could not be read, with what is behind it and what to do, where TEXT
 * has conflict markers. DOCUMENTS: it is a file of documents, which ledger-merge unites. Returns
 * false. */
bool conflict_explain(const char *file, const char *text, size_t len, bool documents,
		      struct err *err);

/* Takes TEXT apart: OURS and THEIRS, emptied first, get what stands outside of conflicts and their
 * own side of each. False when there is no conflict (STATUS_USAGE), or its marks are not whole or
 * lie within each other (STATUS_REFUSED). */
bool conflict_sides(const char *file, const char *text, size_t len, struct buf *ours,
		    struct buf *theirs, struct err *err);

#endif
