// SPDX-License-Identifier: MIT
// What ledger-check shows. Never prints.
#include "view/check.h"

struct table *view_problem_names(const struct view_style *style)
{
	static const struct table_column columns[] = {{.name = "problem", .whole = true},
						      {.name = "meaning", .below = true}};
	struct table *table = view_table(style, columns, 2);
	for (enum problem_kind kind = 0; kind < PROBLEM_KINDS; kind++)
		table_row(table, (const char *const[]){problem_name(kind), problem_meaning(kind)});
	return table;
}

/* The place in one piece. */
static struct table *for_people(const struct view_style *style, const struct check *check)
{
	static const struct table_column columns[] = {
		{.name = "problem", .whole = true},
		{.name = "place", .whole = true},
		{.name = "text", .below = true},
		{.name = "clause"},
	};
	struct table *table = view_table(style, columns, sizeof columns / sizeof *columns);
	struct arena arena = ARENA_INIT;
	for (size_t i = 0; i < check->count; i++) {
		const struct problem *problem = &check->problems[i];
		const char *place = problem->line ? arena_printf(&arena, "%s:%u:%u", problem->file,
								 problem->line, problem->column)
						  : problem->file;
		table_row(table, (const char *const[]){problem_name(problem->kind), place,
						       problem->text, problem->clause});
		arena_reset(&arena);
	}
	arena_clear(&arena);
	return table;
}

/* The place in its parts. */
static struct table *for_programs(const struct view_style *style, const struct check *check)
{
	static const struct table_column columns[] = {
		{.name = "problem"},
		{.name = "file"},
		{.name = "line", .number = true},
		{.name = "column", .number = true},
		{.name = "text"},
		{.name = "clause"},
	};
	struct table *table = view_table(style, columns, sizeof columns / sizeof *columns);
	struct arena arena = ARENA_INIT;
	for (size_t i = 0; i < check->count; i++) {
		const struct problem *problem = &check->problems[i];
		bool placed = problem->line;
		const char *cells[] = {problem_name(problem->kind),
				       problem->file,
				       placed ? view_number(&arena, problem->line) : NULL,
				       placed ? view_number(&arena, problem->column) : NULL,
				       problem->text,
				       problem->clause};
		table_row(table, cells);
		arena_reset(&arena);
	}
	arena_clear(&arena);
	return table;
}

struct table *view_check(const struct view_style *style, const struct check *check)
{
	return (view_for_people(style) ? for_people : for_programs)(style, check);
}
