// SPDX-License-Identifier: MIT
// ledger-check: names everything that is wrong with a ledger. Mends nothing.
#include <stdlib.h>

#include "base/mem.h"
#include "cli/cli.h"
#include "cli/unfilled.h"
#include "view/check.h"

static const struct cli_option options[] = {
	{'l', "list", NULL, N_("list the names of all problems there are, and check nothing"),
	 false},
	{0, "since", "REV",
	 N_("look only at what was committed in this revision of git or after it"), false},
	{0, "audit", NULL,
	 N_("check everything, and that what was ever committed, or since --since, still stands"),
	 false},
	{0},
};

static bool run(struct cli *cli, struct err *err)
{
	struct view_style style = cli_style(cli, NULL);
	if (cli_has(cli, "list")) {
		cli_show(cli, view_problem_names(&style));
		return true;
	}
	struct book_options book = {.directory = cli_value(cli, "ledger"),
				    .clock = cli_now(cli),
				    .now = cli_value(cli, "now")};
	size_t count = cli_operands(cli);
	const char **operands = mem_array(count + 1, sizeof *operands);
	for (size_t i = 0; i < count; i++)
		operands[i] = cli_operand(cli, i);
	struct check_options wanted = {.operands = operands,
				       .operand_count = count,
				       .since = cli_value(cli, "since"),
				       .audit = cli_has(cli, "audit")};
	struct check check;
	bool done = ledger_check(&book, &wanted, &check, err);
	if (done)
		cli_show(cli, view_check(&style, &check));
	const char *tolerated;
	for (size_t i = 0; (tolerated = node_each_text(check.tolerated, &i));)
		cli_say(cli, "%s: kefu 0.1 took it, and ledger-upgrade will not", tolerated);
	if (done && !count)
		cli_unfilled(cli, check.unfilled);
	if (done && check.older)
		cli_say(cli,
			"the rules are those of an earlier kefu: ledger-upgrade shows what is new");
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
