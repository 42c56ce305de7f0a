// SPDX-License-Identifier: MIT
// ticket-assign: says who deals with a ticket.
#include "cli/steps.h"

static const struct cli_option options[] = {
	{0, "team", "TEAM", N_("the team"), false},
	{'d', "department", "DEPARTMENT", N_("the department"), false},
	{'t', "text", "TEXT", N_("a note for whoever deals with it; - reads it from stdin"), false},
	DESK_STEP_OPTIONS,
	{0},
};

static bool take(struct desk *desk, struct node *document, const char *kind, struct err *err)
{
	static const struct desk_field fields[] = {
		{"team", "team"}, {"department", "department"}, {0}};
	const char *person = cli_operand(desk->cli, 1);
	return (!person ||
		ticket_field(&desk->book, &desk->arena, document, kind, "to", person, err)) &&
	       desk_fields(desk, document, kind, fields, err) &&
	       desk_more(desk, document, kind, err);
}

static bool assign(struct desk *desk, struct err *err)
{
	struct node *document = ticket_document(&desk->arena, "assigned");
	const char *id, *kind;
	return desk_ticket(desk, &id, &kind, err) && take(desk, document, kind, err) &&
	       steps_record(desk, id, kind, &document, 1, err);
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
		.steps = steps_options,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
