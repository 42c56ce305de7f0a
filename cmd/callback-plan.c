// SPDX-License-Identifier: MIT
// callback-plan: records what the calendar brings about until today, and draws the lots. For cron,
// once a day.
#include <inttypes.h>

#include "callback/plan.h"
#include "cli/desk.h"

static void report(struct cli *cli, const struct recorded *recorded, const struct planned *planned)
{
	for (size_t i = 0; i < node_count(planned->notes); i++)
		cli_say(cli, "%s", planned->notes->list.items[i]->text);
	cli_say(cli, "%s: %zu scheduled, %zu opened, %zu drawn%s", recorded->id, planned->scheduled,
		planned->opened, planned->drawn,
		cli_has(cli, "dry-run") ? "; lots are drawn only when it is recorded" : "");
}

static bool run(struct cli *cli, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct book book;
	struct recorded recorded = {0};
	struct planned planned;
	if (cli_has(cli, "at"))
		return err_set(err, STATUS_USAGE, "--at: a plan is made today, or not");
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY | BOOK_SITE, err))
		return false;
	struct request request = cli_request(cli, false);
	bool done = plan_run(&book, &arena, &request, &recorded, &planned, err);
	cli_problems(cli, &planned.problems);
	if (done)
		report(cli, &recorded, &planned);
	if (done && planned.problems.count)
		cli_say(cli, "%s: today stays unplanned until this is mended and it runs again",
			recorded.id);
	cli_report(cli, &recorded, false);
	planned_clear(&planned);
	book_close(&book);
	arena_clear(&arena);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "callback-plan",
		.synopsis = "",
		.summary =
			N_("record what the calendar brings about, and draw the lots; run it every "
			   "day"),
		.manners = CLI_LEDGER | CLI_WRITES,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
