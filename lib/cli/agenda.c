// SPDX-License-Identifier: MIT
// What callback-due and ticket-due share: which entries are wanted, and showing them.
#include "cli/agenda.h"

#include <string.h>

#include "cli/desk.h"
#include "data/deadline.h"
#include "view/agenda.h"

/* Whether NAME is a deadline's or a callback's rule, or one of their clauses. */
static bool is_rule(const struct book *book, const char *name)
{
	static const enum rule_list lists[] = {RULE_DEADLINE, RULE_CALLBACK};
	for (size_t i = 0; i < 2; i++) {
		size_t cursor = 0;
		const struct rule *rule;
		if (policy_find_recorded(book->policy, lists[i], name))
			return true;
		while ((rule = policy_next(book->policy, lists[i], &cursor)))
			if (node_holds(node_get(rule->node, "clause"), name))
				return true;
	}
	return false;
}

bool cli_agenda_options(struct cli *cli, struct book *book, struct agenda_options *wanted,
			struct err *err)
{
	const char *within = cli_value(cli, "within");
	struct duration duration;
	struct clock clock = {.zone = &book->zone,
			      .calendar = book->calendar,
			      .hours = policy_hours(book->policy, NULL)};
	bool provisional = false;
	wanted->person = cli_value(cli, "for");
	wanted->rule = cli_value(cli, "rule");
	const struct member *member =
		wanted->person ? staff_find(&book->staff, wanted->person, book->now) : NULL;
	if (wanted->person && !member)
		return err_set(err, STATUS_USAGE, "--for: %s is not in %s", wanted->person,
			       LEDGER_STAFF);
	if (member && member->left)
		return err_set(err, STATUS_USAGE, "--for: %s does not work here any more",
			       wanted->person);
	if (wanted->rule && !is_rule(book, wanted->rule))
		return err_set(err, STATUS_USAGE, "--rule: the policy has no rule or clause %s",
			       wanted->rule);
	if (!within)
		return true;
	if (!duration_parse(within, &duration, err)) {
		err->status = STATUS_USAGE;
		return err_prefix(err, "--within");
	}
	return deadline_find(&clock, book->now, duration, DAY_END_USUAL, false, &wanted->within,
			     &provisional, err);
}

void cli_agenda_show(struct cli *cli, struct book *book, const struct agenda_options *wanted)
{
	const char *format = cli_value(cli, "format");
	struct view_style style = cli_style(cli, book);
	struct agenda agenda;
	agenda_read(book, wanted, &agenda);
	if (format && strcmp(format, "ical") == 0) {
		struct buf calendar;
		buf_init(&calendar);
		view_agenda_calendar(&style, &agenda, &calendar);
		cli_write(cli, calendar.data, calendar.len);
		buf_clear(&calendar);
	} else {
		cli_show(cli, view_agenda(&style, &agenda, wanted->deadlines));
	}
	cli_problems(cli, &agenda.problems);
	if (cli_has(cli, "exit-code") && agenda.count && agenda.entries[0].status == AGENDA_OVERDUE)
		cli_raise(cli, STATUS_NO);
	agenda_clear(&agenda);
}
