// SPDX-License-Identifier: MIT
// What ticket-repeats shows. Never prints.
#include "view/repeats.h"

struct table *view_repeats(const struct view_style *style, const struct repeats *repeats)
{
	static const struct table_column columns[] = {
		{.name = "times", .number = true, .right = true},
		{.name = "unit", .whole = true},
		{.name = "category"},
		{.name = "rule"},
		{.name = "since", .whole = true},
		{.name = "latest", .whole = true},
		{.name = "clause"},
		{.name = "tickets", .whole = true},
		{.name = "kind"},
	};
	enum { COLUMNS = sizeof columns / sizeof *columns };
	struct table *table =
		view_table(style, columns, view_for_people(style) ? COLUMNS - 1 : COLUMNS);
	struct arena arena = ARENA_INIT;
	table_no_bare_header(table);
	for (size_t i = 0; i < repeats->count; i++) {
		const struct repeat *repeat = &repeats->items[i];
		const char *cells[COLUMNS] = {
			view_number(&arena, (int64_t)repeat->times),
			repeat->unit,
			view_name(style, &arena, RULE_CATEGORY, repeat->category),
			view_name(style, &arena, RULE_REPEAT, repeat->rule),
			view_day(style, &arena, repeat->first),
			view_day(style, &arena, repeat->latest),
			repeat->clause,
			repeat->tickets,
			repeat->kind};
		table_row(table, cells);
		arena_reset(&arena);
	}
	arena_clear(&arena);
	return table;
}
