// SPDX-License-Identifier: MIT
// ledger-check: names everything that is wrong with a ledger. Mends nothing.
#include <stdlib.h>

#include "base/mem.h"
#include "check/check.h"
#include "cli/cli.h"

static const struct cli_option options[] = {
	{'l', "list", NULL, N_("list the names of all problems there are, and check nothing"),
	 false},
	{0},
};

static void list_names(struct cli *cli)
{
	static const struct table_column columns[] = {{.name = "problem", .whole = true},
						      {.name = "meaning"}};
	struct table *table = cli_table(cli, columns, 2);
	for (enum problem_kind kind = 0; kind < PROBLEM_KINDS; kind++)
		table_row(table, (const char *const[]){problem_name(kind), problem_meaning(kind)});
	cli_show(cli, table);
}

/* People get the place in one piece, programs its parts. */
static void show(struct cli *cli, const struct check *check)
{
	static const struct table_column for_people[] = {
		{.name = "problem", .whole = true},
		{.name = "place", .whole = true},
		{.name = "text"},
		{.name = "clause"},
	};
	static const struct table_column for_programs[] = {
		{.name = "problem"},
		{.name = "file"},
		{.name = "line", .number = true},
		{.name = "column", .number = true},
		{.name = "text"},
		{.name = "clause"},
	};
	bool people = cli_format(cli) == TABLE_TABLE;
	struct table *table = people ? cli_table(cli, for_people, 4)
				     : cli_table(cli, for_programs, 6);
	struct buf line, column;
	buf_init(&line);
	buf_init(&column);
	for (size_t i = 0; i < check->count; i++) {
		const struct problem *problem = &check->problems[i];
		const char *name = problem_name(problem->kind);
		buf_reset(&line);
		buf_reset(&column);
		if (people) {
			buf_addf(&line, "%s", problem->file);
			if (problem->line)
				buf_addf(&line, ":%u:%u", problem->line, problem->column);
			table_row(table, (const char *const[]){name, line.data, problem->text,
							       problem->clause});
		} else {
			buf_addf(&line, "%u", problem->line);
			buf_addf(&column, "%u", problem->column);
			table_row(table, (const char *const[]){name, problem->file,
							       problem->line ? line.data : NULL,
							       problem->line ? column.data : NULL,
							       problem->text, problem->clause});
		}
	}
	cli_show(cli, table);
	buf_clear(&line);
	buf_clear(&column);
}

static bool run(struct cli *cli, struct err *err)
{
	if (cli_has(cli, "list")) {
		list_names(cli);
		return true;
	}
	struct book_options book = {.directory = cli_value(cli, "ledger"),
				    .clock = cli_now(cli),
				    .now = cli_value(cli, "now")};
	size_t count = cli_operands(cli);
	const char **operands = mem_array(count + 1, sizeof *operands);
	for (size_t i = 0; i < count; i++)
		operands[i] = cli_operand(cli, i);
	struct check_options wanted = {.operands = operands, .operand_count = count};
	struct check check;
	bool done = ledger_check(&book, &wanted, &check, err);
	if (done)
		show(cli, &check);
	if (done && check.count)
		cli_raise(cli, check.damage ? STATUS_DAMAGED : STATUS_NO);
	check_clear(&check);
	free(operands);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ledger-check",
		.synopsis = "[TICKET|FILE]...",
		.summary = N_("name everything that is wrong with a ledger"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.operands_max = -1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
