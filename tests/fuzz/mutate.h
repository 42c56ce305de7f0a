// SPDX-License-Identifier: MIT
// For fuzzers of files: changes the types and the structure of a tree of nodes, as the fuzzer's
// bytes say. The same bytes make the same changes. Writes no file.
#ifndef KEFU_TESTS_MUTATE_H
#define KEFU_TESTS_MUTATE_H

#include <stdint.h>
#include <string.h>

#include "../random_tree.h"
#include "base/node.h"

/* What is left of the fuzzer's bytes; past the last, what follows from all of them: short ones make
 * as many changes. */
struct bytes {
	const uint8_t *next;
	size_t left;
	uint64_t state;
};

static inline struct bytes bytes_of(const uint8_t *data, size_t size)
{
	struct bytes bytes = {data, size, 0x9e3779b97f4a7c15u};
	for (size_t i = 0; i < size; i++)
		bytes.state = (bytes.state ^ data[i]) * 0x100000001b3u;
	bytes.state |= 1;
	return bytes;
}

static inline unsigned bytes_take(struct bytes *bytes)
{
	if (!bytes->left)
		return random_next(&bytes->state) & 0xff;
	bytes->left--;
	return *bytes->next++;
}

static inline size_t bytes_below(struct bytes *bytes, size_t limit)
{
	size_t high = bytes_take(bytes);
	return limit ? (high << 8 | bytes_take(bytes)) % limit : 0;
}

/* The places in NODE, itself among them: up to ROOM of them. */
static inline size_t mutate_places(struct node *node, struct node **places, size_t count,
				   size_t room)
{
	if (count < room)
		places[count++] = node;
	for (size_t i = 0; i < node_item_count(node); i++)
		count = mutate_places(node_item(node, i), places, count, room);
	for (size_t i = 0; i < node_pair_count(node); i++)
		count = mutate_places(node_pair(node, i)->value, places, count, room);
	return count;
}

/* A value of some type; PLACES are others of the tree. */
static inline struct node *mutate_value(struct arena *arena, struct bytes *bytes,
					struct node **places, size_t count)
{
	static const char *const numbers[] = {"0",
					      "-1",
					      "7",
					      "1.5",
					      "-0.0",
					      "9223372036854775807",
					      "9223372036854775808",
					      "1e99",
					      "2e-99",
					      "100000000000000000000000000000000000000000"};
	static const char *const texts[] = {"",
					    "x",
					    "null",
					    "working",
					    "closed",
					    "opened.agreed-at",
					    "2026-11-20",
					    "2199-12-31",
					    "9999-99-99",
					    "2026-11-20T09:00:00+08:00",
					    "0 d",
					    "100000 y",
					    "999999 wd",
					    "3 wh",
					    "year end + 1999 wd",
					    "day start - 1999 d",
					    "24:00-25:00",
					    "00:00-24:00",
					    "any",
					    "0.000001",
					    "1.000001",
					    "(a+)+$",
					    "[",
					    "../../etc/passwd",
					    "#/properties",
					    "a/b",
					    "-x",
					    "..",
					    "../../x/YL260930002",
					    "YL260930002",
					    "YL260930002#1",
					    "3-1201",
					    "lihua",
					    "lihua#3",
					    "person:lihua",
					    "2001-02-29",
					    "10000-01-01T00:00:00+08:00",
					    "a\nb",
					    "\xe2\x80\xae\x1b[31m"};
	struct node *node;
	unsigned kind = bytes_take(bytes) % 10;
	switch (kind) {
	case 0:
		return node_null(arena);
	case 1:
		return node_bool(arena, bytes_take(bytes) & 1);
	case 2:
		return node_number(arena,
				   numbers[bytes_take(bytes) % (sizeof numbers / sizeof *numbers)]);
	case 3:
	case 4:
		return node_string(arena,
				   texts[bytes_take(bytes) % (sizeof texts / sizeof *texts)]);
	case 5:
		return node_list(arena);
	case 6:
		return node_map(arena);
	case 7: /* very deep */
		node = node_string(arena, "x");
		for (unsigned i = bytes_take(bytes); i; i--) {
			struct node *outer = i & 1 ? node_list(arena) : node_map(arena);
			if (i & 1)
				node_push(arena, outer, node);
			else
				node_add(arena, outer, "x", node);
			node = outer;
		}
		return node;
	case 8: /* very long: a text with NUL in it, too */
		node = node_list(arena);
		for (unsigned i = bytes_take(bytes); i; i--)
			node_push(arena, node, node_string_len(arena, "a\0b", i % 4));
		return node;
	default:
		return node_copy(arena, places[bytes_below(bytes, count)]);
	}
}

/* One change somewhere in ROOT. */
static inline void mutate_once(struct arena *arena, struct bytes *bytes, struct node *root)
{
	enum { PLACES = 6000 };
	struct node **places = arena_alloc(arena, PLACES * sizeof(struct node *));
	size_t count = mutate_places(root, places, 0, PLACES);
	if (count == PLACES)
		return; /* large enough */
	unsigned what = bytes_take(bytes) % 8;
	struct node *node = places[bytes_below(bytes, count)],
		    *other = places[bytes_below(bytes, count)], kept;
	size_t items = node_item_count(node), pairs = node_pair_count(node);
	size_t at = bytes_take(bytes);
	switch (what) {
	case 0:
	case 1: /* another value */
		*node = *mutate_value(arena, bytes, places, count);
		break;
	case 2: /* an entry again, maybe changed */
		if (items)
			node_push(arena, node, node_copy(arena, node_item(node, at % items)));
		break;
	case 3: /* a key less, or an entry */
		if (pairs)
			node_remove(node, node_pair(node, at % pairs)->key);
		else if (items)
			*node_item(node, at % items) = *node_item(node, items - 1);
		break;
	case 4: /* a key called as some other is */
		if (pairs && node_pair_count(other)) {
			struct pair *pair = node_pair(node, at % pairs),
				    *named = node_pair(other, at % node_pair_count(other));
			pair->key = named->key;
			pair->key_len = named->key_len;
		}
		break;
	case 5: /* a key of another map beside those there are, or once more */
		if (node->type == NODE_MAP && node_pair_count(other)) {
			struct pair *pair = node_pair(other, at % node_pair_count(other));
			node_add(arena, node, pair->key, node_copy(arena, pair->value));
		}
		break;
	case 6: /* two parts in each other's place */
		kept = *node_copy(arena, node);
		*node = *node_copy(arena, other);
		*other = kept;
		break;
	default: /* a value inside a list or a map */
		other = node_copy(arena, node);
		*node = at & 1 ? *node_list(arena) : *node_map(arena);
		if (at & 1)
			node_push(arena, node, other);
		else
			node_add(arena, node, "x", other);
		break;
	}
}

/* Changes ROOT one to six times. */
static inline void mutate(struct arena *arena, struct bytes *bytes, struct node *root)
{
	for (unsigned i = bytes_take(bytes) % 6 + 1; i; i--)
		mutate_once(arena, bytes, root);
}

#endif
