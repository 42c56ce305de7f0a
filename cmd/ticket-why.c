// SPDX-License-Identifier: MIT
// ticket-why: how each deadline of a ticket came about: rule, clause, start, the count day by day,
// extensions, verdict.
#include "cli/desk.h"
#include "view/ticket.h"

static const struct cli_option options[] = {
	{0, "due", "ID", N_("explain only the deadline or callback with this id"), false},
	CLI_ONCE('d', "due"),
	{0},
};

static bool explain(struct desk *desk, struct err *err)
{
	struct form form;
	struct buf text, page;
	form_init(&form);
	buf_init(&text);
	buf_init(&page);
	bool done = desk_read(desk, cli_operand(desk->cli, 0), &form, &text, err) &&
		    view_ticket_why(&desk->style, &form, cli_value(desk->cli, "due"), &page, err);
	if (done)
		cli_write(desk->cli, page.data, page.len);
	form_clear(&form);
	buf_clear(&text);
	buf_clear(&page);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, DESK_READS | BOOK_HINT, explain, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ticket-why",
		.synopsis = "TICKET",
		.summary = N_("show how a ticket's deadlines came about"),
		.options = options,
		.manners = CLI_LEDGER,
		.operands_min = 1,
		.operands_max = 1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
