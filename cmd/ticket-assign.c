// SPDX-License-Identifier: MIT
// ticket-assign: says who deals with a ticket.
#include "cli/desk.h"

static const struct cli_option options[] = {
	{0, "team", "TEAM", N_("the team"), false},
	{'d', "department", "DEPARTMENT", N_("the department"), false},
	{'t', "text", "TEXT", N_("a note for whoever deals with it; - reads it from stdin"), false},
	DESK_STEP_OPTIONS,
	{0},
};

static bool assign(struct desk *desk, struct err *err)
{
	static const struct desk_field fields[] = {
		{"team", "team"}, {"department", "department"}, {0}};
	struct node *document = ticket_document(&desk->arena, "assigned");
	const char *person = cli_operand(desk->cli, 1), *id, *kind;
	return desk_ticket(desk, &id, &kind, err) &&
	       (!person ||
		ticket_field(&desk->book, &desk->arena, document, kind, "to", person, err)) &&
	       desk_fields(desk, document, kind, fields, err) &&
	       desk_more(desk, document, kind, err) && desk_record(desk, id, &document, 1, err);
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, DESK_RECORDS, assign, err);
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
