// SPDX-License-Identifier: MIT
// What commands say of duties that nobody can fulfil: one line, with the command that lists them.
#ifndef KEFU_CLI_UNFILLED_H
#define KEFU_CLI_UNFILLED_H

#include "cli/cli.h"
#include "ticket/unfilled.h"

/* Says how many there are; nothing of none. */
void cli_unfilled(struct cli *cli, size_t count);

/* The same of NOW, where the people of AT make it another set than BEFORE; also when it becomes
 * empty. */
void cli_unfilled_changed(struct cli *cli, const struct book *book,
			  const struct unfilled_set *before, const struct unfilled_set *now,
			  int64_t at);

#endif
