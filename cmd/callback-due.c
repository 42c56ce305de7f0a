// SPDX-License-Identifier: MIT
// callback-due: which callbacks are owed, overdue first. Prints nothing when there is nothing to
// do.
#include "cli/agenda.h"
#include "cli/desk.h"

static const struct cli_option options[] = {
	{'w', "within", "DURATION", N_("what is due, or opens, within 2d, 8wh, 1w …"), false},
	{'a', "all", NULL, N_("windows that open later, too"), false},
	CLI_AGENDA_OPTIONS,
	{0},
};

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	struct agenda_options wanted = {0};
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY, err))
		return false;
	bool done = cli_agenda_options(cli, &book, &wanted, err);
	if (cli_has(cli, "all"))
		wanted.within = INT64_MAX;
	if (done)
		cli_agenda_show(cli, &book, &wanted);
	book_close(&book);
	return done;
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
