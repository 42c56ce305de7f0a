// SPDX-License-Identifier: MIT
// ticket-due: which deadlines are open, overdue first, and who is to be told of them now.
#include "cli/agenda.h"
#include "cli/desk.h"

static const struct cli_option options[] = {
	{'w', "within", "DURATION", N_("what is overdue or ends within 2d, 8wh, 1w …"), false},
	CLI_AGENDA_OPTIONS,
	{0},
};

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	struct agenda_options wanted = {.deadlines = true};
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY, err))
		return false;
	bool done = cli_agenda_options(cli, &book, &wanted, err);
	if (done)
		cli_agenda_show(cli, &book, &wanted);
	book_close(&book);
	return done;
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
