// SPDX-License-Identifier: MIT
// Shares and their intervals, against the examples Newcombe published and quantiles by bisection in
// Python's decimal.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/share.h"

static struct decimal *parse(const char *text)
{
	struct decimal *value = decimal_new(0);
	assert_true(decimal_set(value, text, strlen(text)));
	return value;
}

static void assert_is(const struct decimal *value, unsigned places, const char *expected)
{
	struct buf out;
	buf_init(&out);
	decimal_format(value, places, &out);
	assert_string_equal(out.data, expected);
	buf_clear(&out);
}

static void roots_are_cut_off(void **state)
{
	(void)state;
	static const struct {
		const char *of;
		unsigned places;
		const char *root;
	} cases[] = {
		{"0", 3, "0.000"},
		{"2", 10, "1.4142135623"},
		{"0.25", 1, "0.5"},
		{"144", 0, "12"},
		{"0.000001", 3, "0.001"},
		{"0.00000099", 3, "0.000"},
		{"123456789012345678901234567890", 0, "351364182882014"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct decimal *value = parse(cases[i].of);
		assert_true(decimal_root(value, cases[i].places));
		assert_is(value, cases[i].places, cases[i].root);
		decimal_free(value);
	}
	struct decimal *negative = decimal_new(-4);
	assert_false(decimal_root(negative, 5));
	assert_is(negative, 0, "-4");
	decimal_cut(negative, 2);
	assert_is(negative, 2, "-4.00");
	decimal_free(negative);
}

static void quantiles_are_those_of_the_tables(void **state)
{
	(void)state;
	static const struct {
		const char *confidence, *z;
	} cases[] = {
		{"0.5", "0.674489750196081743202227014541"},
		{"0.8", "1.281551565544600466965103329449"},
		{"0.9", "1.644853626951472714863848907992"},
		{"0.95", "1.959963984540054235524594430521"},
		{"0.99", "2.575829303548900760978576748604"},
		{"0.999", "3.290526731491894793221627035375"},
		{"0.9999", "3.890591886413093967035707758109"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct decimal *confidence = parse(cases[i].confidence),
			       *z = share_quantile(confidence);
		assert_is(z, 30, cases[i].z);
		decimal_free(confidence);
		decimal_free(z);
	}
}

static void check(const struct share_counts *counts, const char *rate, const char *low,
		  const char *high)
{
	struct decimal *confidence = parse("0.95"), *z = share_quantile(confidence);
	struct share share;
	share_of(&share, counts, z);
	assert_is(share.rate, 4, rate);
	assert_is(share.low, 4, low);
	assert_is(share.high, 4, high);
	share_clear(&share);
	decimal_free(confidence);
	decimal_free(z);
}

static void intervals_are_wilsons(void **state)
{
	(void)state;
	const int64_t endless = INT64_C(1000000000000000);
	/* Newcombe, Two-sided confidence intervals for the single proportion, Statistics in
	 * Medicine 17 (1998) 857–872, table I */
	check(&(struct share_counts){81, 263, 263, endless}, "0.3080", "0.2553", "0.3662");
	check(&(struct share_counts){15, 148, 148, endless}, "0.1014", "0.0624", "0.1605");
	check(&(struct share_counts){0, 20, 20, endless}, "0.0000", "0.0000", "0.1611");
	check(&(struct share_counts){1, 29, 29, endless}, "0.0345", "0.0061", "0.1718");
	/* everybody answered: nothing is left to chance */
	check(&(struct share_counts){7, 10, 20, 20}, "0.7000", "0.7000", "0.7000");
	check(&(struct share_counts){0, 10, 10, 10}, "0.0000", "0.0000", "0.0000");
	struct share none;
	share_of(&none, &(struct share_counts){0, 0, 5, 10}, NULL);
	assert_null(none.rate);
	share_clear(&none);
}

static void changes_are_newcombes(void **state)
{
	(void)state;
	/* Newcombe (1998) 873–890, table II, method 10 */
	static const struct {
		struct share_counts now, before;
		const char *change, *low, *high;
		bool significant;
	} cases[] = {
		{{56, 70, 70, INT64_C(1000000000000000)},
		 {48, 80, 80, INT64_C(1000000000000000)},
		 "0.2000",
		 "0.0524",
		 "0.3339",
		 true},
		{{9, 10, 10, INT64_C(1000000000000000)},
		 {3, 10, 10, INT64_C(1000000000000000)},
		 "0.6000",
		 "0.1705",
		 "0.8090",
		 true},
		{{10, 10, 10, INT64_C(1000000000000000)},
		 {0, 20, 20, INT64_C(1000000000000000)},
		 "1.0000",
		 "0.6791",
		 "1.0000",
		 true},
		{{5, 56, 56, INT64_C(1000000000000000)},
		 {0, 29, 29, INT64_C(1000000000000000)},
		 "0.0893",
		 "-0.0381",
		 "0.1926",
		 false},
	};
	struct decimal *confidence = parse("0.95"), *z = share_quantile(confidence);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct share now, before;
		struct share_change change;
		share_of(&now, &cases[i].now, z);
		share_of(&before, &cases[i].before, z);
		share_compare(&change, &now, &before);
		assert_is(change.change, 4, cases[i].change);
		assert_is(change.low, 4, cases[i].low);
		assert_is(change.high, 4, cases[i].high);
		assert_int_equal(change.significant, cases[i].significant);
		share_change_clear(&change);
		share_clear(&now);
		share_clear(&before);
	}
	decimal_free(confidence);
	decimal_free(z);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots_are_cut_off),
		cmocka_unit_test(quantiles_are_those_of_the_tables),
		cmocka_unit_test(intervals_are_wilsons),
		cmocka_unit_test(changes_are_newcombes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
