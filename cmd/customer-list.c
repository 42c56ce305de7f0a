// SPDX-License-Identifier: MIT
// customer-list: who is in the customers' files.
#include "cli/desk.h"
#include "data/time.h"
#include "ticket/customers.h"

static const struct cli_option options[] = {
	{'a', "area", "AREA", N_("a building, or how its units begin"), false},
	{0, "type", "TYPE", N_("only this type"), false},
	{0, "rank", "RANK", N_("only this rank"), false},
	{0, "all", NULL, N_("those too who have gone, or whose file is voided"), false},
	{0},
};

static const struct table_column columns[] = {
	{.name = "unit", .whole = true},
	{.name = "name"},
	{.name = "phone", .whole = true},
	{.name = "type"},
	{.name = "rank"},
	{.name = "birthday", .whole = true},
	{.name = "called", .whole = true},
	{.name = "state"},
};
enum { COLUMNS = sizeof columns / sizeof *columns, FOR_PEOPLE = 7 };

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
	bool people = cli_format(cli) == TABLE_TABLE;
	struct table *table = cli_table(cli, columns, people ? FOR_PEOPLE : COLUMNS);
	struct buf called;
	buf_init(&called);
	customers_read(&book, &filter, &customers);
	for (size_t i = 0; i < customers.count; i++) {
		const struct customer *one = &customers.items[i];
		buf_reset(&called);
		if (one->called && people)
			date_format(zone_day(&book.zone, one->called), &called);
		else if (one->called)
			time_format(&book.zone, one->called, &called);
		const char *cells[COLUMNS] = {one->unit,
					      one->name,
					      one->phone,
					      one->type,
					      one->rank,
					      one->birthday,
					      called.len ? called.data : NULL,
					      one->state};
		table_row(table, cells);
	}
	cli_show(cli, table);
	cli_problems(cli, &customers.problems);
	customers_clear(&customers);
	buf_clear(&called);
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
