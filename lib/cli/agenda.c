// SPDX-License-Identifier: MIT
// What callback-due and ticket-due share: all but which entries they are about.
#include "cli/agenda.h"

#include <string.h>

#include "cli/filter.h"
#include "data/deadline.h"
#include "view/agenda.h"

static bool take_person(const struct cli *cli, const struct book *book,
			struct agenda_options *wanted, struct err *err)
{
	const char *person = wanted->person = cli_value(cli, "for");
	const struct member *member = person ? staff_find(&book->staff, person, book->now) : NULL;
	if (person && !member)
		return err_set(err, STATUS_USAGE,
			       "--for: %s is not in %s: see staff-list for who there is", person,
			       LEDGER_STAFF);
	if (member && member->left)
		return err_set(err, STATUS_USAGE, "--for: %s does not work here any more", person);
	return true;
}

static bool take_within(const struct cli *cli, const struct book *book,
			struct agenda_options *wanted, struct err *err)
{
	const char *within = cli_value(cli, "within");
	struct duration duration;
	struct clock clock =
		book_clock(book, policy_hours(book->policy, NULL, zone_day(&book->zone, book->now)),
			   book->now);
	struct due until;
	if (!within)
		return true;
	if (!duration_parse(within, &duration, err)) {
		err->status = STATUS_USAGE;
		return err_prefix(err, "--within");
	}
	if (!deadline_find(&clock, book->now, duration, DAY_END_USUAL, false, &until, err))
		return false;
	if (!wanted->within)
		wanted->within = until.at;
	return true;
}

static bool take_options(struct desk *desk, struct agenda_options *wanted, struct err *err)
{
	const struct cli *cli = desk->cli;
	const struct book *book = &desk->book;
	wanted->rule = cli_value(cli, "rule");
	if (!take_person(cli, book, wanted, err))
		return false;
	unsigned either = 1u << KNOWN_DEADLINE | 1u << KNOWN_CALLBACK;
	return filter_rule(desk, "rule", either, err) && take_within(cli, book, wanted, err);
}

static void show(struct desk *desk, const struct agenda *agenda, bool deadlines)
{
	const char *format = cli_value(desk->cli, "format");
	struct buf calendar;
	if (!format || strcmp(format, "ical") != 0) {
		cli_show(desk->cli, view_agenda(&desk->style, agenda, deadlines));
		return;
	}
	buf_init(&calendar);
	view_agenda_calendar(&desk->style, agenda, &calendar);
	cli_write(desk->cli, calendar.data, calendar.len);
	buf_clear(&calendar);
}

/* What is to be done about the calendar: nobody looks into it unasked. */
static void say_calendar(struct desk *desk, const struct agenda *agenda)
{
	if (agenda->reaching)
		cli_say(desk->cli,
			agenda->reaching == 1
				? _("%zu open deadline or callback reaches %d, whose days off are "
				    "not in policy/calendar.yaml: add them when the notice is "
				    "out%s")
				: _("%zu open deadlines or callbacks reach %d, whose days off are "
				    "not in policy/calendar.yaml: add them when the notice is "
				    "out%s"),
			agenda->reaching, agenda->unpublished,
			agenda->guessed ? "" : _(" (these ends do not depend on them)"));
	if (agenda->moved)
		cli_say(desk->cli,
			agenda->moved == 1
				? _("%zu open deadline or callback was set before days off became "
				    "known: deadline-recompute lists it")
				: _("%zu open deadlines or callbacks were set before days off "
				    "became known: deadline-recompute lists them"),
			agenda->moved);
}

bool cli_agenda(struct desk *desk, struct agenda_options *wanted, struct err *err)
{
	struct agenda agenda;
	if (!take_options(desk, wanted, err))
		return false;
	agenda_read(&desk->book, wanted, &agenda);
	show(desk, &agenda, wanted->deadlines);
	say_calendar(desk, &agenda);
	cli_problems(desk->cli, &agenda.gathered.problems);
	if (cli_has(desk->cli, "exit-code") && agenda.count &&
	    agenda.entries[0].status == AGENDA_OVERDUE)
		cli_raise(desk->cli, STATUS_NO);
	agenda_clear(&agenda);
	return true;
}
