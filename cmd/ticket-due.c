// SPDX-License-Identifier: MIT
// ticket-due: which deadlines are open, overdue first, and who is to be told of them now.
#include "cli/agenda.h"

static const struct cli_option options[] = {
	{0, "within", "DURATION",
	 N_("only what is overdue, is to be told, or ends within 2d, 8wh, 1w, …"), false},
	CLI_AGENDA_OPTIONS(0),
	{0, "asked-again", NULL, N_("only of tickets about which the household has asked again"),
	 false},
	CLI_ONCE('w', "within"),
	CLI_ONCE('r', "rule"),
	{0},
};

static bool list(struct desk *desk, struct err *err)
{
	struct agenda_options wanted = {.deadlines = true,
					.asked = cli_has(desk->cli, "asked-again")};
	return cli_agenda(desk, &wanted, err);
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, DESK_READS, list, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ticket-due",
		.synopsis = "",
		.summary = N_("list open deadlines and who is to be told"),
		.options = options,
		.manners = CLI_LEDGER,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
