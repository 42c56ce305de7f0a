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
	{'e', "exit-code", NULL, N_("exit with 1 when the next survey is overdue"), false},
	{0},
};

struct surveys {
	struct survey *items;
	size_t count;
};

/* Those that can be read; one that cannot hides no other. */
static bool read_all(struct desk *desk, struct surveys *surveys, struct err *err)
{
	struct book *book = &desk->book;
	struct file_names names = {0};
	bool done = file_list(&book->store.root, "surveys", &names, err) != FILE_FAILED;
	file_names_keep(&names, ".yaml");
	surveys->items = mem_array(names.count + 1, sizeof *surveys->items);
	for (size_t i = 0; done && i < names.count; i++) {
		struct survey *survey = &surveys->items[surveys->count];
		struct err problem = ERR_INIT;
		if (survey_read(book, names.items[i], survey, &problem)) {
			surveys->count++;
		} else {
			survey_clear(survey);
			cli_problem(desk->cli, &problem);
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

static bool say_due(struct desk *desk, const struct rule *rule, const char *occasion, int64_t last,
		    struct err *err)
{
	const struct book *book = &desk->book;
	struct arena arena = ARENA_INIT;
	struct due next = {0};
	if (!survey_deadline(book, occasion, "every", last, book->now, &next, err))
		return false;
	int64_t due = next.at;
	cli_say(desk->cli,
		due < book->now ? _("the next %s survey was due by %s [%s]")
				: _("the next %s survey is due by %s [%s]"),
		occasion, view_minute(&desk->style, &arena, due), rule->clause);
	if (due < book->now && cli_has(desk->cli, "exit-code"))
		cli_raise(desk->cli, STATUS_NO);
	arena_clear(&arena);
	return true;
}

/* When the next survey of each recurring occasion is due; what never took place yet is not overdue.
 */
static bool say_next(struct desk *desk, const struct surveys *surveys, struct err *err)
{
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(desk->book.policy, RULE_SURVEY, &cursor))) {
		const char *occasion;
		if (!node_get(rule->node, "every"))
			continue;
		for (size_t i = 0;
		     (occasion = node_each_text(node_get(rule->node, "occasion"), &i));) {
			int64_t last = last_issue(surveys, occasion);
			if (last > INT64_MIN && !say_due(desk, rule, occasion, last, err))
				return false;
		}
	}
	return true;
}

/* A closing stays as it was issued, also when days off become known meanwhile. */
static void say_moved(struct desk *desk, const struct surveys *surveys)
{
	struct arena arena = ARENA_INIT;
	for (size_t i = 0; i < surveys->count; i++) {
		const struct survey *survey = &surveys->items[i];
		int64_t closes;
		if (survey_moved(&desk->book, survey, &closes))
			cli_say(desk->cli,
				_("%s: answers count until %s, as it was issued; by the days off "
				  "known since it would be %s"),
				survey->id, view_minute(&desk->style, &arena, survey->closes),
				view_minute(&desk->style, &arena, closes));
	}
	arena_clear(&arena);
}

static bool list(struct desk *desk, struct err *err)
{
	struct surveys surveys = {0};
	bool done = read_all(desk, &surveys, err);
	cli_show(desk->cli, view_surveys(&desk->style, surveys.items, surveys.count));
	say_moved(desk, &surveys);
	done = done && say_next(desk, &surveys, err);
	surveys_clear(&surveys);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, BOOK_POLICY, list, err);
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
