// SPDX-License-Identifier: MIT
// Stable sorting: items that compare equal keep their sequence.
#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* By ORDER; items that it calls equal, by their address, which is their sequence. */
static int compare_places(const void *a, const void *b, void *context)
{
	int (*const *order)(const void *, const void *) = context;
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;
	int different = (*order)(x, y);
	return different ? different : (x > y) - (x < y);
}

void sort_stable(void *items, size_t count, size_t size, int (*order)(const void *a, const void *b))
{
	const char **places = mem_array(count, sizeof *places), *first = items;
	char *sorted = mem_array(count, size);
	for (size_t i = 0; i < count; i++)
		places[i] = first + i * size;
	qsort_r(places, count, sizeof *places, compare_places, &order);
	for (size_t i = 0; i < count; i++)
		memcpy(sorted + i * size, places[i], size);
	if (count)
		memcpy(items, sorted, count * size);
	free(sorted);
	free(places);
}
