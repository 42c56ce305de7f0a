// SPDX-License-Identifier: MIT
// How what a command shows is to look, and what all tables and pages are made with.
#include "view/view.h"

#include <inttypes.h>
#include <string.h>

#include "book/called.h"
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

const char *view_asked(const struct view_style *style, struct arena *arena, unsigned times,
		       int64_t last)
{
	return times ? arena_printf(arena, "%u, last %s", times, view_minute(style, arena, last))
		     : NULL;
}

const char *view_waits_for(const struct view_style *style, struct arena *arena, const char *whom)
{
	return view_for_people(style)
		       ? called_value_of(style->book, arena, "schemas/ticket/waiting.yaml",
					 "waits-for", whom)
		       : whom;
}

const char *view_state(const struct view_style *style, struct arena *arena, const char *state)
{
	return view_for_people(style) ? called_state(style->book, arena, state) : state;
}

const struct languages *view_languages(const struct view_style *style)
{
	return view_for_people(style) ? &style->book->reader : &style->book->own;
}

const char *view_title(const struct view_style *style, const struct node *entry)
{
	return language_choose(view_languages(style), node_get(entry, "title"), NULL);
}

const char *view_name(const struct view_style *style, struct arena *arena, enum rule_list list,
		      const char *name)
{
	return view_for_people(style) ? called_name(style->book, arena, list, name) : name;
}

const char *view_names(const struct view_style *style, struct arena *arena, enum rule_list list,
		       const char *words, const char *between)
{
	struct buf text;
	if (!words || !view_for_people(style))
		return words;
	buf_init(&text);
	while (*words) {
		size_t len = strcspn(words, between), gap = strspn(words + len, between);
		const char *word = arena_dup_len(arena, words, len);
		buf_adds(&text, list == RULE_EVENT ? called_step(style->book, arena, NULL, word)
						   : called_name(style->book, arena, list, word));
		buf_add(&text, words + len, gap);
		words += len + gap;
	}
	return keep(arena, &text);
}

const char *view_chosen(const struct view_style *style, const struct node *title)
{
	const char *text = language_choose(view_languages(style), title, NULL);
	return text ? text : "";
}
