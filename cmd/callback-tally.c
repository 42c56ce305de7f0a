// SPDX-License-Identifier: MIT
// callback-tally: how many callbacks a period owed and got, rule by rule, and what is to be said of
// it.
#include <inttypes.h>

#include "callback/rates.h"
#include "cli/desk.h"
#include "cli/filter.h"
#include "data/anchor.h"
#include "view/rates.h"

static const struct cli_option options[] = {
	{'P', "period", "PERIOD", N_("2026-11, 2026-Q4, 2026-W47, …; without it, this month"),
	 false},
	{'r', "rule", "RULE", N_("only this rule, or rules of this clause"), false},
	{'e', "exit-code", NULL, N_("exit with 1 when a share was missed"), false},
	{0},
};

static bool any_missed(const struct rates *rates)
{
	for (size_t i = 0; i < rates->count; i++) {
		const struct rate *rate = &rates->items[i];
		if (rate->verdict == RATE_MISSED ||
		    (rate->terms.on_site && rate->on_site_verdict == RATE_MISSED))
			return true;
	}
	return false;
}

/* Shares say nothing of rules that were broken on the way. */
static void say_overridden(struct cli *cli, const struct rates *rates)
{
	int64_t overridden = 0;
	for (size_t i = 0; i < rates->count; i++)
		overridden += rates->items[i].overridden;
	if (overridden)
		cli_say(cli,
			"somebody overrode a rule for this many of these callbacks: %" PRId64
			" (ticket-list --overridden)",
			overridden);
}

static bool count(struct desk *desk, struct err *err)
{
	struct cli *cli = desk->cli;
	struct book *book = &desk->book;
	const char *period = cli_value(cli, "period");
	struct rates rates;
	int64_t first, end;
	period_bounds(&book->zone, book->now, PERIOD_MONTH, &first, &end);
	if (period && !period_read(&book->zone, period, &first, &end, err))
		return false;
	if (!filter_rule(desk, "rule", 1u << KNOWN_CALLBACK, err))
		return false;
	rates_read(book, first, end, cli_value(cli, "rule"), &rates);
	cli_show(cli, view_rates(&desk->style, &rates));
	say_overridden(cli, &rates);
	cli_problems(cli, &rates.gathered.problems);
	if (cli_has(cli, "exit-code") && any_missed(&rates))
		cli_raise(cli, STATUS_NO);
	rates_clear(&rates);
	return true;
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, DESK_READS | BOOK_HINT, count, err);
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
