// SPDX-License-Identifier: MIT
// What callback-due and ticket-due show: rows, or to-dos of a calendar. Never prints.
#include "view/agenda.h"

#include <inttypes.h>
#include <string.h>

#include "book/called.h"
#include "data/time.h"
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
	CELL_WAITS,
	CELL_ASKED,
	CELL_ASKED_AT,
	CELL_UNFILLED,
	CELL_TRIES,
	CELL_TRIES_NEEDED,
	CELL_TRY_DAYS,
	CELL_DAYS_NEEDED,
	CELLS,
};

static const struct table_column columns[CELLS] = {
	[CELL_STATUS] = {.name = "status", .whole = true},
	[CELL_DUE] = {.name = "due", .whole = true},
	[CELL_TICKET] = {.name = "ticket", .whole = true},
	[CELL_UNIT] = {.name = "unit"},
	[CELL_NAME] = {.name = "name"},
	[CELL_PHONE] = {.name = "phone", .whole = true},
	[CELL_WHO] = {.name = "who"},
	[CELL_CLAUSE] = {.name = "clause"},
	[CELL_RULE] = {.name = "rule"},
	[CELL_KIND] = {.name = "kind"},
	[CELL_CATEGORY] = {.name = "category"},
	[CELL_OPENS] = {.name = "opens"},
	[CELL_ATTEMPTS] = {.name = "attempts", .number = true},
	[CELL_ROLES] = {.name = "roles"},
	[CELL_PERIOD] = {.name = "period"},
	[CELL_FINISHED] = {.name = "finished", .number = true},
	[CELL_NEEDED] = {.name = "needed", .number = true},
	[CELL_CALLED] = {.name = "called", .number = true},
	[CELL_ON_SITE] = {.name = "on-site", .number = true},
	[CELL_DRAWN] = {.name = "drawn"},
	[CELL_PROVISIONAL] = {.name = "provisional"},
	[CELL_ID] = {.name = "deadline"},
	[CELL_UNTIL] = {.name = "until"},
	[CELL_START] = {.name = "start"},
	[CELL_WAITS] = {.name = "waits-for"},
	[CELL_ASKED] = {.name = "asked-again", .number = true},
	[CELL_ASKED_AT] = {.name = "asked-at"},
	[CELL_UNFILLED] = {.name = "unfilled"},
	[CELL_TRIES] = {.name = "tries", .number = true},
	[CELL_TRIES_NEEDED] = {.name = "tries-needed", .number = true},
	[CELL_TRY_DAYS] = {.name = "try-days", .number = true},
	[CELL_DAYS_NEEDED] = {.name = "days-needed", .number = true},
};

/* For programs all, for people the first FOR_PEOPLE. */
enum { FOR_PEOPLE = 8 };

static const enum cell of_callbacks[] = {
	CELL_STATUS,      CELL_DUE,      CELL_TICKET,   CELL_UNIT,         CELL_NAME,
	CELL_PHONE,       CELL_WHO,      CELL_CLAUSE,   CELL_RULE,         CELL_KIND,
	CELL_CATEGORY,    CELL_OPENS,    CELL_ATTEMPTS, CELL_ROLES,        CELL_PERIOD,
	CELL_FINISHED,    CELL_NEEDED,   CELL_CALLED,   CELL_ON_SITE,      CELL_DRAWN,
	CELL_PROVISIONAL, CELL_UNFILLED, CELL_TRIES,    CELL_TRIES_NEEDED, CELL_TRY_DAYS,
	CELL_DAYS_NEEDED,
};

static const enum cell of_deadlines[] = {
	CELL_STATUS,      CELL_DUE,   CELL_TICKET, CELL_ID,       CELL_UNIT,
	CELL_WHO,         CELL_UNTIL, CELL_CLAUSE, CELL_RULE,     CELL_KIND,
	CELL_CATEGORY,    CELL_NAME,  CELL_PHONE,  CELL_START,    CELL_ROLES,
	CELL_PROVISIONAL, CELL_WAITS, CELL_ASKED,  CELL_ASKED_AT, CELL_UNFILLED,
};

/* To people the day alone where all of it counts. */
static const char *due_text(const struct view_style *style, struct arena *arena, int64_t at)
{
	struct civil civil;
	zone_civil(&style->book->zone, at, &civil);
	bool whole_day = civil.hour == 23 && civil.minute == 59 && civil.second == 59;
	return view_for_people(style) && whole_day ? view_day(style, arena, at)
						   : view_time(style, arena, at);
}

/* Who may do it; to people with how far a share has come. NULL: nobody. *NOBODY gets what nobody
 * here can fill, or NULL. */
static const char *who_text(const struct view_style *style, struct staff_moment *now,
			    struct arena *arena, const struct agenda_entry *entry,
			    const char **nobody)
{
	struct buf who, missing;
	buf_init(&who);
	buf_init(&missing);
	agenda_callers(now, entry, view_for_people(style) ? style->book : NULL, &who, &missing);
	*nobody = missing.len ? arena_dup_len(arena, missing.data, missing.len) : NULL;
	buf_clear(&missing);
	if (view_for_people(style) && entry->period[0]) {
		buf_addf(&who, " (%" PRId64 " of %" PRId64 " done", entry->called, entry->needed);
		if (entry->on_site)
			buf_addf(&who, ", %" PRId64 " to do on site", entry->on_site);
		buf_addc(&who, ')');
	}
	if (view_for_people(style) && entry->tries)
		buf_addf(&who, " (tried %u of %u times, on %u of %u days)", entry->tries,
			 entry->tries_needed, entry->try_days, entry->days_needed);
	const char *kept = who.len ? arena_dup_len(arena, who.data, who.len) : NULL;
	buf_clear(&who);
	return kept;
}

/* The rule, and whom to find where; of an entry without a form what is amiss. */
static const char *summary_of(const struct view_style *style, struct arena *arena,
			      const struct agenda_entry *entry)
{
	const char *parts[] = {entry->unit, entry->name, entry->phone}, *summary = entry->rule;
	if (entry->unplanned)
		return arena_printf(arena, "not run since %s",
				    view_day(style, arena, entry->start));
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i])
			summary = arena_printf(arena, "%s %s", summary, parts[i]);
	return summary;
}

/* The steps that end it, UNTIL; for whom it waits, and how often it was asked about again. */
static const char *until_text(const struct view_style *style, struct arena *arena,
			      const struct agenda_entry *entry, const char *until)
{
	char *whom = entry->unfilled ? arena_dup(arena, entry->unfilled) : NULL;
	for (char *at = whom; at && (at = strchr(at, ' '));)
		*at = ',';
	if (whom)
		until = arena_printf(arena, "%s (nobody: %s)", until, whom);
	if (entry->waits)
		until = arena_printf(arena, "%s (waits for %s)", until,
				     view_waits_for(style, arena, entry->waits));
	if (entry->asked)
		until = arena_printf(arena, "%s (asked again: %s)", until,
				     view_asked(style, arena, entry->asked, entry->asked_at));
	return until;
}

static void add_row(const struct view_style *style, struct staff_moment *now, struct table *table,
		    const enum cell *order, size_t count, const struct agenda_entry *entry)
{
	struct arena arena = ARENA_INIT;
	bool people = view_for_people(style), share = entry->period[0],
	     limited = entry->tries_needed;
	const char *until = view_names(style, &arena, RULE_EVENT, entry->until, " "), *nobody;
	const char *who = who_text(style, now, &arena, entry, &nobody);
	const char *said[CELLS] = {
		[CELL_STATUS] = agenda_status_name(entry->status),
		[CELL_DUE] =
			entry->status == AGENDA_SIGN
				? (people ? arena_printf(&arena, "since %s",
							 view_time(style, &arena, entry->start))
					  : NULL)
				: due_text(style, &arena, entry->at),
		[CELL_TICKET] = people && entry->unplanned ? entry->rule : entry->form,
		[CELL_UNIT] = entry->unit,
		[CELL_NAME] = people && !entry->form ? summary_of(style, &arena, entry)
						     : entry->name,
		[CELL_PHONE] = entry->phone,
		[CELL_WHO] = who,
		[CELL_CLAUSE] = entry->clause,
		[CELL_RULE] = entry->rule,
		[CELL_KIND] = entry->kind,
		[CELL_CATEGORY] = entry->category,
		[CELL_OPENS] = entry->opens ? view_time(style, &arena, entry->opens) : NULL,
		[CELL_ATTEMPTS] = view_number(&arena, entry->attempts),
		[CELL_ROLES] = entry->who,
		[CELL_PERIOD] = share ? entry->period : NULL,
		[CELL_FINISHED] = share ? view_number(&arena, entry->total) : NULL,
		[CELL_NEEDED] = share ? view_number(&arena, entry->needed) : NULL,
		[CELL_CALLED] = share ? view_number(&arena, entry->called) : NULL,
		[CELL_ON_SITE] = share ? view_number(&arena, entry->on_site) : NULL,
		[CELL_DRAWN] = entry->drawn ? "yes" : NULL,
		[CELL_PROVISIONAL] = entry->provisional ? "yes" : NULL,
		[CELL_ID] = people ? called_duty(style->book, &arena, RULE_DEADLINE, entry->rule,
						 entry->id)
				   : entry->id,
		[CELL_UNTIL] = people ? until_text(style, &arena, entry, until) : until,
		[CELL_START] = entry->start ? view_time(style, &arena, entry->start) : NULL,
		[CELL_WAITS] = entry->waits,
		[CELL_ASKED] = entry->asked ? view_number(&arena, entry->asked) : NULL,
		[CELL_ASKED_AT] = entry->asked ? view_time(style, &arena, entry->asked_at) : NULL,
		[CELL_UNFILLED] = nobody,
		[CELL_TRIES] = limited ? view_number(&arena, entry->tries) : NULL,
		[CELL_TRIES_NEEDED] = limited ? view_number(&arena, entry->tries_needed) : NULL,
		[CELL_TRY_DAYS] = limited ? view_number(&arena, entry->try_days) : NULL,
		[CELL_DAYS_NEEDED] = limited ? view_number(&arena, entry->days_needed) : NULL,
	};
	const char *cells[CELLS];
	for (size_t i = 0; i < count; i++)
		cells[i] = said[order[i]];
	table_row(table, cells);
	arena_clear(&arena);
}

struct table *view_agenda(const struct view_style *style, const struct agenda *agenda,
			  bool deadlines)
{
	const enum cell *order = deadlines ? of_deadlines : of_callbacks;
	size_t count = deadlines ? sizeof of_deadlines / sizeof *of_deadlines
				 : sizeof of_callbacks / sizeof *of_callbacks;
	struct table_column chosen[CELLS];
	if (view_for_people(style))
		count = FOR_PEOPLE;
	for (size_t i = 0; i < count; i++)
		chosen[i] = columns[order[i]];
	struct table *table = view_table(style, chosen, count);
	table_no_bare_header(table);
	struct staff_moment now;
	staff_moment_take(&now, &style->book->staff, style->book->now);
	for (size_t i = 0; i < agenda->count; i++)
		add_row(style, &now, table, order, count, &agenda->entries[i]);
	staff_moment_clear(&now);
	return table;
}

static void add_todo(const struct view_style *style, struct buf *out,
		     const struct agenda_entry *entry)
{
	struct arena arena = ARENA_INIT;
	const char *form = entry->form ? entry->form : "plan";
	const char *summary = summary_of(style, &arena, entry);
	/* overdue or not, it is the same thing to do */
	enum agenda_status status = entry->status == AGENDA_TELL || entry->status == AGENDA_SIGN
					    ? entry->status
					    : AGENDA_DUE;
	struct ical_todo todo = {
		.uid = arena_printf(&arena, "%s-%s-%s@kefu", form,
				    entry->id ? entry->id : entry->rule,
				    agenda_status_name(status)),
		.stamp = style->book->now,
		.start = entry->opens ? entry->opens : entry->start,
		.due = entry->at,
		.summary = entry->unplanned ? arena_printf(&arena, "callback-plan %s", summary)
					    : summary,
		.description = arena_printf(&arena, "%s [%s] %s", form, entry->clause,
					    entry->who     ? entry->who
					    : entry->until ? entry->until
							   : ""),
		.priority = entry->status == AGENDA_OVERDUE ? 1 : 5,
	};
	ical_add(out, &todo);
	arena_clear(&arena);
}

void view_agenda_calendar(const struct view_style *style, const struct agenda *agenda,
			  struct buf *out)
{
	/* a calendar has at least one component (RFC 5545, section 3.6) */
	if (!agenda->count)
		return;
	ical_begin(out);
	for (size_t i = 0; i < agenda->count; i++)
		add_todo(style, out, &agenda->entries[i]);
	ical_end(out);
}
