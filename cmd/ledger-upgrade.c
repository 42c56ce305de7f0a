// SPDX-License-Identifier: MIT
// ledger-upgrade: brings a ledger's schemas and packs up to those of this kefu. Shows the
// difference, and writes it only when told to.
#include <string.h>

#include "cli/desk.h"
#include "ledger/upgrade.h"
#include "view/upgrade.h"

static const struct cli_option options[] = {
	{0, "write", NULL, N_("write the changes; without it they are only shown"), false},
	{0, "conflicts", "keep|take",
	 N_("where you and kefu have changed the same: keep yours, or take kefu's"), false},
	{0, "dry-run", NULL, N_("write nothing, also with --write"), false},
	{0},
};

static void show(struct desk *desk, const struct upgrade *upgrade, bool written)
{
	struct cli *cli = desk->cli;
	if (written)
		cli_written(cli, "the upgrade");
	if (upgrade->files || upgrade->conflicts)
		cli_show(cli, view_changes(&desk->style, &upgrade->changes));
	else
		cli_say(cli, "nothing to do: all is as this kefu ships it, but for what is yours");
	if (upgrade->conflicts)
		cli_say(cli,
			"what is in conflict stays as it is: edit it, then --conflicts keep or "
			"take decides");
	else if (upgrade->files && !written)
		cli_say(cli, "nothing is written yet: ledger-upgrade --write writes it");
	if (upgrade->conflicts || (upgrade->files && !written))
		cli_raise(cli, STATUS_NO);
}

static bool upgrade(struct desk *desk, struct err *err)
{
	struct cli *cli = desk->cli;
	const char *conflicts = cli_value(cli, "conflicts");
	const struct upgrade_options wanted = {
		.write = cli_has(cli, "write") && !cli_has(cli, "dry-run"),
		.dry_run = cli_has(cli, "write") && cli_has(cli, "dry-run"),
		.conflict = !conflicts                       ? UPGRADE_ASKS
			    : strcmp(conflicts, "take") == 0 ? UPGRADE_TAKES
							     : UPGRADE_KEEPS};
	struct upgrade upgrade;
	bool done = ledger_upgrade(&desk->book, &wanted, &upgrade, err);
	bool written = wanted.write && upgrade.files;
	/* also what is in place, but not confirmed by the disk, is shown */
	if (done || err->status == STATUS_UNDURABLE)
		show(desk, &upgrade, written);
	upgrade_clear(&upgrade);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	/* who only looks needs no site code */
	return desk_run(cli, cli_has(cli, "write") ? BOOK_SITE : 0, upgrade, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ledger-upgrade",
		.synopsis = "",
		.summary = N_("bring a ledger's schemas and packs up to this version of kefu"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
