// SPDX-License-Identifier: MIT
// ticket-log: records steps of a ticket: any that the policy names, and the core events.
#include "cli/steps.h"

static const struct cli_option options[] = {
	STEPS_OPTIONS,
	DESK_STEP_OPTIONS,
	CLI_ONCE('m', "material"),
	{0},
};

static bool record(struct desk *desk, struct err *err)
{
	const char *id, *kind;
	if (!desk_ticket(desk, &id, &kind, err))
		return false;
	struct node *document = steps_document(desk, cli_operand(desk->cli, 1), kind, err);
	return document && steps_record(desk, id, kind, &document, 1, err);
}

static bool run(struct cli *cli, struct err *err)
{
	return steps_allow(cli_operand(cli, 1), err) && desk_run(cli, DESK_RECORDS, record, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ticket-log",
		.synopsis = "TICKET STEP",
		.summary = N_("record a step of a ticket"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 2,
		.operands_max = 2,
		.steps = steps_options,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
