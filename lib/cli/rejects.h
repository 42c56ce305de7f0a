// SPDX-License-Identifier: MIT
// Where the rows of a foreign file go that could not be taken: --rejects, or a file beside it.
#ifndef KEFU_CLI_REJECTS_H
#define KEFU_CLI_REJECTS_H

#include <stdbool.h>
#include <stddef.h>

#include "book/book.h"
#include "cli/cli.h"

struct rejects {
	struct cli *cli;
	struct buf path; /* empty: none are written */
	size_t count;
};

void rejects_init(struct rejects *rejects, struct cli *cli);
void rejects_clear(struct rejects *rejects);

/* --rejects, or the name of FILE (a dash: stdin) with .rejects.ndjson behind
 * it. STATUS_USAGE when that lies in the ledger, or is FILE or MAPPING (may be NULL). */
bool rejects_choose(struct rejects *rejects, const struct book *book, const char *file,
		    const char *mapping, struct err *err);

/* For import_options and answers_options; CONTEXT is the struct rejects. Called
 * before anything is recorded. Without --rejects a file is written only when
 * there is something to say, or when one of an earlier import is there and
 * would be taken for this one's. */
bool rejects_write(void *context, const char *ndjson, size_t len, size_t count, struct err *err);

/* The four lines of an import on stdout, what was left out (a list of columns)
 * and where rejected rows are on stderr, and status 1 when there are any. */
void rejects_report(const struct rejects *rejects, size_t read, size_t recorded, size_t already,
		    const struct node *left_out);

#endif
