// SPDX-License-Identifier: MIT
// ticket-repeats: what households asked for again and again, by the policy's rules for repeats.
#include "cli/desk.h"
#include "cli/filter.h"
#include "data/time.h"
#include "ticket/repeats.h"
#include "view/repeats.h"

static const struct cli_option options[] = {
	{0, "month", "YYYY-MM",
	 N_("the month in which the latest ticket was opened; without it, this month"), false},
	{'u', "unit", "UNIT", N_("only matters of this unit"), false},
	CLI_ONCE('m', "month"),
	{0},
};

static bool find_month(struct cli *cli, const struct book *book, int64_t *since, int64_t *until,
		       struct err *err)
{
	const char *month = cli_value(cli, "month");
	int64_t within = book->now;
	struct buf first;
	int day;
	buf_init(&first);
	buf_addf(&first, "%s-01", month ? month : "");
	bool done = !month || date_parse(first.data, &day, err);
	if (done && month)
		within = zone_day_start(&book->zone, day);
	if (done)
		period_bounds(&book->zone, within, PERIOD_MONTH, since, until);
	else
		err_set(err, STATUS_USAGE, "--month: \"%s\" is not a month like 2026-11", month);
	buf_clear(&first);
	return done;
}

static bool list(struct desk *desk, struct err *err)
{
	struct cli *cli = desk->cli;
	const char *unit;
	struct repeats repeats;
	int64_t since, until;
	bool done = find_month(cli, &desk->book, &since, &until, err) &&
		    filter_unit(desk, "unit", &unit, err);
	if (done) {
		repeats_read(&desk->book, unit, since, until, &repeats);
		cli_show(cli, view_repeats(&desk->style, &repeats));
		cli_problems(cli, &repeats.gathered.problems);
		repeats_clear(&repeats);
	}
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, DESK_READS, list, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ticket-repeats",
		.synopsis = "",
		.summary = N_("list what households asked for again and again"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
