// SPDX-License-Identifier: MIT
// staff-list: who works here, as what.
#include <string.h>

#include "cli/desk.h"
#include "data/time.h"

static const struct cli_option options[] = {
	{'r', "role", "ROLE", N_("only who has this role"), false},
	{0, "at", "TIME", N_("as it was then"), false},
	{0},
};

static void join(const struct node *names, struct buf *out)
{
	for (size_t i = 0; i < node_count(names); i++)
		buf_addf(out, "%s%s", i ? "," : "", names->list.items[i]->text);
}

/* Until when PERSON is absent, and who acts for them. */
static void add_absence(const struct book *book, const char *person, int64_t at, struct buf *out)
{
	const struct absence *absence = staff_absence(&book->staff, person, at);
	buf_reset(out);
	if (!absence)
		return;
	buf_adds(out, "until ");
	if (absence->until == INT64_MAX)
		buf_adds(out, "back");
	else
		time_format_short(&book->zone, absence->until, out);
	if (absence->deputy)
		buf_addf(out, ", deputy %s", absence->deputy);
}

static bool list(struct cli *cli, struct book *book, int64_t at)
{
	static const struct table_column columns[] = {
		{.name = "person", .whole = true},
		{.name = "name"},
		{.name = "nature"},
		{.name = "roles"},
		{.name = "department"},
		{.name = "areas"},
		{.name = "phone"},
		{.name = "since"},
		{.name = "absent"},
	};
	enum { COLUMNS = sizeof columns / sizeof *columns };
	struct table *table = cli_table(cli, columns, COLUMNS);
	const char *role = cli_value(cli, "role");
	const struct member *member;
	struct buf roles, areas, since, absent;
	buf_init(&absent);
	buf_init(&roles);
	buf_init(&areas);
	buf_init(&since);
	size_t cursor = 0;
	if (role && strcmp(role, ROLE_ADMINISTRATOR) != 0 &&
	    !policy_find(book->policy, RULE_ROLE, role))
		cli_say(cli, "--role: the policy has no \"%s\"", role);
	while ((member = staff_next(&book->staff, at, &cursor))) {
		if (role && !node_holds(member->roles, role))
			continue;
		buf_reset(&roles);
		buf_reset(&areas);
		buf_reset(&since);
		join(member->roles, &roles);
		join(member->areas, &areas);
		date_format(zone_day(&book->zone, member->from), &since);
		add_absence(book, member->id, at, &absent);
		const char *cells[COLUMNS] = {
			member->id,    member->name,       member->nature,
			roles.data,    member->department, areas.len ? areas.data : NULL,
			member->phone, since.data,         absent.len ? absent.data : NULL};
		table_row(table, cells);
	}
	cli_show(cli, table);
	buf_clear(&roles);
	buf_clear(&areas);
	buf_clear(&since);
	buf_clear(&absent);
	return true;
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
	done = done && list(cli, &book, at);
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
