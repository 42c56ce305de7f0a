// SPDX-License-Identifier: MIT
// A value as YAML and JSON have it, with the place it came from. Owned by an arena, never shared
// between threads while it changes.
#ifndef KEFU_BASE_NODE_H
#define KEFU_BASE_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum node_type { NODE_NULL, NODE_BOOL, NODE_NUMBER, NODE_STRING, NODE_LIST, NODE_MAP };

struct pair;

struct node {
	enum node_type type;
	uint32_t line, column; /* from 1; 0 when the value was made, not read */
	union {
		bool boolean;
		struct {
			const char *text; /* terminated; a number's is its literal ("3", "0.30",
					     "1e5") */
			size_t len;
		} scalar;
		struct {
			struct node **items;
			size_t count, room;
		} list;
		struct {
			struct pair *pairs;
			size_t count, room;
		} map;
	};
};

struct pair {
	const char *key; /* terminated */
	size_t key_len;
	uint32_t line, column; /* of the key */
	struct node *value;
};

struct node *node_null(struct arena *arena);
struct node *node_bool(struct arena *arena, bool value);
struct node *node_int(struct arena *arena, int64_t value);
struct node *node_number(struct arena *arena, const char *literal); /* a JSON number, copied */
struct node *node_string(struct arena *arena, const char *text);    /* copied */
struct node *node_string_len(struct arena *arena, const char *text, size_t len);
struct node *node_list(struct arena *arena);
struct node *node_map(struct arena *arena);

/* Appends; the value and (for _add) the key's bytes are kept, not copied. */
void node_push(struct arena *arena, struct node *list, struct node *value);
void node_add(struct arena *arena, struct node *map, const char *key, struct node *value);
/* Replaces the value of KEY, or adds it. */
void node_set(struct arena *arena, struct node *map, const char *key, struct node *value);
/* Adds a copied string; a NULL text adds nothing. */
void node_add_string(struct arena *arena, struct node *map, const char *key, const char *text);
/* Takes KEY out if it is there. */
void node_remove(struct node *map, const char *key);
/* Puts the pairs of a map in the order of their keys' bytes. */
void node_sort_keys(struct node *map);

/* NULL when MAP is NULL, no map, or has no such key. */
struct node *node_get_len(const struct node *map, const char *key, size_t key_len);
/* Inline so that the length of a literal key is known when compiling: readers of 100,000 forms
 * spend their time here. */
static inline struct node *node_get(const struct node *map, const char *key)
{
	return node_get_len(map, key, strlen(key));
}
/* Follows a dotted path ("customer.phone") through maps. */
struct node *node_path(const struct node *map, const char *path);
/* The text of a string (or number) at KEY, borrowed from the tree; NULL when it is neither. */
const char *node_text(const struct node *map, const char *key);
/* The integer at KEY; false when there is none that fits. */
bool node_integer(const struct node *map, const char *key, int64_t *value);
bool node_is_string(const struct node *node, const char *text);
/* Whether NODE, or the value at KEY, is the boolean true. False when there is no such value. */
bool node_is_true(const struct node *node);
bool node_true(const struct node *map, const char *key);
/* Whether a list holds the string, or the node is that string. */
bool node_holds(const struct node *list_or_string, const char *text);
/* Of a list or a map, for whoever treats them alike; 0 for NULL and scalars. */
size_t node_count(const struct node *list_or_map);

/* Safe access to trees that were read from files. A file may hold anything: a map where a list
 * should be, a number where a map should be. So each of these first looks at the value's type; a
 * value of the wrong type is treated as NULL is, as if nothing were there. */

/* A string's text or a number's literal; NULL for anything else. */
static inline const char *node_as_text(const struct node *node)
{
	return node && (node->type == NODE_STRING || node->type == NODE_NUMBER) ? node->scalar.text
										: NULL;
}
/* The length of node_as_text in bytes: more than its strlen when the text holds NUL. */
static inline size_t node_text_len(const struct node *node)
{
	return node_as_text(node) ? node->scalar.len : 0;
}
static inline size_t node_item_count(const struct node *list)
{
	return list && list->type == NODE_LIST ? list->list.count : 0;
}
/* NULL past the last. */
static inline struct node *node_item(const struct node *list, size_t index)
{
	return index < node_item_count(list) ? list->list.items[index] : NULL;
}
/* The text of a list's item; NULL past the last, and for an item that is no text. */
static inline const char *node_item_text(const struct node *list, size_t index)
{
	return node_as_text(node_item(list, index));
}
static inline size_t node_pair_count(const struct node *map)
{
	return map && map->type == NODE_MAP ? map->map.count : 0;
}
/* NULL past the last. */
static inline struct pair *node_pair(const struct node *map, size_t index)
{
	return index < node_pair_count(map) ? &map->map.pairs[index] : NULL;
}
/* The item INDEX of a list. A node that is no list counts as a list of one, NULL as an empty one.
 * NULL past the last. */
const struct node *node_each(const struct node *list_or_one, size_t index);

/* The same, but skips what is no text: returns the first text at or after *INDEX and moves *INDEX
 * behind it. NULL when there is none. */
const char *node_each_text(const struct node *list_or_one, size_t *index);

/* LIST gets the list at KEY, or NULL when MAP has no such key. Fails with STATUS_DAMAGED and the
 * place in FILE when the value is no list; node_read_texts also when an item is no text. */
bool node_read_list(const struct node *map, const char *key, const char *file,
		    const struct node **list, struct err *err);
bool node_read_texts(const struct node *map, const char *key, const char *file,
		     const struct node **list, struct err *err);

/* Adds the texts of a list, or a single text, with SEPARATOR between them. */
void node_join(const struct node *list_or_one, const char *separator, struct buf *out);

/* Deep copy into ARENA, places included. */
struct node *node_copy(struct arena *arena, const struct node *node);

/* Same bytes in the same order: strict identity, numbers by literal, map keys
 * in order. (JSON equality, where 1 equals 1.0, is data/schema.h's.) */
bool node_identical(const struct node *a, const struct node *b);

const char *node_type_name(enum node_type type); /* "null", "boolean", "number", … */

#endif
