// SPDX-License-Identifier: MIT
// Sorting that keeps the sequence of what is equal.
#ifndef KEFU_BASE_SORT_H
#define KEFU_BASE_SORT_H

#include <stddef.h>

/* Sorts as qsort(3) does, but what ORDER calls equal stays in the sequence it was in. ITEMS may be
 * NULL when COUNT is 0. */
void sort_stable(void *items, size_t count, size_t size,
		 int (*order)(const void *a, const void *b));

#endif
