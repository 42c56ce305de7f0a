// SPDX-License-Identifier: MIT
// customer-log: records who lives or works in a unit, and what changes.
#include "cli/desk.h"

static const struct cli_option options[] = {
	{'n', "name", "NAME", N_("the customer's name"), false},
	{'p', "phone", "NUMBER", N_("the customer's telephone number"), false},
	{0, "type", "TYPE", N_("what the customer is: owner, tenant, company, …"), false},
	{0, "rank", "RANK", N_("how important the customer is: vip, large, important, …"), false},
	{0, "birthday", "DATE", N_("the birthday, with or without the year: 1980-03-15, 03-15"),
	 false},
	{0, "card", "NUMBER", N_("the number of the VIP card"), false},
	{0, "address", "TEXT", N_("the address, where the unit does not say it"), false},
	{'t', "text", "TEXT", N_("anything else; - reads it from stdin"), false},
	{0, "checked", "ITEM", N_("an item of a checklist that is there, or done"), true},
	{0, "unchecked", "ITEM", N_("an item that is not, after all"), true},
	{0, "reason", "TEXT", N_("why"), false},
	DESK_STEP_OPTIONS,
	{0},
};

static const struct desk_field fields[] = {
	{"name", "customer.name"},
	{"phone", "customer.phone"},
	{"type", "customer.type"},
	{"rank", "customer.rank"},
	{"birthday", "customer.birthday"},
	{"card", "customer.card"},
	{"address", "customer.address"},
	{"checked", "checked"},
	{"unchecked", "unchecked"},
	{"reason", "reason"},
	{0},
};

/* The unit, in its one written form. */
static bool take_unit(struct desk *desk, const char *typed, const char **unit, struct err *err)
{
	struct node *document = ticket_document(&desk->arena, "opened");
	node_add_string(&desk->arena, document, "kind", KIND_CUSTOMER);
	bool done = ticket_field(&desk->book, &desk->arena, document, KIND_CUSTOMER,
				 "customer.unit", typed + (typed[0] == '@'), err);
	*unit = done ? node_text(node_get(document, "customer"), "unit") : NULL;
	return done;
}

static bool record(struct desk *desk, struct err *err)
{
	const char *event = cli_operand(desk->cli, 0), *unit;
	bool opens = event_of(event) == EVENT_OPENED;
	struct arena *arena = &desk->arena;
	struct node *document = ticket_document(arena, event);
	if (!take_unit(desk, cli_operand(desk->cli, 1), &unit, err))
		return false;
	if (opens) {
		struct node *customer = node_map(arena);
		node_add_string(arena, customer, "unit", unit);
		node_add_string(arena, document, "kind", KIND_CUSTOMER);
		node_add(arena, document, "customer", customer);
	}
	return desk_fields(desk, document, KIND_CUSTOMER, fields, err) &&
	       desk_more(desk, document, KIND_CUSTOMER, err) &&
	       (opens ? desk_open(desk, &document, 1, 1, err)
		      : desk_record(desk, unit, &document, 1, 1, err));
}

static bool run(struct cli *cli, struct err *err)
{
	static const enum event others[] = {EVENT_IMPORTED, EVENT_CALLBACK, EVENT_DRAWN,
					    EVENT_SCHEDULED};
	const char *event = cli_operand(cli, 0);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (event_of(event) == others[i])
			return err_set(err, STATUS_USAGE, "%s: another command records this",
				       event);
	return desk_run(cli, DESK_RECORDS, record, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "customer-log",
		.synopsis = "opened|changed|closed|reopened|STEP UNIT",
		.summary = N_("record who lives or works in a unit, and what changes"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 2,
		.operands_max = 2,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
