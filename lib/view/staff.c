// SPDX-License-Identifier: MIT
// What staff-list shows. Never prints.
#include "view/staff.h"

#include <string.h>

#include "book/called.h"

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

/* Until when MEMBER is absent, who is named to act for them, and where that is somebody else by
 * now, who does; NULL when they are here. */
static const char *absence_of(const struct view_style *style, struct arena *arena,
			      const struct member *member, int64_t at)
{
	const struct staff *staff = &style->book->staff;
	const struct absence *deputised = staff_deputised(staff, member->id, at);
	int64_t until = staff_absent_until(staff, member->id, at);
	const char *last;
	enum deputy_end end = staff_deputies(staff, member->id, at, &last);
	if (until < at)
		return NULL;
	const char *text = arena_printf(
		arena, "until %s", until == INT64_MAX ? "back" : view_minute(style, arena, until));
	if (!deputised)
		return text;
	text = arena_printf(arena, "%s, deputy %s", text, deputised->deputy);
	if (end != DEPUTY_HERE)
		return arena_printf(arena, "%s: %s", text,
				    end == DEPUTY_GONE && strcmp(last, deputised->deputy) == 0
					    ? "has left"
					    : "nobody is here");
	return strcmp(last, deputised->deputy) == 0
		       ? text
		       : arena_printf(arena, "%s, for whom %s", text, last);
}

struct table *view_staff(const struct view_style *style, int64_t at, const char *role)
{
	static const struct table_column columns[] = {
		{.name = "person", .whole = true},
		{.name = "name"},
		{.name = "nature"},
		{.name = "roles", .below = true},
		{.name = "department"},
		{.name = "areas"},
		{.name = "phone", .whole = true},
		{.name = "since"},
		{.name = "absent", .below = true},
	};
	enum { COLUMNS = sizeof columns / sizeof *columns };
	struct table *table = view_table(style, columns, COLUMNS);
	struct arena arena = ARENA_INIT;
	const struct member *member;
	size_t cursor = 0;
	while ((member = staff_next(&style->book->staff, at, &cursor))) {
		if (role && !node_holds(member->roles, role))
			continue;
		const char *roles =
			view_names(style, &arena, RULE_ROLE, joined(&arena, member->roles), ",");
		const char *cells[COLUMNS] = {
			member->id,
			member->name,
			view_for_people(style)
				? called_value_of(style->book, &arena, "schemas/staff.yaml",
						  "nature", member->nature)
				: member->nature,
			roles ? roles : "",
			view_name(style, &arena, RULE_DEPARTMENT, member->department),
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
