// SPDX-License-Identifier: MIT
// JSON: what is read with its place, what is refused with its place, what is written.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/json.h"

static struct node *read_ok(struct arena *arena, const char *text, size_t len)
{
	struct err err = ERR_INIT;
	struct node *node = NULL;
	bool ok = json_read(arena, "f.json", text, len, &node, &err);
	if (!ok)
		print_error("%.60s: %s\n", text, err.text);
	assert_true(ok);
	return node;
}

static void assert_round(const char *text, const char *expected)
{
	struct arena arena = ARENA_INIT;
	struct buf out;
	buf_init(&out);
	json_write(&out, read_ok(&arena, text, strlen(text)));
	assert_string_equal(out.data, expected);
	buf_clear(&out);
	arena_clear(&arena);
}

static void assert_refused(const char *text, size_t len, unsigned line, unsigned column,
			   const char *says)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct node *node;
	if (json_read(&arena, "f.json", text, len, &node, &err))
		fail_msg("accepted: %s", text);
	assert_int_equal(err.status, STATUS_REFUSED);
	assert_string_equal(err.file, "f.json");
	if (err.line != line || err.column != column || !strstr(err.text, says))
		fail_msg("%s: %u:%u: %s", text, err.line, err.column, err.text);
	err_clear(&err);
	arena_clear(&arena);
}

static void reads_and_writes(void **state)
{
	(void)state;
	assert_round(" null ", "null");
	assert_round("true", "true");
	assert_round("[ ]", "[]");
	assert_round("{\t}\r\n", "{}");
	assert_round("[1, 2.50, -0, 1E+5, 0.1e-7]", "[1,2.50,-0,1E+5,0.1e-7]");
	assert_round("{\"b\": 1, \"a\": [true, {\"c\": null}]}",
		     "{\"b\":1,\"a\":[true,{\"c\":null}]}");
	assert_round("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\"");
	assert_round("\"𠮷野家 😀 王女士\"", "\"𠮷野家 😀 王女士\"");
	assert_round("\"\\ud842\\udfb7 \\u738b\"", "\"𠮷 王\"");
	assert_round("\"\\u0000a\"", "\"\\u0000a\"");
	/* What nobody sees is written as an escape. */
	assert_round("\"\\u202e\\u2028\\ufeff\\u007f\\u0085\"",
		     "\"\\u202e\\u2028\\ufeff\\u007f\\u0085\"");
	assert_round("{\"\\u202ekey\":\"\\u200f\"}", "{\"\\u202ekey\":\"\\u200f\"}");
}

static void keeps_embedded_zeros(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct node *node = read_ok(&arena, "\"a\\u0000b\"", 10);
	assert_int_equal(node_text_len(node), 3);
	assert_memory_equal(node_as_text(node), "a\0b", 4);
	arena_clear(&arena);
}

static void places_are_characters(void **state)
{
	(void)state;
	static const char text[] = "{\n  \"王女士\": [1,\n 22],\r\n\"x\": \"😀\", \"y\": null}";
	struct arena arena = ARENA_INIT;
	struct node *root = read_ok(&arena, text, strlen(text));
	const struct pair *pairs = root->map.pairs;
	assert_int_equal(root->line, 1);
	assert_int_equal(root->column, 1);
	assert_int_equal(pairs[0].line, 2);
	assert_int_equal(pairs[0].column, 3);
	assert_int_equal(pairs[0].value->line, 2);
	assert_int_equal(pairs[0].value->column, 10);
	assert_int_equal(node_item(pairs[0].value, 1)->line, 3);
	assert_int_equal(node_item(pairs[0].value, 1)->column, 2);
	assert_int_equal(pairs[2].line, 4);
	assert_int_equal(pairs[2].column, 11);
	assert_int_equal(pairs[2].value->column, 16);
	arena_clear(&arena);
}

#define REFUSED(text, line, column, says) assert_refused(text, sizeof text - 1, line, column, says)

static void refuses_what_is_not_json(void **state)
{
	(void)state;
	REFUSED("", 1, 1, "a value is missing");
	REFUSED(" \n ", 2, 2, "a value is missing");
	REFUSED("tru", 1, 1, "a value is missing");
	REFUSED("nulll", 1, 5, "something after");
	REFUSED("1 2", 1, 3, "something after");
	REFUSED("01", 1, 2, "something after");
	REFUSED("-", 1, 2, "a digit");
	REFUSED("1.", 1, 3, "a digit");
	REFUSED("1.e5", 1, 3, "a digit");
	REFUSED("1e", 1, 3, "a digit");
	REFUSED("+1", 1, 1, "a value is missing");
	REFUSED(".5", 1, 1, "a value is missing");
	REFUSED("NaN", 1, 1, "a value is missing");
	REFUSED("[1,]", 1, 4, "a value is missing");
	REFUSED("[1 2]", 1, 4, "a comma or ]");
	REFUSED("[1", 1, 3, "a comma or ]");
	REFUSED("{\"a\":1,}", 1, 8, "a key");
	REFUSED("{a:1}", 1, 2, "a key");
	REFUSED("{\"a\" 1}", 1, 6, "a colon");
	REFUSED("{\"a\":1", 1, 7, "a comma or }");
	REFUSED("'a'", 1, 1, "a value is missing");
	REFUSED("\"a", 1, 3, "without its end");
	REFUSED("\"a\nb\"", 1, 3, "a control character");
	REFUSED("\"\\x41\"", 1, 3, "no such escape");
	REFUSED("\"\\u12g4\"", 1, 6, "four hexadecimal");
	REFUSED("\"\\u12", 1, 6, "four hexadecimal");
	REFUSED("\"\\", 1, 3, "no such escape");
	REFUSED("\"\\ud83d\"", 1, 8, "surrogate");
	REFUSED("\"\\ud83dx\"", 1, 8, "surrogate");
	REFUSED("\"\\ud83d\\u0041\"", 1, 14, "surrogate");
	REFUSED("\"\\udc00\"", 1, 8, "surrogate");
	REFUSED("[1] // no", 1, 5, "something after");
	REFUSED("\xef\xbb\xbf{}", 1, 1, "byte order mark");
	REFUSED("[\"\xff\"]", 1, 3, "not UTF-8");
	REFUSED("[\"\xed\xa0\x80\"]", 1, 3, "not UTF-8");
	REFUSED("[\0]", 1, 2, "a value is missing");
}

static void refuses_keys_said_twice(void **state)
{
	(void)state;
	REFUSED("{\"a\":1,\n \"b\":2, \"a\":3}", 2, 9, "\"a\"");
	REFUSED("{\"a\":1,\"\\u0061\":2}", 1, 8, "\"a\"");
	assert_round("{\"a\":1,\"A\":2,\"\":3}", "{\"a\":1,\"A\":2,\"\":3}");
	assert_round("{\"a\":1,\"a\\u0000\":2}", "{\"a\":1,\"a\\u0000\":2}");
}

static char *repeat(const char *text, size_t times)
{
	struct buf out;
	buf_init(&out);
	for (size_t i = 0; i < times; i++)
		buf_adds(&out, text);
	return buf_take(&out);
}

static void bounds_the_depth(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct buf text;
	buf_init(&text);
	buf_fill(&text, '[', JSON_MAX_DEPTH);
	buf_fill(&text, ']', JSON_MAX_DEPTH);
	read_ok(&arena, text.data, text.len);
	buf_clear(&text);
	char *deep = repeat("[", 1000000);
	assert_refused(deep, 1000000, 1, JSON_MAX_DEPTH + 1, "too deeply");
	free(deep);
	deep = repeat("{\"a\":", 100000);
	assert_refused(deep, 500000, 1, 5 * JSON_MAX_DEPTH + 1, "too deeply");
	free(deep);
	arena_clear(&arena);
}

/* Each of these took minutes if anything in the reader were quadratic. */
static void stays_linear(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct buf text;
	buf_init(&text);
	buf_addc(&text, '{');
	for (int i = 0; i < 200000; i++)
		buf_addf(&text, "%s\"k%d\":%d", i ? "," : "", i, i);
	buf_addc(&text, '}');
	struct node *root = read_ok(&arena, text.data, text.len);
	assert_int_equal(root->map.count, 200000);
	text.len--;
	buf_adds(&text, ",\"k7\":0}");
	assert_refused(text.data, text.len, 1, (unsigned)(text.len - strlen("\"k7\":0}") + 1),
		       "k7");
	buf_clear(&text);
	arena_clear(&arena);
}

static unsigned next_random(unsigned *seed)
{
	return *seed = *seed * 1664525u + 1013904223u, *seed >> 8;
}

/* Mutated text is either refused, or what was read is written and read again the same. */
static void survives_random_text(void **state)
{
	(void)state;
	static const char model[] =
		"{\"a\\n\\u738b\":[1,-2.5e+3,\"x\\ud83d\\ude00\",null,true,{\"b\":{}}],\"王\":false,\"c\":[[],[[0]]]}";
	unsigned seed = 20261121;
	for (int round = 0; round < 20000; round++) {
		char text[sizeof model];
		memcpy(text, model, sizeof model);
		size_t len = next_random(&seed) % sizeof model;
		for (unsigned i = next_random(&seed) % 4; i > 0; i--)
			text[next_random(&seed) % (sizeof model - 1)] =
				next_random(&seed) % 2
					? model[next_random(&seed) % (sizeof model - 1)]
					: (char)next_random(&seed);
		if (round % 2)
			len = sizeof model - 1;
		struct arena arena = ARENA_INIT;
		struct err err = ERR_INIT;
		struct node *node, *again;
		if (json_read(&arena, NULL, text, len, &node, &err)) {
			struct buf out;
			buf_init(&out);
			json_write(&out, node);
			assert_true(json_read(&arena, NULL, out.data, out.len, &again, &err));
			assert_true(node_identical(node, again));
			buf_clear(&out);
		} else {
			assert_non_null(err.text);
			assert_int_equal(err.status, STATUS_REFUSED);
		}
		err_clear(&err);
		arena_clear(&arena);
	}
}

/* The naughty strings come from the outside. */
static void reads_the_naughty_strings(void **state)
{
	(void)state;
	const char *folder = getenv("KEFU_TEST_DATA");
	char path[4096];
	snprintf(path, sizeof path, "%s/naughty-strings/blns.json",
		 folder ? folder : "../shared/data");
	FILE *file = fopen(path, "rb");
	if (!file) {
		print_message("%s is not there: skipped\n", path);
		skip();
	}
	struct buf text, out;
	buf_init(&text);
	buf_init(&out);
	char block[4096];
	for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
		buf_add(&text, block, got);
	fclose(file);
	struct arena arena = ARENA_INIT;
	struct node *root = read_ok(&arena, text.data, text.len);
	assert_true(node_count(root) > 400);
	json_write(&out, root);
	assert_null(strchr(out.data, '\n'));
	assert_true(node_identical(root, read_ok(&arena, out.data, out.len)));
	buf_clear(&text);
	buf_clear(&out);
	arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_and_writes),
		cmocka_unit_test(keeps_embedded_zeros),
		cmocka_unit_test(places_are_characters),
		cmocka_unit_test(refuses_what_is_not_json),
		cmocka_unit_test(refuses_keys_said_twice),
		cmocka_unit_test(bounds_the_depth),
		cmocka_unit_test(stays_linear),
		cmocka_unit_test(survives_random_text),
		cmocka_unit_test(reads_the_naughty_strings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
