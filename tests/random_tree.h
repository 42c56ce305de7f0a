// SPDX-License-Identifier: MIT
// Random trees of nodes for tests: the same seed gives the same tree. Full of strings that YAML
// readers stumble over.
#ifndef KEFU_TESTS_RANDOM_TREE_H
#define KEFU_TESTS_RANDOM_TREE_H

#include <stdint.h>
#include <string.h>

#include "base/node.h"

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016. */
static inline uint32_t random_next(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (uint32_t)(*state * 2685821657736338717u >> 32);
}

static inline uint32_t random_below(uint64_t *state, uint32_t limit)
{
	return random_next(state) % limit;
}

static const char *const random_pieces[] = {
	"",
	"a",
	"B",
	"z9",
	"no",
	"yes",
	"Off",
	"null",
	"~",
	"true",
	"1",
	"0",
	"0755",
	"1e5",
	"12:30",
	"2026-11-21",
	"3-1201",
	"-",
	"- ",
	"?",
	"? ",
	":",
	": ",
	"#",
	" #",
	"---",
	"...",
	"|",
	">",
	"|2-",
	"[",
	"]",
	"{",
	"}",
	",",
	"&a",
	"*a",
	"!t",
	"%Y",
	"@",
	"`",
	"'",
	"\"",
	"\\",
	"\\n",
	" ",
	"  ",
	"\t",
	"\n",
	"\n\n",
	"\n ",
	"\r",
	"\r\n",
	"\x01",
	"\x1b[31m",
	"\x7f",
	"\xc2\x85",
	"\xc2\xa0",
	"\xe2\x80\xa8",
	"\xe2\x80\xa9",
	"\xe2\x80\xae",
	"\xef\xbb\xbf",
	"\xef\xbf\xbd",
	"厨房下水道堵塞",
	"，",
	"。",
	"（",
	"【",
	"𠮷野家",
	"😀",
	"👨‍👩‍👧",
	"é",
	"e\xcc\x81",
	"한글",
	"カナ",
	"　",
	"<<",
	"=",
	".inf",
	"NaN",
	"+86",
	"0x1F",
	"1_000",
};

static inline size_t random_text(uint64_t *state, char *out, size_t room)
{
	size_t len = 0;
	for (uint32_t pieces = random_below(state, 6); pieces; pieces--) {
		const char *piece = random_pieces[random_below(
			state, sizeof random_pieces / sizeof *random_pieces)];
		size_t more = strlen(piece);
		if (len + more > room)
			break;
		memcpy(out + len, piece, more);
		len += more;
	}
	if (random_below(state, 100) == 0 && len < room)
		out[len++] = '\0';
	return len;
}

static inline struct node *random_value(uint64_t *state, struct arena *arena, int depth);

static inline struct node *random_map(uint64_t *state, struct arena *arena, int depth)
{
	struct node *map = node_map(arena);
	for (uint32_t count = random_below(state, 7); count; count--) {
		char text[128];
		size_t len = random_text(state, text, sizeof text);
		char *key = arena_dup_len(arena, text, len);
		for (size_t i = 0; i < len; i++)
			key[i] = key[i] ? key[i] : '0';
		if (random_below(state, 3))
			key = arena_printf(arena, "field_%u", random_below(state, 40));
		if (!node_get(map, key))
			node_add(arena, map, key, random_value(state, arena, depth + 1));
	}
	return map;
}

static inline struct node *random_value(uint64_t *state, struct arena *arena, int depth)
{
	static const char *const numbers[] = {
		"0", "-0", "7", "-12", "3.50", "0.001", "123456789012345"};
	char text[128];
	uint32_t kind = random_below(state, 12);
	if (depth > 5 && kind >= 9)
		kind = 0;
	switch (kind) {
	case 6:
		return node_number(arena,
				   numbers[random_below(state, sizeof numbers / sizeof *numbers)]);
	case 7:
		return node_bool(arena, random_below(state, 2));
	case 8:
		return node_null(arena);
	case 9:
	case 10: {
		struct node *list = node_list(arena);
		for (uint32_t count = random_below(state, 5); count; count--)
			node_push(arena, list, random_value(state, arena, depth + 1));
		return list;
	}
	case 11:
		return random_map(state, arena, depth);
	default: {
		size_t len = random_text(state, text, sizeof text);
		return node_string_len(arena, text, len);
	}
	}
}

#endif
