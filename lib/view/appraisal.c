// SPDX-License-Identifier: MIT
// What appraise and appraise-tally show: explanations, years, months, as tables.
#include "cli/appraisal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/scheme.h"

struct sink {
	struct table *table;
	const char *person; /* NULL: no column for it */
};

static const struct table_column columns[] = {
	{.name = "person", .whole = true},
	{.name = "figure", .whole = true},
	{.name = "value", .right = true},
	{.name = "exact", .right = true},
	{.name = "from"},
	{.name = "record", .whole = true},
	{.name = "clause", .whole = true},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

struct table *cli_explanation(const struct cli *cli, bool by_person)
{
	return cli_table(cli, columns + !by_person, COLUMNS - !by_person);
}

static void tell(void *state, const struct marks_line *line)
{
	const struct sink *sink = state;
	const char *const cells[COLUMNS] = {sink->person, line->figure, line->value, line->exact,
					    line->from,   line->record, line->clause};
	table_row(sink->table, cells + !sink->person);
}

void cli_explain(struct table *table, const struct marks *marks, const struct marks_person *person)
{
	struct sink sink = {.table = table, .person = person->person};
	marks_explain(marks, person, tell, &sink);
}

void cli_explain_sheet(struct table *table, const struct rule *scheme,
		       const struct marks_sheet *sheet)
{
	struct sink sink = {.table = table};
	marks_explain_sheet(scheme, sheet, tell, &sink);
}

/* What stands for a figure that is missing. */
static const char *missing(const struct cli *cli)
{
	return cli_format(cli) == TABLE_TABLE ? _("missing") : NULL;
}

/* --- tables whose columns are the policy's --- */

/* One table being filled: cells as many as columns, texts of figures kept until it is shown. */
struct view {
	struct cli *cli;
	struct table *table;
	struct table_column *columns;
	const char **cells;
	size_t count, filled;
	struct arena arena;
};

static void view_begin(struct view *view, struct cli *cli, size_t most)
{
	*view = (struct view){.cli = cli,
			      .columns = mem_array(most, sizeof *view->columns),
			      .cells = mem_array(most, sizeof *view->cells)};
}

static void column(struct view *view, const char *name, bool right, bool whole)
{
	view->columns[view->count++] =
		(struct table_column){.name = name, .right = right, .whole = whole};
}

static void columns_of(struct view *view, const struct node *parts, const char *key)
{
	for (size_t i = 0; i < node_count(parts); i++)
		column(view, node_text(parts->list.items[i], key), true, false);
}

static void cell(struct view *view, const char *text)
{
	view->cells[view->filled++] = text;
	if (view->filled < view->count)
		return;
	table_row(view->table, view->cells);
	view->filled = 0;
}

static void cell_points(struct view *view, const struct decimal *points, bool exact)
{
	struct buf text;
	buf_init(&text);
	if (points && exact)
		decimal_format_exact(points, &text);
	else if (points)
		points_show(points, &text);
	cell(view, points ? arena_dup(&view->arena, text.data) : missing(view->cli));
	buf_clear(&text);
}

static void view_end(struct view *view)
{
	cli_show(view->cli, view->table);
	table_free(view->table);
	arena_clear(&view->arena);
	free(view->columns);
	free(view->cells);
}

/* --- the annual table of all --- */

void cli_tally_year(struct cli *cli, const struct marks *marks)
{
	const struct node *scheme = marks->scheme->node,
			  *components = node_get(scheme, "components");
	bool people = cli_format(cli) == TABLE_TABLE;
	struct view view;
	view_begin(&view, cli, node_count(components) + 8);
	column(&view, "rank", true, false);
	view.columns[0].number = true;
	column(&view, "person", false, true);
	column(&view, "name", false, false);
	columns_of(&view, components, "component");
	column(&view, "total", true, true);
	column(&view, "excellent", false, false);
	column(&view, "lacks", false, false);
	if (!people)
		column(&view, "exact", true, true);
	view.table = cli_table(cli, view.columns, view.count);
	for (size_t i = 0; i < marks->person_count; i++) {
		const struct marks_person *person = &marks->people[i];
		cell(&view, person->rank ? arena_printf(&view.arena, "%zu", person->rank) : NULL);
		cell(&view, person->person);
		cell(&view, person->name);
		for (size_t j = 0; j < node_count(components); j++)
			cell_points(&view, person->means[j].mean, false);
		cell_points(&view, person->total, false);
		cell(&view, person->excellent ? node_path(scheme, "excellent.title")->text : NULL);
		cell(&view, person->lacks);
		if (!people)
			cell_points(&view, person->total, true);
	}
	view_end(&view);
}

/* --- one person by month, and the year --- */

void cli_tally_person(struct cli *cli, const struct marks *marks, const struct marks_person *person)
{
	const struct node *scheme = marks->scheme->node,
			  *components = node_get(scheme, "components");
	bool people = cli_format(cli) == TABLE_TABLE;
	struct view view;
	view_begin(&view, cli, node_count(components) + 8);
	column(&view, "period", false, true);
	columns_of(&view, components, "component");
	column(&view, "total", true, true);
	column(&view, "excellent", false, false);
	column(&view, "lacks", false, false);
	if (!people)
		column(&view, "exact", true, true);
	view.table = cli_table(cli, view.columns, view.count);
	for (int month = 1; month <= 12; month++) {
		cell(&view, arena_printf(&view.arena, "%04d-%02d", marks->year, month));
		for (size_t j = 0; j < node_count(components); j++) {
			struct marks_mean mean;
			marks_mean(person, node_text(components->list.items[j], "component"), month,
				   &mean);
			cell_points(&view, mean.mean, false);
			marks_mean_clear(&mean);
		}
		for (size_t j = 0; j < (people ? 3u : 4u); j++)
			cell(&view, NULL);
	}
	cell(&view, arena_printf(&view.arena, "%04d", marks->year));
	for (size_t j = 0; j < node_count(components); j++)
		cell_points(&view, person->means[j].mean, false);
	cell_points(&view, person->total, false);
	cell(&view, person->excellent ? node_path(scheme, "excellent.title")->text : NULL);
	cell(&view, person->lacks);
	if (!people)
		cell_points(&view, person->total, true);
	view_end(&view);
}

/* --- the sheets of a month --- */

static const char *state_of(const struct sheet *sheet)
{
	if (sheet->voided || sheet->disputed)
		return sheet->voided ? "voided" : "disputed";
	return sheet->awaits ? "not confirmed" : "counts";
}

static void cells_of_sheet(struct view *view, const struct marks_sheet *sheet,
			   const struct node *dimensions)
{
	const struct node *left = node_get(sheet->sheet.root, "dimensions");
	cell(view, sheet->name);
	for (size_t i = 0; i < node_count(dimensions); i++) {
		const char *points = NULL;
		for (size_t j = 0; j < node_count(left) && !points; j++)
			if (node_is_string(node_get(left->list.items[j], "dimension"),
					   node_text(dimensions->list.items[i], "dimension")))
				points = node_text(left->list.items[j], "points");
		cell(view, points);
	}
	cell(view, node_text(node_get(sheet->sheet.root, "commendation"), "points"));
	cell_points(view, sheet->score, false);
	cell(view, state_of(&sheet->sheet));
	cell(view, sheet->by);
}

/* The sheets of the month, and monthly ones there are none of. */
static void rows_of_month(struct view *view, const struct marks *marks,
			  const struct marks_person *person, int month)
{
	const struct node *scheme = marks->scheme->node,
			  *dimensions = node_get(scheme, "dimensions"),
			  *sheets = node_get(scheme, "sheets");
	for (size_t i = 0; i < person->count; i++) {
		if (person->sheets[i]->span.month != month)
			continue;
		cell(view, person->person);
		cell(view, person->name);
		cells_of_sheet(view, person->sheets[i], dimensions);
	}
	for (size_t i = 0; i < node_count(sheets); i++) {
		const char *name = node_text(sheets->list.items[i], "sheet");
		const char *wanted =
			arena_printf(&view->arena, "%04d-%02d-%s", marks->year, month, name);
		bool there = !node_is_string(node_get(sheets->list.items[i], "period"), "month");
		for (size_t j = 0; j < person->count && !there; j++)
			there = strcmp(person->sheets[j]->name, wanted) == 0 &&
				!person->sheets[j]->sheet.voided;
		if (there)
			continue;
		cell(view, person->person);
		cell(view, person->name);
		cell(view, wanted);
		for (size_t j = 0; j < node_count(dimensions) + 2; j++)
			cell(view, NULL);
		cell(view, "missing");
		cell(view, NULL);
	}
}

void cli_tally_month(struct cli *cli, const struct book *book, const struct marks *marks,
		     const struct marks_person *only, int month)
{
	const struct node *dimensions = node_get(marks->scheme->node, "dimensions");
	int first = day_of_civil(marks->year, month, 1),
	    last = first + month_days(marks->year, month) - 1;
	struct view view;
	view_begin(&view, cli, node_count(dimensions) + 8);
	column(&view, "person", false, true);
	column(&view, "name", false, false);
	column(&view, "sheet", false, true);
	columns_of(&view, dimensions, "dimension");
	column(&view, "commendation", true, false);
	column(&view, "score", true, true);
	column(&view, "state", false, false);
	column(&view, "by", false, false);
	view.table = cli_table(cli, view.columns, view.count);
	for (size_t i = 0; i < marks->person_count; i++)
		if (only ? only == &marks->people[i]
			 : marks_worked(book, marks->scheme, marks->people[i].person, first, last))
			rows_of_month(&view, marks, &marks->people[i], month);
	view_end(&view);
}
