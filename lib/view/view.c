// SPDX-License-Identifier: MIT
// How what a command shows is to look, and what all tables and pages are made with.
#include "view/view.h"

#include <inttypes.h>

#include "data/time.h"

bool view_for_people(const struct view_style *style)
{
	return style->format == TABLE_TABLE;
}

struct table *view_table(const struct view_style *style, const struct table_column *columns,
			 size_t count)
{
	struct table *table = table_new(columns, count, style->format);
	if (style->headless)
		table_no_header(table);
	return table;
}

/* What BUF holds, in ARENA; BUF is cleared. */
static const char *keep(struct arena *arena, struct buf *buf)
{
	const char *kept = arena_dup_len(arena, buf->data, buf->len);
	buf_clear(buf);
	return kept;
}

const char *view_minute(const struct view_style *style, struct arena *arena, int64_t instant)
{
	struct buf text;
	buf_init(&text);
	time_format_short(&style->book->zone, instant, &text);
	return keep(arena, &text);
}

const char *view_time(const struct view_style *style, struct arena *arena, int64_t instant)
{
	struct buf text;
	if (view_for_people(style))
		return view_minute(style, arena, instant);
	buf_init(&text);
	time_format(&style->book->zone, instant, &text);
	return keep(arena, &text);
}

const char *view_day(const struct view_style *style, struct arena *arena, int64_t instant)
{
	struct buf text;
	buf_init(&text);
	date_format(zone_day(&style->book->zone, instant), &text);
	return keep(arena, &text);
}

const char *view_number(struct arena *arena, int64_t number)
{
	return arena_printf(arena, "%" PRId64, number);
}

const struct languages *view_languages(const struct view_style *style)
{
	return view_for_people(style) ? &style->book->reader : &style->book->own;
}

const char *view_title(const struct view_style *style, const struct node *entry)
{
	return language_choose(view_languages(style), node_get(entry, "title"), NULL);
}
