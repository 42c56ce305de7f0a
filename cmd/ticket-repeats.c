// SPDX-License-Identifier: MIT
// ticket-repeats: what households asked for again and again, by the policy's rules for repeats.
#include "cli/desk.h"
#include "data/time.h"
#include "record/value.h"
#include "ticket/repeats.h"

static const struct cli_option options[] = {
	{'m', "month", "YYYY-MM",
	 N_("whose latest ticket was opened in that month; without it, this month"), false},
	{'u', "unit", "UNIT", N_("of this unit only"), false},
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
		err_set(err, STATUS_USAGE, "--month: \"%s\" is no month like 2026-11", month);
	buf_clear(&first);
	return done;
}

static void show(struct cli *cli, const struct book *book, const struct repeats *repeats)
{
	static const struct table_column columns[] = {
		{.name = "times", .number = true, .right = true},
		{.name = "unit", .whole = true},
		{.name = "category"},
		{.name = "rule"},
		{.name = "since", .whole = true},
		{.name = "latest", .whole = true},
		{.name = "clause"},
		{.name = "tickets", .whole = true},
		{.name = "kind"},
	};
	enum { COLUMNS = sizeof columns / sizeof *columns };
	bool people = cli_format(cli) == TABLE_TABLE;
	struct table *table = cli_table(cli, columns, people ? COLUMNS - 1 : COLUMNS);
	table_no_bare_header(table);
	struct buf times, since, latest;
	buf_init(&times);
	buf_init(&since);
	buf_init(&latest);
	for (size_t i = 0; i < repeats->count; i++) {
		const struct repeat *repeat = &repeats->items[i];
		buf_reset(&times);
		buf_reset(&since);
		buf_reset(&latest);
		buf_addf(&times, "%zu", repeat->times);
		date_format(zone_day(&book->zone, repeat->first), &since);
		date_format(zone_day(&book->zone, repeat->latest), &latest);
		const char *cells[COLUMNS] = {times.data,     repeat->unit,    repeat->category,
					      repeat->rule,   since.data,      latest.data,
					      repeat->clause, repeat->tickets, repeat->kind};
		table_row(table, cells);
	}
	cli_show(cli, table);
	buf_clear(&times);
	buf_clear(&since);
	buf_clear(&latest);
}

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	struct repeats repeats;
	struct buf unit;
	int64_t since, until;
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY, err))
		return false;
	buf_init(&unit);
	bool done = find_month(cli, &book, &since, &until, err) &&
		    (!cli_has(cli, "unit") ||
		     value_normal(&book, "unit", cli_value(cli, "unit"), &unit, err));
	if (done) {
		repeats_read(&book, cli_has(cli, "unit") ? unit.data : NULL, since, until,
			     &repeats);
		show(cli, &book, &repeats);
		cli_problems(cli, &repeats.problems);
		repeats_clear(&repeats);
	}
	buf_clear(&unit);
	book_close(&book);
	return done;
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
