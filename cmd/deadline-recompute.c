// SPDX-License-Identifier: MIT
// deadline-recompute: which open deadlines are others since days off became known; moves them by a
// document of each form, where the desk wants that.
#include <string.h>

#include "callback/moved.h"
#include "cli/desk.h"
#include "view/moved.h"

static const struct cli_option options[] = {
	{0, "all", NULL, N_("move all of them"), false},
	{0, "reason", "TEXT", N_("the reason; without it, the days off that became known"), false},
	{0},
};

/* Why the deadlines of the form at *INDEX move, each reason once; *INDEX moves on to the next form.
 * NULL: none of them can. */
static const char *reason_of(struct desk *desk, const struct moved_list *list, size_t *index)
{
	struct buf why;
	const char *form = list->items[*index].form;
	bool any = false;
	buf_init(&why);
	for (; *index < list->count && strcmp(list->items[*index].form, form) == 0; ++*index) {
		const struct moved *moved = &list->items[*index];
		if (!moved_can(moved))
			continue;
		any = true;
		if (!strstr(why.data, moved->why))
			buf_addf(&why, "%s%s", why.len ? "; " : "", moved->why);
	}
	const char *reason = cli_value(desk->cli, "reason");
	if (any && !reason)
		reason = arena_dup(&desk->arena, why.data);
	buf_clear(&why);
	return any ? reason : NULL;
}

static void say_undated(struct desk *desk, const struct moved_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].how == DUTY_UNDATED)
			cli_say(desk->cli,
				_("%s: %s is not moved until the calendar says since when that "
				  "is known: %s"),
				list->items[i].form, list->items[i].id, list->items[i].why);
}

/* Moves what can be moved, a document a form. What one form refuses does not stop the others. */
static void move(struct desk *desk, const struct moved_list *list)
{
	for (size_t i = 0; i < list->count;) {
		const char *form = list->items[i].form, *reason = reason_of(desk, list, &i);
		struct node *document = ticket_document(&desk->arena, event_name(EVENT_RECOMPUTED));
		struct err err = ERR_INIT;
		if (!reason)
			continue;
		node_add_string(&desk->arena, document, "reason", reason);
		if (!desk_record(desk, form, &document, 1, 1, &err))
			cli_problem(desk->cli, &err);
		err_clear(&err);
	}
	say_undated(desk, list);
}

static bool move_named(struct desk *desk, struct err *err)
{
	for (size_t i = 0; i < cli_operands(desk->cli); i++) {
		struct moved_list list = {0};
		struct buf id, text;
		struct form form;
		buf_init(&id);
		buf_init(&text);
		form_init(&form);
		bool found = desk_read(desk, cli_operand(desk->cli, i), &form, &text, err);
		if (found) {
			buf_adds(&id, form.id);
			moved_read(&desk->book, id.data, &list);
			move(desk, &list);
			if (!list.count)
				cli_say(desk->cli,
					_("%s: the calendar moves none of its deadlines"), id.data);
			moved_clear(&list);
		}
		form_clear(&form);
		buf_clear(&text);
		buf_clear(&id);
		if (!found)
			return false;
	}
	return true;
}

static bool work(struct desk *desk, struct err *err)
{
	struct moved_list list = {0};
	bool records = cli_operands(desk->cli) || cli_has(desk->cli, "all");
	if (records && !book_needs_schema(&desk->book, "schemas/ticket/recomputed.yaml", err))
		return false;
	if (cli_operands(desk->cli))
		return move_named(desk, err);
	moved_read(&desk->book, NULL, &list);
	if (cli_has(desk->cli, "all"))
		move(desk, &list);
	else
		cli_show(desk->cli, view_moved(&desk->style, &list));
	cli_problems(desk->cli, &list.gathered.problems);
	moved_clear(&list);
	return true;
}

static bool run(struct cli *cli, struct err *err)
{
	bool records = cli_operands(cli) || cli_has(cli, "all");
	if (cli_operands(cli) && cli_has(cli, "all"))
		return err_set(err, STATUS_USAGE, "give tickets or --all, not both");
	return desk_run(cli, records ? DESK_RECORDS : DESK_READS, work, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "deadline-recompute",
		.synopsis = "[TICKET...]",
		.summary = N_("list open deadlines that days off have moved, and move them"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT | CLI_WRITES,
		.operands_min = 0,
		.operands_max = -1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
