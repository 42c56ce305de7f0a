// SPDX-License-Identifier: MIT
// personnel-list: what stands in personnel registers, as it holds now; and what they lack by the
// policy.
#include <string.h>

#include "cli/desk.h"
#include "cli/filter.h"
#include "store/file.h"
#include "view/personnel.h"

static const struct cli_option options[] = {
	{'e', "event", "EVENT",
	 N_("only documents of this event: commended, sanctioned, trained, …"), false},
	{'l', "lacking", NULL,
	 N_("instead, list courses and certificates that are missing, and ratings that are due"),
	 false},
	{0},
};

/* One register that cannot be read hides no other. */
static void add_one(struct desk *desk, const char *person, struct table *table)
{
	struct personnel personnel;
	struct err err = ERR_INIT;
	if (personnel_read(&desk->book, person, &personnel, &err))
		view_personnel_add(&desk->style, table, &personnel, cli_value(desk->cli, "event"));
	else
		cli_problem(desk->cli, &err);
	err_clear(&err);
	personnel_clear(&personnel);
}

static bool add_all(struct desk *desk, struct table *table, struct err *err)
{
	struct file_names names = {0};
	bool done = file_list(&desk->book.store.root, "personnel", &names, err) != FILE_FAILED;
	file_names_keep(&names, ".yaml");
	for (size_t i = 0; i < names.count; i++)
		add_one(desk, names.items[i], table);
	file_names_clear(&names);
	return done;
}

/* Each event of a register has a schema of its name. */
static bool check_event(struct desk *desk, const char *event, struct err *err)
{
	struct file_names names = {0};
	struct buf known;
	buf_init(&known);
	bool found = !event, done = file_list(&desk->book.store.root, "schemas/personnel", &names,
					      err) != FILE_FAILED;
	file_names_keep(&names, ".yaml");
	for (size_t i = 0; i < names.count; i++) {
		buf_addf(&known, "%s%s", i ? ", " : "", names.items[i]);
		found = found || strcmp(names.items[i], event) == 0;
	}
	if (done && !found)
		done = filter_unknown("event",
				      arena_printf(&desk->arena, "there is no event \"%s\"", event),
				      known.data, NULL, err);
	buf_clear(&known);
	file_names_clear(&names);
	return done;
}

/* Somebody on the staff, or whoever or whatever has a register. */
static bool check_person(struct desk *desk, const char *person, struct err *err)
{
	struct buf path;
	buf_init(&path);
	if (person)
		buf_addf(&path, "personnel/%s.yaml", person);
	bool known = !person || strchr(person, '/') || staff_person(&desk->book.staff, person) ||
		     file_exists(&desk->book.store.root, path.data);
	buf_clear(&path);
	return known || err_set(err, STATUS_USAGE,
				"%s is not in staff.yaml, and has no register (see staff-list and "
				"personnel-list)",
				person);
}

static bool list(struct desk *desk, struct err *err)
{
	if (!check_event(desk, cli_value(desk->cli, "event"), err) ||
	    !check_person(desk, cli_operand(desk->cli, 0), err))
		return false;
	const char *person = cli_operand(desk->cli, 0);
	bool lacking = cli_has(desk->cli, "lacking"), done = true;
	struct table *table = (lacking ? view_lacking : view_personnel)(&desk->style);
	if (lacking)
		done = lacking_find(&desk->book, person, view_languages(&desk->style),
				    view_lacking_add, table, err);
	else if (person)
		add_one(desk, person, table);
	else
		done = add_all(desk, table, err);
	cli_show(desk->cli, table);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, DESK_READS, list, err);
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
