// SPDX-License-Identifier: MIT
// What staff-list shows. Never prints.
#include "view/staff.h"

/* NULL when NAMES holds none. */
static const char *joined(struct arena *arena, const struct node *names)
{
	struct buf text;
	buf_init(&text);
	node_join(names, ",", &text);
	const char *kept = text.len ? arena_dup(arena, text.data) : NULL;
	buf_clear(&text);
	return kept;
}

/* Until when MEMBER is absent, and who acts for them; NULL when they are not. */
static const char *absence_of(const struct view_style *style, struct arena *arena,
			      const struct member *member, int64_t at)
{
	const struct absence *absence = staff_absence(&style->book->staff, member->id, at);
	if (!absence)
		return NULL;
	return arena_printf(
		arena, "until %s%s%s",
		absence->until == INT64_MAX ? "back" : view_minute(style, arena, absence->until),
		absence->deputy ? ", deputy " : "", absence->deputy ? absence->deputy : "");
}

struct table *view_staff(const struct view_style *style, int64_t at, const char *role)
{
	static const struct table_column columns[] = {
		{.name = "person", .whole = true},
		{.name = "name"},
		{.name = "nature"},
		{.name = "roles"},
		{.name = "department"},
		{.name = "areas"},
		{.name = "phone"},
		{.name = "since"},
		{.name = "absent"},
	};
	enum { COLUMNS = sizeof columns / sizeof *columns };
	struct table *table = view_table(style, columns, COLUMNS);
	struct arena arena = ARENA_INIT;
	const struct member *member;
	size_t cursor = 0;
	while ((member = staff_next(&style->book->staff, at, &cursor))) {
		if (role && !node_holds(member->roles, role))
			continue;
		const char *roles = joined(&arena, member->roles);
		const char *cells[COLUMNS] = {member->id,
					      member->name,
					      member->nature,
					      roles ? roles : "",
					      member->department,
					      joined(&arena, member->areas),
					      member->phone,
					      view_day(style, &arena, member->from),
					      absence_of(style, &arena, member, at)};
		table_row(table, cells);
		arena_reset(&arena);
	}
	arena_clear(&arena);
	return table;
}
