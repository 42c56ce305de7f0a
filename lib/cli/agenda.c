// SPDX-License-Identifier: MIT
// What callback-due and ticket-due share: which entries are wanted, and how they are shown.
#include "cli/agenda.h"

#include <inttypes.h>
#include <string.h>

#include "data/deadline.h"
#include "text/ical.h"

/* What can be said of an entry. */
enum cell {
	CELL_STATUS,
	CELL_DUE,
	CELL_TICKET,
	CELL_UNIT,
	CELL_NAME,
	CELL_PHONE,
	CELL_WHO,
	CELL_CLAUSE,
	CELL_RULE,
	CELL_KIND,
	CELL_CATEGORY,
	CELL_OPENS,
	CELL_ATTEMPTS,
	CELL_ROLES,
	CELL_PERIOD,
	CELL_FINISHED,
	CELL_NEEDED,
	CELL_CALLED,
	CELL_ON_SITE,
	CELL_DRAWN,
	CELL_PROVISIONAL,
	CELL_ID,
	CELL_UNTIL,
	CELL_START,
	CELLS,
};

/* In a table, the first few columns: what helps to do it. For programs, all. */
struct layout {
	struct table_column columns[CELLS];
	enum cell cells[CELLS];
	size_t count, for_people;
};

static const struct layout callbacks = {
	.columns = {{.name = "status", .whole = true},
		    {.name = "due", .whole = true},
		    {.name = "ticket", .whole = true},
		    {.name = "unit"},
		    {.name = "name"},
		    {.name = "phone", .whole = true},
		    {.name = "who"},
		    {.name = "clause"},
		    {.name = "rule"},
		    {.name = "kind"},
		    {.name = "category"},
		    {.name = "opens"},
		    {.name = "attempts", .number = true},
		    {.name = "roles"},
		    {.name = "period"},
		    {.name = "finished", .number = true},
		    {.name = "needed", .number = true},
		    {.name = "called", .number = true},
		    {.name = "on-site", .number = true},
		    {.name = "drawn"},
		    {.name = "provisional"}},
	.cells = {CELL_STATUS,     CELL_DUE,    CELL_TICKET,   CELL_UNIT,    CELL_NAME,
		  CELL_PHONE,      CELL_WHO,    CELL_CLAUSE,   CELL_RULE,    CELL_KIND,
		  CELL_CATEGORY,   CELL_OPENS,  CELL_ATTEMPTS, CELL_ROLES,   CELL_PERIOD,
		  CELL_FINISHED,   CELL_NEEDED, CELL_CALLED,   CELL_ON_SITE, CELL_DRAWN,
		  CELL_PROVISIONAL},
	.count = 21,
	.for_people = 8,
};

static const struct layout deadlines = {
	.columns = {{.name = "status", .whole = true},
		    {.name = "due", .whole = true},
		    {.name = "ticket", .whole = true},
		    {.name = "deadline"},
		    {.name = "unit"},
		    {.name = "who"},
		    {.name = "until"},
		    {.name = "clause"},
		    {.name = "rule"},
		    {.name = "kind"},
		    {.name = "category"},
		    {.name = "name"},
		    {.name = "phone"},
		    {.name = "start"},
		    {.name = "roles"},
		    {.name = "provisional"}},
	.cells = {CELL_STATUS, CELL_DUE, CELL_TICKET, CELL_ID, CELL_UNIT, CELL_WHO, CELL_UNTIL,
		  CELL_CLAUSE, CELL_RULE, CELL_KIND, CELL_CATEGORY, CELL_NAME, CELL_PHONE,
		  CELL_START, CELL_ROLES, CELL_PROVISIONAL},
	.count = 16,
	.for_people = 8,
};

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

/* A day alone where it is the whole day that counts. */
static void add_due(const struct book *book, int64_t at, bool people, struct buf *out)
{
	struct civil civil;
	zone_civil(&book->zone, at, &civil);
	if (!people)
		time_format(&book->zone, at, out);
	else if (civil.hour == 23 && civil.minute == 59 && civil.second == 59)
		date_format(zone_day(&book->zone, at), out);
	else
		time_format_short(&book->zone, at, out);
}

static const char *number(struct arena *arena, bool present, int64_t value)
{
	return present ? arena_printf(arena, "%" PRId64, value) : NULL;
}

/* The rule, and whom to find where; of what is no form what is amiss. */
static const char *summary_of(struct arena *arena, const struct book *book,
			      const struct agenda_entry *entry)
{
	const char *parts[] = {entry->unit, entry->name, entry->phone}, *summary = entry->rule;
	if (entry->unplanned) {
		struct buf since;
		buf_init(&since);
		date_format(zone_day(&book->zone, entry->start), &since);
		summary = arena_printf(arena, "not run since %s", since.data);
		buf_clear(&since);
	} else if (!entry->form) {
		summary = arena_printf(arena, "%s %s: %" PRId64 " of %" PRId64, entry->rule,
				       entry->period, entry->called, entry->needed);
	}
	for (size_t i = 0; entry->form && i < sizeof parts / sizeof *parts; i++)
		if (parts[i])
			summary = arena_printf(arena, "%s %s", summary, parts[i]);
	return summary;
}

static void add_row(const struct book *book, struct table *table, const struct layout *layout,
		    const struct agenda_entry *entry, bool people)
{
	struct arena arena = ARENA_INIT;
	struct buf due, opens, start, who;
	buf_init(&due);
	buf_init(&opens);
	buf_init(&start);
	buf_init(&who);
	bool share = entry->period[0];
	add_due(book, entry->at, people, &due);
	if (entry->opens)
		time_format(&book->zone, entry->opens, &opens);
	if (entry->start)
		time_format(&book->zone, entry->start, &start);
	agenda_callers(book, entry, &who);
	if (people && share) {
		buf_addf(&who, " (%" PRId64 " of %" PRId64 " done", entry->called, entry->needed);
		if (entry->on_site)
			buf_addf(&who, ", %" PRId64 " on site to do", entry->on_site);
		buf_addc(&who, ')');
	}
	const char *name = entry->name;
	if (people && !entry->form)
		name = summary_of(&arena, book, entry);
	const char *said[CELLS] = {
		[CELL_STATUS] = agenda_status_name(entry->status),
		[CELL_DUE] = due.data,
		[CELL_TICKET] = people && entry->unplanned ? entry->rule : entry->form,
		[CELL_UNIT] = entry->unit,
		[CELL_NAME] = name,
		[CELL_PHONE] = entry->phone,
		[CELL_WHO] = who.len ? who.data : NULL,
		[CELL_CLAUSE] = entry->clause,
		[CELL_RULE] = entry->rule,
		[CELL_KIND] = entry->kind,
		[CELL_CATEGORY] = entry->category,
		[CELL_OPENS] = opens.len ? opens.data : NULL,
		[CELL_ATTEMPTS] = number(&arena, true, entry->attempts),
		[CELL_ROLES] = entry->who,
		[CELL_PERIOD] = share ? entry->period : NULL,
		[CELL_FINISHED] = number(&arena, share, entry->total),
		[CELL_NEEDED] = number(&arena, share, entry->needed),
		[CELL_CALLED] = number(&arena, share, entry->called),
		[CELL_ON_SITE] = number(&arena, share, entry->on_site),
		[CELL_DRAWN] = entry->drawn ? "yes" : NULL,
		[CELL_PROVISIONAL] = entry->provisional ? "yes" : NULL,
		[CELL_ID] = entry->id,
		[CELL_UNTIL] = entry->until,
		[CELL_START] = start.len ? start.data : NULL,
	};
	const char *cells[CELLS];
	for (size_t i = 0; i < layout->count; i++)
		cells[i] = said[layout->cells[i]];
	table_row(table, cells);
	buf_clear(&due);
	buf_clear(&opens);
	buf_clear(&start);
	buf_clear(&who);
	arena_clear(&arena);
}

static void show_rows(struct cli *cli, const struct book *book, const struct layout *layout,
		      const struct agenda *agenda, enum table_format format)
{
	bool people = format == TABLE_TABLE;
	struct table *table =
		table_new(layout->columns, people ? layout->for_people : layout->count, format);
	struct buf out;
	buf_init(&out);
	if (cli_has(cli, "no-header"))
		table_no_header(table);
	for (size_t i = 0; i < agenda->count; i++)
		add_row(book, table, layout, &agenda->entries[i], people);
	if (agenda->count)
		table_write(table, &out, cli_columns(cli));
	cli_write(cli, out.data, out.len);
	buf_clear(&out);
	table_free(table);
}

/* Nothing at all when nothing is due: a calendar has at least one component (RFC 5545,
 * section 3.6). */
static void show_calendar(struct cli *cli, const struct book *book, const struct agenda *agenda)
{
	struct arena arena = ARENA_INIT;
	struct buf out;
	if (!agenda->count)
		return;
	buf_init(&out);
	ical_begin(&out);
	for (size_t i = 0; i < agenda->count; i++) {
		const struct agenda_entry *entry = &agenda->entries[i];
		const char *form = entry->form        ? entry->form
				   : entry->unplanned ? "plan"
						      : entry->period;
		struct ical_todo todo = {
			.uid = arena_printf(
				&arena, "%s-%s-%s@kefu", form, entry->id ? entry->id : entry->rule,
				agenda_status_name(entry->status == AGENDA_TELL ? AGENDA_TELL
										: AGENDA_DUE)),
			.stamp = book->now,
			.start = entry->opens ? entry->opens : entry->start,
			.due = entry->at,
			.summary = entry->unplanned ? arena_printf(&arena, "callback-plan %s",
								   summary_of(&arena, book, entry))
						    : summary_of(&arena, book, entry),
			.description = arena_printf(&arena, "%s [%s] %s", form, entry->clause,
						    entry->who     ? entry->who
						    : entry->until ? entry->until
								   : ""),
			.priority = entry->status == AGENDA_OVERDUE ? 1 : 5,
		};
		ical_add(&out, &todo);
	}
	ical_end(&out);
	cli_write(cli, out.data, out.len);
	buf_clear(&out);
	arena_clear(&arena);
}

void cli_agenda_show(struct cli *cli, struct book *book, const struct agenda_options *wanted)
{
	struct agenda agenda;
	enum table_format format = TABLE_TABLE;
	const char *named = cli_value(cli, "format");
	agenda_read(book, wanted, &agenda);
	if (named && strcmp(named, "ical") == 0)
		show_calendar(cli, book, &agenda);
	else if (!named || table_format_parse(named, &format))
		show_rows(cli, book, wanted->deadlines ? &deadlines : &callbacks, &agenda, format);
	for (size_t i = 0; i < agenda.problems.count; i++)
		cli_problem(cli, &agenda.problems.items[i]);
	if (cli_has(cli, "exit-code") && agenda.count && agenda.entries[0].status == AGENDA_OVERDUE)
		cli_raise(cli, STATUS_NO);
	agenda_clear(&agenda);
}
