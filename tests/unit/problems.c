// SPDX-License-Identifier: MIT
// base/problems: told in the order of their places, whatever order they were met in.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/problems.h"

/* TEXT at a place; FILE may be NULL. */
static struct err problem(const char *file, unsigned line, unsigned column, const char *text)
{
	struct err err = ERR_INIT;
	err_set(&err, STATUS_DAMAGED, "%s", text);
	err_place(&err, file, line, column);
	return err;
}

/* In the order of problems_sort. */
static const struct {
	const char *file;
	unsigned line, column;
	const char *text;
} places[] = {
	{NULL, 0, 0, "nowhere"},    {"a.yaml", 0, 0, "all of it"}, {"a.yaml", 2, 1, "x"},
	{"a.yaml", 2, 10, "a"},     {"a.yaml", 2, 10, "b"},        {"a.yaml", 10, 1, "x"},
	{"a/b.yaml", 1, 1, "deep"}, {"b.yaml", 1, 1, "x"},
};
enum { PLACES = sizeof places / sizeof *places };

static void stand_in_the_order_of_their_places(void **state)
{
	(void)state;
	/* each begins the list once */
	for (size_t first = 0; first < PLACES; first++) {
		struct problems problems = {0}, others = {0};
		for (size_t i = 0; i < PLACES; i++) {
			size_t place = (first + i * 3) % PLACES;
			struct err err = problem(places[place].file, places[place].line,
						 places[place].column, places[place].text);
			problems_add(i % 2 ? &problems : &others, NULL, &err);
			assert_null(err.text);
		}
		problems_take(&problems, &others);
		assert_int_equal(others.count, 0);
		problems_sort(&problems);
		assert_int_equal(problems.count, PLACES);
		for (size_t i = 0; i < PLACES; i++) {
			assert_string_equal(problems.items[i].text, places[i].text);
			assert_int_equal(problems.items[i].line, places[i].line);
		}
		problems_clear(&problems);
		assert_int_equal(problems.count, 0);
	}
	problems_sort(&(struct problems){0});
}

static void a_place_that_is_known_stays(void **state)
{
	(void)state;
	struct problems problems = {0};
	struct err placed = problem("a.yaml", 1, 1, "x"), bare = problem(NULL, 0, 0, "y");
	problems_add(&problems, "z.yaml", &placed);
	problems_add(&problems, "z.yaml", &bare);
	assert_string_equal(problems.items[0].file, "a.yaml");
	assert_string_equal(problems.items[1].file, "z.yaml");
	problems_clear(&problems);
}

static void the_first_is_kept(void **state)
{
	(void)state;
	for (size_t first = 0; first < PLACES; first++) {
		struct err kept = ERR_INIT, nothing = ERR_INIT;
		problem_keep_first(&kept, &nothing);
		assert_null(kept.text);
		for (size_t i = 0; i < PLACES; i++) {
			size_t place = (first + i * 3) % PLACES;
			struct err err = problem(places[place].file, places[place].line,
						 places[place].column, places[place].text);
			problem_keep_first(&kept, &err);
			assert_null(err.text);
		}
		problem_keep_first(&kept, &nothing);
		assert_string_equal(kept.text, "nowhere");
		err_clear(&kept);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stand_in_the_order_of_their_places),
		cmocka_unit_test(a_place_that_is_known_stays),
		cmocka_unit_test(the_first_is_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
