// SPDX-License-Identifier: MIT
// What ledger-upgrade shows. Never prints.
#include "view/upgrade.h"

struct table *view_changes(const struct view_style *style, const struct changes *changes)
{
	static const char *const kinds[CHANGE_KINDS] = {[CHANGE_ADDED] = "added",
							[CHANGE_CHANGED] = "changed",
							[CHANGE_ENDED] = "ended",
							[CHANGE_KEPT] = "kept",
							[CHANGE_CONFLICT] = "conflict"};
	static const struct table_column columns[] = {{.name = "change", .whole = true},
						      {.name = "file", .whole = true},
						      {.name = "list"},
						      {.name = "name"},
						      {.name = "text", .below = true}};
	struct table *table = view_table(style, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];
		table_row(table, (const char *const[]){kinds[change->kind], change->file,
						       change->list, change->name, change->text});
	}
	return table;
}
