// SPDX-License-Identifier: MIT
// What bringing packs together and bringing a list of entries together share. For pack_merge.c and
// pack_entries.c alone.
#ifndef KEFU_LEDGER_PACK_MERGE_PARTS_H
#define KEFU_LEDGER_PACK_MERGE_PARTS_H

#include "ledger/pack_merge.h"

#define MERGING_NONE ((size_t)-1) /* no entry */

/* A list of the pack in its three versions. Entries are compared without their dates, which a pack
 * as shipped may lack where an upgraded ledger has them. */
struct merging {
	const struct pack_merge *merge;
	const char *key, *name; /* of the list; the key that names an entry, NULL: none does */
	bool dated;             /* entries may have from and before */
	bool once;              /* a name stands only once; those of steps may repeat */
	int day;
	const struct node *base, *ours, *theirs;             /* lists */
	struct node *plain_base, *plain_ours, *plain_theirs; /* without dates */
	bool *used; /* by index of ours: an entry of theirs was found to be it */
};

struct steps {
	struct pack_step *items;
	size_t count;
};

/* Adds a step; OURS and THEIRS are MERGING_NONE where it is about none. */
void merging_step(struct steps *steps, enum pack_action action, const struct merging *merging,
		  size_t ours, size_t theirs, const char *date);

/* Adds what is to be done with the entries of a list, and tells it. */
void merging_list(struct merging *merging, struct steps *steps);

#endif
