// SPDX-License-Identifier: MIT
// A list of the errors of files that were read one by one, so that one damaged file does not hide
// the next.
#ifndef KEFU_BASE_PROBLEMS_H
#define KEFU_BASE_PROBLEMS_H

#include <stddef.h>

#include "base/err.h"

/* All zero is an empty list. */
struct problems {
	struct err *items;
	size_t count;
};

/* Adds what ERR says and clears it; FILE, which may be NULL, is its place if it has none. */
void problems_add(struct problems *problems, const char *file, struct err *err);
/* Adds all of FROM behind the others; FROM is empty afterwards. */
void problems_take(struct problems *problems, struct problems *from);
/* Sorts by file, line, column and text; those without a file come first. */
void problems_sort(struct problems *problems);
void problems_clear(struct problems *problems);

/* Moves FROM into FIRST when FIRST is not set or comes after it in the order of problems_sort;
 * clears FROM. So of many problems one is reported, always the same, in whatever order the files
 * were read. */
void problem_keep_first(struct err *first, struct err *from);

#endif
