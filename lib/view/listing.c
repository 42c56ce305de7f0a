// SPDX-License-Identifier: MIT
// What ticket-list shows. Never prints.
#include "view/listing.h"

#include <string.h>

static const struct table_column columns[] = {
	{.name = "ticket", .whole = true},
	{.name = "state", .whole = true},
	{.name = "category"},
	{.name = "due", .whole = true},
	{.name = "assignee"},
	{.name = "unit"},
	{.name = "name"},
	{.name = "text", .max = 60},
	{.name = "kind"},
	{.name = "severity"},
	{.name = "opened"},
	{.name = "team"},
	{.name = "phone"},
	{.name = "clause"},
	{.name = "overdue"},
	{.name = "cycle", .number = true},
	{.name = "overridden", .below = true},
	{.name = "missing", .below = true},
	{.name = "asked-again", .number = true},
	{.name = "asked-at"},
};
enum {
	COLUMNS = sizeof columns / sizeof *columns,
	FOR_PEOPLE = 8,
	OVERRIDDEN = COLUMNS - 4,
	MISSING = COLUMNS - 3,
	ASKED = COLUMNS - 2
};

static void add_row(const struct view_style *style, struct table *table,
		    const struct listing *listing, const struct listing_entry *entry,
		    const char *state)
{
	struct arena arena = ARENA_INIT;
	bool people = view_for_people(style);
	const char *due = entry->due ? view_time(style, &arena, entry->due) : NULL;
	const char *cells[COLUMNS] = {
		entry->id,
		state,
		people ? policy_title(style->book->policy, RULE_CATEGORY, entry->category)
		       : entry->category,
		people && entry->overdue ? arena_printf(&arena, "%s!", due ? due : "") : due,
		entry->assignee,
		entry->unit,
		entry->name,
		entry->text,
		entry->kind,
		entry->severity,
		view_time(style, &arena, entry->opened),
		entry->team,
		entry->phone,
		entry->clause,
		entry->overdue ? "yes" : NULL,
		view_number(&arena, entry->cycle),
		entry->overridden,
		entry->missing,
		entry->asked ? view_number(&arena, entry->asked) : NULL,
		entry->asked ? view_time(style, &arena, entry->asked_at) : NULL,
	};
	size_t at = FOR_PEOPLE;
	if (people && listing->asked)
		cells[at++] = view_asked(style, &arena, entry->asked, entry->asked_at);
	if (people && listing->incomplete)
		cells[at++] = entry->missing;
	if (people && listing->overridden)
		cells[at] = entry->overridden;
	table_row(table, cells);
	arena_clear(&arena);
}

struct table *view_listing(const struct view_style *style, const struct listing *listing)
{
	struct table_column shown[COLUMNS];
	bool people = view_for_people(style);
	size_t count = people ? FOR_PEOPLE : COLUMNS;
	memcpy(shown, columns, sizeof shown);
	if (people && listing->asked) {
		shown[count] = columns[ASKED];
		shown[count++].whole = true;
	}
	if (people && listing->incomplete)
		shown[count++] = columns[MISSING];
	if (people && listing->overridden)
		shown[count++] = columns[OVERRIDDEN];
	struct table *table = view_table(style, shown, count);
	struct arena arena = ARENA_INIT;
	const char *states[FORM_DISPUTED + 1];
	for (enum form_state state = FORM_OPEN; state <= FORM_DISPUTED; state++)
		states[state] = view_state(style, &arena, form_state_name(state));
	for (size_t i = 0; i < listing->count; i++) {
		const char *state = listing->entries[i].state;
		for (enum form_state each = FORM_OPEN; each <= FORM_DISPUTED; each++)
			if (strcmp(form_state_name(each), listing->entries[i].state) == 0)
				state = states[each];
		add_row(style, table, listing, &listing->entries[i], state);
	}
	arena_clear(&arena);
	return table;
}
