// SPDX-License-Identifier: MIT
// Stable sorting, in which items that compare equal keep their sequence; finding what is sorted.
#ifndef KEFU_BASE_SORT_H
#define KEFU_BASE_SORT_H

#include <stddef.h>

/* Sorts as qsort(3) does, but items that ORDER calls equal stay in the sequence they were in. ITEMS
 * may be NULL when COUNT is 0. */
void sort_stable(void *items, size_t count, size_t size,
		 int (*order)(const void *a, const void *b));

/* The index of the first of the sorted ITEMS that ORDER does not put before WANTED; COUNT when
 * there is none. */
size_t sort_find(const void *items, size_t count, size_t size, const void *wanted,
		 int (*order)(const void *item, const void *wanted));

#endif
