// SPDX-License-Identifier: MIT
// callback-plan: records what the calendar brings about until today, and draws the lots. For cron,
// once a day.
#include "callback/plan.h"
#include "cli/desk.h"

static void say_planned(struct desk *desk, const struct planned *planned)
{
	const char *note;
	for (size_t i = 0; (note = node_each_text(planned->notes, &i));)
		cli_say(desk->cli, "%s", note);
	cli_say(desk->cli, "%s: %zu scheduled, %zu opened, %zu drawn%s", desk->recorded.id,
		planned->scheduled, planned->opened, planned->drawn,
		desk->request.dry_run ? "; lots are drawn only when it is recorded" : "");
	if (planned->provisional)
		cli_say(desk->cli,
			"%s: deadlines and callbacks that are provisional: %zu; days off are not "
			"published so far ahead, so only weekends count as off",
			desk->recorded.id, planned->provisional);
}

static bool plan(struct desk *desk, struct err *err)
{
	struct planned planned;
	bool done =
		plan_run(&desk->book, &desk->arena, &desk->request, &desk->recorded, &planned, err);
	cli_problems(desk->cli, &planned.problems);
	if (done)
		say_planned(desk, &planned);
	if (done && planned.problems.count)
		cli_say(desk->cli,
			"%s: today is not planned until this is mended and callback-plan runs "
			"again",
			desk->recorded.id);
	desk_report(desk, false);
	planned_clear(&planned);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	if (cli_has(cli, "at"))
		return err_set(err, STATUS_USAGE, "--at: the plan is made for today only");
	return desk_run(cli, DESK_RECORDS, plan, err);
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
