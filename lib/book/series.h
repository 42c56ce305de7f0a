// SPDX-License-Identifier: MIT
// Series of numbers: a day's tickets, a file's documents; and which numbers are recorded as lost.
// Says nothing of what is there.
#ifndef KEFU_BOOK_SERIES_H
#define KEFU_BOOK_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "book/book.h"

/* --- what they are called: in marks, and when people speak of them --- */

/* The series of the documents in the file PATH: of a ticket its id, of another file its path
 * without the ending. In ARENA. */
const char *series_of_file(struct arena *arena, const char *path);

/* The series of the tickets of the day that the ticket ID is of: "YL261121". In ARENA. */
const char *series_of_day(struct arena *arena, const char *id);

/* What people call the file PATH, "YL261121003", "3-1201" or the path itself. In ARENA. */
const char *series_called(struct arena *arena, const char *path);

/* Consecutive numbers of one series, from FIRST to LAST. */
struct numbers {
	const char *series;
	int64_t first, last;
	bool tickets;     /* of a day's tickets; else of the documents of a file */
	const char *path; /* that file; of tickets, the first one's */
	const char *text; /* as it is written in documents: "YL261121003", "YL261121003..7",
			     "YL261121003#4", "personnel/lihua.yaml#2..5" */
};

/* Finds out what TYPED means: the number of a ticket as book_resolve_id takes it, or FILE#N with a
 * file that is named by its id or path; either one number, or all up to another with "..N" behind
 * it. STATUS_USAGE when it is neither. Texts live in ARENA. */
bool numbers_parse(const struct book *book, struct arena *arena, const char *typed,
		   struct numbers *numbers, struct err *err);

/* --- numbers that are lost --- */

#define LOST_FOLDER "numbers" /* a register for each site, that says which are */

struct account {
	const char *series;
	int64_t first, last, recorded;
	bool lost; /* else: found again */
};

struct accounts {
	struct arena arena;
	struct account *items; /* heap; by series, and then in the order they were recorded in */
	size_t count;
};

/* Reads them. A register that is damaged counts as far as it can be read: ledger-check says so. */
void accounts_read(struct book *book, struct accounts *accounts);
void accounts_clear(struct accounts *accounts);

/* Whether NUMBER of SERIES is recorded as lost, and not as found after that. *UNTIL gets a number
 * up to which that is the same. */
bool accounts_lost(const struct accounts *accounts, const char *series, int64_t number,
		   int64_t *until);

#endif
