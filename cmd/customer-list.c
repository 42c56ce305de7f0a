// SPDX-License-Identifier: MIT
// customer-list: who is in the customers' files.
#include "cli/desk.h"
#include "ticket/customers.h"
#include "view/customers.h"

static const struct cli_option options[] = {
	{'a', "area", "AREA", N_("a building, or how its units begin"), false},
	{0, "type", "TYPE", N_("only this type"), false},
	{0, "rank", "RANK", N_("only this rank"), false},
	{0, "all", NULL, N_("those too who have gone, or whose file is voided"), false},
	{0},
};

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	struct customers customers;
	struct customer_filter filter = {.area = cli_value(cli, "area"),
					 .type = cli_value(cli, "type"),
					 .rank = cli_value(cli, "rank"),
					 .all = cli_has(cli, "all")};
	if (!cli_book(cli, &book, BOOK_HINT, err))
		return false;
	struct view_style style = cli_style(cli, &book);
	customers_read(&book, &filter, &customers);
	cli_show(cli, view_customers(&style, &customers));
	cli_problems(cli, &customers.problems);
	customers_clear(&customers);
	book_close(&book);
	return true;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "customer-list",
		.synopsis = "",
		.summary = N_("list who is in the customers' files"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
