// SPDX-License-Identifier: MIT
// personnel-log: records what stands in a person's register: commendations, sanctions, training,
// appointments, proposals.
#include "cli/desk.h"
#include "staff/personnel.h"

static const struct cli_option options[] = {
	{0, "degree", "DEGREE", N_("commended, sanctioned: the degree"), false},
	{'m', "money", "AMOUNT", N_("commended: the money that comes with it"), false},
	{0, "course", "COURSE", N_("trained: the course"), false},
	{'H', "hours", "HOURS", N_("trained: the hours of this lesson, or of several"), false},
	{0, "passed", "yes|no", N_("trained: whether the person passed"), false},
	{0, "certificate", "CERTIFICATE", N_("certified: the certificate"), false},
	{0, "number", "NUMBER", N_("certified: its number"), false},
	{0, "until", "DATE", N_("certified: its last day"), false},
	{0, "role", "ROLE", N_("appointed: to which role"), false},
	{0, "penalty", "PENALTY", N_("proposed: the penalty"), false},
	{0, "bearer", "BEARER", N_("proposed: in which part the person bears it"), false},
	{0, "cases", "NUMBER", N_("proposed: the number of cases (1)"), false},
	{0, "cost", "AMOUNT", N_("proposed: the cost of the damage"), false},
	{0, "rating", "RATING", N_("rated: the rating"), false},
	{0, "result", "NUMBER", N_("rated: the result"), false},
	{0, "subject", "SUBJECT", N_("registered: what it is, as the policy calls it"), false},
	{'n', "name", "NAME", N_("registered: its name"), false},
	{0, "ticket", "TICKET", N_("a ticket that shows it"), false},
	{'r', "reason", "TEXT", N_("why"), false},
	{0, "of", "NUMBER", N_("corrected, voided: the number of the document"), false},
	CLI_ONCE('d', "degree"),
	CLI_ONCE('c', "course"),
	CLI_ONCE('p', "passed"),
	CLI_ONCE('t', "ticket"),
	{0},
};

static bool record(struct desk *desk, struct err *err)
{
	const char *person = cli_operand(desk->cli, 0), *event = cli_operand(desk->cli, 1);
	struct node *document = ticket_document(&desk->arena, event);
	/* every option is called like its field */
	for (const struct cli_option *option = options; option->name; option++)
		if (cli_has(desk->cli, option->name) &&
		    !personnel_field(&desk->book, &desk->arena, document, option->name,
				     cli_value(desk->cli, option->name), err))
			return false;
	bool done = personnel_record(&desk->book, &desk->arena, &desk->request, person, document,
				     &desk->recorded, err);
	desk_report(desk, false);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	static const char *const events[] = {"registered", "commended", "sanctioned", "trained",
					     "certified",  "appointed", "proposed",   "rated",
					     "corrected",  "voided",    NULL};
	return cli_one_of(cli_operand(cli, 1), events, err) &&
	       desk_run(cli, DESK_RECORDS, record, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "personnel-log",
		.synopsis = "PERSON EVENT",
		.summary = N_("record what stands in a person's register"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 2,
		.operands_max = 2,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
