// SPDX-License-Identifier: MIT
// base/sort: sorted, what is equal stays in sequence, and the first of it is found.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "../random_tree.h"
#include "base/sort.h"

struct item {
	uint32_t key;
	char padding[7];
	size_t place;
};

static int compare_keys(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	return (x->key > y->key) - (x->key < y->key);
}

static void equal_items_stay_in_sequence(void **state)
{
	enum { MOST = 3000 };
	static struct item items[MOST];
	uint64_t random = 11;
	(void)state;
	for (size_t count = 0; count < MOST; count += 1 + count / 2) {
		for (size_t i = 0; i < count; i++)
			items[i] = (struct item){random_below(&random, 1 + (uint32_t)count / 3), "",
						 i};
		sort_stable(items, count, sizeof *items, compare_keys);
		for (size_t i = 1; i < count; i++)
			assert_true(items[i - 1].key < items[i].key ||
				    (items[i - 1].key == items[i].key &&
				     items[i - 1].place < items[i].place));
	}
	sort_stable(NULL, 0, sizeof *items, compare_keys);
}

static void the_first_of_what_is_equal_is_found(void **state)
{
	static const struct item items[] = {
		{.key = 3}, {.key = 5}, {.key = 5}, {.key = 5}, {.key = 9}};
	static const struct {
		uint32_t wanted;
		size_t count, at;
	} cases[] = {{0, 5, 0}, {3, 5, 0},  {4, 5, 1}, {5, 5, 1}, {6, 5, 4},
		     {9, 5, 4}, {10, 5, 5}, {5, 2, 1}, {5, 1, 1}, {5, 0, 0}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct item wanted = {.key = cases[i].wanted};
		assert_int_equal(
			sort_find(items, cases[i].count, sizeof *items, &wanted, compare_keys),
			cases[i].at);
	}
	assert_int_equal(sort_find(NULL, 0, sizeof *items, items, compare_keys), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_items_stay_in_sequence),
		cmocka_unit_test(the_first_of_what_is_equal_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
