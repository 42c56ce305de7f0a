// SPDX-License-Identifier: MIT
// What customer-list shows. Never prints.
#include "view/customers.h"

static const struct table_column columns[] = {
	{.name = "unit", .whole = true},
	{.name = "name"},
	{.name = "phone", .whole = true},
	{.name = "type"},
	{.name = "rank"},
	{.name = "birthday", .whole = true},
	{.name = "called", .whole = true},
	{.name = "state"},
};
enum { COLUMNS = sizeof columns / sizeof *columns, FOR_PEOPLE = 7 };

struct table *view_customers(const struct view_style *style, const struct customers *customers)
{
	bool people = view_for_people(style);
	struct table *table = view_table(style, columns, people ? FOR_PEOPLE : COLUMNS);
	struct arena arena = ARENA_INIT;
	for (size_t i = 0; i < customers->count; i++) {
		const struct customer *one = &customers->items[i];
		const char *called = !one->called ? NULL
				     : people     ? view_day(style, &arena, one->called)
						  : view_time(style, &arena, one->called);
		const char *cells[COLUMNS] = {one->unit, one->name,     one->phone, one->type,
					      one->rank, one->birthday, called,     one->state};
		table_row(table, cells);
		arena_reset(&arena);
	}
	arena_clear(&arena);
	return table;
}
