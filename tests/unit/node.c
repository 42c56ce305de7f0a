// SPDX-License-Identifier: MIT
// base/node, err and mem: values of any type asked for as any other, texts joined, refusals with
// their clause, arrays that grow.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/node.h"

enum { KINDS = 7 };

/* One value of each type, and NULL. */
static void make_kinds(struct arena *arena, const struct node *kinds[KINDS])
{
	struct node *list = node_list(arena), *map = node_map(arena);
	node_push(arena, list, node_string(arena, "first"));
	node_push(arena, list, node_int(arena, 7));
	node_push(arena, list, node_map(arena));
	node_add(arena, map, "key", node_string(arena, "value"));
	kinds[0] = node_null(arena);
	kinds[1] = node_bool(arena, true);
	kinds[2] = node_number(arena, "0.30");
	kinds[3] = node_string(arena, "text");
	kinds[4] = list;
	kinds[5] = map;
	kinds[6] = NULL;
}

static void no_value_is_read_as_another_type(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	const struct node *kinds[KINDS];
	make_kinds(&arena, kinds);
	for (int i = 0; i < KINDS; i++) {
		const struct node *node = kinds[i];
		struct node *holder = node_map(&arena);
		if (node)
			node_add(&arena, holder, "it", node_copy(&arena, node));
		const char *text = i == 2 ? "0.30" : i == 3 ? "text" : NULL;
		if (text) {
			assert_string_equal(node_as_text(node), text);
			assert_string_equal(node_text(holder, "it"), text);
		} else {
			assert_null(node_as_text(node));
			assert_null(node_text(holder, "it"));
		}
		assert_int_equal(node_text_len(node), text ? strlen(text) : 0);
		assert_int_equal(node_item_count(node), i == 4 ? 3 : 0);
		assert_int_equal(node_pair_count(node), i == 5 ? 1 : 0);
		assert_int_equal(node_item(node, 0) != NULL, i == 4);
		assert_int_equal(node_item_text(node, 0) != NULL, i == 4);
		assert_int_equal(node_pair(node, 0) != NULL, i == 5);
		assert_int_equal(node_true(holder, "it"), i == 1);
		assert_int_equal(node_holds(node, "text"), i == 3);
		int64_t number;
		assert_false(node_integer(holder, "it", &number));
		assert_int_equal(node_get(node, "key") != NULL, i == 5);
	}
	assert_string_equal(node_item_text(kinds[4], 1), "7");
	assert_null(node_item_text(kinds[4], 2));
	assert_null(node_item(kinds[4], 3));
	assert_null(node_item_text(kinds[4], 3));
	assert_string_equal(node_pair(kinds[5], 0)->key, "key");
	assert_null(node_pair(kinds[5], 1));
	arena_clear(&arena);
}

static void text_with_nul_has_its_length(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	assert_int_equal(node_text_len(node_string_len(&arena, "a\0b", 3)), 3);
	arena_clear(&arena);
}

static void false_is_not_true(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct node *map = node_map(&arena);
	node_add(&arena, map, "no", node_bool(&arena, false));
	node_add(&arena, map, "word", node_string(&arena, "true"));
	assert_false(node_true(map, "no"));
	assert_false(node_true(map, "word"));
	assert_false(node_true(map, "absent"));
	assert_false(node_true(NULL, "no"));
	arena_clear(&arena);
}

static void expect_damaged(struct err *err, const char *text)
{
	assert_int_equal(err->status, STATUS_DAMAGED);
	assert_string_equal(err->text, text);
	assert_string_equal(err->file, "a.yaml");
	assert_int_equal(err->line, 12);
	assert_int_equal(err->column, 3);
	err_clear(err);
}

static void reads_a_list_or_refuses_what_stands_there(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	const struct node *kinds[KINDS], *list;
	static const char *const said[KINDS] = {
		"who: must be a list, not a null",   "who: must be a list, not a boolean",
		"who: must be a list, not a number", "who: must be a list, not a string",
		"who: must be a string, not a map",  "who: must be a list, not a map"};
	make_kinds(&arena, kinds);
	for (int i = 0; i < KINDS; i++) {
		struct node *map = node_map(&arena), *copy = NULL;
		if (kinds[i]) {
			copy = node_copy(&arena, kinds[i]);
			copy->line = 12;
			copy->column = 3;
			if (i == 4) {
				node_item(copy, 2)->line = 12;
				node_item(copy, 2)->column = 3;
			}
			node_add(&arena, map, "who", copy);
		}
		bool fine = i == 4 || i == 6;
		assert_int_equal(node_read_list(map, "who", "a.yaml", &list, &err), fine);
		if (fine)
			assert_ptr_equal(list, copy);
		else
			expect_damaged(&err, said[i]);
		fine = i == 6;
		assert_int_equal(node_read_texts(map, "who", "a.yaml", &list, &err), fine);
		if (!fine)
			expect_damaged(&err, said[i]);
	}
	arena_clear(&arena);
}

static void steps_over_what_is_no_text(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	const struct node *kinds[KINDS];
	make_kinds(&arena, kinds);
	size_t at = 0;
	assert_string_equal(node_each_text(kinds[4], &at), "first");
	assert_string_equal(node_each_text(kinds[4], &at), "7");
	assert_null(node_each_text(kinds[4], &at));
	at = 0;
	assert_string_equal(node_each_text(kinds[3], &at), "text");
	assert_null(node_each_text(kinds[3], &at));
	for (int i = 0; i < KINDS; i++) {
		at = 0;
		if (i < 2 || i > 4)
			assert_null(node_each_text(kinds[i], &at));
	}
	struct node *list = node_list(&arena);
	node_push(&arena, list, node_map(&arena));
	node_push(&arena, list, node_string(&arena, "behind"));
	at = 0;
	assert_string_equal(node_each_text(list, &at), "behind");
	assert_null(node_each_text(list, &at));
	arena_clear(&arena);
}

static void joins_texts(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct buf out;
	const struct node *kinds[KINDS];
	make_kinds(&arena, kinds);
	buf_init(&out);
	node_join(kinds[4], ", ", &out);
	assert_string_equal(out.data, "first, 7");
	buf_addc(&out, '|');
	node_join(kinds[3], ", ", &out);
	assert_string_equal(out.data, "first, 7|text");
	buf_reset(&out);
	node_join(kinds[5], ", ", &out);
	node_join(NULL, ", ", &out);
	assert_string_equal(out.data, "");
	struct node *behind = node_list(&arena);
	node_push(&arena, behind, node_null(&arena));
	node_push(&arena, behind, node_string(&arena, ""));
	node_push(&arena, behind, node_string(&arena, "b"));
	node_join(behind, " and ", &out);
	assert_string_equal(out.data, " and b");
	buf_clear(&out);
	arena_clear(&arena);
}

static void refuses_with_the_clause(void **state)
{
	(void)state;
	struct err err = ERR_INIT;
	struct buf out;
	buf_init(&out);
	assert_false(err_refuse(&err, "H2.C-5", "%d of %s", 2, "three"));
	assert_int_equal(err.status, STATUS_REFUSED);
	err_render(&err, &out);
	assert_string_equal(out.data, "2 of three [H2.C-5]");
	buf_reset(&out);
	assert_false(err_refuse(&err, NULL, "so"));
	err_render(&err, &out);
	assert_string_equal(out.data, "so");
	buf_clear(&out);
	err_clear(&err);
}

static void room_grows_by_doubling(void **state)
{
	(void)state;
	uint32_t *items = NULL;
	void *last = NULL;
	size_t moved = 0;
	for (uint32_t i = 0; i < 100000; i++) {
		items = mem_room(items, i, 1, sizeof *items);
		moved += items != last;
		last = items;
		items[i] = i;
	}
	for (uint32_t i = 0; i < 100000; i++)
		assert_int_equal(items[i], i);
	assert_true(moved <= 16);
	free(items);
	/* several at once, none, and one after another behind them */
	assert_null(mem_room(NULL, 0, 0, sizeof *items));
	items = mem_room(NULL, 0, 21, sizeof *items);
	memset(items, 0, 21 * sizeof *items);
	for (uint32_t i = 21; i < 100; i++) {
		items = mem_room(items, i, 1, sizeof *items);
		items[i] = i;
	}
	assert_ptr_equal(mem_room(items, 100, 0, sizeof *items), items);
	items = mem_room(items, 100, 400, sizeof *items);
	assert_int_equal(items[99], 99);
	items[499] = 1;
	free(items);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_value_is_read_as_another_type),
		cmocka_unit_test(text_with_nul_has_its_length),
		cmocka_unit_test(false_is_not_true),
		cmocka_unit_test(reads_a_list_or_refuses_what_stands_there),
		cmocka_unit_test(steps_over_what_is_no_text),
		cmocka_unit_test(joins_texts),
		cmocka_unit_test(refuses_with_the_clause),
		cmocka_unit_test(room_grows_by_doubling),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
