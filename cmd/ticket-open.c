// SPDX-License-Identifier: MIT
// ticket-open: records what a customer asks for, and prints the ticket's number.
#include <string.h>

#include "cli/steps.h"
#include "data/time.h"
#include "ticket/repeats.h"

static const struct cli_option options[] = {
	{'k', "kind", "KIND", N_("complaint, repair, …; without it, found in the text"), false},
	{'c', "category", "CATEGORY", N_("what it is about; without it, found in the text"), false},
	{'s', "severity", "SEVERITY", N_("how grave it is; without it, found in the text"), false},
	{'u', "unit", "UNIT", N_("building and room, like 3-1201"), false},
	{'n', "name", "NAME", N_("the customer's name"), false},
	{'p', "phone", "NUMBER", N_("the customer's telephone number"), false},
	{0, "channel", "CHANNEL",
	 N_("how it reached the desk: phone, desk, visit, letter, wechat, …"), false},
	{0, "charging", "free|paid", N_("whether the customer pays"), false},
	{'d', "department", "DEPARTMENT", N_("the department it concerns"), false},
	{0, "agreed-at", "TIME", N_("the time agreed with the customer"), false},
	{0, "promised", "TIME", N_("until when the customer was promised a reply"), false},
	{0, "about", "TICKET", N_("another ticket that this one is about"), true},
	{0, "joins", "TICKET",
	 N_("somebody else called about this already: it goes on in that ticket"), false},
	{'t', "text", "TEXT", N_("the text; - reads it from stdin; without any, $EDITOR opens"),
	 false},
	DESK_STEP_OPTIONS,
	{0},
};

/* Whether the household asked for this before, said after the number is out: it costs the caller
 * nothing. */
static void say_repeats(struct desk *desk, const struct node *document)
{
	struct book *book = &desk->book;
	const char *id = desk->recorded.id;
	const char *unit = node_text(node_get(document, "customer"), "unit"),
		   *kind = node_text(document, "kind");
	struct repeats repeats;
	struct err err = ERR_INIT;
	int64_t at = book->now;
	if (!unit || !kind || !repeats_count(book->policy, kind) ||
	    !time_parse(node_text(document, "at"), &at, &err)) {
		err_clear(&err);
		return;
	}
	repeats_read(book, unit, at, book->now + 1, &repeats);
	for (size_t i = 0; i < repeats.count; i++)
		if (strstr(repeats.items[i].tickets, id))
			cli_say(desk->cli,
				"%s: %s: this is number %zu of the same matter at %s: %s [%s]", id,
				repeats.items[i].rule, repeats.items[i].times, unit,
				repeats.items[i].tickets, repeats.items[i].clause);
	repeats_clear(&repeats);
}

/* The step by which the matter goes on in the ticket that --joins names. */
static struct node *merging(struct desk *desk, const char *kind, struct err *err)
{
	static const struct desk_field fields[] = {{"joins", "into"}, {0}};
	struct node *document = ticket_document(&desk->arena, "merged");
	return desk_fields(desk, document, kind, fields, err) ? document : NULL;
}

static bool open_ticket(struct desk *desk, struct err *err)
{
	static const struct desk_field fields[] = {
		{"kind", "kind"},
		{"category", "category"},
		{"severity", "severity"},
		{"unit", "customer.unit"},
		{"name", "customer.name"},
		{"phone", "customer.phone"},
		{"channel", "channel"},
		{"charging", "charging"},
		{"department", "department"},
		{"agreed-at", "agreed-at"},
		{"promised", "promised"},
		{"about", "links"},
		{0},
	};
	struct cli *cli = desk->cli;
	struct node *document = ticket_document(&desk->arena, "opened");
	const char *kind = cli_value(cli, "kind");
	if (!desk_fields(desk, document, kind, fields, err) ||
	    !desk_more(desk, document, kind, err) ||
	    (!cli_has(cli, "text") && !desk_text(desk, document, "text", cli_operand(cli, 0), err)))
		return false;
	struct node *own[] = {document, NULL};
	size_t count = cli_has(cli, "joins") ? 2 : 1;
	if (count == 2 && !(own[1] = merging(desk, kind, err)))
		return false;
	struct node **all = steps_all(desk, own, count, kind, err);
	bool done = all && desk_open(desk, all, count + cli_steps(cli), count, err);
	if (done && !desk->request.dry_run && !desk->recorded.repeated)
		say_repeats(desk, document);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	if (cli_has(cli, "text") && cli_operand(cli, 0))
		return err_set(err, STATUS_USAGE, "the text is given twice: as --text and as “%s”",
			       cli_operand(cli, 0));
	return desk_run(cli, DESK_RECORDS, open_ticket, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ticket-open",
		.synopsis = "[TEXT]",
		.summary = N_("record what a customer asks for"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_max = 1,
		.steps = steps_options,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
