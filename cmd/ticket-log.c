// SPDX-License-Identifier: MIT
// ticket-log: records a step of a ticket: any that the policy names, and the core events.
#include <string.h>

#include "cli/desk.h"

static const struct cli_option options[] = {
	{'t', "text", "TEXT", N_("free text; - reads it from stdin"), false},
	{'w', "worker", "PERSON", N_("who did the work"), true},
	{'M', "material", "ITEM:QUANTITY", N_("what material was used, and how much"), true},
	{0, "work", "TEXT", N_("the work that was done"), false},
	{0, "price", "MONEY", N_("the price quoted"), false},
	{0, "labour", "MONEY", N_("what the labour costs"), false},
	{0, "material-cost", "MONEY", N_("what the material costs"), false},
	{0, "charge", "MONEY", N_("the charge"), false},
	{0, "start", "TIME", N_("when work began"), false},
	{0, "end", "TIME", N_("when work ended"), false},
	{0, "hours", "HOURS", N_("hours in all"), false},
	{0, "checked-by", "PERSON", N_("who checked and signed the slip"), false},
	{0, "signature", "NAME", N_("who signed for the household"), false},
	{0, "opinion", "TEXT", N_("what the household says"), false},
	{'p', "phone", "NUMBER", N_("the telephone number written on the slip"), false},
	{'r', "result", "TEXT", N_("the outcome"), false},
	{0, "reason", "TEXT", N_("why"), false},
	DESK_STEP_OPTIONS,
	CLI_ONCE('m', "material"),
	{0},
};

static bool record(struct desk *desk, struct err *err)
{
	static const struct desk_field fields[] = {
		{"worker", "workers"},
		{"material", "materials"},
		{"work", "work"},
		{"price", "price"},
		{"labour", "labour"},
		{"material-cost", "material"},
		{"charge", "charge"},
		{"start", "start"},
		{"end", "end"},
		{"checked-by", "checked-by"},
		{"hours", "hours"},
		{"signature", "signature"},
		{"opinion", "opinion"},
		{"phone", "phone-seen"},
		{"result", "result"},
		{"reason", "reason"},
		{0},
	};
	struct node *document = ticket_document(&desk->arena, cli_operand(desk->cli, 1));
	const char *id, *kind;
	return desk_ticket(desk, &id, &kind, err) &&
	       desk_fields(desk, document, kind, fields, err) &&
	       desk_more(desk, document, kind, err) && desk_record(desk, id, &document, 1, err);
}

static bool run(struct cli *cli, struct err *err)
{
	static const char *const others[] = {"opened",        "ticket-open", "imported",
					     "ledger-import", "callback",    "callback-log"};
	const char *step = cli_operand(cli, 1);
	for (size_t i = 0; i < sizeof others / sizeof *others; i += 2)
		if (strcmp(step, others[i]) == 0)
			return err_set(err, STATUS_USAGE, "%s is recorded by %s", step,
				       others[i + 1]);
	return desk_run(cli, DESK_RECORDS, record, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ticket-log",
		.synopsis = "TICKET STEP",
		.summary = N_("record a step of a ticket"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 2,
		.operands_max = 2,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
