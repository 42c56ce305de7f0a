// SPDX-License-Identifier: MIT
// A command that does nothing but show what all commands share; tests/unit/cli.bats drives it.
#include <errno.h>
#include <string.h>

#include "cli/cli.h"

static const struct cli_option options[] = {
	{'t', "to", "PERSON", N_("whom to show"), false},
	{'l', "label", "TEXT", N_("a label"), true},
	{0, "size", "small|large",
	 N_("how large, said at such a length that the line no longer fits into what a terminal "
	    "shows"),
	 false},
	{'v', "verbose", NULL, N_("show more"), false},
	{0},
};

static bool show_given(struct cli *cli)
{
	const char *const *labels;
	size_t count = cli_values(cli, "label", &labels);
	cli_print(cli, "to=%s verbose=%d\n", cli_value(cli, "to") ? cli_value(cli, "to") : "-",
		  cli_has(cli, "verbose"));
	for (size_t i = 0; i < count; i++)
		cli_print(cli, "label=%s\n", labels[i]);
	for (size_t i = 1; i < cli_operands(cli); i++)
		cli_print(cli, "operand=%s\n", cli_operand(cli, i));
	return true;
}

static bool show_table(struct cli *cli)
{
	static const struct table_column columns[] = {
		{.name = "unit", .title = "房号", .whole = true},
		{.name = "text", .title = "内容"},
		{.name = "hours", .title = "小时", .right = true, .number = true},
	};
	struct view_style style = cli_style(cli, NULL);
	struct table *table = view_table(&style, columns, 3);
	table_row(table, (const char *const[]){"3-1201", "厨房下水道堵塞，水已漫到客厅", "24"});
	table_row(table, (const char *const[]){"12-101", NULL, "3"});
	table_row(table, (const char *const[]){"1-101", "tab\there, \"quoted\"\nline", "120"});
	cli_show(cli, table);
	return true;
}

static bool show_text(struct cli *cli, struct err *err)
{
	struct buf text;
	buf_init(&text);
	bool done = cli_text(cli, cli_operand(cli, 1), "the text", &text, err);
	if (done)
		cli_print(cli, "<%s>\n", text.data);
	buf_clear(&text);
	return done;
}

/* Damage is named, reading goes on. */
static bool show_problems(struct cli *cli)
{
	struct err err = ERR_INIT;
	cli_print(cli, "before\n");
	err_set(&err, STATUS_DAMAGED, "cut\noff");
	err_place(&err, "tickets/1.yaml", 3, 7);
	cli_problem(cli, &err);
	err_clear(&err);
	cli_print(cli, "after\n");
	cli_raise(cli, STATUS_NO);
	return true;
}

static bool run(struct cli *cli, struct err *err)
{
	const char *what = cli_operand(cli, 0);
	if (!strcmp(what, "given"))
		return show_given(cli);
	if (!strcmp(what, "table"))
		return show_table(cli);
	if (!strcmp(what, "text"))
		return show_text(cli, err);
	if (!strcmp(what, "problems"))
		return show_problems(cli);
	if (!strcmp(what, "terminal")) {
		cli_print(cli, "%u %d\n", cli_columns(cli), cli_colour(cli));
	} else if (!strcmp(what, "flood")) {
		for (int i = 0; i < 1000000; i++)
			cli_print(cli, "line %d\n", i);
	} else if (!strcmp(what, "record")) {
		cli_say(cli, "recording\n%s", "\x1b[31m");
		cli_recorded(cli, "YL261121001");
	} else if (!strcmp(what, "no")) {
		cli_raise(cli, STATUS_NO);
	} else if (!strcmp(what, "refuse")) {
		err_set(err, STATUS_REFUSED, "a paid repair needs consent");
		return err_clause(err, "H2.C-5");
	} else if (!strcmp(what, "system")) {
		errno = ENOENT;
		return err_system(err, "kefu.yaml");
	} else {
		return err_set(err, STATUS_USAGE, "nothing is called “%s”", what);
	}
	return true;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "cli-example",
		.synopsis = "WHAT [TEXT]",
		.summary = N_("show what all commands share"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT | CLI_WRITES,
		.operands_min = 1,
		.operands_max = 2,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
