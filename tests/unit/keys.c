// SPDX-License-Identifier: MIT
// Keys: found by all of their bytes, however many there are.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/keys.h"

static void nothing_is_found_in_an_empty_table(void **state)
{
	(void)state;
	struct keys keys = {0};
	assert_false(keys_find(&keys, "", 0, NULL));
	assert_false(keys_find(&keys, "a", 1, NULL));
	keys_clear(&keys);
}

static void each_key_keeps_its_number(void **state)
{
	(void)state;
	enum { COUNT = 5000, ROOM = 16 };
	static char texts[COUNT][ROOM];
	struct keys keys = {0};
	size_t value;
	for (size_t i = 0; i < COUNT; i++) {
		snprintf(texts[i], ROOM, "3-%04zu", i);
		assert_false(keys_find(&keys, texts[i], strlen(texts[i]), NULL));
		keys_add(&keys, texts[i], strlen(texts[i]), i * 3);
	}
	for (size_t i = 0; i < COUNT; i++) {
		assert_true(keys_find(&keys, texts[i], strlen(texts[i]), &value));
		assert_int_equal(value, i * 3);
	}
	assert_false(keys_find(&keys, "3-5000", 6, NULL));
	keys_clear(&keys);
}

static void all_bytes_count(void **state)
{
	(void)state;
	struct keys keys = {0};
	size_t value;
	keys_add(&keys, "a\0b", 3, 1);
	keys_add(&keys, "a", 1, 2);
	keys_add(&keys, "", 0, 3);
	assert_true(keys_find(&keys, "a\0b", 3, &value));
	assert_int_equal(value, 1);
	assert_true(keys_find(&keys, "abc", 1, &value));
	assert_int_equal(value, 2);
	assert_true(keys_find(&keys, "", 0, &value));
	assert_int_equal(value, 3);
	assert_false(keys_find(&keys, "a\0c", 3, NULL));
	keys_clear(&keys);
}

/* The published test vectors of FNV-1a with 64 bits, folded by hand. */
static void the_hash_is_the_published_one(void **state)
{
	(void)state;
	assert_true(keys_hash("", 0) == (UINT64_C(0xcbf29ce484222325) ^ UINT64_C(0xcbf29ce4)));
	assert_true(keys_hash("a", 1) == (UINT64_C(0xaf63dc4c8601ec8c) ^ UINT64_C(0xaf63dc4c)));
	assert_true(keys_hash("foobar", 6) ==
		    (UINT64_C(0x85944171f73967e8) ^ UINT64_C(0x85944171)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_found_in_an_empty_table),
		cmocka_unit_test(each_key_keeps_its_number),
		cmocka_unit_test(all_bytes_count),
		cmocka_unit_test(the_hash_is_the_published_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
