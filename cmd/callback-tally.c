// SPDX-License-Identifier: MIT
// callback-tally: how many callbacks a period owed and got, rule by rule, and what is to be said of
// it.
#include "callback/rates.h"
#include "cli/desk.h"
#include "data/anchor.h"
#include "view/rates.h"

static const struct cli_option options[] = {
	{'P', "period", "PERIOD", N_("2026-11, 2026-Q4, 2026-W47, …; else this month"), false},
	{'r', "rule", "RULE", N_("only this rule, or this clause"), false},
	{'e', "exit-code", NULL, N_("exit 1 when a share was missed"), false},
	{0},
};

static bool any_missed(const struct rates *rates)
{
	for (size_t i = 0; i < rates->count; i++) {
		const struct rate *rate = &rates->items[i];
		if (rate->verdict == RATE_MISSED ||
		    (rate->on_site_share && rate->on_site_verdict == RATE_MISSED))
			return true;
	}
	return false;
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
		struct view_style style = cli_style(cli, &book);
		rates_read(&book, first, end, cli_value(cli, "rule"), &rates);
		cli_show(cli, view_rates(&style, &rates));
		cli_problems(cli, &rates.problems);
		if (cli_has(cli, "exit-code") && any_missed(&rates))
			cli_raise(cli, STATUS_NO);
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
