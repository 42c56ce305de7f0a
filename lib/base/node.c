// SPDX-License-Identifier: MIT
// A value as YAML and JSON have it, with the place it came from.
#include "base/node.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static struct node *node_new(struct arena *arena, enum node_type type)
{
	struct node *node = arena_alloc(arena, sizeof *node);
	node->type = type;
	return node;
}

struct node *node_null(struct arena *arena)
{
	return node_new(arena, NODE_NULL);
}

struct node *node_bool(struct arena *arena, bool value)
{
	struct node *node = node_new(arena, NODE_BOOL);
	node->boolean = value;
	return node;
}

static struct node *node_scalar(struct arena *arena, enum node_type type, const char *text,
				size_t len)
{
	struct node *node = node_new(arena, type);
	node->scalar.text = arena_dup_len(arena, text, len);
	node->scalar.len = len;
	return node;
}

struct node *node_int(struct arena *arena, int64_t value)
{
	struct node *node = node_new(arena, NODE_NUMBER);
	node->scalar.text = arena_printf(arena, "%" PRId64, value);
	node->scalar.len = strlen(node->scalar.text);
	return node;
}

struct node *node_number(struct arena *arena, const char *literal)
{
	return node_scalar(arena, NODE_NUMBER, literal, strlen(literal));
}

struct node *node_string(struct arena *arena, const char *text)
{
	return node_scalar(arena, NODE_STRING, text, strlen(text));
}

struct node *node_string_len(struct arena *arena, const char *text, size_t len)
{
	return node_scalar(arena, NODE_STRING, text, len);
}

struct node *node_list(struct arena *arena)
{
	return node_new(arena, NODE_LIST);
}

struct node *node_map(struct arena *arena)
{
	return node_new(arena, NODE_MAP);
}

/* Room for one more element; the old array stays behind in the arena. */
static void *grow(struct arena *arena, void *old, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return old;
	size_t wanted = *room ? *room * 2 : 8;
	void *bigger = arena_raw(arena, wanted * size);
	if (count)
		memcpy(bigger, old, count * size);
	*room = wanted;
	return bigger;
}

void node_push(struct arena *arena, struct node *list, struct node *value)
{
	list->list.items = grow(arena, list->list.items, list->list.count, &list->list.room,
				sizeof *list->list.items);
	list->list.items[list->list.count++] = value;
}

void node_add(struct arena *arena, struct node *map, const char *key, struct node *value)
{
	map->map.pairs =
		grow(arena, map->map.pairs, map->map.count, &map->map.room, sizeof *map->map.pairs);
	map->map.pairs[map->map.count++] =
		(struct pair){.key = key, .key_len = strlen(key), .value = value};
}

static struct pair *find(const struct node *map, const char *key, size_t len)
{
	if (!map || map->type != NODE_MAP)
		return NULL;
	for (size_t i = 0; i < map->map.count; i++) {
		struct pair *pair = &map->map.pairs[i];
		if (pair->key_len == len &&
		    (!len || (pair->key[0] == key[0] && memcmp(pair->key, key, len) == 0)))
			return pair;
	}
	return NULL;
}

void node_set(struct arena *arena, struct node *map, const char *key, struct node *value)
{
	struct pair *pair = find(map, key, strlen(key));
	if (pair)
		pair->value = value;
	else
		node_add(arena, map, key, value);
}

void node_add_string(struct arena *arena, struct node *map, const char *key, const char *text)
{
	if (text)
		node_add(arena, map, key, node_string(arena, text));
}

void node_remove(struct node *map, const char *key)
{
	struct pair *pair = find(map, key, strlen(key));
	if (!pair)
		return;
	size_t after = map->map.count - (size_t)(pair - map->map.pairs) - 1;
	memmove(pair, pair + 1, after * sizeof *pair);
	map->map.count--;
}

static int compare_keys(const void *a, const void *b)
{
	return strcmp(((const struct pair *)a)->key, ((const struct pair *)b)->key);
}

void node_sort_keys(struct node *map)
{
	if (node_pair_count(map))
		qsort(map->map.pairs, map->map.count, sizeof *map->map.pairs, compare_keys);
}

struct node *node_get_len(const struct node *map, const char *key, size_t key_len)
{
	struct pair *pair = find(map, key, key_len);
	return pair ? pair->value : NULL;
}

struct node *node_path(const struct node *map, const char *path)
{
	for (;;) {
		size_t len = strcspn(path, ".");
		struct node *value = node_get_len(map, path, len);
		if (!value || !path[len])
			return value;
		map = value;
		path += len + 1;
	}
}

const char *node_text(const struct node *map, const char *key)
{
	return node_as_text(node_get(map, key));
}

bool node_integer(const struct node *map, const char *key, int64_t *value)
{
	const struct node *node = node_get(map, key);
	if (!node || node->type != NODE_NUMBER)
		return false;
	char *end;
	errno = 0;
	long long number = strtoll(node->scalar.text, &end, 10);
	if (errno || end == node->scalar.text || *end)
		return false;
	*value = number;
	return true;
}

bool node_is_string(const struct node *node, const char *text)
{
	return node && node->type == NODE_STRING && strlen(text) == node->scalar.len &&
	       memcmp(node->scalar.text, text, node->scalar.len) == 0;
}

bool node_is_true(const struct node *node)
{
	return node && node->type == NODE_BOOL && node->boolean;
}

bool node_true(const struct node *map, const char *key)
{
	return node_is_true(node_get(map, key));
}

bool node_holds(const struct node *list_or_string, const char *text)
{
	if (!list_or_string || list_or_string->type != NODE_LIST)
		return node_is_string(list_or_string, text);
	for (size_t i = 0; i < list_or_string->list.count; i++)
		if (node_is_string(list_or_string->list.items[i], text))
			return true;
	return false;
}

size_t node_count(const struct node *list_or_map)
{
	if (!list_or_map)
		return 0;
	return list_or_map->type == NODE_LIST  ? list_or_map->list.count
	       : list_or_map->type == NODE_MAP ? list_or_map->map.count
					       : 0;
}

const struct node *node_each(const struct node *list_or_one, size_t index)
{
	if (!list_or_one || list_or_one->type != NODE_LIST)
		return index == 0 ? list_or_one : NULL;
	return index < list_or_one->list.count ? list_or_one->list.items[index] : NULL;
}

const char *node_each_text(const struct node *list_or_one, size_t *index)
{
	const struct node *item;
	const char *text = NULL;
	while (!text && (item = node_each(list_or_one, (*index)++)))
		text = node_as_text(item);
	return text;
}

static bool wrong_type(const struct node *value, const char *key, const char *wanted,
		       const char *file, struct err *err)
{
	err_set(err, STATUS_DAMAGED, "%s: must be a %s, not a %s", key, wanted,
		node_type_name(value->type));
	return err_place(err, file, value->line, value->column);
}

bool node_read_list(const struct node *map, const char *key, const char *file,
		    const struct node **list, struct err *err)
{
	*list = node_get(map, key);
	return !*list || (*list)->type == NODE_LIST || wrong_type(*list, key, "list", file, err);
}

bool node_read_texts(const struct node *map, const char *key, const char *file,
		     const struct node **list, struct err *err)
{
	if (!node_read_list(map, key, file, list, err))
		return false;
	for (size_t i = 0; i < node_item_count(*list); i++)
		if (!node_item_text(*list, i))
			return wrong_type(node_item(*list, i), key, "string", file, err);
	return true;
}

void node_join(const struct node *list_or_one, const char *separator, struct buf *out)
{
	const char *text, *between = "";
	for (size_t i = 0; (text = node_each_text(list_or_one, &i)); between = separator)
		buf_addf(out, "%s%s", between, text);
}

struct node *node_copy(struct arena *arena, const struct node *node)
{
	struct node *copy = node_new(arena, node->type);
	copy->line = node->line;
	copy->column = node->column;
	switch (node->type) {
	case NODE_NULL:
		break;
	case NODE_BOOL:
		copy->boolean = node->boolean;
		break;
	case NODE_NUMBER:
	case NODE_STRING:
		copy->scalar.text = arena_dup_len(arena, node->scalar.text, node->scalar.len);
		copy->scalar.len = node->scalar.len;
		break;
	case NODE_LIST:
		for (size_t i = 0; i < node->list.count; i++)
			node_push(arena, copy, node_copy(arena, node->list.items[i]));
		break;
	case NODE_MAP:
		for (size_t i = 0; i < node->map.count; i++) {
			const struct pair *pair = &node->map.pairs[i];
			node_add(arena, copy, arena_dup_len(arena, pair->key, pair->key_len),
				 node_copy(arena, pair->value));
			struct pair *added = &copy->map.pairs[copy->map.count - 1];
			added->key_len = pair->key_len;
			added->line = pair->line;
			added->column = pair->column;
		}
		break;
	}
	return copy;
}

bool node_identical(const struct node *a, const struct node *b)
{
	if (!a || !b || a->type != b->type)
		return a == b;
	switch (a->type) {
	case NODE_NULL:
		return true;
	case NODE_BOOL:
		return a->boolean == b->boolean;
	case NODE_NUMBER:
	case NODE_STRING:
		return a->scalar.len == b->scalar.len &&
		       memcmp(a->scalar.text, b->scalar.text, a->scalar.len) == 0;
	case NODE_LIST:
		if (a->list.count != b->list.count)
			return false;
		for (size_t i = 0; i < a->list.count; i++)
			if (!node_identical(a->list.items[i], b->list.items[i]))
				return false;
		return true;
	case NODE_MAP:
		if (a->map.count != b->map.count)
			return false;
		for (size_t i = 0; i < a->map.count; i++) {
			const struct pair *p = &a->map.pairs[i], *q = &b->map.pairs[i];
			if (p->key_len != q->key_len || memcmp(p->key, q->key, p->key_len) != 0 ||
			    !node_identical(p->value, q->value))
				return false;
		}
		return true;
	}
	return false;
}

const char *node_type_name(enum node_type type)
{
	static const char *const names[] = {"null", "boolean", "number", "string", "list", "map"};
	return names[type];
}
