// SPDX-License-Identifier: MIT
// survey-list: the surveys of a ledger, how far each is, and when the next one is due.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/desk.h"
#include "store/file.h"
#include "survey/survey.h"
#include "view/surveys.h"

static const struct cli_option options[] = {
	{0, "exit-code", NULL, N_("exit 1 when the next survey is overdue"), false},
	{0},
};

struct surveys {
	struct survey *items;
	size_t count;
};

/* Those that can be read; one that cannot hides no other. */
static bool read_all(struct cli *cli, struct book *book, struct surveys *surveys, struct err *err)
{
	struct file_names names = {0};
	bool done = file_list(&book->store.root, "surveys", &names, err) != FILE_FAILED;
	surveys->items = mem_array(names.count + 1, sizeof *surveys->items);
	for (size_t i = 0; done && i < names.count; i++) {
		size_t len = strlen(names.items[i]);
		struct survey *survey = &surveys->items[surveys->count];
		struct err problem = ERR_INIT;
		if (len <= 5 || strcmp(names.items[i] + len - 5, ".yaml") != 0)
			continue;
		names.items[i][len - 5] = '\0';
		if (survey_read(book, names.items[i], survey, &problem)) {
			surveys->count++;
		} else {
			survey_clear(survey);
			cli_problem(cli, &problem);
		}
		err_clear(&problem);
	}
	file_names_clear(&names);
	return done;
}

static void surveys_clear(struct surveys *surveys)
{
	for (size_t i = 0; i < surveys->count; i++)
		survey_clear(&surveys->items[i]);
	free(surveys->items);
}

/* When the last survey of OCCASION was issued; INT64_MIN: there never was one. */
static int64_t last_issue(const struct surveys *surveys, const char *occasion)
{
	int64_t last = INT64_MIN;
	for (size_t i = 0; i < surveys->count; i++) {
		const struct survey *survey = &surveys->items[i];
		if (survey->issued && survey->state != SURVEY_VOIDED && survey->issued->at > last &&
		    strcmp(survey->occasion, occasion) == 0)
			last = survey->issued->at;
	}
	return last;
}

static bool say_due(struct cli *cli, struct book *book, const struct rule *rule,
		    const char *occasion, int64_t last, struct err *err)
{
	struct view_style style = cli_style(cli, book);
	struct arena arena = ARENA_INIT;
	int64_t due = 0;
	if (!survey_deadline(book, occasion, "every", last, &due, err))
		return false;
	cli_say(cli,
		due < book->now ? _("the next %s survey was due by %s [%s]")
				: _("the next %s survey is due by %s [%s]"),
		occasion, view_minute(&style, &arena, due), rule->clause);
	if (due < book->now && cli_has(cli, "exit-code"))
		cli_raise(cli, STATUS_NO);
	arena_clear(&arena);
	return true;
}

/* When the next survey of each recurring occasion is due; what never took place yet is not overdue.
 */
static bool say_next(struct cli *cli, struct book *book, const struct surveys *surveys,
		     struct err *err)
{
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(book->policy, RULE_SURVEY, &cursor))) {
		const struct node *occasions = node_get(rule->node, "occasion"), *occasion;
		if (!node_get(rule->node, "every"))
			continue;
		for (size_t i = 0; (occasion = node_each(occasions, i)); i++) {
			int64_t last = last_issue(surveys, occasion->text);
			if (last > INT64_MIN &&
			    !say_due(cli, book, rule, occasion->text, last, err))
				return false;
		}
	}
	return true;
}

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	if (!cli_book(cli, &book, BOOK_POLICY, err))
		return false;
	struct view_style style = cli_style(cli, &book);
	struct surveys surveys = {0};
	bool done = read_all(cli, &book, &surveys, err);
	cli_show(cli, view_surveys(&style, surveys.items, surveys.count));
	done = done && say_next(cli, &book, &surveys, err);
	surveys_clear(&surveys);
	book_close(&book);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "survey-list",
		.synopsis = "",
		.summary = N_("list surveys, and when the next one is due"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
