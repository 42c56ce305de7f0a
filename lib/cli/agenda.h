// SPDX-License-Identifier: MIT
// The work that callback-due and ticket-due share; each only chooses which entries it is about.
#ifndef KEFU_CLI_AGENDA_H
#define KEFU_CLI_AGENDA_H

#include <stdbool.h>

#include "callback/agenda.h"
#include "cli/desk.h"

/* The options that both have, for their tables; RULE is the letter of --rule. */
#define CLI_AGENDA_OPTIONS(rule) \
	{'f', "for", "PERSON", N_("only what this person has to do, or may do"), false}, \
		{rule, "rule", "RULE", N_("only by this rule, or of this clause"), false}, \
		{'e', "exit-code", NULL, N_("exit with 1 when something is overdue"), false}, \
		{0, "format", "table|tsv|csv|json|yaml|ical", N_("the format of the output"), \
		 false}, \
	{ \
		0, "no-header", NULL, N_("leave out the heading"), false \
	}

/* All that both do: adds to WANTED what --for, --rule and (unless WANTED->within is set) --within
 * say, reads what is owed, shows it in the --format asked for, names what could not be read, and
 * raises the exit status for --exit-code. STATUS_USAGE when the options make no sense. */
bool cli_agenda(struct desk *desk, struct agenda_options *wanted, struct err *err);

#endif
