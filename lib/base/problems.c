// SPDX-License-Identifier: MIT
// A list of the errors of files that were read one by one.
#include "base/problems.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void problems_add(struct problems *problems, const char *file, struct err *err)
{
	err_place(err, file, 0, 0);
	problems->items = mem_room(problems->items, problems->count, 1, sizeof *problems->items);
	problems->items[problems->count++] = *err;
	*err = (struct err)ERR_INIT;
}

void problems_take(struct problems *problems, struct problems *from)
{
	for (size_t i = 0; i < from->count; i++)
		problems_add(problems, NULL, &from->items[i]);
	problems_clear(from);
}

static int compare_texts(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int compare_problems(const void *a, const void *b)
{
	const struct err *x = a, *y = b;
	int order = compare_texts(x->file, y->file);
	if (!order)
		order = (x->line > y->line) - (x->line < y->line);
	if (!order)
		order = (x->column > y->column) - (x->column < y->column);
	return order ? order : compare_texts(x->text, y->text);
}

void problems_sort(struct problems *problems)
{
	if (problems->count)
		qsort(problems->items, problems->count, sizeof *problems->items, compare_problems);
}

void problems_clear(struct problems *problems)
{
	for (size_t i = 0; i < problems->count; i++)
		err_clear(&problems->items[i]);
	free(problems->items);
	*problems = (struct problems){0};
}

void problem_keep_first(struct err *first, struct err *from)
{
	if (from->text && (!first->text || compare_problems(from, first) < 0)) {
		err_clear(first);
		*first = *from;
		*from = (struct err)ERR_INIT;
	}
	err_clear(from);
}
