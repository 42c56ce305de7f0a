// SPDX-License-Identifier: MIT
// survey-tally: what a survey came to: valid or not, rates with how far chance may be at work, what
// is to be improved.
#include <string.h>

#include "cli/desk.h"
#include "view/tally.h"

static const struct cli_option options[] = {
	{'s', "show", "summary|services|grades|types|areas|texts|improve",
	 N_("show only this part"), false},
	{0, "against", "SURVEY", N_("compare with this survey instead of the last valid one"),
	 false},
	{'e', "exit-code", NULL, N_("exit with 1 when the survey is not valid"), false},
	CLI_ONCE('a', "against"),
	{0},
};

/* Without anything to compare with the survey is shown all the same. */
static bool find_before(struct desk *desk, const struct tally *now, struct tally *before)
{
	const char *against = cli_value(desk->cli, "against");
	struct err err = ERR_INIT;
	bool found = false;
	*before = (struct tally){0};
	if (now->verdict != TALLY_VALID && !against)
		return false;
	if (!tally_before(before, &desk->book, now->survey, against, &found, &err)) {
		cli_problem(desk->cli, &err);
		err_clear(&err);
		return false;
	}
	if (found && before->verdict != TALLY_VALID) {
		cli_say(desk->cli, _("%s is not valid: nothing is compared with it"),
			before->survey->id);
		return false;
	}
	return found;
}

/* PART; without it all for people, the services for a program. */
static void show(struct desk *desk, const struct tally *now, const struct tally *before,
		 const char *part)
{
	struct tally_view view;
	tally_view_init(&view, &desk->style, now, before);
	if (part || !view_for_people(&desk->style)) {
		cli_show(desk->cli, tally_view_table(&view, part ? part : "services"));
	} else {
		struct buf page;
		buf_init(&page);
		tally_view_page(&view, &page);
		cli_write(desk->cli, page.data, page.len);
		buf_clear(&page);
	}
	tally_view_clear(&view);
}

static void report(struct desk *desk, const struct tally *now, const char *part)
{
	struct tally before;
	bool found = find_before(desk, now, &before);
	show(desk, now, found ? &before : NULL, part);
	cli_problems(desk->cli, &now->gathered.problems);
	cli_problems(desk->cli, &before.gathered.problems);
	tally_clear(&before);
	if (now->verdict == TALLY_VALID)
		return;
	cli_say(desk->cli,
		now->verdict == TALLY_INVALID ? _("%s is INVALID: no rates are shown")
					      : _("%s is not valid yet: no rates are shown"),
		now->survey->id);
	if (cli_has(desk->cli, "exit-code"))
		cli_raise(desk->cli, STATUS_NO);
}

/* Open answers are kept only where they are shown: they are what memory grows with. */
static enum tally_depth depth(const struct desk *desk, const char *part)
{
	bool texts = part ? strcmp(part, "texts") == 0 || strcmp(part, "improve") == 0
			  : view_for_people(&desk->style);
	return texts ? TALLY_TEXTS : TALLY_GRADES;
}

static bool count(struct desk *desk, struct err *err)
{
	const char *part = cli_value(desk->cli, "show");
	struct survey survey;
	struct tally tally = {0};
	bool done = survey_read(&desk->book, cli_operand(desk->cli, 0), &survey, err) &&
		    survey_judge_state(&survey, err) &&
		    tally_read(&tally, &desk->book, &survey, depth(desk, part), err);
	if (done)
		report(desk, &tally, part);
	tally_clear(&tally);
	survey_clear(&survey);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, DESK_READS, count, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "survey-tally",
		.synopsis = "SURVEY",
		.summary = N_("count what a survey came to"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.operands_min = 1,
		.operands_max = 1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
