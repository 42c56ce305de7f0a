// SPDX-License-Identifier: MIT
// How what a command shows is to look, and what all tables and pages are made with. The files of
// view/ make tables and texts out of what the other rooms have found; they never print them.
#ifndef KEFU_VIEW_VIEW_H
#define KEFU_VIEW_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "book/book.h"
#include "text/table.h"

struct view_style {
	const struct book *book;  /* whose zone, clock and titles are used */
	enum table_format format; /* TABLE_TABLE is for people, all others are for programs */
	bool headless;            /* leave the headings of tables out */
	unsigned columns;         /* of the terminal or page to fit into; 0: no limit */
};

bool view_for_people(const struct view_style *style);

/* An empty table in the format asked for, which the caller frees; COLUMNS are borrowed. */
struct table *view_table(const struct view_style *style, const struct table_column *columns,
			 size_t count);

/* Cells, in ARENA: times and days of the ledger's zone. */
const char *view_minute(const struct view_style *style, struct arena *arena,
			int64_t instant); /* "2026-11-21 09:02" */
const char *view_time(const struct view_style *style, struct arena *arena,
		      int64_t instant); /* the same for people, RFC 3339 for programs */
const char *view_day(const struct view_style *style, struct arena *arena,
		     int64_t instant); /* "2026-11-21" */
const char *view_number(struct arena *arena, int64_t number);

#endif
