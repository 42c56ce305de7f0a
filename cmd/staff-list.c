// SPDX-License-Identifier: MIT
// staff-list: who works here, as what.
#include <string.h>

#include "cli/desk.h"
#include "cli/filter.h"
#include "data/time.h"
#include "view/staff.h"

static const struct cli_option options[] = {
	{'r', "role", "ROLE", N_("only people who have this role"), false},
	{0, "at", "TIME", N_("as it was at this time, or will be"), false},
	{0},
};

static bool list(struct desk *desk, struct err *err)
{
	const char *then = cli_value(desk->cli, "at"), *role = cli_value(desk->cli, "role");
	int64_t at = desk->book.now;
	if (then && !time_input(&desk->book.zone, desk->book.now, then, &at, err))
		return false;
	if (!filter_role(desk, "role", err))
		return false;
	cli_show(desk->cli, view_staff(&desk->style, at, role));
	return true;
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, BOOK_STAFF | BOOK_PACKS, list, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "staff-list",
		.synopsis = "",
		.summary = N_("list who works here"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
