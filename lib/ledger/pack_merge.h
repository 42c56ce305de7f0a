// SPDX-License-Identifier: MIT
// Brings what kefu has changed in a pack into a ledger's copy of it, entry by entry: dated, so that
// what was recorded keeps its rules, and never over what the organisation has changed itself.
#ifndef KEFU_LEDGER_PACK_MERGE_H
#define KEFU_LEDGER_PACK_MERGE_H

#include <stdbool.h>

#include "base/arena.h"
#include "book/policy.h"
#include "data/schema.h"
#include "ledger/changes.h"
#include "ledger/pack_text.h"
#include "ledger/three_way.h"

struct pack_merge {
	const char *file;              /* policy/NAME.yaml */
	struct pack_text base;         /* what a released version shipped */
	struct pack_text ours, theirs; /* the ledger's, and what this kefu ships */
	const struct policy *policy;   /* which lists there are; holds theirs */
	const struct schema *schema;   /* of packs */
	int day;                       /* the first on which what is changed is in force */
	enum three_way_side stands;    /* where both have changed the same */
	struct arena *arena;
	struct changes *changes; /* what is done, kept and in conflict */
};

/* OUT gets the text of ours with every change of theirs that can be taken in. False where the file
 * stays as it is: nothing is new, or its layout does not let it be changed, which is then among the
 * changes as a conflict. */
bool pack_merge(const struct pack_merge *merge, struct buf *out);

/* Whether ours has an entry of base: else it is no edited copy of it. */
bool pack_has_entry_of(const struct node *ours, const struct node *base);

#endif
