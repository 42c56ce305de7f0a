// SPDX-License-Identifier: MIT
// The strict reader: what it takes, what it refuses and where, cut files, hostile input.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yaml.h>

#include <cmocka.h>

#include "../random_tree.h"
#include "../same_reading.h"
#include "text/emit.h"
#include "text/nesting.h"
#include "text/plain.h"
#include "text/yaml.h"

static const char *const form =
	"---\nevent: opened\nseq: 1\ncustomer:\n  unit: \"3-1201\"\n  name: 王女士\ntext: |2\n  "
	"厨房下水道堵塞。\n\n  下午在家。\ndue:\n  - id: done\n    rule: drain\n...\n"
	"---\nevent: assigned\nseq: 2\nto: wanggang\n...\n"
	"---\nevent: closed\nseq: 3\ntags: []\n...\n";

static struct node *read_one(struct arena *arena, const char *text)
{
	struct node *root = NULL;
	struct err err = ERR_INIT;
	if (!yaml_read_one(arena, "t", text, strlen(text), &root, &err))
		fail_msg("%u:%u: %s\n%s", err.line, err.column, err.text, text);
	return root;
}

/* Refused, at that place, for a reason that holds REASON. */
static void refused(const char *text, unsigned line, unsigned column, const char *reason)
{
	struct arena arena = ARENA_INIT;
	struct node *root;
	struct err err = ERR_INIT;
	if (yaml_read_one(&arena, "t", text, strlen(text), &root, &err))
		fail_msg("accepted:\n%s", text);
	if (err.status != STATUS_DAMAGED || strcmp(err.file, "t") != 0 || err.line != line ||
	    err.column != column || !strstr(err.text, reason))
		fail_msg("%u:%u: %s, instead of %u:%u: %s\n%s", err.line, err.column, err.text,
			 line, column, reason, text);
	err_clear(&err);
	arena_clear(&arena);
}

static void refused_stream(const char *text, size_t len, size_t complete, unsigned line,
			   const char *reason)
{
	struct arena arena = ARENA_INIT;
	struct yaml_stream stream;
	struct err err = ERR_INIT;
	if (yaml_read(&arena, "t", text, len, &stream, &err))
		fail_msg("accepted:\n%.*s", (int)len, text);
	if (err.status != STATUS_DAMAGED || err.line != line || !strstr(err.text, reason))
		fail_msg("%u: %s, instead of %u: %s\n%.*s", err.line, err.text, line, reason,
			 (int)len, text);
	assert_int_equal(stream.count, complete);
	for (size_t i = 0; i < stream.count; i++) {
		assert_true(stream.documents[i].closed);
		assert_int_equal(stream.documents[i].root->type, NODE_MAP);
	}
	err_clear(&err);
	arena_clear(&arena);
}

static void test_liberal_in_style(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct node *canonical =
		read_one(&arena, "a: 1\nb:\n  - x y\n  - \"3-1201\"\nc:\n  d: null\n  e: true\n");
	static const char *const others[] = {
		"{a: 1, b: [x y, 3-1201], c: {d: null, e: true}}",
		"{\"a\":1,\"b\":[\"x y\",\"3-1201\"],\"c\":{\"d\":null,\"e\":true}}\n",
		"# comment\n---\na:   1 # one\n'b':\n- x\n  y\n- '3-1201'\n\nc:\n    d: null\n    "
		"e: true\n...\n# end\n",
		"a: 1\r\nb:\r\n  - >-\r\n    x\r\n    y\r\n  - |-\r\n    3-1201\r\nc: {d: "
		"null,\r\n  e: true}\r\n",
		"\n\n---\na: 1\nb:\n  - \"x\\x20y\"\n  - \"3-\\\n    1201\"\nc:\n  d: null\n  e: "
		"true",
	};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_true(node_identical(canonical, read_one(&arena, others[i])));
	assert_true(node_is_string(node_get(read_one(&arena, "a: |\n  x\n   "), "a"), "x\n \n"));
	assert_true(node_is_string(node_get(read_one(&arena, "? a\n: b\n"), "a"), "b"));
	arena_clear(&arena);
}

static void test_places_are_in_characters(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct node *root = read_one(&arena, "# 注\n\"键\": 值\nb: [一, {二: 三}]\n");
	assert_int_equal(root->line, 2);
	assert_int_equal(root->column, 1);
	assert_int_equal(node_pair(root, 0)->line, 2);
	assert_int_equal(node_get(root, "键")->column, 6);
	const struct node *list = node_get(root, "b");
	assert_int_equal(list->line, 3);
	assert_int_equal(list->column, 4);
	const struct node *inner = node_item(list, 1);
	assert_int_equal(inner->column, 8);
	assert_int_equal(node_pair(inner, 0)->column, 9);
	assert_int_equal(node_get(inner, "二")->column, 12);
	arena_clear(&arena);
}

static void test_plain_scalars(void **state)
{
	(void)state;
	static const struct {
		enum plain plain;
		const char *texts[80];
	} kinds[] = {
		{PLAIN_NUMBER,
		 {"0", "-0", "7", "-12", "3.50", "0.001", "10", "123456789012345678901234567890",
		  "-0.5"}},
		{PLAIN_TRUE, {"true"}},
		{PLAIN_FALSE, {"false"}},
		{PLAIN_NULL, {"null"}},
		{PLAIN_UNCLEAR,
		 {"",
		  "no",
		  "No",
		  "NO",
		  "yes",
		  "Yes",
		  "on",
		  "Off",
		  "y",
		  "Y",
		  "n",
		  "N",
		  "True",
		  "TRUE",
		  "False",
		  "Null",
		  "NULL",
		  "~",
		  "=",
		  "<<",
		  "0755",
		  "00",
		  "0o14",
		  "0b1",
		  "0x1F",
		  "0xff",
		  "1_000",
		  "1,000",
		  "1.",
		  ".5",
		  "-.5",
		  "1.2.3",
		  "1e5",
		  "1E+5",
		  "1.5e-3",
		  "+1",
		  "-01",
		  ".inf",
		  "-.INF",
		  ".NaN",
		  "12:30",
		  "12:30:45",
		  "190:20:30.15",
		  "08:30",
		  "2026-11-21",
		  "2026-1-2",
		  "2026-11-21T09:02:11+08:00",
		  "2026-11-21 09:02:11",
		  "2026-11-21t9:2",
		  "."}},
		{PLAIN_STRING,
		 {"a",       "nobody", "3-1201", "1-2",         "H3.4-8",
		  "24 h",    "0 d",    "3 wd",   "08:30-12:00", "2026-11-21 and later",
		  "2026-11", "1e",     "0x",     "0xZZ",        "1.2.3-a",
		  "12:",     "12:a",   "-",      "--",          "+",
		  "-a",      "+a",     "nan",    "inf",         "Infinity",
		  "none",    "_",      "1/2",    "50%",         "100元",
		  "3号楼",   "v1.0",   "^a$",    "(a)",         "/x",
		  "$",       "·"}},
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		for (const char *const *text = kinds[i].texts; *text; text++)
			if (plain_resolve(*text, strlen(*text)) != kinds[i].plain)
				fail_msg("\"%s\" resolves to %d, not %d", *text,
					 plain_resolve(*text, strlen(*text)), kinds[i].plain);
}

static void test_unclear_scalars_say_quote_it(void **state)
{
	(void)state;
	refused("a: no\n", 1, 4, "no means different things to different readers: quote it");
	refused("a:\n  - x\n  - 12:30\n", 3, 5, "12:30 means different things");
	refused("a: {b: 1e5}\n", 1, 8, "quote it");
	refused("a: ~\n", 1, 4, "quote it");
	refused("a: True\n", 1, 4, "quote it");
	refused("a:\nb: c\n", 1, 3, "empty value: remove the field or write \"\"");
	refused("- \n- a\n", 1, 2, "empty value");
	refused("{a, b: c}", 1, 3, "empty value");
	refused("no: a\n", 1, 1, "no as a key is not a string to every reader: quote it");
	refused("12: a\n", 1, 1, "quote it");
	refused("true: a\n", 1, 1, "quote it");
	refused("0755: a\n", 1, 1, "quote it");
	struct arena arena = ARENA_INIT;
	struct node *root = read_one(&arena, "\"no\": \"no\"\n'12': '0755'\n\"<<\": \"\"\n");
	assert_true(node_is_string(node_get(root, "no"), "no"));
	assert_true(node_is_string(node_get(root, "12"), "0755"));
	assert_true(node_is_string(node_get(root, "<<"), ""));
	arena_clear(&arena);
}

static void test_strict_in_content(void **state)
{
	(void)state;
	refused("a: &x b\n", 1, 4, "anchors");
	refused("a: &x\n  b: c\n", 1, 4, "anchors");
	refused("&x a: b\n", 1, 1, "anchors");
	refused("a: *x\n", 1, 4, "aliases");
	refused("a: !!str b\n", 1, 4, "tags");
	refused("a: ! b\n", 1, 4, "tags");
	refused("a: !x [b]\n", 1, 4, "tags");
	refused("%YAML 1.2\n---\na: b\n", 1, 1, "directives");
	refused("# x\n%TAG ! !\n---\na: b\n", 2, 1, "directives");
	refused("a: b\n<<: {c: d}\n", 2, 1, "merge keys");
	refused("? [a]\n: b\n", 1, 3, "a key is a string");
	refused("{{a: b}: c}", 1, 2, "a key is a string");
	refused("{?a: b}", 1, 3, "quote the key");
	refused("a: [一, {?a: b}]", 1, 10, "quote the key");
	refused("? a\n", 2, 1, "empty value");
	refused(": a\n", 1, 1, "");
	refused("a: b\nc: d\n\"a\": e\n", 3, 1, "key a appears twice, first in line 1 column 1");
	refused("\"a\\0\": b\n", 1, 1, "NUL");
	refused("a: b\n---\nc: d\n", 2, 1, "second document");
	refused("a: b\n...\nc: d\n", 3, 1, "after the document's end");
	refused("", 1, 1, "the document is empty");
	refused("# only this\n", 1, 1, "the document is empty");
	refused("---\n...\n", 2, 1, "the document is empty");
	refused("a: [b\n", 2, 1, "did not find expected ',' or ']'");
	refused("a: b: c\n", 1, 5, "mapping values are not allowed");
	refused("a:\n\tb: c\n", 2, 1, "found character that cannot start any token");
}

static void test_bytes_that_may_not_be_there(void **state)
{
	(void)state;
	refused("\xef\xbb\xbf"
		"a: b\n",
		1, 1, "save the file as UTF-8 without BOM");
	refused("\xff\xfe"
		"a",
		1, 1, "is UTF-16");
	refused("a: 一\xff\n", 1, 5, "not UTF-8");
	refused("a: \xc0\x80\n", 1, 4, "not UTF-8");
	refused("a: \xed\xa0\x80\n", 1, 4, "not UTF-8");
	refused("a: b\n# \xef\xbb\xbf\n", 2, 3, "byte order mark");
	refused("a: \x01\n", 1, 4, "control character");
	refused("a: \"\x7f\"\n", 1, 5, "control character");
	refused("a: \xc2\x80\n", 1, 4, "control character");
	refused("a: b\xc2\x85\n", 1, 5, "a line separator");
	refused("a: b\xe2\x80\xa8 c\n", 1, 5, "a line separator");
	refused("a: b\rc: d\n", 1, 5, "carriage return");
	refused("a: \xef\xbf\xbe\n", 1, 4, "no character");
	refused_stream("---\na: b\n...\n---\na: \0\n...\n", 26, 1, 5, "a NUL byte");
	struct arena arena = ARENA_INIT;
	struct node *root = read_one(&arena, "a: \"\\0\\x85\\u2028\\ufeff\\e\\U0001F600\"\n");
	assert_int_equal(node_text_len(node_get(root, "a")), 1 + 2 + 3 + 3 + 1 + 4);
	arena_clear(&arena);
}

static void test_stream(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct yaml_stream stream;
	struct err err = ERR_INIT;
	assert_true(yaml_read(&arena, "t", form, strlen(form), &stream, &err));
	assert_int_equal(stream.count, 3);
	size_t at = 0;
	for (size_t i = 0; i < stream.count; i++) {
		assert_int_equal(stream.documents[i].begin, at);
		at = stream.documents[i].end;
		assert_int_equal(strncmp(form + at - 5, "\n...\n", 5), 0);
		assert_true(stream.documents[i].closed);
	}
	assert_int_equal(at, strlen(form));
	assert_int_equal(stream.documents[1].line, 15);
	assert_int_equal(stream.documents[1].root->line, 16);
	assert_int_equal(node_get(stream.documents[2].root, "tags")->line, 23);
	arena_clear(&arena);
}

/* DESIGN: a file cut anywhere but exactly after a document is recognised as cut. */
static void test_every_cut_is_recognised(void **state)
{
	(void)state;
	size_t complete = 0;
	for (size_t len = 0; len <= strlen(form); len++) {
		struct arena arena = ARENA_INIT;
		struct yaml_stream stream;
		struct err err = ERR_INIT;
		/* a copy of just that size: reading past the cut is seen by the sanitizer */
		char *text = malloc(len + 1);
		memcpy(text, form, len);
		text = realloc(text, len ? len : 1);
		bool whole = len >= 5 && memcmp(form + len - 5, "\n...\n", 5) == 0;
		complete += whole;
		bool read = yaml_read(&arena, "t", text, len, &stream, &err);
		assert_int_equal(read, whole);
		assert_int_equal(stream.count, complete);
		if (!read) {
			assert_int_equal(err.status, STATUS_DAMAGED);
			assert_non_null(strstr(err.text,
					       len ? "cut off in the document that begins at line "
						   : "the file is empty"));
		}
		assert_int_equal(canon_read(&arena, text, len, &stream), whole);
		free(text);
		err_clear(&err);
		arena_clear(&arena);
	}
}

static void test_damaged_streams(void **state)
{
	(void)state;
#define REFUSED(text, ...) refused_stream(text, sizeof text - 1, __VA_ARGS__)
	REFUSED("a: b\n", 0, 1, "must begin a document with \"---\"");
	REFUSED("# x\n---\na: b\n...\n", 0, 1, "must begin a document");
	REFUSED("---\na: b\n...\n\n", 1, 4, "must begin a document");
	REFUSED("---\na: b\n...\n# x\n", 1, 4, "must begin a document");
	REFUSED("---\na: b\n...\nc: d\n", 1, 4, "must begin a document");
	REFUSED("---\na: b\n...\n...\n", 1, 4, "must begin a document");
	REFUSED("---\na: b\n---\nc: d\n...\n", 0, 3,
		"cut off: the document that begins at line 1 is not closed");
	REFUSED("---\na: b\n... \n", 0, 3, "nothing more");
	REFUSED("---\na: b\n... # x\n", 0, 3, "nothing more");
	REFUSED("---\r\na: b\r\n...\r\n", 0, 3, "nothing more");
	REFUSED("---\na: b\n...\n---\nc: no\n...\n---\ne: f\n...\n", 1, 5, "quote it");
	REFUSED("---\na: b\n...\n---\nc: \"d\n...\n", 1, 6, "document indicator");
	REFUSED("---\n...\n", 0, 2, "the document is empty");
	REFUSED("\xef\xbb\xbf---\na: b\n...\n", 0, 1, "byte order mark");
	REFUSED("---\na: b\n...\n\0\0\0\0", 1, 4, "must begin a document");
#undef REFUSED
	struct arena arena = ARENA_INIT;
	struct yaml_stream stream;
	struct err err = ERR_INIT;
	size_t len = YAML_MAX_BYTES + 1;
	char *large = malloc(len);
	memset(large, '#', len);
	assert_false(yaml_read(&arena, "t", large, len, &stream, &err));
	assert_string_equal(err.text, "larger than 16 MiB");
	assert_false(canon_read(&arena, large, len, &stream));
	free(large);
	err_clear(&err);
	arena_clear(&arena);
}

static void repeated(struct buf *text, const char *before, const char *unit, size_t count,
		     const char *after)
{
	buf_reset(text);
	buf_adds(text, before);
	while (count--)
		buf_adds(text, unit);
	buf_adds(text, after);
}

static void test_depth(void **state)
{
	(void)state;
	struct buf text;
	buf_init(&text);
	struct arena arena = ARENA_INIT;
	for (int style = 0; style < 3; style++) {
		static const char *const open[] = {"[", "{a: ", "- "}, *const closed[] = {"]", "}",
											  ""};
		struct buf nested;
		buf_init(&nested);
		for (size_t depth = YAML_MAX_DEPTH; depth <= YAML_MAX_DEPTH + 1; depth++) {
			repeated(&nested, "", open[style], depth, "x");
			repeated(&text, nested.data, closed[style], depth, "\n");
			if (depth == YAML_MAX_DEPTH)
				read_one(&arena, text.data);
			else
				refused(text.data, 1,
					YAML_MAX_DEPTH * (unsigned)strlen(open[style]) + 1,
					"nested more than 64 deep");
		}
		buf_clear(&nested);
	}
	/* many brackets that nest nothing */
	static const char *const harmless[][3] = {
		{"a: |\n  ", "[", "\n"},
		{"a: |2-\n  ", "{[", "\nb: [c]\n"},
		{"a:\n  - >\n   ", " [", "\n\n    [\n  - x\n"},
		{"a: \"", "{", "\"\n"},
		{"a: \"\\\"", "[", "\"\n"},
		{"a: '''", "{[", "'\n"},
		{"a: [\"", "[", "\", '{', x]\n"},
		{"a: x", "[", "\n"},
		{"a: x\n  y", " [", "\n  [[\n"},
		{"- x\n", " [\n", ""},
		{"a: b # ", "[", "\n"},
		{"# ", "{", "\na: b\n"},
		{"a: [b, # ", "[", "\n  c]\n"},
		{"a: [", "[],", "[]]\n"},
		{"", "- [b]\n", ""},
		{"[b", " 'c\n", "]\n"},
		{"\"", "[", "\": b\n"},
		{"a: 'b\n\n  ", "[", "'\n"},
		{"x", "[", ": b\n"},
		{"--- |\n ", "[", "\n"},
		{"a:\n  b: |\n\n    ", "[\n    ", "[\n  c: d\n"},
	};
	for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
		repeated(&text, harmless[i][0], harmless[i][1], 500, harmless[i][2]);
		read_one(&arena, text.data);
		arena_reset(&arena);
	}
	arena_clear(&arena);
	buf_clear(&text);
}

static char character(const char *text, size_t len, size_t index)
{
	size_t i = 0;
	while (i < len && (index || ((unsigned char)text[i] & 0xc0) == 0x80)) {
		i++;
		index -= i == len || ((unsigned char)text[i] & 0xc0) != 0x80;
	}
	return i < len ? text[i] : '\0';
}

/* The deepest flow nesting as libyaml sees it; -1 when it reads no such text, or one with several
 * documents, tags, anchors, empty scalars or keys that are collections, which the reader refuses
 * anyway. */
static int flow_depth(const char *text, size_t len)
{
	yaml_parser_t parser;
	yaml_event_t event;
	int depth = 0, deepest = 0, documents = 0;
	struct {
		bool map, flow, key_next;
	} stack[256]; /* what is open */
	size_t open = 0;
	yaml_parser_initialize(&parser);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
	for (bool done = false; !done;) {
		if (!yaml_parser_parse(&parser, &event)) {
			deepest = -1;
			break;
		}
		bool map = event.type == YAML_MAPPING_START_EVENT,
		     starts = map || event.type == YAML_SEQUENCE_START_EVENT;
		bool ends = event.type == YAML_MAPPING_END_EVENT ||
			    event.type == YAML_SEQUENCE_END_EVENT,
		     node = starts || event.type == YAML_SCALAR_EVENT;
		bool refuses = event.type == YAML_ALIAS_EVENT;
		if (event.type == YAML_DOCUMENT_START_EVENT)
			refuses = documents++ || event.data.document_start.version_directive ||
				  event.data.document_start.tag_directives.start !=
					  event.data.document_start.tag_directives.end;
		if (event.type == YAML_SCALAR_EVENT)
			refuses = event.data.scalar.anchor || event.data.scalar.tag ||
				  (event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
				   !event.data.scalar.length);
		if (starts)
			refuses = map ? event.data.mapping_start.anchor ||
						  event.data.mapping_start.tag
				      : event.data.sequence_start.anchor ||
						  event.data.sequence_start.tag;
		if (starts && open && stack[open - 1].map && stack[open - 1].key_next)
			refuses = true;
		if (node && open)
			stack[open - 1].key_next = !stack[open - 1].key_next;
		if (starts && !refuses) {
			/* a map of one pair in a flow list has no bracket of its own */
			char first = character(text, len, event.start_mark.index);
			bool flow =
				map ? event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE &&
						first == '{'
				    : event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE &&
						first == '[';
			stack[open].map = stack[open].key_next = map;
			stack[open++].flow = flow;
			depth += flow;
			deepest = depth > deepest ? depth : deepest;
		}
		if (ends)
			depth -= stack[--open].flow;
		done = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
		if (refuses) {
			deepest = -1;
			break;
		}
	}
	yaml_parser_delete(&parser);
	return deepest;
}

static void test_nesting_is_what_libyaml_sees(void **state)
{
	(void)state;
	static const char *const bits[] = {
		"[",      "]",      "{",     "}",       "[",    "]",   ",",     ", ",       ":",
		": ",     "a",      "b",     "\"",      "'",    "\\",  "#",     " #",       " ",
		"  ",     "\n",     "\n  ",  "\n    ",  "- ",   "a: ", "\nb: ", "\nb:\n  ", "|\n",
		">-\n",   "|2\n  ", "? ",    "-",       "--- ", "中",  "''",    "\"\"",     "[a]",
		"{a: b}", "'[' ",   "\"{\"", "\n# [\n", "\r\n",
	};
	static const char *const within[] = {"[",    "{a: ", "[a, ",  "{\"b\":", "a",  "b c",
					     ", ",   ": ",   "\"[\"", "'{'",     "''", " # [\n  ",
					     "\n  ", "\n",   "]",     "}"};
	uint64_t seed = 99;
	size_t valid = 0, nested = 0;
	for (size_t round = 0; round < (getenv("KEFU_LONG") ? 20000000 : 150000); round++) {
		char text[256], closing[64];
		size_t len = 0, open = 0;
		for (uint32_t count = 1 + random_below(&seed, 14); count; count--) {
			const char *bit = bits[random_below(&seed, sizeof bits / sizeof *bits)];
			if (open && random_below(&seed, 6))
				bit = within[random_below(&seed, sizeof within / sizeof *within)];
			memcpy(text + len, bit, strlen(bit));
			len += strlen(bit);
			if (*bit == '[' || *bit == '{')
				closing[open++] = (char)(*bit + 2);
			else if (open && *bit == closing[open - 1])
				open--;
		}
		while (open && random_below(&seed, 8))
			text[len++] = closing[--open];
		int depth = flow_depth(text, len);
		if (depth < 0)
			continue;
		valid++;
		nested += depth > 1;
		if (nesting_check(text, len, (size_t)depth) != len)
			fail_msg("refused at %zu, though only %d deep:\n%.*s",
				 nesting_check(text, len, (size_t)depth), depth, (int)len, text);
		if (depth && nesting_check(text, len, (size_t)depth - 1) == len)
			fail_msg("not seen to be %d deep:\n%.*s", depth, (int)len, text);
	}
	assert_true(valid > 10000);
	assert_true(nested > 200);
}

static double cpu_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* CPU seconds, best of three, to read PARTS[1] repeated to LEN bytes between the other two. */
static double reading_takes(const char *const parts[3], size_t len)
{
	double best = 0;
	for (int run = 0; run < 3; run++) {
		struct arena arena = ARENA_INIT;
		struct yaml_stream stream;
		struct err err = ERR_INIT;
		struct buf text;
		buf_init(&text);
		repeated(&text, "---\n", "", 0, parts[0]);
		while (text.len < len)
			buf_adds(&text, parts[1]);
		buf_adds(&text, parts[2]);
		buf_adds(&text, "\n...\n");
		double begun = cpu_seconds();
		canon_read(&arena, text.data, text.len, &stream);
		yaml_read(&arena, "t", text.data, text.len, &stream, &err);
		double taken = cpu_seconds() - begun;
		if (!run || taken < best)
			best = taken;
		err_clear(&err);
		arena_clear(&arena);
		buf_clear(&text);
	}
	return best;
}

/* Each is what makes some YAML reader slow. Four times the bytes would take a quadratic reader
 * sixteen times as long; ten times is allowed, and what is too short to be measured. */
static void test_hostile_input_takes_time_in_proportion(void **state)
{
	(void)state;
	static const char *const hostile[][3] = {
		{"", "[", ""},
		{"", "{", ""},
		{"", "{a: [", ""},
		{"", "[\n", ""},
		{"", "- ", ""},
		{"", "? ", ""},
		{"", ": ", ""},
		{"", "&a ", ""},
		{"", "%a\n", ""},
		{"", "*a ", ""},
		{"", "a: b\n", ""},
		{"a: [", "[],", "]"},
		{"a: [", "{},", "]"},
		{"a: [", "[?", "]"},
		{"a: [", "a: b,", "]"},
		{"a: [", "\"x\":1,", "]"},
		{"", "k", ": v"},
		{"\"", "k", "\": v"},
		{"a: !", "a", " b"},
		{"a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "a,", ""},
		{"a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "[],", ""},
		{"a: |\n", "\n", "  x"},
		{"a: >\n", "  x\n", ""},
		{"a: b", "\n", " c"},
		{"a: \"x", " \n", "\""},
		{"a: '", "''", "'"},
		{"a: \"", "\\\\", "\""},
		{"a: ", "\t", "b"},
		{"a:", " ", "b"},
		{"", "#\n", "a: b"},
		{"", "- a\n", ""},
		{"a:\n", "- b\n", ""},
		{"", "'a': ", ""},
		{"a: \"", "\\u2028", "\""},
	};
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		double quarter = reading_takes(hostile[i], 1 << 18);
		double whole = reading_takes(hostile[i], 1 << 20);
		if (whole > 10 * quarter + 0.05)
			fail_msg(
				"1 MiB of \"%s\" after \"%s\" takes %.3f s, a quarter of it %.3f s",
				hostile[i][1], hostile[i][0], whole, quarter);
	}
}

static void test_many_keys_and_the_first_duplicate(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct buf text;
	buf_init(&text);
	for (int i = 0; i < 100000; i++)
		buf_addf(&text, "k%d: v\n", i);
	assert_int_equal(node_count(read_one(&arena, text.data)), 100000);
	buf_adds(&text, "z: v\nk5: v\nk3: v\nk5: v\n");
	refused(text.data, 100002, 1, "key k5 appears twice, first in line 6 column 1");
	buf_clear(&text);
	arena_clear(&arena);
}

/* Whatever is done to a text, both readers come back, and what the strict one accepts can be
 * written and read again. */
static void test_mangled_text(void **state)
{
	(void)state;
	static const char bits[] = "\"'[]{},:-?|>#&*!%@`~ \n\t\r\\0a.=<_\x7f\x80\xff\xe4\x00";
	uint64_t seed = 11;
	for (size_t round = 0; round < (getenv("KEFU_LONG") ? 500000 : 10000); round++) {
		struct arena arena = ARENA_INIT;
		char *text = arena_dup(&arena, form);
		size_t len = strlen(form);
		for (uint32_t changes = random_below(&seed, 6); changes; changes--) {
			size_t at = random_below(&seed, (uint32_t)len);
			if (random_below(&seed, 2))
				text[at] = bits[random_below(&seed, sizeof bits)];
			else
				memmove(text + at, text + at + 1, len-- - at);
		}
		struct yaml_stream stream;
		struct err err = ERR_INIT;
		bool read = yaml_read(&arena, "t", text, len, &stream, &err);
		assert_int_equal(read, !err.text);
		for (size_t i = 0; i < stream.count; i++) {
			struct buf again;
			buf_init(&again);
			emit_document(&again, stream.documents[i].root);
			if (!emit_check(again.data, again.len, stream.documents[i].root, &err))
				fail_msg("%s\n%s", err.text, again.data);
			buf_clear(&again);
		}
		same_reading(text, len, true);
		err_clear(&err);
		arena_clear(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_liberal_in_style),
		cmocka_unit_test(test_places_are_in_characters),
		cmocka_unit_test(test_plain_scalars),
		cmocka_unit_test(test_unclear_scalars_say_quote_it),
		cmocka_unit_test(test_strict_in_content),
		cmocka_unit_test(test_bytes_that_may_not_be_there),
		cmocka_unit_test(test_stream),
		cmocka_unit_test(test_every_cut_is_recognised),
		cmocka_unit_test(test_damaged_streams),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_nesting_is_what_libyaml_sees),
		cmocka_unit_test(test_hostile_input_takes_time_in_proportion),
		cmocka_unit_test(test_many_keys_and_the_first_duplicate),
		cmocka_unit_test(test_mangled_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
