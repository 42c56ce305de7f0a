// SPDX-License-Identifier: MIT
// ticket-assign: says who deals with a ticket.
#include "cli/desk.h"

static const struct cli_option options[] = {
	{0, "team", "TEAM", N_("the team"), false},
	{'d', "department", "DEPARTMENT", N_("the department"), false},
	{'t', "text", "TEXT", N_("a note for whoever deals with it; - reads it from stdin"), false},
	CLI_FIELD_OPTIONS,
	{0},
};

static bool run(struct cli *cli, struct err *err)
{
	static const struct cli_field fields[] = {
		{"team", "team"}, {"department", "department"}, {0}};
	struct arena arena = ARENA_INIT;
	struct book book;
	const char *id, *kind;
	bool done = false;
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY | BOOK_SITE, err))
		return false;
	struct node *document = ticket_document(&arena, "assigned");
	const char *person = cli_operand(cli, 1);
	if (cli_ticket(cli, &book, &arena, &id, &kind, err) &&
	    (!person || ticket_field(&book, &arena, document, kind, "to", person, err)) &&
	    cli_fields(cli, &book, &arena, document, kind, fields, err) &&
	    (!cli_has(cli, "text") ||
	     cli_text_field(cli, &arena, document, cli_value(cli, "text"), "text", err)))
		done = cli_record_steps(cli, &book, &arena, id, &document, 1, err);
	book_close(&book);
	arena_clear(&arena);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ticket-assign",
		.synopsis = "TICKET [PERSON]",
		.summary = N_("say who deals with a ticket"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 1,
		.operands_max = 2,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
