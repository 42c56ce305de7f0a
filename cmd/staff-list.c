// SPDX-License-Identifier: MIT
// staff-list: who works here, as what.
#include <string.h>

#include "cli/desk.h"
#include "data/time.h"
#include "view/staff.h"

static const struct cli_option options[] = {
	{'r', "role", "ROLE", N_("only who has this role"), false},
	{0, "at", "TIME", N_("as it was then"), false},
	{0},
};

/* A role nobody can have is most likely a slip. */
static void say_unknown(struct cli *cli, const struct book *book, const char *role)
{
	if (role && strcmp(role, ROLE_ADMINISTRATOR) != 0 &&
	    !policy_find(book->policy, RULE_ROLE, role))
		cli_say(cli, "--role: the policy has no \"%s\"", role);
}

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	int64_t at;
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_PACKS, err))
		return false;
	at = book.now;
	bool done = !cli_has(cli, "at") ||
		    time_input(&book.zone, book.now, cli_value(cli, "at"), &at, err);
	if (done) {
		struct view_style style = cli_style(cli, &book);
		say_unknown(cli, &book, cli_value(cli, "role"));
		cli_show(cli, view_staff(&style, at, cli_value(cli, "role")));
	}
	book_close(&book);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "staff-list",
		.synopsis = "",
		.summary = N_("list who works here"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
