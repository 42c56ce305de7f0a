// SPDX-License-Identifier: MIT
// What callback-tally shows. Never prints.
#include "view/rates.h"

#include <inttypes.h>

static const struct table_column columns[] = {
	{.name = "rule", .whole = true},
	{.name = "finished", .number = true, .right = true},
	{.name = "owed", .number = true, .right = true},
	{.name = "drawn", .number = true, .right = true},
	{.name = "called", .number = true, .right = true},
	{.name = "ended", .number = true, .right = true},
	{.name = "made", .number = true, .right = true},
	{.name = "late", .number = true, .right = true},
	{.name = "needed", .number = true, .right = true},
	{.name = "verdict", .whole = true},
	{.name = "on-site"},
	{.name = "clause"},
	{.name = "rate"},
	{.name = "minimum"},
	{.name = "on-site-verdict"},
	{.name = "overridden", .number = true},
	{.name = "unreached", .number = true, .right = true},
};
enum { COLUMNS = sizeof columns / sizeof *columns, FOR_PEOPLE = 12, UNREACHED = COLUMNS - 1 };

static void add_row(const struct view_style *style, struct table *table, const struct rate *rate)
{
	struct arena arena = ARENA_INIT;
	const char *on_site = rate->terms.on_site && rate->made
				      ? arena_printf(&arena, "%" PRId64 " of %" PRId64,
						     rate->on_site, rate->on_site_needed)
				      : NULL;
	const char *cells[COLUMNS] = {
		view_name(style, &arena, RULE_CALLBACK, rate->rule),
		view_number(&arena, rate->finished),
		view_number(&arena, rate->owed),
		view_number(&arena, rate->drawn),
		view_number(&arena, rate->called),
		view_number(&arena, rate->ended),
		view_number(&arena, rate->made),
		view_number(&arena, rate->late),
		view_number(&arena, rate->needed),
		rate->ended ? rate_verdict_name(rate->verdict) : NULL,
		on_site,
		rate->terms.clause,
		rate->terms.rate,
		rate->terms.minimum,
		on_site ? rate_verdict_name(rate->on_site_verdict) : NULL,
		view_number(&arena, rate->overridden),
		view_number(&arena, rate->unreached),
	};
	if (view_for_people(style))
		cells[FOR_PEOPLE] = cells[UNREACHED];
	table_row(table, cells);
	arena_clear(&arena);
}

struct table *view_rates(const struct view_style *style, const struct rates *rates)
{
	struct table_column shown[COLUMNS];
	bool any = false;
	for (size_t i = 0; i < rates->count; i++)
		any = any || rates->items[i].unreached;
	for (size_t i = 0; i < COLUMNS; i++)
		shown[i] = columns[i];
	/* people see it where there is something to see */
	if (view_for_people(style))
		shown[FOR_PEOPLE] = columns[UNREACHED];
	struct table *table =
		view_table(style, shown, view_for_people(style) ? FOR_PEOPLE + any : COLUMNS);
	for (size_t i = 0; i < rates->count; i++)
		add_row(style, table, &rates->items[i]);
	return table;
}
