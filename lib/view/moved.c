// SPDX-License-Identifier: MIT
// What deadline-recompute shows. Never prints.
#include "view/moved.h"

struct table *view_moved(const struct view_style *style, const struct moved_list *list)
{
	static const struct table_column columns[] = {
		{.name = "status"},
		{.name = "ticket", .whole = true},
		{.name = "deadline"},
		{.name = "old", .whole = true},
		{.name = "new", .whole = true},
		{.name = "clause"},
		{.name = "why", .below = true},
		{.name = "rule"},
		{.name = "provisional"},
	};
	enum { COLUMNS = sizeof columns / sizeof *columns, FOR_PEOPLE = 7 };
	struct table *table =
		view_table(style, columns, view_for_people(style) ? FOR_PEOPLE : COLUMNS);
	struct arena arena = ARENA_INIT;
	for (size_t i = 0; i < list->count; i++) {
		const struct moved *moved = &list->items[i];
		const char *cells[COLUMNS] = {
			moved_name(moved->how),
			moved->form,
			moved->id,
			view_time(style, &arena, moved->old),
			view_time(style, &arena, moved->new),
			moved->clause,
			moved->why,
			moved->rule,
			moved->guessed ? "yes" : NULL,
		};
		table_row(table, cells);
		arena_reset(&arena);
	}
	arena_clear(&arena);
	return table;
}
