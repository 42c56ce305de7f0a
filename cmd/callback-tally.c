// SPDX-License-Identifier: MIT
// callback-tally: how many callbacks a period owed and got, rule by rule, and what is to be said of
// it.
#include <inttypes.h>

#include "callback/rates.h"
#include "cli/desk.h"
#include "data/anchor.h"

static const struct cli_option options[] = {
	{'P', "period", "PERIOD", N_("2026-11, 2026-Q4, 2026-W47, …; else this month"), false},
	{'r', "rule", "RULE", N_("only this rule, or this clause"), false},
	{'e', "exit-code", NULL, N_("exit 1 when a share was missed"), false},
	{0},
};

static const struct table_column columns[] = {
	{.name = "rule", .whole = true},
	{.name = "finished", .number = true, .right = true},
	{.name = "owed", .number = true, .right = true},
	{.name = "drawn", .number = true, .right = true},
	{.name = "called", .number = true, .right = true},
	{.name = "ended", .number = true, .right = true},
	{.name = "made", .number = true, .right = true},
	{.name = "late", .number = true, .right = true},
	{.name = "needed", .number = true, .right = true},
	{.name = "verdict", .whole = true},
	{.name = "on-site"},
	{.name = "clause"},
	{.name = "rate"},
	{.name = "minimum"},
	{.name = "on-site-verdict"},
};
enum { COLUMNS = sizeof columns / sizeof *columns, FOR_PEOPLE = 12 };

static const char *number(struct arena *arena, int64_t value)
{
	return arena_printf(arena, "%" PRId64, value);
}

static void add_row(struct table *table, const struct rate *rate)
{
	struct arena arena = ARENA_INIT;
	const char *on_site = rate->on_site_share && rate->made
				      ? arena_printf(&arena, "%" PRId64 " of %" PRId64,
						     rate->on_site, rate->on_site_needed)
				      : NULL;
	const char *cells[COLUMNS] = {
		rate->rule,
		number(&arena, rate->finished),
		number(&arena, rate->owed),
		number(&arena, rate->drawn),
		number(&arena, rate->called),
		number(&arena, rate->ended),
		number(&arena, rate->made),
		number(&arena, rate->late),
		number(&arena, rate->needed),
		rate->ended ? rate_verdict_name(rate->verdict) : NULL,
		on_site,
		rate->clause,
		rate->share,
		rate->minimum,
		on_site ? rate_verdict_name(rate->on_site_verdict) : NULL,
	};
	table_row(table, cells);
	arena_clear(&arena);
}

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	struct rates rates;
	int64_t first, end;
	const char *period = cli_value(cli, "period");
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY | BOOK_HINT, err))
		return false;
	period_bounds(&book.zone, book.now, PERIOD_MONTH, &first, &end);
	bool done = !period || period_read(&book.zone, period, &first, &end, err);
	if (done) {
		bool people = cli_format(cli) == TABLE_TABLE;
		struct table *table = cli_table(cli, columns, people ? FOR_PEOPLE : COLUMNS);
		rates_read(&book, first, end, cli_value(cli, "rule"), &rates);
		for (size_t i = 0; i < rates.count; i++) {
			const struct rate *rate = &rates.items[i];
			bool missed = rate->verdict == RATE_MISSED ||
				      (rate->on_site_share && rate->on_site_verdict == RATE_MISSED);
			add_row(table, rate);
			if (missed && cli_has(cli, "exit-code"))
				cli_raise(cli, STATUS_NO);
		}
		cli_show(cli, table);
		cli_problems(cli, &rates.problems);
		rates_clear(&rates);
	}
	book_close(&book);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "callback-tally",
		.synopsis = "",
		.summary = N_("count the callbacks a period owed and got"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
