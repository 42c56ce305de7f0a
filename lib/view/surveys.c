// SPDX-License-Identifier: MIT
// What survey-list shows. Never prints.
#include "view/surveys.h"

#include "book/called.h"

/* An issued survey is over when its answers no longer count, closed or not. */
static const char *state_of(const struct book *book, const struct survey *survey)
{
	return survey->state == SURVEY_ISSUED && book->now > survey->closes
		       ? "over"
		       : survey_state_name(survey->state);
}

/* NULL before it is closed. */
static const char *verdict_of(const struct view_style *style, struct arena *arena,
			      const struct survey *survey)
{
	const char *verdict = survey->closed ? node_text(survey->closed->root, "verdict") : NULL;
	return view_for_people(style)
		       ? called_value_of(style->book, arena, "schemas/survey/closed.yaml",
					 "verdict", verdict)
		       : verdict;
}

struct table *view_surveys(const struct view_style *style, const struct survey *surveys,
			   size_t count)
{
	static const struct table_column columns[] = {
		{.name = "survey", .whole = true},
		{.name = "state"},
		{.name = "occasion"},
		{.name = "sent", .number = true, .right = true},
		{.name = "issued", .whole = true},
		{.name = "closes", .whole = true},
		{.name = "returned", .number = true, .right = true},
		{.name = "verdict"},
		{.name = "title"},
	};
	struct table *table = view_table(style, columns, sizeof columns / sizeof *columns);
	struct arena arena = ARENA_INIT;
	table_no_bare_header(table);
	for (size_t i = 0; i < count; i++) {
		const struct survey *survey = &surveys[i];
		const char *cells[] = {
			survey->id,
			state_of(style->book, survey),
			survey->occasion,
			survey->drawn ? view_number(&arena, survey->sent) : NULL,
			survey->issued ? view_minute(style, &arena, survey->issued->at) : NULL,
			survey->issued ? view_minute(style, &arena, survey->closes) : NULL,
			survey->closed ? node_text(survey->closed->root, "returned") : NULL,
			verdict_of(style, &arena, survey),
			survey->title,
		};
		table_row(table, cells);
		arena_reset(&arena);
	}
	arena_clear(&arena);
	return table;
}
