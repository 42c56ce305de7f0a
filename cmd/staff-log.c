// SPDX-License-Identifier: MIT
// staff-log: records who joins, changes, leaves, is absent or back.
#include <string.h>

#include "cli/desk.h"
#include "staff/roster.h"

static const struct cli_option options[] = {
	{'n', "name", "NAME", N_("the person's name"), false},
	{'r', "role", "ROLE", N_("a role"), true},
	{'a', "area", "AREA", N_("a building, or how its units begin"), true},
	{'d', "department", "DEPARTMENT", N_("the department"), false},
	{'p', "phone", "NUMBER", N_("the telephone number"), false},
	{'l', "login", "LOGIN", N_("the login on this machine, where it is not the person's id"),
	 false},
	{0, "nature", "person|service|station",
	 N_("what the login is: a person's, cron's, or one that several share"), false},
	{0, "from", "TIME", N_("when it comes into force; may be in the future"), false},
	{0, "until", "TIME", N_("when the absence ends"), false},
	{0, "deputy", "PERSON", N_("who acts for the absent person"), false},
	{0, "reason", "TEXT", N_("why"), false},
	{0},
};

static bool run(struct cli *cli, struct err *err)
{
	static const struct cli_field fields[] = {
		{"name", "name"},     {"role", "roles"},
		{"area", "areas"},    {"department", "department"},
		{"phone", "phone"},   {"login", "login"},
		{"nature", "nature"}, {"from", "from"},
		{"until", "until"},   {"deputy", "deputy"},
		{"reason", "reason"}, {0},
	};
	const char *event = cli_operand(cli, 0), *person = cli_operand(cli, 1);
	static const char *const events[] = {"joined", "changed", "left", "absent", "back"};
	bool known = false;
	for (size_t i = 0; i < sizeof events / sizeof *events; i++)
		known = known || strcmp(event, events[i]) == 0;
	if (!known)
		return err_set(err, STATUS_USAGE,
			       "\"%s\" is none of joined, changed, left, absent, back", event);
	struct arena arena = ARENA_INIT;
	struct book book;
	struct recorded recorded = {0};
	bool done = false;
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY | BOOK_SITE, err))
		return false;
	struct node *document = ticket_document(&arena, event);
	struct request request = cli_request(cli, false);
	if (!roster_field(&book, &arena, document, "person", person, err))
		goto out;
	for (const struct cli_field *field = fields; field->option; field++) {
		const char *const *values;
		size_t count = cli_values(cli, field->option, &values);
		for (size_t i = 0; i < count; i++)
			if (!roster_field(&book, &arena, document, field->field, values[i], err))
				goto out;
	}
	done = roster_record(&book, &arena, &request, document, &recorded, err);
	cli_report(cli, &recorded, true);
out:
	book_close(&book);
	arena_clear(&arena);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "staff-log",
		.synopsis = "joined|changed|left|absent|back PERSON",
		.summary = N_("record who joins, changes, leaves, is absent or back"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 2,
		.operands_max = 2,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
