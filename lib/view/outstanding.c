// SPDX-License-Identifier: MIT
// What ticket-list shows of what is out. Never prints.
#include "view/outstanding.h"

static const struct table_column columns[] = {
	{.name = "person", .whole = true},
	{.name = "item"},
	{.name = "quantity", .right = true},
	{.name = "balance"},
	{.name = "ticket", .whole = true},
	{.name = "since", .whole = true},
	{.name = "unit"},
	{.name = "name"},
	{.name = "kind"},
	{.name = "state"},
	{.name = "document", .number = true},
	{.name = "clause"},
};
enum { COLUMNS = sizeof columns / sizeof *columns, FOR_PEOPLE = 8 };

struct table *view_outstanding(const struct view_style *style,
			       const struct outstanding *outstanding)
{
	struct table *table =
		view_table(style, columns, view_for_people(style) ? FOR_PEOPLE : COLUMNS);
	struct arena arena = ARENA_INIT;
	for (size_t i = 0; i < outstanding->count; i++) {
		const struct outstanding_entry *entry = &outstanding->entries[i];
		const struct holding *holding = &entry->holding;
		const char *cells[COLUMNS] = {
			holding->person,
			holding->item,
			holding->quantity,
			view_name(style, &arena, RULE_BALANCE,
				  node_text(holding->rule->node, "balance")),
			entry->id,
			view_time(style, &arena, holding->since),
			entry->unit,
			entry->name,
			entry->kind,
			view_state(style, &arena, entry->state),
			view_number(&arena, holding->seq),
			holding->rule->clause,
		};
		table_row(table, cells);
		arena_reset(&arena);
	}
	arena_clear(&arena);
	return table;
}
