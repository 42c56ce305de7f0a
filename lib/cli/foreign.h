// SPDX-License-Identifier: MIT
// Files a command line names that are not the ledger's: read whole, written whole. Follows links,
// as people expect of their own files.
#ifndef KEFU_CLI_FOREIGN_H
#define KEFU_CLI_FOREIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "text/rows.h"

/* Adds all of PATH ("-": stdin) to OUT. More than MAX bytes are STATUS_REFUSED, anything else
 * STATUS_SYSTEM. */
bool foreign_read(const char *path, size_t max, struct buf *out, struct err *err);

/* Reads PATH as above and opens it as ROWS, which the caller clears also after a failure. */
bool foreign_rows(const char *path, size_t max, const struct rows_options *options,
		  struct rows *rows, struct err *err);

/* Writes PATH, in place and without fsync: what must survive a power cut belongs into the ledger.
 */
bool foreign_write(const char *path, const char *bytes, size_t len, struct err *err);

/* Whether PATH, or what would be made there, lies in FOLDER (an absolute path without links),
 * wherever links lead. */
bool foreign_lies_in(const char *path, const char *folder);

/* Whether both are there and are one file. */
bool foreign_same(const char *path, const char *other);

#endif
