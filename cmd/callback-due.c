// SPDX-License-Identifier: MIT
// callback-due: which callbacks are owed, overdue first. Prints nothing when there is nothing to
// do.
#include "cli/agenda.h"

static const struct cli_option options[] = {
	{'w', "within", "DURATION",
	 N_("only what is overdue, or closes or opens within 2d, 8wh, 1w, …"), false},
	{0, "all", NULL, N_("also callbacks whose window opens later"), false},
	CLI_AGENDA_OPTIONS('r'),
	CLI_ONCE('a', "all"),
	{0},
};

static bool list(struct desk *desk, struct err *err)
{
	struct agenda_options wanted = {.within = cli_has(desk->cli, "all") ? INT64_MAX : 0};
	return cli_agenda(desk, &wanted, err);
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, DESK_READS, list, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "callback-due",
		.synopsis = "",
		.summary = N_("list the callbacks that are owed"),
		.options = options,
		.manners = CLI_LEDGER,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
