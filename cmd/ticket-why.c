// SPDX-License-Identifier: MIT
// ticket-why: how each deadline of a ticket came about: rule, clause, start, the count day by day,
// extensions, verdict.
#include "cli/desk.h"
#include "view/ticket.h"

static const struct cli_option options[] = {
	{'d', "due", "ID", N_("only this deadline or callback"), false},
	{0},
};

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	struct form form;
	struct buf text, id, out;
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY | BOOK_HINT, err))
		return false;
	struct view_style style = cli_style(cli, &book);
	form_init(&form);
	buf_init(&text);
	buf_init(&id);
	buf_init(&out);
	bool done = book_resolve_id(&book, cli_operand(cli, 0), &id, err) &&
		    ticket_read(&book, id.data, &form, &text, err) &&
		    view_ticket_why(&style, &form, cli_value(cli, "due"), &out, err);
	if (done)
		cli_write(cli, out.data, out.len);
	form_clear(&form);
	buf_clear(&text);
	buf_clear(&id);
	buf_clear(&out);
	book_close(&book);
	return done;
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
