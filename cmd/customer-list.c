// SPDX-License-Identifier: MIT
// customer-list: who is in the customers' files.
#include "cli/desk.h"
#include "cli/filter.h"
#include "ticket/customers.h"
#include "view/customers.h"

static const struct cli_option options[] = {
	{'a', "area", "AREA", N_("only customers of a building, or whose unit begins so: 3, 3-12"),
	 false},
	{0, "type", "TYPE", N_("only customers of this type"), false},
	{0, "rank", "RANK", N_("only customers of this rank"), false},
	{0, "all", NULL, N_("also customers who have gone or whose file is voided"), false},
	{0},
};

static bool list(struct desk *desk, struct err *err)
{
	struct cli *cli = desk->cli;
	struct customers customers;
	struct customer_filter filter = {.type = cli_value(cli, "type"),
					 .rank = cli_value(cli, "rank"),
					 .all = cli_has(cli, "all")};
	if (!filter_recorded(desk, "type", KNOWN_TYPE, err) ||
	    !filter_recorded(desk, "rank", KNOWN_RANK, err) ||
	    !filter_unit(desk, "area", &filter.area, err))
		return false;
	customers_read(&desk->book, &filter, &customers);
	cli_show(cli, view_customers(&desk->style, &customers));
	cli_problems(cli, &customers.gathered.problems);
	customers_clear(&customers);
	return true;
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, BOOK_HINT, list, err);
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
