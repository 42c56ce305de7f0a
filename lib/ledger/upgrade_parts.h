// SPDX-License-Identifier: MIT
// What the files of an upgrade share. For upgrade*.c alone.
#ifndef KEFU_LEDGER_UPGRADE_PARTS_H
#define KEFU_LEDGER_UPGRADE_PARTS_H

#include "ledger/shipped.h"
#include "ledger/upgrade.h"

#define UPGRADE_CALENDAR "policy/calendar.yaml"

struct upgrading {
	struct book *book;
	const struct upgrade_options *options;
	struct upgrade *out;
	struct shipped shipped;
	struct arena arena;
	struct node *header;
	struct node *planned;       /* map: path → text that is to be written */
	struct node *versions;      /* map: what is up to this kefu → its version */
	struct schema_set *schemas; /* as they will be */
	struct err *err;
};

/* Each works out what becomes of a file and adds to run->planned and to the changes. A conflict is
 * no failure. */

/* A schema or the calendar, whose version is recorded under WHAT. */
bool upgrade_lines(struct upgrading *run, const char *path, const char *what);

/* policy/NAME.yaml; *SHIPPED says whether kefu ships such a pack at all. */
bool upgrade_pack(struct upgrading *run, const char *name, bool *shipped);

/* The file PATH is to have this text. */
void upgrade_plan(struct upgrading *run, const char *path, const char *text, size_t len);

/* A schema_loader: what is planned, else what the ledger has. CONTEXT is a struct upgrading. */
bool upgrade_load(void *context, const char *uri, struct arena *arena, struct node **root,
		  struct err *err);

#endif
