// SPDX-License-Identifier: MIT
// personnel-list: what stands in personnel registers, as it holds now; and what they lack by the
// policy.
#include <string.h>

#include "cli/desk.h"
#include "store/file.h"
#include "view/personnel.h"

static const struct cli_option options[] = {
	{'e', "event", "EVENT", N_("only this event: commended, sanctioned, trained, …"), false},
	{'l', "lacking", NULL,
	 N_("instead, courses and certificates that are missing, and ratings that are due"), false},
	{0},
};

/* One register that cannot be read hides no other. */
static void add_one(struct cli *cli, struct book *book, const struct view_style *style,
		    const char *person, struct table *table)
{
	struct personnel personnel;
	struct err err = ERR_INIT;
	if (personnel_read(book, person, &personnel, &err))
		view_personnel_add(style, table, &personnel, cli_value(cli, "event"));
	else
		cli_problem(cli, &err);
	err_clear(&err);
	personnel_clear(&personnel);
}

static bool list(struct cli *cli, struct book *book, const struct view_style *style,
		 const char *person, struct err *err)
{
	struct table *table = view_personnel(style);
	struct file_names names = {0};
	enum file_result listed = person ? FILE_READ
					 : file_list(&book->store.root, "personnel", &names, err);
	if (person)
		add_one(cli, book, style, person, table);
	for (size_t i = 0; i < names.count; i++) {
		size_t len = strlen(names.items[i]);
		if (len > 5 && strcmp(names.items[i] + len - 5, ".yaml") == 0) {
			names.items[i][len - 5] = '\0';
			add_one(cli, book, style, names.items[i], table);
		}
	}
	cli_show(cli, table);
	file_names_clear(&names);
	return listed != FILE_FAILED;
}

static bool list_lacking(struct cli *cli, struct book *book, const struct view_style *style,
			 const char *person, struct err *err)
{
	struct table *table = view_lacking(style);
	bool done = lacking_find(book, person, view_lacking_add, table, err);
	cli_show(cli, table);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	const char *person = cli_operand(cli, 0);
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY, err))
		return false;
	struct view_style style = cli_style(cli, &book);
	bool done = cli_has(cli, "lacking") ? list_lacking(cli, &book, &style, person, err)
					    : list(cli, &book, &style, person, err);
	book_close(&book);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "personnel-list",
		.synopsis = "[PERSON]",
		.summary = N_("list what stands in personnel registers, or what they lack"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.operands_max = 1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
