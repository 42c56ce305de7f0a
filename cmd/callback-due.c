// SPDX-License-Identifier: MIT
// callback-due: which callbacks are owed, overdue first. Prints nothing when there is nothing to do.
#include <inttypes.h>
#include <string.h>

#include "cli/desk.h"
#include "data/deadline.h"
#include "desk/agenda.h"
#include "text/ical.h"

static const struct cli_option options[] = {
	{'w', "within", "DURATION", N_("what is due, or opens, within 2d, 8wh, 1w …"), false},
	{'a', "all", NULL, N_("windows that open later, too"), false},
	{'f', "for", "PERSON", N_("only what this person may make"), false},
	{'r', "rule", "RULE", N_("only this rule, or this clause"), false},
	{'e', "exit-code", NULL, N_("exit 1 when something is overdue"), false},
	{0, "format", "table|tsv|csv|json|yaml|ical", N_("how rows are written"), false},
	{0, "no-header", NULL, N_("leave the heading out"), false},
	{0},
};

/* In a table, what helps to make the call; for programs, everything. */
static const struct table_column columns[] = {
	{.name = "status", .whole = true},
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
	{.name = "provisional"},
};
enum { COLUMNS = sizeof columns / sizeof *columns, FOR_PEOPLE = 8 };

static bool find_options(struct cli *cli, struct book *book, struct agenda_options *agenda, struct err *err)
{
	const char *within = cli_value(cli, "within");
	struct duration duration;
	struct clock clock = {.zone = &book->zone, .calendar = book->calendar, .hours = policy_hours(book->policy, NULL)};
	bool provisional = false;
	agenda->person = cli_value(cli, "for");
	agenda->rule = cli_value(cli, "rule");
	if (cli_has(cli, "all"))
		agenda->within = INT64_MAX;
	if (agenda->person && !staff_find(&book->staff, agenda->person, book->now))
		return err_set(err, STATUS_USAGE, "--for: %s is not in %s", agenda->person, LEDGER_STAFF);
	if (!within)
		return true;
	if (!duration_parse(within, &duration, err)) {
		err->status = STATUS_USAGE;
		return err_prefix(err, "--within");
	}
	return deadline_find(&clock, book->now, duration, DAY_END_USUAL, false, &agenda->within, &provisional, err);
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

static void add_row(const struct book *book, struct table *table, const struct agenda_entry *entry, bool people)
{
	struct arena arena = ARENA_INIT;
	struct buf due, opens, who;
	buf_init(&due);
	buf_init(&opens);
	buf_init(&who);
	bool share = entry->period[0];
	add_due(book, entry->at, people, &due);
	if (entry->opens)
		time_format(&book->zone, entry->opens, &opens);
	agenda_callers(book, entry, &who);
	if (people && share)
		buf_addf(&who, " (%" PRId64 " of %" PRId64 " done)", entry->called, entry->needed);
	const char *name = entry->name;
	if (people && !entry->form)
		name = arena_printf(&arena, "%s %s: %" PRId64 " of %" PRId64, entry->rule, entry->period, entry->called, entry->needed);
	const char *cells[COLUMNS] = {
		agenda_status_name(entry->status), due.data, entry->form, entry->unit, name, entry->phone, who.data,
		entry->clause, entry->rule, entry->kind, entry->category, opens.len ? opens.data : NULL, number(&arena, true, entry->attempts),
		entry->who, share ? entry->period : NULL, number(&arena, share, entry->total), number(&arena, share, entry->needed),
		number(&arena, share, entry->called), entry->provisional ? "yes" : NULL,
	};
	table_row(table, cells);
	buf_clear(&due);
	buf_clear(&opens);
	buf_clear(&who);
	arena_clear(&arena);
}

static void show_rows(struct cli *cli, const struct book *book, const struct agenda *agenda, enum table_format format)
{
	bool people = format == TABLE_TABLE;
	struct table *table = table_new(columns, people ? FOR_PEOPLE : COLUMNS, format);
	struct buf out;
	buf_init(&out);
	if (cli_has(cli, "no-header"))
		table_no_header(table);
	for (size_t i = 0; i < agenda->count; i++)
		add_row(book, table, &agenda->entries[i], people);
	if (agenda->count)
		table_write(table, &out, cli_columns(cli));
	cli_write(cli, out.data, out.len);
	buf_clear(&out);
	table_free(table);
}

static void show_calendar(struct cli *cli, const struct book *book, const struct agenda *agenda)
{
	struct arena arena = ARENA_INIT;
	struct buf out;
	buf_init(&out);
	ical_begin(&out);
	for (size_t i = 0; i < agenda->count; i++) {
		const struct agenda_entry *entry = &agenda->entries[i];
		const char *form = entry->form ? entry->form : entry->period;
		struct ical_todo todo = {
			.uid = arena_printf(&arena, "%s-%s@kefu", form, entry->rule),
			.stamp = book->now,
			.start = entry->opens ? entry->opens : entry->start,
			.due = entry->at,
			.summary = arena_printf(&arena, "%s %s %s %s", entry->rule, entry->unit ? entry->unit : "", entry->name ? entry->name : "",
						entry->phone ? entry->phone : ""),
			.description = arena_printf(&arena, "%s [%s] %s", form, entry->clause, entry->who),
			.priority = entry->status == AGENDA_OVERDUE ? 1 : 5,
		};
		ical_add(&out, &todo);
	}
	ical_end(&out);
	cli_write(cli, out.data, out.len);
	buf_clear(&out);
	arena_clear(&arena);
}

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	struct agenda agenda;
	struct agenda_options wanted = {0};
	enum table_format format = TABLE_TABLE;
	const char *named = cli_value(cli, "format");
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY, err))
		return false;
	bool done = find_options(cli, &book, &wanted, err);
	if (done) {
		agenda_read(&book, &wanted, &agenda);
		if (named && strcmp(named, "ical") == 0)
			show_calendar(cli, &book, &agenda);
		else if (!named || table_format_parse(named, &format))
			show_rows(cli, &book, &agenda, format);
		for (size_t i = 0; i < agenda.problems.count; i++)
			cli_problem(cli, &agenda.problems.items[i]);
		if (cli_has(cli, "exit-code") && agenda.count && agenda.entries[0].status == AGENDA_OVERDUE)
			cli_raise(cli, STATUS_NO);
		agenda_clear(&agenda);
	}
	book_close(&book);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "callback-due",
		.synopsis = "",
		.summary = N_("list the callbacks that are owed"),
		.options = options,
		.manners = CLI_LEDGER,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
