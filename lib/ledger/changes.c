// SPDX-License-Identifier: MIT
// What an upgrade changes in a ledger, entry by entry, in words. Never prints.
#include "ledger/changes.h"

#include <stdlib.h>

#include "base/mem.h"
#include "data/schema.h"

void changes_add(struct changes *changes, enum change_kind kind, const char *file, const char *list,
		 const char *name, const char *text)
{
	struct arena *arena = &changes->arena;
	changes->items = mem_room(changes->items, changes->count, 1, sizeof *changes->items);
	changes->items[changes->count++] =
		(struct change){.kind = kind,
				.file = arena_dup(arena, file),
				.list = list ? arena_dup(arena, list) : NULL,
				.name = name ? arena_dup(arena, name) : NULL,
				.text = arena_dup(arena, text)};
}

size_t changes_count(const struct changes *changes, enum change_kind kind)
{
	size_t count = 0;
	for (size_t i = 0; i < changes->count; i++)
		count += changes->items[i].kind == kind;
	return count;
}

void changes_clear(struct changes *changes)
{
	free(changes->items);
	arena_clear(&changes->arena);
	*changes = (struct changes){0};
}

void changes_value(const struct node *value, struct buf *out)
{
	const struct node *item;
	const struct pair *pair;
	if (!value)
		return;
	if (node_as_text(value)) {
		buf_add_visible(out, node_as_text(value), node_text_len(value));
	} else if (value->type == NODE_LIST) {
		for (size_t i = 0; (item = node_item(value, i)); i++) {
			buf_adds(out, i ? ", " : "[");
			changes_value(item, out);
		}
		buf_adds(out, node_item_count(value) ? "]" : "[]");
	} else if (value->type == NODE_MAP) {
		for (size_t i = 0; (pair = node_pair(value, i)); i++) {
			buf_adds(out, i ? ", " : "{");
			buf_add_visible(out, pair->key, pair->key_len);
			buf_adds(out, ": ");
			changes_value(pair->value, out);
		}
		buf_adds(out, node_pair_count(value) ? "}" : "{}");
	} else {
		buf_adds(out, value->type == NODE_NULL ? "null"
			      : node_is_true(value)    ? "true"
						       : "false");
	}
}

static void add_key(struct buf *out, const char *within, const struct pair *pair, const char *what)
{
	buf_addf(out, "%s%s", out->len ? "; " : "", within);
	buf_add_visible(out, pair->key, pair->key_len);
	buf_adds(out, what);
}

/* WITHIN is the way to both maps: "items.properties.". */
static void add_differences(const char *within, const struct node *older, const struct node *newer,
			    struct buf *out)
{
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(newer, i)); i++) {
		const struct node *was = node_get(older, pair->key);
		if (was && node_equal_json(was, pair->value))
			continue;
		if (was && was->type == NODE_MAP && pair->value->type == NODE_MAP) {
			struct buf deeper;
			buf_init(&deeper);
			buf_addf(&deeper, "%s%s.", within, pair->key);
			add_differences(deeper.data, was, pair->value, out);
			buf_clear(&deeper);
			continue;
		}
		add_key(out, within, pair, was || !older ? ": " : ": new, ");
		changes_value(was, out);
		if (was)
			buf_adds(out, " → ");
		changes_value(pair->value, out);
	}
	for (size_t i = 0; (pair = node_pair(older, i)); i++) {
		if (node_get(newer, pair->key))
			continue;
		add_key(out, within, pair, ": gone, was ");
		changes_value(pair->value, out);
	}
}

void changes_between(const struct node *older, const struct node *newer, struct buf *out)
{
	add_differences("", older, newer, out);
}
