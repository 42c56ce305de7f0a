// SPDX-License-Identifier: MIT
// survey-tally: what a survey came to: valid or not, rates with how far chance may be at work, what
// is to be improved.
#include <string.h>

#include "cli/desk.h"
#include "view/tally.h"

static const struct cli_option options[] = {
	{'s', "show", "summary|services|grades|types|areas|texts|improve",
	 N_("show only this part"), false},
	{'a', "against", "SURVEY", N_("compare with this survey instead of the last valid one"),
	 false},
	{'e', "exit-code", NULL, N_("exit with 1 when the survey is not valid"), false},
	{0},
};

/* Without anything to compare with the survey is shown all the same. */
static bool find_before(struct cli *cli, struct book *book, const struct tally *now,
			struct tally *before, struct err *err)
{
	const char *against = cli_value(cli, "against");
	bool found = false;
	*before = (struct tally){0};
	if (now->verdict != TALLY_VALID && !against)
		return false;
	if (!tally_before(before, book, now->survey, against, &found, err)) {
		cli_problem(cli, err);
		err_clear(err);
		return false;
	}
	if (found && before->verdict != TALLY_VALID) {
		cli_say(cli, _("%s is not valid: nothing is compared with it"), before->survey->id);
		return false;
	}
	return found;
}

static void show(struct cli *cli, struct book *book, const struct tally *now, struct err *err)
{
	struct view_style style = cli_style(cli, book);
	const char *part = cli_value(cli, "show");
	struct tally_view view;
	struct tally before;
	bool found = find_before(cli, book, now, &before, err);
	tally_view_init(&view, &style, now, found ? &before : NULL);
	if (part || !view_for_people(&style)) {
		cli_show(cli, tally_view_table(&view, part ? part : "services"));
	} else {
		struct buf page;
		buf_init(&page);
		tally_view_page(&view, &page);
		cli_write(cli, page.data, page.len);
		buf_clear(&page);
	}
	cli_problems(cli, &now->gathered.problems);
	cli_problems(cli, &before.gathered.problems);
	if (now->verdict != TALLY_VALID) {
		cli_say(cli,
			now->verdict == TALLY_INVALID
				? _("%s is INVALID: no rates are shown")
				: _("%s is not valid yet: no rates are shown"),
			now->survey->id);
		if (cli_has(cli, "exit-code"))
			cli_raise(cli, STATUS_NO);
	}
	tally_view_clear(&view);
	tally_clear(&before);
}

/* Open answers are kept only where they are shown: they are what memory grows with. */
static enum tally_depth depth(const struct cli *cli)
{
	const char *part = cli_value(cli, "show");
	bool texts = part ? strcmp(part, "texts") == 0 || strcmp(part, "improve") == 0
			  : cli_format(cli) == TABLE_TABLE;
	return texts ? TALLY_TEXTS : TALLY_GRADES;
}

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	struct survey survey;
	struct tally tally = {0};
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY, err))
		return false;
	bool done = survey_read(&book, cli_operand(cli, 0), &survey, err) &&
		    survey_judge_state(&survey, err) &&
		    tally_read(&tally, &book, &survey, depth(cli), err);
	if (done)
		show(cli, &book, &tally, err);
	tally_clear(&tally);
	survey_clear(&survey);
	book_close(&book);
	return done;
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
