// SPDX-License-Identifier: MIT
// What kefu ships for ledgers to copy: schemas, the calendar and packs, those of this version and
// of every version released before. Reads only.
#ifndef KEFU_LEDGER_SHIPPED_H
#define KEFU_LEDGER_SHIPPED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"
#include "store/file.h"

/* What has a version in kefu.yaml besides the packs. */
#define VERSION_SCHEMAS "schemas"
#define VERSION_CALENDAR "calendar"

/* The schemas and packs a released version shipped: released/VERSION.sha256 has a line
 * "DIGEST  PATH" for each, with PATH as it is in a ledger; released/text/DIGEST.yaml is its text.
 */
struct shipped_release {
	const char *version;
	struct node *digests; /* map: path in a ledger → SHA-256 of its text */
};

struct shipped {
	struct arena arena;
	struct root root, past; /* of what is shipped now, and of the releases */
	char *folder;
	struct shipped_release *releases; /* oldest first */
	size_t release_count;
};

/* Opens the folder that $KEFU_DATA names, else the tree the program was built in, else where kefu
 * is installed. STATUS_SYSTEM when kefu is not wholly installed. */
bool shipped_open(struct shipped *shipped, struct err *err);
/* Reads what the releases shipped; without it there are none. */
bool shipped_open_releases(struct shipped *shipped, struct err *err);
void shipped_close(struct shipped *shipped); /* also after a failed shipped_open */

/* The text of what a new ledger has at PATH: "schemas/header.yaml", "policy/calendar.yaml",
 * "policy/garden.yaml". FILE_ABSENT when kefu ships nothing for it. */
enum file_result shipped_read(struct shipped *shipped, const char *path, struct buf *out,
			      struct err *err);

/* Adds the path of every schema to LIST, by its letters. */
bool shipped_schemas(struct shipped *shipped, struct node *list, struct err *err);

/* Adds the names of the packs to LIST. */
void shipped_pack_names(struct shipped *shipped, struct node *list);

/* Adds "garden, mall": the names of the packs. */
void shipped_packs(struct shipped *shipped, struct buf *out);

/* The text that RELEASE shipped for PATH; FILE_ABSENT when it had none. STATUS_SYSTEM when the text
 * is missing or not what its digest says. */
enum file_result shipped_read_release(struct shipped *shipped,
				      const struct shipped_release *release, const char *path,
				      struct buf *out, struct err *err);

/* The release whose text for PATH has these bytes; NULL when there is none. */
const struct shipped_release *shipped_release_of(const struct shipped *shipped, const char *path,
						 const char *text, size_t len);

/* NULL when VERSION is none of the releases. */
const struct shipped_release *shipped_release(const struct shipped *shipped, const char *version);

#endif
