// SPDX-License-Identifier: MIT
// What appraise and appraise-tally show, as tables. Never prints.
#include "view/appraisal.h"

#include <stdlib.h>
#include <string.h>

#include "base/gettext.h"
#include "base/mem.h"
#include "book/scheme.h"

/* --- tables whose columns are the scheme's --- */

/* A table and the row of it that is being filled. */
struct filling {
	const struct view_style *style;
	struct table *table;
	struct table_column *columns;
	const char **cells;
	size_t count, filled;
	struct arena arena; /* of the cells */
};

/* Columns are added first, then cells, from left to right. */
static void begin(struct filling *filling, const struct view_style *style, size_t most)
{
	*filling = (struct filling){.style = style,
				    .columns = mem_array(most, sizeof *filling->columns),
				    .cells = mem_array(most, sizeof *filling->cells)};
}

static void column(struct filling *filling, const char *name, bool right, bool whole)
{
	filling->columns[filling->count++] =
		(struct table_column){.name = name, .right = right, .whole = whole};
}

static void columns_of(struct filling *filling, const struct node *parts, const char *key)
{
	const struct node *part;
	for (size_t i = 0; (part = node_item(parts, i)); i++) {
		const char *name = node_text(part, key), *title = view_title(filling->style, part);
		bool says_more = language_called(&filling->arena, name, title) != name;
		column(filling, name, true, false);
		filling->columns[filling->count - 1].title = says_more ? title : NULL;
	}
}

static void cell(struct filling *filling, const char *text)
{
	if (!filling->table)
		filling->table = view_table(filling->style, filling->columns, filling->count);
	filling->cells[filling->filled++] = text;
	if (filling->filled < filling->count)
		return;
	table_row(filling->table, filling->cells);
	filling->filled = 0;
}

static void cell_points(struct filling *filling, const struct decimal *points, bool exact)
{
	struct buf text;
	if (!points) {
		cell(filling, view_for_people(filling->style) ? _("missing") : NULL);
		return;
	}
	buf_init(&text);
	(exact ? decimal_format_exact : points_show)(points, &text);
	cell(filling, arena_dup(&filling->arena, text.data));
	buf_clear(&text);
}

static struct table *end(struct filling *filling)
{
	struct table *table =
		filling->table ? filling->table
			       : view_table(filling->style, filling->columns, filling->count);
	arena_clear(&filling->arena);
	free(filling->columns);
	free(filling->cells);
	return table;
}

/* --- a year --- */

static void columns_of_year(struct filling *filling, const struct node *components)
{
	columns_of(filling, components, "component");
	column(filling, "total", true, true);
	column(filling, "excellent", false, false);
	column(filling, "lacks", false, false);
	if (!view_for_people(filling->style))
		column(filling, "exact", true, true);
}

static void cells_of_year(struct filling *filling, const struct node *scheme,
			  const struct marks_person *person)
{
	for (size_t i = 0; i < node_item_count(node_get(scheme, "components")); i++)
		cell_points(filling, person->means[i].mean, false);
	cell_points(filling, person->total, false);
	cell(filling,
	     person->excellent ? view_title(filling->style, node_get(scheme, "excellent")) : NULL);
	cell(filling, person->lacks);
	if (!view_for_people(filling->style))
		cell_points(filling, person->total, true);
}

struct table *view_marks_year(const struct view_style *style, const struct marks *marks)
{
	const struct node *scheme = marks->scheme->node,
			  *components = node_get(scheme, "components");
	struct filling filling;
	begin(&filling, style, node_item_count(components) + 8);
	column(&filling, "rank", true, false);
	filling.columns[0].number = true;
	column(&filling, "person", false, true);
	column(&filling, "name", false, false);
	columns_of_year(&filling, components);
	for (size_t i = 0; i < marks->person_count; i++) {
		const struct marks_person *person = &marks->people[i];
		cell(&filling,
		     person->rank ? view_number(&filling.arena, (int64_t)person->rank) : NULL);
		cell(&filling, person->person);
		cell(&filling, person->name);
		cells_of_year(&filling, scheme, person);
	}
	return end(&filling);
}

struct table *view_marks_person(const struct view_style *style, const struct marks *marks,
				const struct marks_person *person)
{
	const struct node *scheme = marks->scheme->node,
			  *components = node_get(scheme, "components"), *component;
	struct filling filling;
	begin(&filling, style, node_item_count(components) + 8);
	column(&filling, "period", false, true);
	columns_of_year(&filling, components);
	for (int month = 1; month <= 12; month++) {
		cell(&filling, arena_printf(&filling.arena, "%04d-%02d", marks->year, month));
		for (size_t i = 0; (component = node_item(components, i)); i++) {
			struct marks_mean mean;
			marks_mean(person, node_text(component, "component"), month, &mean);
			cell_points(&filling, mean.mean, false);
			marks_mean_clear(&mean);
		}
		while (filling.filled) /* only a year has a total */
			cell(&filling, NULL);
	}
	cell(&filling, arena_printf(&filling.arena, "%04d", marks->year));
	cells_of_year(&filling, scheme, person);
	return end(&filling);
}

/* --- the sheets of a month --- */

static const char *state_of(const struct sheet *sheet)
{
	if (sheet->voided || sheet->disputed)
		return sheet->voided ? "voided" : "disputed";
	return sheet->awaits ? "not confirmed" : "counts";
}

static void row_of_sheet(struct filling *filling, const struct marks_person *person,
			 const struct marks_sheet *sheet, const struct node *dimensions)
{
	const struct node *dimension, *left;
	cell(filling, person->person);
	cell(filling, person->name);
	cell(filling, sheet->name);
	for (size_t i = 0; (dimension = node_item(dimensions, i)); i++) {
		const char *points = NULL, *name = node_text(dimension, "dimension");
		for (size_t j = 0;
		     !points && (left = node_item(node_get(sheet->sheet.root, "dimensions"), j));
		     j++)
			if (name && node_is_string(node_get(left, "dimension"), name))
				points = node_text(left, "points");
		cell(filling, points);
	}
	cell(filling, node_text(node_get(sheet->sheet.root, "commendation"), "points"));
	cell_points(filling, sheet->score, false);
	cell(filling, state_of(&sheet->sheet));
	cell(filling, sheet->by);
}

static void row_of_missing(struct filling *filling, const struct marks_person *person,
			   const char *sheet, const struct node *dimensions)
{
	cell(filling, person->person);
	cell(filling, person->name);
	cell(filling, sheet);
	for (size_t i = 0; i < node_item_count(dimensions) + 2; i++)
		cell(filling, NULL);
	cell(filling, "missing");
	cell(filling, NULL);
}

/* The sheets of the month, and monthly ones there are none of. */
static void rows_of_month(struct filling *filling, const struct marks *marks,
			  const struct marks_person *person, int month)
{
	const struct node *scheme = marks->scheme->node,
			  *dimensions = node_get(scheme, "dimensions"), *sheet;
	for (size_t i = 0; i < person->count; i++)
		if (person->sheets[i]->span.month == month)
			row_of_sheet(filling, person, person->sheets[i], dimensions);
	for (size_t i = 0; (sheet = node_item(node_get(scheme, "sheets"), i)); i++) {
		const char *name = node_text(sheet, "sheet");
		const char *wanted =
			arena_printf(&filling->arena, "%04d-%02d-%s", marks->year, month, name);
		bool there = !node_is_string(node_get(sheet, "period"), "month");
		for (size_t j = 0; j < person->count && !there; j++)
			there = strcmp(person->sheets[j]->name, wanted) == 0 &&
				!person->sheets[j]->sheet.voided;
		if (!there)
			row_of_missing(filling, person, wanted, dimensions);
	}
}

struct table *view_marks_month(const struct view_style *style, const struct marks *marks,
			       const struct marks_person *only, int month)
{
	const struct node *dimensions = node_get(marks->scheme->node, "dimensions");
	int first = day_of_civil(marks->year, month, 1),
	    last = first + month_days(marks->year, month) - 1;
	struct filling filling;
	begin(&filling, style, node_item_count(dimensions) + 8);
	column(&filling, "person", false, true);
	column(&filling, "name", false, false);
	column(&filling, "sheet", false, true);
	columns_of(&filling, dimensions, "dimension");
	column(&filling, "commendation", true, false);
	column(&filling, "score", true, true);
	column(&filling, "state", false, false);
	column(&filling, "by", false, false);
	for (size_t i = 0; i < marks->person_count; i++)
		if (only ? only == &marks->people[i]
			 : marks_worked(style->book, marks->scheme, marks->people[i].person, first,
					last))
			rows_of_month(&filling, marks, &marks->people[i], month);
	return end(&filling);
}

/* --- how figures came about --- */

static const struct table_column explanation[] = {
	{.name = "person", .whole = true}, {.name = "figure", .whole = true},
	{.name = "value", .right = true},  {.name = "exact", .right = true},
	{.name = "from", .below = true},   {.name = "record", .whole = true},
	{.name = "clause", .whole = true},
};
enum { EXPLANATION_COLUMNS = sizeof explanation / sizeof *explanation };

struct sink {
	struct table *table;
	const char *person; /* NULL: no column for it */
};

static void tell(void *state, const struct marks_line *line)
{
	const struct sink *sink = state;
	const char *const cells[EXPLANATION_COLUMNS] = {sink->person, line->figure, line->value,
							line->exact,  line->from,   line->record,
							line->clause};
	table_row(sink->table, cells + !sink->person);
}

static struct marks_names names_of(const struct view_style *style)
{
	return (struct marks_names){view_languages(style), view_for_people(style)};
}

struct table *view_marks_explained(const struct view_style *style, const struct marks *marks,
				   const struct marks_person *only)
{
	const struct marks_names names = names_of(style);
	struct table *table = view_table(style, explanation, EXPLANATION_COLUMNS);
	for (size_t i = 0; i < marks->person_count; i++) {
		struct sink sink = {.table = table, .person = marks->people[i].person};
		if (!only || only == &marks->people[i])
			marks_explain(marks, &marks->people[i], &names, tell, &sink);
	}
	return table;
}

struct table *view_sheet_explained(const struct view_style *style, const struct rule *scheme,
				   const struct marks_sheet *sheet)
{
	struct sink sink = {.table = view_table(style, explanation + 1, EXPLANATION_COLUMNS - 1)};
	const struct marks_names names = names_of(style);
	marks_explain_sheet(scheme, sheet, &names, tell, &sink);
	return sink.table;
}

/* --- what tickets suggest --- */

/* The item of SCHEME (may be NULL) that EVIDENCE speaks for. */
static const char *item_of(const struct view_style *style, struct arena *arena,
			   const struct rule *scheme, const struct evidence *evidence)
{
	const char *name = scheme ? evidence_item(scheme->node, evidence->kind) : NULL;
	const struct node *dimension,
		*item = name ? scheme_item(scheme->node, name, &dimension) : NULL;
	return view_for_people(style) ? language_called(arena, name, view_title(style, item))
				      : name;
}

struct table *view_evidence(const struct view_style *style, const struct rule *scheme,
			    const struct evidences *evidences)
{
	static const struct table_column columns[] = {
		{.name = "at", .whole = true},     {.name = "evidence"},
		{.name = "record", .whole = true}, {.name = "item", .whole = true},
		{.name = "what", .below = true},   {.name = "clause", .whole = true},
	};
	struct table *table = view_table(style, columns, sizeof columns / sizeof *columns);
	struct arena arena = ARENA_INIT;
	for (size_t i = 0; i < evidences->count; i++) {
		const struct evidence *evidence = &evidences->items[i];
		const char *cells[] = {view_minute(style, &arena, evidence->at),
				       evidence_name(evidence->kind),
				       evidence->record,
				       item_of(style, &arena, scheme, evidence),
				       evidence->what,
				       evidence->clause};
		table_row(table, cells);
	}
	arena_clear(&arena);
	return table;
}
