// SPDX-License-Identifier: MIT
// What an upgrade changes in a ledger, entry by entry, in words for whoever decides on it.
#ifndef KEFU_LEDGER_CHANGES_H
#define KEFU_LEDGER_CHANGES_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/node.h"

enum change_kind {
	CHANGE_ADDED,
	CHANGE_CHANGED,
	CHANGE_ENDED,    /* a rule that kefu does not ship any more */
	CHANGE_KEPT,     /* the organisation's own, which kefu has not changed */
	CHANGE_CONFLICT, /* both have changed it */
	CHANGE_KINDS,
};

struct change {
	enum change_kind kind;
	const char *file; /* beneath the ledger */
	const char *list; /* the list or part of the file; NULL: the whole file */
	const char *name; /* of the entry in it; or NULL */
	const char *text; /* what becomes of it */
};

/* Texts live in the arena. All zero is an empty list. */
struct changes {
	struct arena arena;
	struct change *items;
	size_t count;
};

/* FILE, LIST, NAME and TEXT are copied; LIST and NAME may be NULL. */
void changes_add(struct changes *changes, enum change_kind kind, const char *file, const char *list,
		 const char *name, const char *text);
size_t changes_count(const struct changes *changes, enum change_kind kind);
void changes_clear(struct changes *changes);

/* Adds VALUE in one line, as in a pack: "[desk, officer]". */
void changes_value(const struct node *value, struct buf *out);

/* Adds how the map NEWER differs from OLDER: "within: 3 d → 2 d; minimum: new, 0.30"; where OLDER
 * is NULL, what NEWER says: "within: 2 d; minimum: 0.30". */
void changes_between(const struct node *older, const struct node *newer, struct buf *out);

#endif
