// SPDX-License-Identifier: MIT
// Exact numbers: reading, arithmetic, rounding, bounds.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/decimal.h"

static struct decimal *parse(const char *text)
{
	struct decimal *value = decimal_new(0);
	assert_true(decimal_set(value, text, strlen(text)));
	return value;
}

static void assert_format(const char *text, unsigned places, const char *expected)
{
	struct decimal *value = parse(text);
	struct buf out;
	buf_init(&out);
	decimal_format(value, places, &out);
	assert_string_equal(out.data, expected);
	buf_clear(&out);
	decimal_free(value);
}

static void reads_json_numbers_only(void **state)
{
	(void)state;
	static const char *const good[] = {"0",      "-0",      "7",
					   "-12",    "0.30",    "1e5",
					   "1E+5",   "1.5e-3",  "123456789012345678901234567890",
					   "1e5000", "1e-5000", "1e0005"};
	static const char *const bad[] = {
		"",    "-",    "+1",   "01",     "-01",     ".5", "5.",
		"1e",  "1e+",  "0x1F", "1_000",  " 1",      "1 ", "1,0",
		"NaN", "Inf",  "1.e5", "1e5001", "1e-5001", "１", "1e999999999999999999999",
		"--1", "1e1.5"};
	struct decimal *value = decimal_new(42), *before = decimal_new(42);
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct decimal *fresh = parse(good[i]);
		decimal_free(fresh);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_false(decimal_set(value, bad[i], strlen(bad[i])));
		assert_int_equal(decimal_compare(value, before), 0);
	}
	assert_false(decimal_set(value, "1\0", 2));
	assert_true(decimal_set(value, "12345", 3)); /* LEN counts, not the terminator */
	decimal_set_int(before, 123);
	assert_int_equal(decimal_compare(value, before), 0);
	decimal_free(value);
	decimal_free(before);
}

static void bounds_the_digits(void **state)
{
	(void)state;
	char digits[DECIMAL_MAX_DIGITS + 3];
	memset(digits, '9', sizeof digits);
	struct decimal *value = decimal_new(0);
	assert_true(decimal_set(value, digits, DECIMAL_MAX_DIGITS));
	assert_false(decimal_set(value, digits, DECIMAL_MAX_DIGITS + 1));
	digits[1] = '.';
	assert_true(decimal_set(value, digits, DECIMAL_MAX_DIGITS + 1));
	assert_false(decimal_set(value, digits, DECIMAL_MAX_DIGITS + 2));
	decimal_free(value);
}

static void compares(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		int order;
	} cases[] = {
		{"1", "1.0", 0},
		{"0.1", "1e-1", 0},
		{"-0", "0", 0},
		{"0.30", "0.3", 0},
		{"1", "2", -1},
		{"-1", "-2", 1},
		{"1e5", "99999", 1},
		{"0.1", "0.10000000000000000001", -1},
		{"9007199254740993", "9007199254740992", 1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct decimal *a = parse(cases[i].a), *b = parse(cases[i].b);
		int order = decimal_compare(a, b);
		assert_int_equal((order > 0) - (order < 0), cases[i].order);
		decimal_free(a);
		decimal_free(b);
	}
}

static void knows_integers_and_multiples(void **state)
{
	(void)state;
	static const struct {
		const char *value, *of;
		bool multiple;
	} cases[] = {
		{"10", "5", true},
		{"7", "2", false},
		{"0.3", "0.1", true},
		{"0.0075", "0.0001", true},
		{"0.00751", "0.0001", false},
		{"0", "0", true},
		{"1", "0", false},
		{"0", "3", true},
		{"-9", "3", true},
		{"1e308", "0.123456789", false},
		{"19.99", "0.01", true},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct decimal *value = parse(cases[i].value), *of = parse(cases[i].of);
		assert_int_equal(decimal_is_multiple(value, of), cases[i].multiple);
		decimal_free(value);
		decimal_free(of);
	}
	struct decimal *whole = parse("1.50e1"), *half = parse("1.5");
	assert_true(decimal_is_integer(whole));
	assert_false(decimal_is_integer(half));
	decimal_free(whole);
	decimal_free(half);
}

static void calculates_exactly(void **state)
{
	(void)state;
	/* (1 / 3 + 0.1) * 3 - 1.3 is 0, not 5e-17 */
	struct decimal *value = decimal_new(1), *three = decimal_new(3), *tenth = parse("0.1"),
		       *rest = parse("1.3"), *zero = decimal_new(0);
	assert_true(decimal_divide(value, three));
	decimal_add(value, tenth);
	decimal_multiply(value, three);
	decimal_subtract(value, rest);
	assert_int_equal(decimal_sign(value), 0);
	assert_false(decimal_divide(three, zero));
	struct decimal *copy = decimal_copy(three);
	assert_int_equal(decimal_compare(copy, three), 0);
	decimal_add(copy, copy);
	assert_int_equal(decimal_sign(copy), 1);
	assert_true(decimal_compare(copy, three) > 0);
	decimal_free(copy);
	decimal_free(value);
	decimal_free(three);
	decimal_free(tenth);
	decimal_free(rest);
	decimal_free(zero);
}

/* A required number is ceil(rate × N) (RULEBOOK, "Counting"). */
static void rounds_up_to_whole_numbers(void **state)
{
	(void)state;
	static const struct {
		const char *value;
		int64_t ceil, floor;
	} cases[] = {
		{"2.1", 3, 2},
		{"2.0", 2, 2},
		{"-2.1", -2, -3},
		{"0", 0, 0},
		{"0.0001", 1, 0},
		{"9223372036854775807", INT64_MAX, INT64_MAX},
		{"-9223372036854775808", INT64_MIN, INT64_MIN},
	};
	int64_t whole;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct decimal *value = parse(cases[i].value);
		assert_true(decimal_ceil(value, &whole));
		assert_true(whole == cases[i].ceil);
		assert_true(decimal_floor(value, &whole));
		assert_true(whole == cases[i].floor);
		decimal_free(value);
	}
	/* 30 % of 10 is 3, not 4 as with floats 0.30000000000000004 */
	struct decimal *rate = parse("0.30"), *count = decimal_new(10),
		       *large = parse("9223372036854775807.5");
	decimal_multiply(rate, count);
	assert_true(decimal_ceil(rate, &whole));
	assert_true(whole == 3);
	assert_false(decimal_ceil(large, &whole));
	assert_true(decimal_floor(large, &whole));
	decimal_free(rate);
	decimal_free(count);
	decimal_free(large);
}

static void formats_with_places(void **state)
{
	(void)state;
	assert_format("0", 2, "0.00");
	assert_format("1", 0, "1");
	assert_format("1.005", 2, "1.01"); /* a float would say 1.00 */
	assert_format("1.004999999999", 2, "1.00");
	assert_format("2.5", 0, "3");
	assert_format("-2.5", 0, "-3");
	assert_format("-0.004", 2, "0.00");
	assert_format("-0.005", 2, "-0.01");
	assert_format("0.5", 0, "1");
	assert_format("99.995", 2, "100.00");
	assert_format("0.05", 3, "0.050");
	assert_format("12345678901234567890.125", 2, "12345678901234567890.13");
	assert_format("1e-5000", 2, "0.00");
	assert_format("1e3", 1, "1000.0");
}

static void formats_exactly(void **state)
{
	(void)state;
	static const char *const cases[][3] = {
		{"15", "2", "7.5"}, {"0", "3", "0"},   {"-3", "8", "-0.375"}, {"292", "3", "292/3"},
		{"100", "50", "2"}, {"1", "7", "1/7"}, {"-10", "4", "-2.5"},  {"9", "6", "1.5"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct decimal *value = parse(cases[i][0]), *by = parse(cases[i][1]);
		struct buf out;
		buf_init(&out);
		assert_true(decimal_divide(value, by));
		decimal_format_exact(value, &out);
		assert_string_equal(out.data, cases[i][2]);
		assert_int_equal(decimal_is_finite(value), strchr(cases[i][2], '/') == NULL);
		buf_clear(&out);
		decimal_free(value);
		decimal_free(by);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_json_numbers_only),
		cmocka_unit_test(bounds_the_digits),
		cmocka_unit_test(compares),
		cmocka_unit_test(knows_integers_and_multiples),
		cmocka_unit_test(calculates_exactly),
		cmocka_unit_test(rounds_up_to_whole_numbers),
		cmocka_unit_test(formats_with_places),
		cmocka_unit_test(formats_exactly),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
