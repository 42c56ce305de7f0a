// SPDX-License-Identifier: MIT
// The style of tables and pages, and helpers to make them. The files of view/ make tables and texts
// from the results of other rooms, and never print them. The caller owns a table that one of their
// functions returns, and frees it with table_free.
#ifndef KEFU_VIEW_VIEW_H
#define KEFU_VIEW_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "book/book.h"
#include "text/table.h"

struct view_style {
	const struct book *book;  /* the ledger whose zone, clock and titles are used */
	enum table_format format; /* TABLE_TABLE is for people, all others are for programs */
	bool headless;            /* leave the headings of tables out */
	unsigned columns;         /* of the terminal or page to fit into; 0: no limit */
};

bool view_for_people(const struct view_style *style);

/* An empty table in the style's format; COLUMNS as table_new has them. */
struct table *view_table(const struct view_style *style, const struct table_column *columns,
			 size_t count);

/* Texts of cells, in ARENA; times and days are those of the ledger's zone. A minute is
 * "2026-11-21 09:02"; a time is the same for people, and RFC 3339 for programs; a day is
 * "2026-11-21". */
const char *view_minute(const struct view_style *style, struct arena *arena, int64_t instant);
const char *view_time(const struct view_style *style, struct arena *arena, int64_t instant);
const char *view_day(const struct view_style *style, struct arena *arena, int64_t instant);
/* How often a household has asked again and when last, for people: "3, last 2026-11-21 09:02"; NULL
 * for 0 times. */
const char *view_asked(const struct view_style *style, struct arena *arena, unsigned times,
		       int64_t last);

/* Whom a ticket waits for, for people with its title. */
const char *view_waits_for(const struct view_style *style, struct arena *arena, const char *whom);
/* A state of forms, for people with its title. */
const char *view_state(const struct view_style *style, struct arena *arena, const char *state);

/* The languages of titles: for people theirs, for programs the ledger's. */
const struct languages *view_languages(const struct view_style *style);

/* The title of ENTRY, a map of a pack, in one of these languages; NULL without one. */
const char *view_title(const struct view_style *style, const struct node *entry);

/* TITLE, a text or a map of one for each language, in the reader's; "" where it has none. */
const char *view_chosen(const struct view_style *style, const struct node *title);

/* A name of LIST: for people with its title (book/called.h), for programs alone. NULL for NULL. */
const char *view_name(const struct view_style *style, struct arena *arena, enum rule_list list,
		      const char *name);
/* The same for names of which WORDS holds one or more, with one of BETWEEN between two. */
const char *view_names(const struct view_style *style, struct arena *arena, enum rule_list list,
		       const char *words, const char *between);

const char *view_number(struct arena *arena, int64_t number);

#endif
