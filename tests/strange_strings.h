// SPDX-License-Identifier: MIT
// Strings that one YAML reader or another stumbles over, for tests; and the Big List of Naughty
// Strings where it is at hand.
#ifndef KEFU_TESTS_STRANGE_STRINGS_H
#define KEFU_TESTS_STRANGE_STRINGS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/node.h"
#include "text/json.h"

static const char *const strange_strings[] = {
	"",
	" ",
	"  ",
	"\t",
	"\n",
	"\n\n",
	" \n",
	"\n ",
	" \n\t\n",
	"a",
	"a ",
	" a",
	"a\n",
	"a\n\n",
	"a\n\n\n",
	"\na",
	"\n\na\n",
	"a\nb",
	"a\n b",
	" a\nb",
	"  a\n b\nc",
	"a\n\nb",
	"a\n \nb",
	"a\n  ",
	"a\n \n",
	"a\n   \n\n",
	"a \nb \n",
	"a\tb",
	"a\t",
	"\ta",
	"\ta\nb",
	"a\n\tb",
	"a\n\t",
	"\t\na",
	" \na",
	"   \n  a",
	"no",
	"No",
	"NO",
	"nO",
	"yes",
	"Yes",
	"on",
	"off",
	"OFF",
	"y",
	"Y",
	"n",
	"N",
	"true",
	"True",
	"TRUE",
	"false",
	"null",
	"Null",
	"NULL",
	"~",
	"nan",
	"NaN",
	".nan",
	".NaN",
	"inf",
	"Inf",
	"-inf",
	".inf",
	"-.inf",
	"+.INF",
	"Infinity",
	"none",
	"nil",
	"undefined",
	"0",
	"-0",
	"1",
	"+1",
	"-1",
	"01",
	"0755",
	"0o14",
	"0b1",
	"0x1F",
	"1_000",
	"1,000",
	"1.",
	".5",
	"1.5",
	"1.2.3",
	"1e5",
	"1E-5",
	"1e",
	"e1",
	"12:30",
	"12:30:45",
	"1:2",
	"08:30-12:00",
	"2026-11-21",
	"2026-11-21T09:02:11+08:00",
	"2026-11-21 09:02",
	"3-1201",
	"13900010001",
	"+86 139",
	"H3.4-8",
	"YL261121001",
	"=",
	"<<",
	"!",
	"!!",
	"!a",
	"&",
	"&a",
	"*",
	"*a",
	"%",
	"%YAML",
	"@",
	"@a",
	"`",
	"`a",
	"|",
	"|2",
	">",
	">-",
	"-",
	"- a",
	"--",
	"---",
	"--- a",
	"...",
	"... a",
	"?",
	"? a",
	":",
	": a",
	"a:",
	"a: b",
	"a:b",
	":a",
	"#",
	"# a",
	"a #b",
	"a#b",
	",",
	", a",
	"[",
	"]",
	"[]",
	"[a]",
	"{",
	"}",
	"{}",
	"{a: b}",
	"a, b",
	"a [b] {c}",
	"a & b",
	"a * b",
	"a | b",
	"a > b",
	"a ! b",
	"a % b",
	"a @ b",
	"a ` b",
	"a - b",
	"a ? b",
	"'",
	"''",
	"'a'",
	"\"",
	"\"a\"",
	"a \"b\" c",
	"it's",
	"\\",
	"\\n",
	"a\\",
	"C:\\x",
	"---\na",
	"a\n---\nb",
	"a\n...\nb",
	"a\n...\n",
	"a: b\nc: d\n",
	"- a\n- b\n",
	"# a\nb",
	"a # b\nc",
	"|\na",
	"\"a\nb\"",
	"'a\nb",
	"{a\nb",
	"%a\nb",
	"?\n",
	"a\n\n\n\nb\n\n",
	"\r",
	"a\rb",
	"a\r\nb",
	"a\r",
	"\x01",
	"\x08",
	"\x1b[31mred",
	"\x7f",
	"a\x0b",
	"a\x0c\nb",
	"\xc2\x80",
	"\xc2\x85",
	"a\xc2\x85z",
	"a\xc2\x85\nb",
	"\xc2\x9f",
	"\xc2\xa0",
	"a\xc2\xa0",
	"\xc2\xad",
	"\xe2\x80\x8b",
	"\xe2\x80\x8d",
	"\xe2\x80\x8e",
	"\xe2\x80\xa8",
	"a\xe2\x80\xa8z",
	"a\xe2\x80\xa9\nb",
	"\xe2\x80\xae",
	"a\xe2\x80\xaez",
	"a\xe2\x81\xa6z\xe2\x81\xa9",
	"\xef\xbb\xbf",
	"\xef\xbb\xbfz",
	"a\xef\xbb\xbf",
	"a\n\xef\xbb\xbf",
	"\xef\xbf\xbd",
	"\xef\xbf\xbe",
	"\xef\xbf\xbf",
	"\xee\x80\x80",
	"\xf3\xa0\x81\x81",
	"\xf4\x8f\xbf\xbf",
	"\xf0\x9f\xbf\xbe",
	"王女士",
	"厨房下水道堵塞，水已漫到客厅。",
	"（急）水管爆了！",
	"业主说“马上来”，怎么办？【二号楼】",
	"厨房：漏水",
	"客厅: 漏水",
	"王#李",
	"　全角空格开头",
	"全角空格结尾　",
	"一\n二\n",
	"一\n　二",
	"１２３",
	"３－１２０１",
	"𠮷野家",
	"𠮷",
	"😀",
	"谢谢😀",
	"👨‍👩‍👧",
	"한글",
	"カナ",
	"ｶﾅ",
	"é",
	"e\xcc\x81",
	"\xcc\x81",
	"שלום",
	"العربية",
	"ไทย",
	"Ünï",
	"a\xff",
	"\xc0\x80",
	"\xed\xa0\x80", /* not UTF-8, from here on */
};

enum {
	STRANGE_COUNT = sizeof strange_strings / sizeof *strange_strings,
	STRANGE_UTF8_COUNT = STRANGE_COUNT - 3,
};

/* The file NAME of $KEFU_TEST_DATA, or NULL when it is not at hand. */
static inline char *test_data(struct arena *arena, const char *name)
{
	const char *folder = getenv("KEFU_TEST_DATA");
	FILE *file =
		fopen(arena_printf(arena, "%s/%s", folder ? folder : "../shared/data", name), "r");
	if (!file)
		return NULL;
	char *text = arena_raw(arena, 4 << 20);
	text[fread(text, 1, (4 << 20) - 1, file)] = '\0';
	fclose(file);
	return text;
}

static inline struct node *must_be_json(struct arena *arena, const char *text, size_t len)
{
	struct node *root = NULL;
	struct err err = ERR_INIT;
	if (!json_read(arena, "test data", text, len, &root, &err)) {
		fprintf(stderr, "%s\n", err.text);
		abort();
	}
	return root;
}

/* The list of naughty strings, or NULL when it is not at hand. */
static inline struct node *naughty_strings(struct arena *arena)
{
	const char *text = test_data(arena, "naughty-strings/blns.json");
	return text ? must_be_json(arena, text, strlen(text)) : NULL;
}

/* TEXT in every position a string can have: key, value, nested, in lists. */
static inline struct node *strange_document(struct arena *arena, const char *text, size_t len)
{
	struct node *root = node_map(arena), *inner = node_map(arena), *outer = node_map(arena);
	struct node *list = node_list(arena), *nested = node_list(arena), *entry = node_map(arena),
		    *after = node_list(arena);
	struct node *string = node_string_len(arena, text, len);
	node_add(arena, root, "value", string);
	node_add(arena, inner, "deep", string);
	node_add(arena, inner, "after", node_string(arena, "end"));
	node_add(arena, outer, "inner", inner);
	node_add(arena, root, "outer", outer);
	node_push(arena, nested, string);
	node_push(arena, nested, string);
	node_push(arena, list, string);
	node_push(arena, list, nested);
	node_add(arena, entry, "first", string);
	node_add(arena, entry, "second", string);
	node_push(arena, after, string);
	node_add(arena, entry, "third", after);
	node_push(arena, list, entry);
	node_push(arena, list, string);
	node_add(arena, root, "list", list);
	if (strlen(text) == len && len <= 160 && strcmp(text, "value") != 0) {
		struct node *keyed = node_map(arena);
		node_add(arena, keyed, arena_dup(arena, text), string);
		node_add(arena, root, "keyed", keyed);
	}
	node_add(arena, root, "last", string);
	return root;
}

#endif
