// SPDX-License-Identifier: MIT
// book/unit: a unit is one in whichever letters it is written, in every locale; an area holds what
// lies in it.
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "book/unit.h"

static void test_same(void **state)
{
	static const char *const ways[][2] = {
		{"b-1201", "B-1201"},
		{"Ｂ－１２０１", "b-1201"},
		{"3-ia12", "3-IA12"},
		{"东区-A1", "东区-a1"},
		{"", ""},
	};
	static const char *const others[][2] = {
		{"b-1201", "b-120"}, {"b-120", "b-1201"}, {"b-1201", "b1201"},
		{"é-1", "É-1"},      {"", "a"},           {"\xff", "\xfe"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		assert_true(unit_same(ways[i][0], ways[i][1]));
		assert_int_equal(unit_order(ways[i][0], ways[i][1]), 0);
	}
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		assert_false(unit_same(others[i][0], others[i][1]));
		assert_int_equal(unit_order(others[i][0], others[i][1]),
				 -unit_order(others[i][1], others[i][0]));
	}
}

/* A Turkish i has another capital letter. */
static void test_no_locale_matters(void **state)
{
	(void)state;
	if (!setlocale(LC_ALL, "tr_TR.UTF-8"))
		setlocale(LC_ALL, "");
	assert_true(unit_same("i-1", "I-1"));
	setlocale(LC_ALL, "C");
}

static void test_areas(void **state)
{
	(void)state;
	assert_true(unit_lies_in("3-1201", "3"));
	assert_true(unit_lies_in("3", "3"));
	assert_true(unit_lies_in("b-2-1201", "B-2"));
	assert_true(unit_lies_in("b-2-1201", "Ｂ"));
	assert_false(unit_lies_in("31-1201", "3"));
	assert_false(unit_lies_in("3", "3-1201"));
	assert_false(unit_lies_in("b-21", "b-2"));
}

static void folds(const char *unit, size_t len, const char *wanted)
{
	struct buf folded;
	buf_init(&folded);
	unit_fold(unit, len, &folded);
	assert_string_equal(folded.data, wanted);
	buf_clear(&folded);
}

static void test_folded(void **state)
{
	(void)state;
	folds("B-1201.yaml", 6, "b-1201");
	folds("Ｂ－１２０１", strlen("Ｂ－１２０１"), "b-1201");
	folds("东\xff", 4, "东\xff");
	folds("东", 2, "\xe4\xb8"); /* cut in the middle */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_no_locale_matters),
		cmocka_unit_test(test_areas),
		cmocka_unit_test(test_folded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
