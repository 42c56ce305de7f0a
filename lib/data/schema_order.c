// SPDX-License-Identifier: MIT
// What else a schema tells about values: the order of their keys, and the schema, type and
// annotations of a property.
#include "data/schema_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { MAX_CHAIN = 64 }; /* schemas referring to each other, when looking for an annotation */

/* The order of keys. */

struct rank {
	struct pair pair;
	bool has_order;
	int64_t order;     /* x-order */
	size_t appearance; /* in the schemas; SIZE_MAX: in none */
	size_t before;     /* where it was */
};

static bool order_of(const struct schema *schema, int64_t *order)
{
	for (unsigned i = 0; schema && i < MAX_CHAIN; i++, schema = schema->ref)
		if (schema->raw->type == NODE_MAP && node_integer(schema->raw, "x-order", order))
			return true;
	return false;
}

static int compare_ranks(const void *a, const void *b)
{
	const struct rank *p = a, *q = b;
	if (p->has_order != q->has_order)
		return p->has_order ? -1 : 1;
	if (p->has_order && p->order != q->order)
		return p->order < q->order ? -1 : 1;
	if (p->appearance != q->appearance)
		return p->appearance < q->appearance ? -1 : 1;
	return p->before < q->before ? -1 : p->before > q->before;
}

static void rank_by(struct rank *rank, const struct applied *applied)
{
	size_t seen = 0;
	rank->appearance = SIZE_MAX;
	for (size_t i = 0; i < applied->count; i++) {
		const struct node *raw = node_get(applied->items[i]->raw, "properties");
		const struct schema *property = property_find(&applied->items[i]->properties,
							      rank->pair.key, rank->pair.key_len);
		if (property && !rank->has_order)
			rank->has_order = order_of(property, &rank->order);
		for (size_t j = 0; property && rank->appearance == SIZE_MAX; j++)
			if (raw->map.pairs[j].value == property->raw)
				rank->appearance = seen + j;
		seen += node_count(raw);
	}
}

static void sort_keys(struct node *map, const struct applied *applied)
{
	size_t count = map->map.count;
	if (count < 2)
		return;
	struct rank *ranks = mem_array(count, sizeof *ranks);
	for (size_t i = 0; i < count; i++) {
		ranks[i].pair = map->map.pairs[i];
		ranks[i].before = i;
		rank_by(&ranks[i], applied);
	}
	qsort(ranks, count, sizeof *ranks, compare_ranks);
	for (size_t i = 0; i < count; i++)
		map->map.pairs[i] = ranks[i].pair;
	free(ranks);
}

static void order_value(const struct applied *applied, struct node *value)
{
	struct applied inside;
	if (!applied->count)
		return;
	for (size_t i = 0; value->type == NODE_MAP && i < value->map.count; i++) {
		applied_init_pair(&inside, applied, &value->map.pairs[i]);
		order_value(&inside, value->map.pairs[i].value);
		applied_clear(&inside);
	}
	for (size_t i = 0; value->type == NODE_LIST && i < value->list.count; i++) {
		applied_init_item(&inside, applied, i, value->list.items[i]);
		order_value(&inside, value->list.items[i]);
		applied_clear(&inside);
	}
	if (value->type == NODE_MAP)
		sort_keys(value, applied);
}

void schema_order(const struct schema *schema, struct node *instance)
{
	struct applied applied;
	applied_init(&applied, schema, instance);
	order_value(&applied, instance);
	applied_clear(&applied);
}

/* Looking things up. */

const struct schema *schema_property(const struct schema *schema, const char *name,
				     const struct node *instance)
{
	struct applied applied;
	applied_init(&applied, schema, instance);
	const struct schema *found = NULL;
	for (size_t i = 0; i < applied.count && !found; i++)
		found = property_find(&applied.items[i]->properties, name, strlen(name));
	applied_clear(&applied);
	return found;
}

const struct schema *schema_items(const struct schema *schema)
{
	struct applied applied;
	applied_init(&applied, schema, NULL);
	const struct schema *found = NULL;
	for (size_t i = 0; i < applied.count && !found; i++)
		found = applied.items[i]->items;
	applied_clear(&applied);
	return found;
}

static unsigned types_of(const struct schema *schema, unsigned depth)
{
	if (!schema || depth > MAX_CHAIN)
		return 0;
	if (schema->types)
		return schema->types;
	unsigned types = types_of(schema->ref, depth + 1);
	for (size_t i = 0; i < schema->all_of.count && !types; i++)
		types = types_of(schema->all_of.items[i], depth + 1);
	return types;
}

const char *schema_type(const struct schema *schema)
{
	static const char *const names[] = {"null",   "boolean", "integer", "number",
					    "string", "array",   "object"};
	unsigned types = types_of(schema, 0);
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (types == 1u << i)
			return names[i];
	return NULL;
}

const struct node *schema_annotation(const struct schema *schema, const char *keyword)
{
	for (unsigned i = 0; schema && i < MAX_CHAIN; i++, schema = schema->ref) {
		const struct node *value = node_get(schema->raw, keyword);
		if (value)
			return value;
	}
	return NULL;
}

void schema_titles(const struct schema *schema, const struct node **title, const struct node **more)
{
	*title = *more = NULL;
	for (unsigned i = 0; schema && i < MAX_CHAIN && !*title && !*more; i++) {
		*title = node_get(schema->raw, "title");
		*more = node_get(schema->raw, "x-title");
		schema = schema->ref;
	}
}
