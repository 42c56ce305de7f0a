// SPDX-License-Identifier: MIT
// callback/terms: what holds for a share is what its first form recorded, however reading was
// divided.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "callback/terms.h"

static void take(struct terms *terms, struct arena *arena, const char *id, const char *rate)
{
	terms_take(terms, arena, &(struct form){.id = id},
		   &(struct duty){.clause = "C-1", .rate = rate});
}

/* Forms 1 to 3 recorded other rates; TURNS says in which order they are read, SPLIT how many of
 * them by the first of two readers. */
static void expect_first(const int turns[3], int split)
{
	static const char *const ids[] = {"YL261101001", "YL261101002", "YL2611010010"},
				 *const rates[] = {"0.30", "0.50", "0.70"};
	struct arena arena = ARENA_INIT;
	struct terms readers[2] = {0};
	for (int i = 0; i < 3; i++)
		take(&readers[i >= split], &arena, ids[turns[i]], rates[turns[i]]);
	struct terms one = readers[0], other = readers[1];
	terms_keep_first(&one, &readers[1]);
	terms_keep_first(&other, &readers[0]);
	assert_string_equal(one.rate, "0.30");
	assert_string_equal(one.minimum, "0.30");
	assert_string_equal(one.form, "YL261101001");
	assert_string_equal(other.rate, "0.30");
	assert_string_equal(other.form, "YL261101001");
	arena_clear(&arena);
}

static void the_first_form_says_it(void **state)
{
	(void)state;
	for (int a = 0; a < 3; a++)
		for (int b = 0; b < 3; b++)
			for (int split = 1; a != b && split < 3; split++)
				expect_first((const int[]){a, b, 3 - a - b}, split);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_first_form_says_it)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
