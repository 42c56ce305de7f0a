// SPDX-License-Identifier: MIT
// Canonical text: what it looks like, and that every value reads back as it was.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../random_tree.h"
#include "../same_reading.h"
#include "../strange_strings.h"
#include "text/emit.h"

/* The line(s) of field "a" with the string as its value. */
static void assert_written(const char *string, const char *expected)
{
	struct arena arena = ARENA_INIT;
	struct buf text;
	buf_init(&text);
	struct node *root = node_map(&arena);
	node_add_string(&arena, root, "a", string);
	emit_value(&text, root);
	assert_string_equal(text.data, expected);
	buf_clear(&text);
	arena_clear(&arena);
}

static void test_plain_strings(void **state)
{
	(void)state;
	assert_written("lihua", "a: lihua\n");
	assert_written("王女士", "a: 王女士\n");
	assert_written("H3.4-8", "a: H3.4-8\n");
	assert_written("drain, then call (twice)", "a: drain, then call (twice)\n");
	assert_written("业主说“马上来”，怎么办？（二号楼）【急】！",
		       "a: 业主说“马上来”，怎么办？（二号楼）【急】！\n");
	assert_written("客厅：漏水", "a: 客厅：漏水\n");
	assert_written("it's \"so\" \\ [x] {y} & * | > % @ ` ! ?",
		       "a: it's \"so\" \\ [x] {y} & * | > % @ ` ! ?\n");
	assert_written("谢谢😀", "a: 谢谢😀\n");
	assert_written("𠮷野家", "a: 𠮷野家\n");
	assert_written("nobody", "a: nobody\n");
}

static void test_quoted_strings(void **state)
{
	(void)state;
	static const char *const quoted[] = {
		"",         " a",    "a ",   "3-1201", "13900010001", "2026-11-21T09:02:11+08:00",
		"no",       "Yes",   "oN",   "off",    "y",           "N",
		"true",     "FALSE", "null", "~",      "NaN",         "inf",
		"Infinity", "1e5",   "0755", "12:30",  "+86",         ".5",
		"-",        "--- a", "...",  "- a",    "? a",         "a: b",
		"a:b",      "a #b",  "#a",   "[a]",    "{a}",         "&a",
		"*a",       "!a",    "%a",   "@a",     "`a",          "'a'",
		"=",        "<<",    "😀",    "（急）", "　a",
	};
	for (size_t i = 0; i < sizeof quoted / sizeof *quoted; i++) {
		char expected[100];
		snprintf(expected, sizeof expected, "a: \"%s\"\n", quoted[i]);
		assert_written(quoted[i], expected);
	}
}

static void test_escapes_hide_nothing_readable(void **state)
{
	(void)state;
	assert_written("\"\\/", "a: \"\\\"\\\\/\"\n");
	assert_written("a\tb", "a: \"a\\tb\"\n");
	assert_written("a\r\nb", "a: \"a\\r\\nb\"\n");
	assert_written("\n", "a: \"\\n\"\n");
	assert_written(" \n\t\n", "a: \" \\n\\t\\n\"\n");
	assert_written("\x1b[31m\x7f\xc2\x85\xc2\x9f", "a: \"\\x1b[31m\\x7f\\x85\\x9f\"\n");
	assert_written("\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xae\xe2\x81\xa6\xef\xbb\xbf",
		       "a: \"\\u2028\\u2029\\u202e\\u2066\\ufeff\"\n");
	assert_written("厨\x01𠮷😀", "a: \"厨\\x01𠮷😀\"\n");
}

static void test_literal_blocks(void **state)
{
	(void)state;
	assert_written("厨房\n下水道\n", "a: |2\n  厨房\n  下水道\n");
	assert_written("b\nc", "a: |2-\n  b\n  c\n");
	assert_written("b\n\n\n", "a: |2+\n  b\n\n\n");
	assert_written("b\n", "a: |2\n  b\n");
	assert_written("\n  b\n\n\tc", "a: |2-\n\n    b\n\n  \tc\n");
	assert_written("b\n \nc", "a: |2-\n  b\n   \n  c\n");
	assert_written("b\n\t\t", "a: |2-\n  b\n  \t\t\n");
	assert_written("b\n ", "a: \"b\\n \"\n");
	assert_written("b\n  \n\n", "a: \"b\\n  \\n\\n\"\n");
	assert_written("---\n...\n# d: e\n", "a: |2\n  ---\n  ...\n  # d: e\n");
}

static void test_structure(void **state)
{
	(void)state;
	static const char text[] =
		"---\nseq: 1\ncustomer:\n  unit: \"3-1201\"\n  name: 王女士\ntext: |2\n  一\n  "
		"二\ndue:\n  - id: done\n    rule: drain\n    tags: []\n    more:\n      - - x\n    "
		"    - |2-\n          p\n          q\n      - {}\n"
		"  - id: told\n    open: true\n    end: null\n\"no\": 0.50\n\"12\": x\n\"a b\": "
		"x\n\"\": x\nx-order: -3\n...\n";
	struct arena arena = ARENA_INIT;
	struct buf again;
	buf_init(&again);
	struct err err = ERR_INIT;
	struct yaml_stream stream;
	assert_true(yaml_read(&arena, "t", text, sizeof text - 1, &stream, &err));
	emit_document(&again, stream.documents[0].root);
	assert_string_equal(again.data, text);
	assert_true(emit_check(again.data, again.len, stream.documents[0].root, &err));
	buf_reset(&again);
	emit_document(&again, node_map(&arena));
	assert_string_equal(again.data, "---\n{}\n...\n");
	buf_clear(&again);
	arena_clear(&arena);
}

static void reads_back(const struct node *root)
{
	struct buf text;
	struct err err = ERR_INIT;
	buf_init(&text);
	emit_document(&text, root);
	if (!emit_check(text.data, text.len, root, &err))
		fail_msg("%s:\n%s", err.text, text.data);
	assert_true(same_reading(text.data, text.len, true));
	buf_clear(&text);
}

static void test_strange_strings_read_back(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	for (size_t i = 0; i < STRANGE_UTF8_COUNT; i++)
		reads_back(
			strange_document(&arena, strange_strings[i], strlen(strange_strings[i])));
	reads_back(strange_document(&arena, "a\0b", 3));
	arena_clear(&arena);
}

static void test_naughty_strings_read_back(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct node *list = naughty_strings(&arena);
	if (!list) {
		print_message("# no $KEFU_TEST_DATA/naughty-strings\n");
		skip();
	}
	assert_true(node_count(list) > 500);
	for (size_t i = 0; i < node_count(list); i++)
		reads_back(strange_document(&arena, node_item_text(list, i),
					    node_text_len(node_item(list, i))));
	arena_clear(&arena);
}

/* Complaints as they were typed: every one reads back, and stays readable. */
static void test_real_texts_read_back(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	const char *text = test_data(&arena, "real/complaints-zh.ndjson");
	if (!text) {
		print_message("# no $KEFU_TEST_DATA/real\n");
		skip();
	}
	size_t count = 0;
	for (const char *end; (end = strchr(text, '\n')); text = end + 1, count++) {
		struct node *root = must_be_json(&arena, text, (size_t)(end - text));
		reads_back(root);
		for (size_t i = 0; i < root->map.count; i++)
			if (node_pair(root, i)->value->type == NODE_STRING)
				reads_back(strange_document(
					&arena, node_as_text(node_pair(root, i)->value),
					node_text_len(node_pair(root, i)->value)));
	}
	assert_true(count > 400);
	arena_clear(&arena);
}

static void test_random_trees_read_back(void **state)
{
	(void)state;
	uint64_t seed = 4;
	for (size_t round = 0; round < (getenv("KEFU_LONG") ? 100000 : 2000); round++) {
		struct arena arena = ARENA_INIT;
		reads_back(random_map(&seed, &arena, 0));
		arena_clear(&arena);
	}
}

static void assert_refused(const char *text, const struct node *root, const char *expected)
{
	struct err err = ERR_INIT;
	assert_false(emit_check(text, strlen(text), root, &err));
	assert_int_equal(err.status, STATUS_REFUSED);
	assert_string_equal(err.text, expected);
	err_clear(&err);
}

static void test_check_names_what_would_not_read_back(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct node *root = node_map(&arena), *customer = node_map(&arena),
		    *list = node_list(&arena);
	node_add(&arena, root, "customer", customer);
	node_add_string(&arena, customer, "name", "Li");
	node_add(&arena, customer, "phones", list);
	node_push(&arena, list, node_string(&arena, "1"));
	node_push(&arena, list, node_string(&arena, "2"));
	const char *good = "---\ncustomer:\n  name: Li\n  phones:\n    - \"1\"\n    - \"2\"\n...\n";
	struct err err = ERR_INIT;
	assert_true(emit_check(good, strlen(good), root, &err));
	assert_null(err.text);
	assert_refused("---\ncustomer:\n  name: Li\n  phones:\n    - \"1\"\n    - 2\n...\n", root,
		       "cannot be stored unchanged: customer.phones[1] differs");
	assert_refused("---\ncustomer:\n  nam: Li\n  phones:\n    - \"1\"\n    - 2\n...\n", root,
		       "cannot be stored unchanged: customer.name differs");
	assert_refused("---\ncustomer:\n  name: Li\n...\n", root,
		       "cannot be stored unchanged: customer differs");
	assert_refused("---\n[]\n...\n", root, "cannot be stored unchanged: the document differs");
	assert_refused("---\na: b\n...\n---\na: b\n...\n", root,
		       "cannot be stored unchanged: 2 documents instead of one");
	assert_refused("---\na: b\n", root,
		       "cannot be stored unchanged: cut off in the document that begins at line 1");
	node_set(&arena, customer, "name", node_string(&arena, "a\xff"));
	assert_refused(good, root, "cannot be stored unchanged: customer.name is not UTF-8");
	node_set(&arena, customer, "name", node_number(&arena, "1e5"));
	assert_refused(good, root,
		       "cannot be stored unchanged: customer.name is not a plain decimal number");
	arena_clear(&arena);
}

/* Depth, size and bytes that would break the reader are refused, never written. */
static void test_unreadable_trees_are_refused(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct buf text;
	struct err err = ERR_INIT;
	buf_init(&text);
	struct node *root = node_string(&arena, "x");
	for (int i = 0; i < 65; i++) {
		struct node *map = node_map(&arena);
		node_add(&arena, map, "a", root);
		root = map;
	}
	emit_document(&text, root);
	assert_false(emit_check(text.data, text.len, root, &err));
	assert_int_equal(err.status, STATUS_REFUSED);
	assert_string_equal(err.text, "cannot be stored unchanged: nested more than 64 deep");
	for (size_t i = STRANGE_UTF8_COUNT; i < STRANGE_COUNT; i++) {
		root = strange_document(&arena, strange_strings[i], strlen(strange_strings[i]));
		buf_reset(&text);
		emit_document(&text, root);
		assert_false(emit_check(text.data, text.len, root, &err));
		assert_int_equal(err.status, STATUS_REFUSED);
	}
	char *long_key = arena_raw(&arena, 2001);
	memset(long_key, 'k', 2000);
	long_key[2000] = '\0';
	root = node_map(&arena);
	node_add_string(&arena, root, long_key, "v");
	buf_reset(&text);
	emit_document(&text, root);
	assert_false(emit_check(text.data, text.len, root, &err));
	assert_int_equal(err.status, STATUS_REFUSED);
	err_clear(&err);
	buf_clear(&text);
	arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_strings),
		cmocka_unit_test(test_quoted_strings),
		cmocka_unit_test(test_escapes_hide_nothing_readable),
		cmocka_unit_test(test_literal_blocks),
		cmocka_unit_test(test_structure),
		cmocka_unit_test(test_strange_strings_read_back),
		cmocka_unit_test(test_naughty_strings_read_back),
		cmocka_unit_test(test_real_texts_read_back),
		cmocka_unit_test(test_random_trees_read_back),
		cmocka_unit_test(test_check_names_what_would_not_read_back),
		cmocka_unit_test(test_unreadable_trees_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
