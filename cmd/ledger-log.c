// SPDX-License-Identifier: MIT
// ledger-log: records what happened to numbers: lost, found again, given to two documents.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/desk.h"
#include "ledger/losses.h"

static const struct cli_option options[] = {
	{'r', "reason", "TEXT", N_("why; - reads it from stdin"), false},
	{0},
};

static bool record(struct desk *desk, struct err *err)
{
	const char *event = cli_operand(desk->cli, 0), *reason = cli_value(desk->cli, "reason");
	struct node *document = ticket_document(&desk->arena, event);
	size_t count = cli_operands(desk->cli) - 1;
	bool renumbers = event_of(event) == EVENT_RENUMBERED;
	if (!reason && !renumbers)
		return err_set(err, STATUS_USAGE, "say why: --reason TEXT");
	if (renumbers && count > 1)
		return err_set(err, STATUS_USAGE, "renumbered takes one number");
	if (reason && !desk_text(desk, document, "reason", reason, err))
		return false;
	const char **typed = mem_array(count, sizeof *typed);
	for (size_t i = 0; i < count; i++)
		typed[i] = cli_operand(desk->cli, i + 1);
	bool done = renumbers ? losses_renumber(&desk->book, &desk->arena, &desk->request, document,
						typed[0], &desk->recorded, err)
			      : losses_record(&desk->book, &desk->arena, &desk->request, document,
					      typed, count, &desk->recorded, err);
	free(typed);
	desk_report(desk, false);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	static const char *const events[] = {"lost", "found", "renumbered", NULL};
	return cli_one_of(cli_operand(cli, 0), events, err) &&
	       desk_run(cli, DESK_RECORDS, record, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ledger-log",
		.synopsis = "lost|found|renumbered NUMBER...",
		.summary = N_("account for numbers that are lost, found or given twice"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 2,
		.operands_max = -1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
