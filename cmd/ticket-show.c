// SPDX-License-Identifier: MIT
// ticket-show: a ticket as people read it: the matter, what it owes and owed, what happened.
#include <string.h>

#include "cli/desk.h"
#include "text/json.h"
#include "view/ticket.h"

static const struct cli_option options[] = {
	{0, "format", "text|yaml|json", N_("for people; the file as it is; a document a line"),
	 false},
	{0},
};

/* The file itself, a document a line, or a page. */
static void add_ticket(const struct view_style *style, const char *format, const struct form *form,
		       const struct buf *text, struct buf *out)
{
	if (strcmp(format, "yaml") == 0) {
		buf_add(out, text->data, text->len);
	} else if (strcmp(format, "json") == 0) {
		for (size_t i = 0; i < form->count; i++) {
			json_write(out, form->documents[i].root);
			buf_addc(out, '\n');
		}
	} else {
		view_ticket(style, form, out);
	}
}

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	struct form form;
	struct buf text, id, out;
	const char *format = cli_value(cli, "format") ? cli_value(cli, "format") : "text";
	bool done = true, any = false;
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY | BOOK_HINT, err))
		return false;
	struct view_style style = cli_style(cli, &book);
	form_init(&form);
	buf_init(&text);
	buf_init(&id);
	buf_init(&out);
	for (size_t i = 0; done && i < cli_operands(cli); i++) {
		buf_reset(&id);
		buf_reset(&out);
		struct err problem = ERR_INIT;
		bool there = book_resolve_id(&book, cli_operand(cli, i), &id, &problem) &&
			     ticket_read(&book, id.data, &form, &text, &problem);
		/* one that is damaged or missing does not hide the others */
		if (!there && cli_operands(cli) > 1)
			cli_problem(cli, &problem);
		else if (!there)
			err_merge(err, &problem);
		done = there || cli_operands(cli) > 1;
		err_clear(&problem);
		/* an empty line between pages; for programs the documents alone */
		if (there && any && strcmp(format, "text") == 0)
			buf_addc(&out, '\n');
		any = any || there;
		if (there)
			add_ticket(&style, format, &form, &text, &out);
		cli_write(cli, out.data, out.len);
	}
	form_clear(&form);
	buf_clear(&text);
	buf_clear(&id);
	buf_clear(&out);
	book_close(&book);
	return done;
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
