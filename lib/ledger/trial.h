// SPDX-License-Identifier: MIT
// Tries schemas, the calendar and packs out together, before they are written.
#ifndef KEFU_LEDGER_TRIAL_H
#define KEFU_LEDGER_TRIAL_H

#include "data/schema.h"

/* Reads the calendar and PACKS, a list of names, as every command will: by LOAD, which gets CONTEXT
 * and a path in the ledger, and by SCHEMAS. False with the first thing that does not fit; of a pack
 * whose file ORIGINS (or NULL) maps to where it came from, with that as its place. */
bool trial_passes(struct schema_set *schemas, schema_loader load, void *context,
		  const struct node *packs, const struct node *origins, struct arena *arena,
		  struct err *err);

#endif
