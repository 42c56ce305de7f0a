// SPDX-License-Identifier: MIT
// ticket-show: a ticket as people read it: the matter, what it owes and owed, what happened.
#include <string.h>

#include "cli/desk.h"
#include "text/json.h"
#include "ticket/checklists.h"
#include "ticket/linked.h"
#include "view/ticket.h"

static const struct cli_option options[] = {
	{0, "format", "text|yaml|json",
	 N_("text is for people, yaml the file as it stands, json a line for each document"),
	 false},
	{0},
};

/* The file itself, a document a line, or a page for people, with an empty line behind the one
 * before.
 */
static void add_form(struct desk *desk, struct form *form, const struct buf *text, bool first,
		     struct buf *out)
{
	const char *format = cli_value(desk->cli, "format");
	if (!format || strcmp(format, "text") == 0) {
		buf_adds(out, first ? "" : "\n");
		struct arena arena = ARENA_INIT;
		struct err undecided = ERR_INIT;
		const struct node *lists = checklists_rows(&desk->book, form, &undecided);
		view_ticket(&desk->style, form, linked_rows(&desk->book, form, &arena), lists, out);
		if (undecided.text)
			cli_problem(desk->cli, &undecided);
		err_clear(&undecided);
		arena_clear(&arena);
	} else if (strcmp(format, "yaml") == 0) {
		buf_add(out, text->data, text->len);
	} else {
		for (size_t i = 0; i < form->count; i++) {
			json_write(out, form->documents[i].root);
			buf_addc(out, '\n');
		}
	}
}

static bool show(struct desk *desk, struct err *err)
{
	struct cli *cli = desk->cli;
	size_t count = cli_operands(cli), shown = 0;
	struct form form;
	struct buf text, page;
	form_init(&form);
	buf_init(&text);
	buf_init(&page);
	for (size_t i = 0; i < count; i++) {
		struct err problem = ERR_INIT;
		if (desk_read(desk, cli_operand(cli, i), &form, &text, &problem)) {
			buf_reset(&page);
			add_form(desk, &form, &text, !shown++, &page);
			cli_write(cli, page.data, page.len);
		} else if (count > 1) {
			/* one that is damaged or missing does not hide the others */
			cli_problem(cli, &problem);
		} else {
			err_merge(err, &problem);
		}
		err_clear(&problem);
	}
	form_clear(&form);
	buf_clear(&text);
	buf_clear(&page);
	return !err->text;
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, DESK_READS | BOOK_HINT, show, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ticket-show",
		.synopsis = "TICKET...",
		.summary = N_("show a ticket: the matter, what it owes, what happened"),
		.options = options,
		.manners = CLI_LEDGER,
		.operands_min = 1,
		.operands_max = -1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
