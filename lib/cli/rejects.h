// SPDX-License-Identifier: MIT
// Rows of an imported file that were not accepted: which file they are written to, and what the
// command says of them.
#ifndef KEFU_CLI_REJECTS_H
#define KEFU_CLI_REJECTS_H

#include <stdbool.h>
#include <stddef.h>

#include "book/book.h"
#include "cli/cli.h"
#include "record/importing.h"

struct rejects {
	struct cli *cli;
	struct buf path; /* empty: none are written */
	size_t count;
};

void rejects_init(struct rejects *rejects, struct cli *cli);
void rejects_clear(struct rejects *rejects);

/* Chooses where they go: to the file that --rejects names, else to the one called like FILE with
 * .rejects.ndjson added. STATUS_USAGE when that file lies in the ledger, or is FILE or MAPPING
 * (which may be NULL), or when FILE is "-" and there is no --rejects. */
bool rejects_choose(struct rejects *rejects, const struct book *book, const char *file,
		    const char *mapping, struct err *err);

/* Writes the COUNT rejected rows. For import_options and answers_options, which call it before
 * anything is recorded; CONTEXT is the struct rejects. Without --rejects a dry run writes nothing;
 * and if no row was rejected, an empty file is written only over a file that exists already,
 * because that would be taken for the rows of this import. */
bool rejects_write(void *context, const char *ndjson, size_t len, size_t count, struct err *err);

/* Prints how many rows were read, recorded and so on; on stderr, which columns were LEFT_OUT (a
 * list of names) and where the rejected rows are. Raises the exit status to 1 when there are any.
 */
void rejects_report(const struct rejects *rejects, const struct importing_result *result,
		    const struct node *left_out);

#endif
