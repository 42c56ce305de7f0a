// SPDX-License-Identifier: MIT
// ticket-list: tickets by state, kind, who has them, whose they are, what they say.
#include <string.h>

#include "cli/desk.h"
#include "cli/filter.h"
#include "data/time.h"
#include "ticket/listing.h"
#include "ticket/outstanding.h"
#include "view/listing.h"
#include "view/outstanding.h"

static const struct cli_option options[] = {
	{0, "state", "open|finished|closed|voided|disputed|all",
	 N_("only tickets in this state; without it, those that are not over"), true},
	{'k', "kind", "KIND", N_("only tickets of this kind"), false},
	{'c', "category", "CATEGORY", N_("only tickets of this category"), false},
	{'s', "severity", "SEVERITY", N_("only tickets of this severity"), false},
	{'a', "assignee", "PERSON", N_("only tickets assigned to this person"), false},
	{'f', "for", "PERSON",
	 N_("only what waits for this person, who may have left: tickets, callbacks by name, "
	    "signatures"),
	 false},
	{0, "team", "TEAM", N_("only tickets of this team"), false},
	{'d', "department", "DEPARTMENT", N_("only tickets of this department"), false},
	{'u', "unit", "UNIT", N_("only tickets of this unit, building or floor"), false},
	{0, "customer", "CUSTOMER",
	 N_("only of customers whose name contains this, or whose telephone number ends with it"),
	 false},
	{'m', "match", "REGEX", N_("only tickets in which this expression is found"), false},
	{0, "since", "DATE", N_("only tickets opened on that day or later"), false},
	{0, "until", "DATE", N_("only tickets opened on that day or earlier"), false},
	{'o', "overdue", NULL, N_("only tickets with an open deadline that has passed"), false},
	{0, "asked-again", NULL, N_("only tickets about which the household has asked again"),
	 false},
	{0, "overridden", NULL,
	 N_("only tickets, in any state, for which somebody overrode a rule; by whom, and why"),
	 false},
	{0, "incomplete", NULL,
	 N_("only what a checklist lacks something of, and what; customers too"), false},
	{0, "outstanding", NULL,
	 N_("what was given out and is not back, by person and item; of one person, who is named"),
	 false},
	CLI_ONCE('s', "state"),
	CLI_ONCE('n', "customer"),
	{0},
};

static void find_states(struct cli *cli, struct listing_filter *filter)
{
	const char *const *states;
	size_t count = cli_values(cli, "state", &states);
	for (size_t i = 0; i < count; i++)
		for (enum form_state state = FORM_OPEN; state <= FORM_DISPUTED; state++)
			if (strcmp(states[i], "all") == 0 ||
			    strcmp(states[i], form_state_name(state)) == 0)
				filter->states |= 1u << state;
}

static bool find_day(struct cli *cli, const struct book *book, const char *option, int after,
		     int64_t *instant, struct err *err)
{
	int day;
	if (!cli_has(cli, option))
		return true;
	if (!date_input(cli_value(cli, option), &day, err))
		return err_prefix(err, after ? "--until" : "--since");
	*instant = zone_day_start(&book->zone, day + after);
	return true;
}

/* A filter that nothing can fit is most likely a slip. */
static bool check_names(struct desk *desk, struct err *err)
{
	return filter_name(desk, "kind", RULE_KIND, KNOWN_KIND, err) &&
	       filter_name(desk, "category", RULE_CATEGORY, KNOWN_CATEGORY, err) &&
	       filter_name(desk, "severity", RULE_SEVERITY, KNOWN_SEVERITY, err) &&
	       filter_person(desk, "assignee", err) && filter_person(desk, "for", err) &&
	       filter_department(desk, "department", err) &&
	       filter_recorded(desk, "team", KNOWN_TEAM, err);
}

static bool find_filter(struct desk *desk, struct pattern **pattern, struct listing_filter *filter,
			struct err *err)
{
	struct cli *cli = desk->cli;
	const char *match = cli_value(cli, "match");
	*filter = (struct listing_filter){
		.kind = cli_value(cli, "kind"),
		.category = cli_value(cli, "category"),
		.severity = cli_value(cli, "severity"),
		.assignee = cli_value(cli, "assignee"),
		.person = cli_value(cli, "for"),
		.team = cli_value(cli, "team"),
		.department = cli_value(cli, "department"),
		.customer = cli_value(cli, "customer"),
		.overdue = cli_has(cli, "overdue"),
		.asked = cli_has(cli, "asked-again"),
		.overridden = cli_has(cli, "overridden"),
		.incomplete = cli_has(cli, "incomplete"),
		.since = INT64_MIN,
	};
	if (!filter_unit(desk, "unit", &filter->unit, err))
		return false;
	if (filter->customer && !*filter->customer)
		return err_set(err, STATUS_USAGE,
			       "--customer: it is empty: give part of the name, or the end of the "
			       "telephone number");
	if (match && !(*pattern = pattern_new(match, strlen(match), false, err))) {
		err->status = STATUS_USAGE;
		return err_prefix(err, "--match");
	}
	filter->text = *pattern;
	find_states(cli, filter);
	if (!find_day(cli, &desk->book, "since", 0, &filter->since, err) ||
	    !find_day(cli, &desk->book, "until", 1, &filter->until, err))
		return false;
	return !cli_has(cli, "until") || filter->since < filter->until ||
	       err_set(err, STATUS_USAGE, "--since: %s is later than --until %s",
		       cli_value(cli, "since"), cli_value(cli, "until"));
}

static void say_problems(struct desk *desk, const struct gathered *gathered)
{
	cli_problems(desk->cli, &gathered->problems);
	if (gathered->once.text)
		cli_problem(desk->cli, &gathered->once);
}

static void list_forms(struct desk *desk, const struct listing_filter *filter)
{
	struct listing listing;
	listing_read(&desk->book, filter, &listing);
	cli_show(desk->cli, view_listing(&desk->style, &listing));
	say_problems(desk, &listing.gathered);
	listing_clear(&listing);
}

static bool list_outstanding(struct desk *desk, const struct listing_filter *forms, struct err *err)
{
	const struct outstanding_filter filter = {.forms = *forms,
						  .holder = cli_operand(desk->cli, 0)};
	struct outstanding outstanding;
	size_t cursor = 0;
	if (!policy_next(desk->book.policy, RULE_BALANCE, &cursor))
		return err_set(err, STATUS_USAGE,
			       "--outstanding: none of these packs says what goes out and comes "
			       "back (balances)");
	outstanding_read(&desk->book, &filter, &outstanding);
	bool known = !filter.holder || outstanding.known ||
		     staff_person(&desk->book.staff, filter.holder);
	if (known)
		cli_show(desk->cli, view_outstanding(&desk->style, &outstanding));
	else
		err_set(err, STATUS_USAGE,
			"--outstanding: %s is not in staff.yaml, and nothing was ever out with "
			"them",
			filter.holder);
	say_problems(desk, &outstanding.gathered);
	outstanding_clear(&outstanding);
	return known;
}

static bool list(struct desk *desk, struct err *err)
{
	struct listing_filter filter;
	struct pattern *pattern = NULL;
	bool outstanding = cli_has(desk->cli, "outstanding");
	bool done = find_filter(desk, &pattern, &filter, err) && check_names(desk, err);
	if (done && !outstanding && cli_operands(desk->cli))
		done = err_set(err, STATUS_USAGE,
			       "%s: a person is named with --outstanding only: what waits for "
			       "somebody is listed by --for",
			       cli_operand(desk->cli, 0));
	if (done && outstanding)
		done = list_outstanding(desk, &filter, err);
	else if (done)
		list_forms(desk, &filter);
	pattern_free(pattern);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, DESK_READS, list, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ticket-list",
		.synopsis = "[PERSON]",
		.summary = N_("list tickets"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.operands_max = 1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
