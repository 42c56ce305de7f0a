// SPDX-License-Identifier: MIT
// ticket-close: the desk closes a ticket, with the work slip where it comes along.
#include "cli/steps.h"

static const struct cli_option options[] = {
	{'r', "result", "TEXT",
	 N_("the outcome, as the customer is told it; - reads it from stdin"), false},
	{0, "valid", NULL, N_("the complaint was valid"), false},
	{0, "invalid", NULL, N_("the complaint was not valid"), false},
	{0, "reason", "TEXT", N_("what caused it, or why the complaint is not valid"), false},
	{0, "receipt", "NUMBER", N_("the receipt the desk wrote"), false},
	{0, "checked", "ITEM", N_("an item of a checklist that is there, or done"), true},
	{'w', "worker", "PERSON", N_("slip: who did the work"), true},
	{0, "work", "TEXT", N_("slip: the work that was done"), false},
	{'M', "material", "ITEM:QUANTITY", N_("slip: what material was used, and how much"), true},
	{0, "start", "TIME", N_("slip: when work began"), false},
	{0, "end", "TIME", N_("slip: when work ended"), false},
	{0, "hours", "HOURS", N_("slip: hours in all, preparation included"), false},
	{0, "labour", "MONEY", N_("slip: money for labour"), false},
	{0, "material-cost", "MONEY", N_("slip: money for material"), false},
	{0, "charge", "MONEY", N_("slip: the charge"), false},
	{0, "signature", "NAME", N_("slip: who signed for the household"), false},
	{0, "opinion", "TEXT", N_("slip: what the household says"), false},
	{'p', "phone", "NUMBER", N_("slip: the telephone number written on it"), false},
	{0, "checked-by", "PERSON", N_("slip: who checked and signed it"), false},
	DESK_STEP_OPTIONS,
	CLI_ONCE('m', "material"),
	{0},
};

static const struct desk_field slip[] = {
	{"worker", "workers"},
	{"work", "work"},
	{"material", "materials"},
	{"start", "start"},
	{"end", "end"},
	{"hours", "hours"},
	{"labour", "labour"},
	{"material-cost", "material"},
	{"charge", "charge"},
	{"signature", "signature"},
	{"opinion", "opinion"},
	{"phone", "phone-seen"},
	{"checked-by", "checked-by"},
	{0},
};

static bool take_closing(struct desk *desk, struct node *closed, const char *kind, struct err *err)
{
	static const struct desk_field fields[] = {
		{"reason", "reason"}, {"receipt", "receipt"}, {"checked", "checked"}, {0}};
	struct cli *cli = desk->cli;
	if (cli_has(cli, "valid") && cli_has(cli, "invalid"))
		return err_set(err, STATUS_USAGE, "give --valid or --invalid, not both");
	if (cli_has(cli, "valid") || cli_has(cli, "invalid"))
		node_set(&desk->arena, closed, "valid",
			 node_bool(&desk->arena, cli_has(cli, "valid")));
	return desk_fields(desk, closed, kind, fields, err) && desk_more(desk, closed, kind, err) &&
	       desk_text(desk, closed, "result", cli_value(cli, "result"), err);
}

/* The slip goes into a `finished` document of its own, which is recorded with the closing. */
static bool close_ticket(struct desk *desk, struct err *err)
{
	struct node *documents[] = {ticket_document(&desk->arena, "finished"),
				    ticket_document(&desk->arena, "closed")};
	const char *id, *kind;
	if (!desk_ticket(desk, &id, &kind, err) ||
	    !desk_fields(desk, documents[0], kind, slip, err) ||
	    !take_closing(desk, documents[1], kind, err))
		return false;
	size_t own = node_pair_count(documents[0]) > 1 ? 2 : 1;
	return steps_record(desk, id, kind, documents + 2 - own, own, err);
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, DESK_RECORDS, close_ticket, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ticket-close",
		.synopsis = "TICKET",
		.summary = N_("close a ticket at the desk"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 1,
		.operands_max = 1,
		.steps = steps_options,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
