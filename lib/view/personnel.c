// SPDX-License-Identifier: MIT
// What personnel-list shows: what stands in registers, and what they lack. Never prints.
#include "view/personnel.h"

#include <inttypes.h>
#include <string.h>

#include "book/called.h"

/* What an entry is about, in the words of its fields. */
static void add_what(const struct view_style *style, struct arena *arena,
		     const struct personnel_entry *entry, struct buf *out)
{
	static const struct {
		const char *key;
		enum rule_list list; /* RULE_LISTS: no name of one */
	} keys[] = {
		{"subject", RULE_LISTS}, {"name", RULE_LISTS},    {"degree", RULE_DEGREE},
		{"money", RULE_LISTS},   {"course", RULE_COURSE}, {"certificate", RULE_CERTIFICATE},
		{"number", RULE_LISTS},  {"role", RULE_ROLE},     {"penalty", RULE_PENALTY},
		{"bearer", RULE_LISTS},  {"amount", RULE_LISTS},  {"rating", RULE_RATING},
		{"result", RULE_LISTS}};
	const struct node *measures = node_get(entry->root, "measures");
	const char *hours = node_text(entry->root, "hours"),
		   *until = node_text(entry->root, "until");
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *value = node_text(entry->root, keys[i].key);
		if (keys[i].list != RULE_LISTS)
			value = view_name(style, arena, keys[i].list, value);
		if (value)
			buf_addf(out, "%s%s", out->len ? " " : "", value);
	}
	if (hours)
		buf_addf(out, " %s h", hours);
	if (node_get(entry->root, "passed"))
		buf_adds(out, node_true(entry->root, "passed") ? " passed" : " not passed");
	if (until)
		buf_addf(out, " until %s", until);
	if (node_each(measures, 0))
		buf_addc(out, ' ');
	node_join(measures, ", ", out);
}

struct table *view_personnel(const struct view_style *style)
{
	static const struct table_column columns[] = {
		{.name = "record", .whole = true},
		{.name = "at", .whole = true},
		{.name = "event"},
		{.name = "what"},
		{.name = "state"},
		{.name = "reason", .below = true},
		{.name = "ticket", .whole = true},
		{.name = "by"},
		{.name = "clause", .whole = true},
	};
	return view_table(style, columns, sizeof columns / sizeof *columns);
}

static void add_entry(const struct view_style *style, struct table *table, const char *person,
		      const struct personnel_entry *entry)
{
	struct arena arena = ARENA_INIT;
	struct buf what;
	buf_init(&what);
	add_what(style, &arena, entry, &what);
	const char *cells[] = {
		arena_printf(&arena, "%s#%" PRId64, person, entry->seq),
		view_day(style, &arena, entry->at),
		view_for_people(style)
			? called_event(style->book, &arena, "personnel", entry->event)
			: entry->event,
		what.data,
		entry->mended ? arena_printf(&arena, "%s by #%" PRId64,
					     entry->voided ? "voided" : "corrected", entry->mended)
			      : NULL,
		node_text(entry->root, "reason"),
		node_text(entry->root, "ticket"),
		node_text(entry->root, "by"),
		node_text(entry->root, "clause"),
	};
	table_row(table, cells);
	buf_clear(&what);
	arena_clear(&arena);
}

void view_personnel_add(const struct view_style *style, struct table *table,
			const struct personnel *personnel, const char *event)
{
	for (size_t i = 0; i < personnel->count; i++)
		if (!event || strcmp(personnel->entries[i].event, event) == 0)
			add_entry(style, table, personnel->person, &personnel->entries[i]);
}

struct table *view_lacking(const struct view_style *style)
{
	static const struct table_column columns[] = {
		{.name = "person", .whole = true},
		{.name = "name"},
		{.name = "lacks", .whole = true},
		{.name = "title"},
		{.name = "needs"},
		{.name = "has"},
		{.name = "clause", .whole = true},
	};
	return view_table(style, columns, sizeof columns / sizeof *columns);
}

void view_lacking_add(void *table, const struct lack *lack)
{
	const char *cells[] = {lack->person, lack->name, lack->what,  lack->title,
			       lack->needs,  lack->has,  lack->clause};
	table_row(table, cells);
}
