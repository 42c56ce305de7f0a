// SPDX-License-Identifier: MIT
// survey-list: the surveys of a ledger, how far each is, and when the next one is due.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/desk.h"
#include "data/time.h"
#include "store/file.h"
#include "survey/survey.h"

static const struct cli_option options[] = {
	{0, "exit-code", NULL, N_("exit 1 when the next survey is overdue"), false},
	{0},
};

/* What is remembered of a survey that recurs. */
struct latest {
	struct arena arena;
	struct node *occasions; /* map: occasion → when the last one was issued, as text */
};

static const char *time_cell(const struct book *book, struct arena *arena, int64_t at)
{
	struct buf text;
	buf_init(&text);
	time_format_short(&book->zone, at, &text);
	const char *kept = arena_dup(arena, text.data);
	buf_clear(&text);
	return kept;
}

static const char *state_of(const struct book *book, const struct survey *survey)
{
	return survey->state == SURVEY_ISSUED && book->now > survey->closes
		       ? "over"
		       : survey_state_name(survey->state);
}

static void add_row(const struct book *book, struct table *table, const struct survey *survey)
{
	struct arena arena = ARENA_INIT;
	const char *cells[] = {
		survey->id,
		state_of(book, survey),
		survey->occasion,
		survey->drawn ? arena_printf(&arena, "%" PRId64, survey->sent) : NULL,
		survey->issued ? time_cell(book, &arena, survey->issued->at) : NULL,
		survey->issued ? time_cell(book, &arena, survey->closes) : NULL,
		survey->closed ? node_text(survey->closed->root, "returned") : NULL,
		survey->closed ? node_text(survey->closed->root, "verdict") : NULL,
		survey->title,
	};
	table_row(table, cells);
	arena_clear(&arena);
}

static void note_issue(struct latest *latest, const struct survey *survey)
{
	const char *before = node_text(latest->occasions, survey->occasion);
	if (!survey->issued || survey->state == SURVEY_VOIDED ||
	    (before && strtoll(before, NULL, 10) >= survey->issued->at))
		return;
	node_set(&latest->arena, latest->occasions, arena_dup(&latest->arena, survey->occasion),
		 node_int(&latest->arena, survey->issued->at));
}

/* When the next survey of each recurring occasion is due; what never took place yet is not overdue.
 */
static bool say_next(struct cli *cli, const struct book *book, const struct latest *latest,
		     struct err *err)
{
	size_t cursor = 0;
	const struct rule *rule;
	const struct node *occasion;
	while ((rule = policy_next(book->policy, RULE_SURVEY, &cursor)))
		for (size_t i = 0; node_get(rule->node, "every") &&
				   (occasion = node_each(node_get(rule->node, "occasion"), i));
		     i++) {
			const char *last = node_text(latest->occasions, occasion->text);
			int64_t due = 0;
			if (!last)
				continue;
			if (!survey_deadline(book, occasion->text, "every", strtoll(last, NULL, 10),
					     &due, err))
				return false;
			struct arena arena = ARENA_INIT;
			cli_say(cli,
				due < book->now ? _("the next %s survey was due by %s [%s]")
						: _("the next %s survey is due by %s [%s]"),
				occasion->text, time_cell(book, &arena, due), rule->clause);
			arena_clear(&arena);
			if (due < book->now && cli_has(cli, "exit-code"))
				cli_raise(cli, STATUS_NO);
		}
	return true;
}

static bool list(struct cli *cli, struct book *book, struct err *err)
{
	static const struct table_column columns[] = {
		{.name = "survey", .whole = true},
		{.name = "state"},
		{.name = "occasion"},
		{.name = "sent", .number = true, .right = true},
		{.name = "issued", .whole = true},
		{.name = "closes", .whole = true},
		{.name = "returned", .number = true, .right = true},
		{.name = "verdict"},
		{.name = "title"},
	};
	struct file_names names = {0};
	struct latest latest = {.arena = ARENA_INIT};
	struct table *table = cli_table(cli, columns, sizeof columns / sizeof *columns);
	table_no_bare_header(table);
	bool done = file_list(&book->store.root, "surveys", &names, err) != FILE_FAILED;
	latest.occasions = node_map(&latest.arena);
	for (size_t i = 0; done && i < names.count; i++) {
		size_t len = strlen(names.items[i]);
		struct survey survey;
		struct err problem = ERR_INIT;
		if (len <= 5 || strcmp(names.items[i] + len - 5, ".yaml") != 0)
			continue;
		names.items[i][len - 5] = '\0';
		if (survey_read(book, names.items[i], &survey, &problem)) {
			add_row(book, table, &survey);
			note_issue(&latest, &survey);
		} else {
			cli_problem(cli, &problem);
		}
		err_clear(&problem);
		survey_clear(&survey);
	}
	cli_show(cli, table);
	done = done && say_next(cli, book, &latest, err);
	file_names_clear(&names);
	arena_clear(&latest.arena);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	if (!cli_book(cli, &book, BOOK_POLICY, err))
		return false;
	bool done = list(cli, &book, err);
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
