// SPDX-License-Identifier: MIT
// canon_read gives what yaml_read gives, or declines.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../random_tree.h"
#include "../same_reading.h"
#include "text/canon.h"
#include "text/emit.h"

static size_t rounds(void)
{
	return getenv("KEFU_LONG") ? 300000 : 5000;
}

static void accepts(const char *text)
{
	if (!same_reading(text, strlen(text), true))
		fail_msg("declined or differs:\n%s", text);
}

static void declines(const char *text)
{
	struct arena arena = ARENA_INIT;
	struct yaml_stream stream;
	if (canon_read(&arena, text, strlen(text), &stream))
		fail_msg("accepted:\n%s", text);
	arena_clear(&arena);
}

static void test_canonical_form(void **state)
{
	(void)state;
	accepts("---\nevent: opened\nseq: 1\nat: \"2026-11-21T09:02:11+08:00\"\ncustomer:\n  unit: "
		"\"3-1201\"\n  name: 王女士\n"
		"text: |2\n  厨房下水道堵塞，水已漫到客厅。\n\n   下午两点后家里有人。\ndue:\n  - id: done\n    rule: "
		"drain\n    until: finished\n"
		"  - id: told\n    rule: drain\n...\n---\nevent: assigned\nseq: 2\npaid: "
		"false\nnote: null\n...\n");
	accepts("---\na:\n  - - x\n    - w\n  - - - z\n  - |2-\n    q\n    r\n  - []\n  - {}\n  - "
		"\"k\": 1\n    b: \"\\u202e\\x1b\\\"\\\\\"\nb: []\nc: {}\n...\n");
	accepts("---\n{}\n...\n");
	accepts("---\n- a\n- b: c\n  d: e\n...\n");
	accepts("---\n\"键\": 值\n\"a\\u202e中b\": c\n...\n");
}

static void test_places_are_those_of_the_strict_reader(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct yaml_stream stream;
	const char *text = "---\na: b\nlit: |2\n  x\n  y\n\"键\": 值\nd:\n  - e: f\n...\n";
	assert_true(canon_read(&arena, text, strlen(text), &stream));
	const struct node *root = stream.documents[0].root;
	assert_int_equal(node_get(root, "键")->line, 6);
	assert_int_equal(node_get(root, "键")->column, 6);
	const struct node *e = node_get(node_get(root, "d")->list.items[0], "e");
	assert_int_equal(e->line, 8);
	assert_int_equal(e->column, 8);
	arena_clear(&arena);
}

static void test_declines_what_is_not_canonical(void **state)
{
	(void)state;
	static const char *const others[] = {
		"",
		"---\n",
		"a: b\n",
		"---\na: b\n",
		"---\na: b\n...",
		"---\na: b\n...\nx",
		"---\na: b\n...\n---\n",
		"---\na: b\n...\n---\na: b\n",
		"---\na:  b\n...\n",
		"---\na: b \n...\n",
		"---\na: 'b'\n...\n",
		"---\na: [b]\n...\n",
		"---\na: b # c\n...\n",
		"---\n# c\na: b\n...\n",
		"---\na: b\n  c\n...\n",
		"---\na: b\n\nc: d\n...\n",
		"---\na: no\n...\n",
		"---\nno: a\n...\n",
		"---\na: 0755\n...\n",
		"---\na: 1e5\n...\n",
		"---\na: b\na: c\n...\n",
		"---\na:\n- b\n...\n",
		"---\na:\n    b: c\n...\n",
		"---\na: \"b\n  c\"\n...\n",
		"---\na: \"\\q\"\n...\n",
		"---\na: \"\\ud800\"\n...\n",
		"---\na: |\n  b\n...\n",
		"---\na: |2\n b\n...\n",
		"---\na: |2\n\n\n...\n",
		"---\na: b\r\n...\n",
		"---\na: \xff\n...\n",
		"---\na: b\xe2\x80\xa8\n...\n",
		"---\na: \xef\xbb\xbfq\n...\n",
		"---\na: b\xc2\x85\n...\n",
		"---\n a: b\n...\n",
		"---\n? a\n: b\n...\n",
		"---\na: &x b\n...\n",
		"---\na: \n...\n",
		"---\na:\n...\n",
		"---\n- a: b\n - c\n...\n",
		"---\n- - a\n - b\n...\n",
		"---\n\"a\\x00\": b\n...\n",
		"---\na: \x7f\n...\n",
		"---\na: b\tc\n...\n",
	};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		declines(others[i]);
}

static void test_depth_limit_is_the_same(void **state)
{
	(void)state;
	for (int depth = YAML_MAX_DEPTH - 2; depth < YAML_MAX_DEPTH + 2; depth++) {
		struct buf text;
		buf_init(&text);
		buf_adds(&text, "---\n");
		for (int i = 1; i < depth; i++)
			buf_adds(&text, "- ");
		buf_adds(&text, "- []\n...\n");
		assert_int_equal(same_reading(text.data, text.len, false), depth < YAML_MAX_DEPTH);
		buf_clear(&text);
	}
}

static void test_many_keys(void **state)
{
	(void)state;
	struct buf text;
	buf_init(&text);
	buf_adds(&text, "---\n");
	for (int i = 0; i < 20000; i++)
		buf_addf(&text, "k%d: v%d\n", i, i);
	buf_adds(&text, "...\n");
	assert_true(same_reading(text.data, text.len, true));
	text.len -= 4;
	buf_adds(&text, "k7: again\n...\n");
	declines(text.data);
	buf_clear(&text);
}

/* Words that a reader of YAML 1.1 takes for something else than text (yaml.org/type/bool.html). */
static void test_words_that_mean_something_are_declined(void **state)
{
	(void)state;
	static const char *const words[] = {
		"y",  "Y",  "yes", "Yes", "YES", "n",    "N",    "no",   "No",   "NO",    "on",
		"On", "ON", "off", "Off", "OFF", "True", "TRUE", "Null", "NULL", "False", "FALSE",
	};
	static const char *const others[] = {
		"na", "ne",  "nu",   "nop", "note", "name", "ok", "of",   "one",   "open",
		"tr", "try", "text", "to",  "yet",  "year", "fa", "fals", "fault", "nullable"};
	char text[64];
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		snprintf(text, sizeof text, "---\na: %s\n...\n", words[i]);
		declines(text);
		snprintf(text, sizeof text, "---\n%s: a\n...\n", words[i]);
		declines(text);
	}
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		snprintf(text, sizeof text, "---\n%s: %s\n...\n", others[i], others[i]);
		accepts(text);
	}
	accepts("---\na: true\nb: false\nc: null\n...\n");
	declines("---\ntrue: a\n...\n");
	declines("---\nfalse: a\n...\n");
	declines("---\nnull: a\n...\n");
}

/* Keys alike in length and ends are told apart, and the same key is found wherever it stands. */
static void test_same_keys_in_small_maps(void **state)
{
	(void)state;
	accepts("---\nabcd: x\nacbd: x\nadcd: x\nab: x\na: x\naab: x\n\"\": x\n...\n");
	for (int count = 2; count <= 16; count++)
		for (int again = 0; again < count - 1; again++) {
			struct buf text;
			buf_init(&text);
			buf_adds(&text, "---\n");
			for (int i = 0; i < count; i++)
				buf_addf(&text, "k%dz: v\n", i < count - 1 ? i : again);
			buf_adds(&text, "...\n");
			declines(text.data);
			buf_clear(&text);
		}
}

static void test_random_trees_read_alike(void **state)
{
	(void)state;
	uint64_t seed = 20261121;
	for (size_t round = 0; round < rounds(); round++) {
		struct arena arena = ARENA_INIT;
		struct buf text;
		buf_init(&text);
		struct node *root = random_map(&seed, &arena, 0);
		emit_document(&text, root);
		struct yaml_stream stream;
		if (!canon_read(&arena, text.data, text.len, &stream) || stream.count != 1 ||
		    !node_identical(root, stream.documents[0].root))
			fail_msg("canon_read declines or differs:\n%s", text.data);
		if (!same_reading(text.data, text.len, true))
			fail_msg("yaml_read differs:\n%s", text.data);
		buf_clear(&text);
		arena_clear(&arena);
	}
}

/* Small changes to canonical text: whatever is still accepted must read alike. */
static void test_changed_text_reads_alike_or_is_declined(void **state)
{
	(void)state;
	static const char *const bits[] = {" ",    "  ", "\n", ":", ": ",   "#",     "\"",
					   "\\",   "-",  "- ", "|", "|2\n", "...\n", "---\n",
					   "\t",   "\r", "0",  "a", "no",   "[]",    "{",
					   "\x80", "中", "'",  "?"};
	uint64_t seed = 7;
	size_t accepted = 0;
	for (size_t round = 0; round < rounds(); round++) {
		struct arena arena = ARENA_INIT;
		struct buf text;
		buf_init(&text);
		for (uint32_t documents = 1 + random_below(&seed, 2); documents; documents--)
			emit_document(&text, random_map(&seed, &arena, 0));
		for (int change = 0; change < 8; change++) {
			struct buf changed;
			buf_init(&changed);
			size_t at = random_below(&seed, (uint32_t)text.len),
			       drop = random_below(&seed, 4);
			if (at + drop > text.len)
				drop = text.len - at;
			buf_add(&changed, text.data, at);
			if (random_below(&seed, 3))
				buf_adds(&changed,
					 bits[random_below(&seed, sizeof bits / sizeof *bits)]);
			buf_add(&changed, text.data + at + drop, text.len - at - drop);
			if (!same_reading(changed.data, changed.len, false)) {
				struct yaml_stream stream;
				if (canon_read(&arena, changed.data, changed.len, &stream))
					fail_msg("canon_read and yaml_read differ:\n%s",
						 changed.data);
			} else {
				accepted++;
			}
			buf_clear(&changed);
		}
		buf_clear(&text);
		arena_clear(&arena);
	}
	assert_true(accepted > rounds());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_canonical_form),
		cmocka_unit_test(test_places_are_those_of_the_strict_reader),
		cmocka_unit_test(test_declines_what_is_not_canonical),
		cmocka_unit_test(test_depth_limit_is_the_same),
		cmocka_unit_test(test_many_keys),
		cmocka_unit_test(test_words_that_mean_something_are_declined),
		cmocka_unit_test(test_same_keys_in_small_maps),
		cmocka_unit_test(test_random_trees_read_alike),
		cmocka_unit_test(test_changed_text_reads_alike_or_is_declined),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
