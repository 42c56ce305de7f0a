// SPDX-License-Identifier: MIT
// ledger-init: makes a ledger, or gives a clone of one its site code.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/unfilled.h"
#include "ledger/founding.h"
#include "view/packs.h"

static const struct cli_option options[] = {
	{'s', "site", "CODE",
	 N_("the site code of this clone, two to four capital letters (required)"), false},
	{0, "pack", "NAME", N_("a pack of rules, by its name or the path of its file"), true},
	{0, "packs", NULL, N_("list the packs that kefu brings along, and do nothing else"), false},
	{'n', "name", "NAME", N_("the name of the desk (kefu)"), false},
	{'z', "zone", "ZONE", N_("the time zone of the ledger (Asia/Shanghai)"), false},
	{0, "replace", NULL,
	 N_("take a code whose clone is gone, or a new one because another clone has the same"),
	 false},
	{0, "person", "ID", N_("your id in staff.yaml, where it is not your login"), false},
	{0, "shared", NULL, N_("several logins of one group will record in the ledger"), false},
	{0, "test", NULL,
	 N_("make a ledger for tests, in which --now sets the clock also for commands that record"),
	 false},
	{0, "now", "TIME", N_("take this as the present time; only in a ledger for tests"), false},
	{0, "dry-run", NULL, N_("check everything, write nothing"), false},
	CLI_ONCE('p', "pack"),
	{0},
};

/* The ledger-merge beside this program; or where there is none, whichever is in PATH. */
static char *find_merger(void)
{
	char *self = realpath("/proc/self/exe", NULL);
	struct buf path;
	buf_init(&path);
	if (self)
		buf_addf(&path, "%.*s/ledger-merge", (int)(strrchr(self, '/') - self), self);
	if (!self || access(path.data, X_OK)) {
		buf_reset(&path);
		buf_adds(&path, "ledger-merge");
	}
	free(self);
	return buf_take(&path);
}

/* The ledger is there without it; but the clones of it are better off with it. */
static void tell_git(struct cli *cli, const char *directory, const char *site)
{
	struct err err = ERR_INIT;
	char *merger = find_merger();
	bool named = cli_operand(cli, 0);
	if (!ledger_tell_git(directory, merger, cli_has(cli, "dry-run"), &err)) {
		const char *when = err.status == STATUS_NO ? "; after git init"
							   : "; once that is mended,";
		cli_say(cli,
			"git has no merge driver for this ledger: %s%s run ledger-init --site "
			"%s%s%s",
			err.text, when, site, named ? " " : "", named ? directory : "");
	}
	err_clear(&err);
	free(merger);
}

/* Who shares a ledger will want to share its commits; git's folder is left to git's own means. */
static void tell_closed(struct cli *cli, const char *directory)
{
	struct buf folder;
	buf_init(&folder);
	if (cli_has(cli, "shared") && ledger_git_closed(directory, &folder))
		cli_say(cli,
			"git's own folder is closed to the group: run git init -q --shared=group "
			"%.*s && chmod -R g+rwX %s && find %s -type d -exec chmod g+s {} +",
			(int)(folder.len - strlen("/.git")), folder.data, folder.data, folder.data);
	buf_clear(&folder);
}

static bool adopt(struct cli *cli, const char *directory, const char *site, struct err *err)
{
	static const char *const founding[] = {"name", "zone", "person", "test"};
	for (size_t i = 0; i < sizeof founding / sizeof *founding; i++)
		if (cli_has(cli, founding[i]))
			return err_set(err, STATUS_USAGE,
				       "--%s: %s is a ledger already, and only a new one is asked "
				       "for that",
				       founding[i], directory);
	unsigned how = (cli_has(cli, "replace") ? ADOPT_REPLACE : 0) |
		       (cli_has(cli, "shared") ? ADOPT_SHARED : 0) |
		       (cli_has(cli, "dry-run") ? ADOPT_DRY : 0);
	const struct book_options book = {.directory = directory,
					  .clock = cli_now(cli),
					  .now = cli_value(cli, "now"),
					  .writes = true};
	bool added;
	if (!ledger_adopt(&book, site, how, &added, err))
		return false;
	if (added)
		cli_say(cli, "%s is new in kefu.yaml: commit it, so that no other clone takes it",
			site);
	else if (cli_has(cli, "replace"))
		cli_say(cli,
			"numbers of %s go on from the highest in this ledger: those that the other "
			"clone gave and did not hand over may come again; commit kefu.yaml, which "
			"says that the code is this clone's now",
			site);
	tell_git(cli, directory, site);
	tell_closed(cli, directory);
	return true;
}

/* Says what nobody in the new ledger can fulfil: whoever made it is all there is. */
static void tell_unfilled(struct cli *cli, const char *directory)
{
	const struct book_options wanted = {.directory = directory,
					    .clock = cli_now(cli),
					    .now = cli_value(cli, "now"),
					    .parts = BOOK_STAFF | BOOK_POLICY};
	struct err ignored = ERR_INIT;
	struct book book;
	struct unfilled_set set;
	if (cli_has(cli, "dry-run"))
		return;
	if (book_open(&book, &wanted, &ignored)) {
		unfilled_find(&set, &book, book.now);
		cli_unfilled(cli, set.count);
		unfilled_clear(&set);
		book_close(&book);
	}
	err_clear(&ignored);
}

static bool list_packs(struct cli *cli, struct err *err)
{
	struct shipped shipped;
	const struct view_style style = cli_style(cli, NULL);
	struct table *table = shipped_open(&shipped, err) ? view_packs(&style, &shipped, err)
							  : NULL;
	if (table)
		cli_show(cli, table);
	shipped_close(&shipped);
	return table;
}

static bool run(struct cli *cli, struct err *err)
{
	if (cli_has(cli, "packs"))
		return list_packs(cli, err);
	const char *directory = cli_operand(cli, 0) ? cli_operand(cli, 0) : ".";
	const char *site = cli_value(cli, "site");
	struct founding founding = {
		.directory = directory,
		.name = cli_value(cli, "name") ? cli_value(cli, "name") : "kefu",
		.zone = cli_value(cli, "zone") ? cli_value(cli, "zone") : "Asia/Shanghai",
		.site = site,
		.person = cli_value(cli, "person"),
		.shared = cli_has(cli, "shared"),
		.test = cli_has(cli, "test"),
		.clock = cli_now(cli),
		.now = cli_value(cli, "now"),
		.dry_run = cli_has(cli, "dry-run"),
	};
	founding.pack_count = cli_values(cli, "pack", &founding.packs);
	if (!site)
		return err_set(err, STATUS_USAGE, "give this clone's site code: --site CODE");
	struct buf header;
	buf_init(&header);
	buf_addf(&header, "%s/kefu.yaml", directory);
	bool exists = access(header.data, F_OK) == 0;
	buf_clear(&header);
	if (founding.pack_count && cli_has(cli, "replace"))
		return err_set(err, STATUS_USAGE,
			       "--replace is for a clone, which has its packs already: leave out "
			       "--pack");
	if (exists && !founding.pack_count)
		return adopt(cli, directory, site, err);
	if (!founding.pack_count)
		return err_set(
			err, STATUS_USAGE,
			"a new ledger needs rules: --pack NAME (ledger-init --packs lists them) or "
			"a file");
	if (!ledger_found(&founding, err))
		return false;
	tell_git(cli, directory, site);
	tell_closed(cli, directory);
	tell_unfilled(cli, directory);
	return true;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ledger-init",
		.synopsis = "[DIR]",
		.summary = N_("make a ledger, or give a clone of one its site code"),
		.options = options,
		.operands_max = 1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
