// SPDX-License-Identifier: MIT
// Stable sorting, in which items that compare equal keep their sequence; finding what is sorted.
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

size_t sort_find(const void *items, size_t count, size_t size, const void *wanted,
		 int (*order)(const void *item, const void *wanted))
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (order((const char *)items + middle * size, wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
