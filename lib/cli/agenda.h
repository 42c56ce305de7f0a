// SPDX-License-Identifier: MIT
// What callback-due and ticket-due share: which entries are wanted, and how they are shown.
#ifndef KEFU_CLI_AGENDA_H
#define KEFU_CLI_AGENDA_H

#include <stdbool.h>

#include "callback/agenda.h"
#include "cli/cli.h"

/* The options of both, for their tables. */
#define CLI_AGENDA_OPTIONS \
	{'f', "for", "PERSON", N_("only what is this person's to do"), false}, \
		{'r', "rule", "RULE", N_("only this rule, or this clause"), false}, \
		{'e', "exit-code", NULL, N_("exit 1 when something is overdue"), false}, \
		{0, "format", "table|tsv|csv|json|yaml|ical", N_("how rows are written"), false}, \
	{ \
		0, "no-header", NULL, N_("leave the heading out"), false \
	}

/* --within, --for and --rule; STATUS_USAGE when they make no sense. */
bool cli_agenda_options(struct cli *cli, struct book *book, struct agenda_options *wanted,
			struct err *err);

/* Reads and shows it in the format asked for: nothing at all when there is
 * nothing (but an empty calendar). Names damaged files and sees to --exit-code. */
void cli_agenda_show(struct cli *cli, struct book *book, const struct agenda_options *wanted);

#endif
