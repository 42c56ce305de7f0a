// SPDX-License-Identifier: MIT
// customer-log: records who lives or works in a unit, and what changes.
#include <string.h>

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
	{0, "reason", "TEXT", N_("why"), false},
	CLI_FIELD_OPTIONS,
	{0},
};

static const struct cli_field fields[] = {
	{"name", "customer.name"},
	{"phone", "customer.phone"},
	{"type", "customer.type"},
	{"rank", "customer.rank"},
	{"birthday", "customer.birthday"},
	{"card", "customer.card"},
	{"address", "customer.address"},
	{"reason", "reason"},
	{0},
};

/* The unit, in its one written form. */
static bool take_unit(struct book *book, struct arena *arena, const char *typed, const char **unit,
		      struct err *err)
{
	struct node *document = ticket_document(arena, "opened");
	node_add_string(arena, document, "kind", KIND_CUSTOMER);
	bool done = ticket_field(book, arena, document, KIND_CUSTOMER, "customer.unit",
				 typed + (typed[0] == '@'), err);
	*unit = done ? node_text(node_get(document, "customer"), "unit") : NULL;
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	const char *event = cli_operand(cli, 0), *unit;
	struct arena arena = ARENA_INIT;
	struct book book;
	struct recorded recorded = {0};
	bool done = false, opens = event_of(event) == EVENT_OPENED;
	static const enum event others[] = {EVENT_IMPORTED, EVENT_CALLBACK, EVENT_DRAWN,
					    EVENT_SCHEDULED};
	bool other = false;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		other = other || event_of(event) == others[i];
	if (other)
		return err_set(err, STATUS_USAGE, "%s is not recorded by customer-log", event);
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY | BOOK_SITE, err))
		return false;
	struct node *document = ticket_document(&arena, event);
	if (!take_unit(&book, &arena, cli_operand(cli, 1), &unit, err))
		goto out;
	if (opens) {
		struct node *customer = node_map(&arena);
		node_add_string(&arena, customer, "unit", unit);
		node_add_string(&arena, document, "kind", KIND_CUSTOMER);
		node_add(&arena, document, "customer", customer);
	}
	if (!cli_fields(cli, &book, &arena, document, KIND_CUSTOMER, fields, err) ||
	    (cli_has(cli, "text") &&
	     !cli_text_field(cli, &arena, document, cli_value(cli, "text"), "text", err)))
		goto out;
	if (!opens) {
		done = cli_record_steps(cli, &book, &arena, unit, &document, 1, err);
		goto out;
	}
	struct request request = cli_request(cli, true);
	done = ticket_open(&book, &arena, &request, document, &recorded, err);
	cli_report(cli, &recorded, true);
out:
	book_close(&book);
	arena_clear(&arena);
	return done;
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
