// SPDX-License-Identifier: MIT
// A list of what went wrong with files that were read one by one: each is named, none hides
// another.
#ifndef KEFU_BASE_PROBLEMS_H
#define KEFU_BASE_PROBLEMS_H

#include <stddef.h>

#include "base/err.h"

/* All zero: none. */
struct problems {
	struct err *items;
	size_t count;
};

/* Adds what ERR says and clears it; FILE, which may be NULL, is its place if it has none. */
void problems_add(struct problems *problems, const char *file, struct err *err);
/* Adds all of FROM behind the others; FROM is empty afterwards. */
void problems_take(struct problems *problems, struct problems *from);
/* By file, line, column and text; those without a file first. */
void problems_sort(struct problems *problems);
void problems_clear(struct problems *problems);

/* Moves FROM into FIRST when FIRST is not set or stands after it in the order of problems_sort;
 * clears FROM. For a problem that is to be told once, whatever order the files are read in. */
void problem_keep_first(struct err *first, struct err *from);

#endif
