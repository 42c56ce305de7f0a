// SPDX-License-Identifier: MIT
// Any values at all: canonical text of valid UTF-8 reads back as it was, by both readers; anything
// else is refused, not written.
#include "text/emit.h"
#include "../same_reading.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One byte says what comes next, strings run to the next 0xff. */
static struct node *take_value(struct arena *arena, const uint8_t **at, const uint8_t *end,
			       int depth)
{
	if (*at == end)
		return node_null(arena);
	uint8_t kind = *(*at)++;
	if (depth < 20 && kind % 8 < 2) {
		struct node *node = kind % 8 ? node_map(arena) : node_list(arena);
		for (int count = kind / 8 % 8; count; count--) {
			struct node *value = take_value(arena, at, end, depth + 1);
			if (node->type == NODE_LIST) {
				node_push(arena, node, value);
				continue;
			}
			struct node *key = take_value(arena, at, end, 20);
			char *name = arena_printf(
				arena, "%d%.*s", count,
				key->type == NODE_STRING ? (int)(node_text_len(key) % 200) : 0,
				key->type == NODE_STRING ? node_as_text(key) : "");
			node_set(arena, node, kind & 64 ? name + 1 : name, value);
		}
		return node;
	}
	if (kind % 8 == 2)
		return node_int(arena, kind - 100);
	if (kind % 8 == 3)
		return kind & 64 ? node_null(arena) : node_bool(arena, kind & 32);
	const uint8_t *stop = memchr(*at, 0xff, (size_t)(end - *at));
	struct node *string =
		node_string_len(arena, (const char *)*at, (size_t)((stop ? stop : end) - *at));
	*at = stop ? stop + 1 : end;
	return string;
}

static bool all_utf8(const struct node *node)
{
	if (node->type == NODE_STRING)
		return utf8_check(node_as_text(node), node_text_len(node)) == node_text_len(node);
	const struct node *item;
	const struct pair *pair;
	for (size_t i = 0; (item = node_item(node, i)); i++)
		if (!all_utf8(item))
			return false;
	for (size_t i = 0; (pair = node_pair(node, i)); i++)
		if (utf8_check(pair->key, pair->key_len) < pair->key_len || !all_utf8(pair->value))
			return false;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	struct buf text;
	struct err err = ERR_INIT;
	buf_init(&text);
	struct node *root = node_map(&arena);
	const uint8_t *at = data;
	node_add(&arena, root, "value", take_value(&arena, &at, data + size, 0));
	emit_document(&text, root);
	bool good = all_utf8(root);
	if (emit_check(text.data, text.len, root, &err) != good ||
	    (good && !same_reading(text.data, text.len, true))) {
		fprintf(stderr, "%s\n%s", err.text ? err.text : "not as expected", text.data);
		abort();
	}
	err_clear(&err);
	buf_clear(&text);
	arena_clear(&arena);
	return 0;
}
