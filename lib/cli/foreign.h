// SPDX-License-Identifier: MIT
// Files that a command line names and that are no part of the ledger: read whole, written whole.
// Follows links, as people expect of their own files.
#ifndef KEFU_CLI_FOREIGN_H
#define KEFU_CLI_FOREIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "text/rows.h"

/* Adds all of PATH ("-": stdin) to OUT. STATUS_REFUSED when it has more than MAX bytes,
 * STATUS_SYSTEM when it cannot be read. */
bool foreign_read(const char *path, size_t max, struct buf *out, struct err *err);

/* Reads PATH as above and opens it as ROWS, which the caller clears also after a failure. */
bool foreign_rows(const char *path, size_t max, const struct rows_options *options,
		  struct rows *rows, struct err *err);

/* Writes PATH, in place and without fsync: what must survive a power cut belongs into the ledger.
 */
bool foreign_write(const char *path, const char *bytes, size_t len, struct err *err);
/* For a dry run: whether foreign_write could write there; ERR as it would set it. */
bool foreign_may_write(const char *path, struct err *err);

/* Whether PATH, which need not exist yet, lies in FOLDER (an absolute path without links) once all
 * links are followed. */
bool foreign_lies_in(const char *path, const char *folder);

/* Whether both exist and are the same file. */
bool foreign_same(const char *path, const char *other);

#endif
