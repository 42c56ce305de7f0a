// SPDX-License-Identifier: MIT
// What schemas say beyond valid or not: the order of keys, the schema of a property, its type and
// annotations.
#include "data/schema_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { MAX_CHAIN = 64 }; /* schemas referring to each other, when looking for an annotation */

/* Which schemas apply to a value. */

static void applied_add(struct applied *applied, const struct schema *schema,
			const struct node *instance);

static void add_all(struct applied *applied, const struct schema_list *list,
		    const struct node *instance)
{
	for (size_t i = 0; i < list->count; i++)
		applied_add(applied, list->items[i], instance);
}

/* A branch that has no verdict does not hold: whoever checks the value hears of it. */
static bool holds(const struct schema *schema, const struct node *instance)
{
	struct err err = ERR_INIT;
	bool yes = !instance || schema_decide(schema, instance, &err) == SCHEMA_YES;
	err_clear(&err);
	return yes;
}

static void add_holding(struct applied *applied, const struct schema_list *list,
			const struct node *instance)
{
	for (size_t i = 0; i < list->count; i++)
		if (holds(list->items[i], instance))
			applied_add(applied, list->items[i], instance);
}

static void add_conditional(struct applied *applied, const struct schema *schema,
			    const struct node *instance)
{
	bool met = holds(schema->condition, instance);
	if (met) {
		applied_add(applied, schema->condition, instance);
		applied_add(applied, schema->consequence, instance);
	}
	if (!met || !instance)
		applied_add(applied, schema->alternative, instance);
}

static void applied_add(struct applied *applied, const struct schema *schema,
			const struct node *instance)
{
	if (!schema || schema->raw->type != NODE_MAP)
		return;
	for (size_t i = 0; i < applied->count; i++)
		if (applied->items[i] == schema)
			return;
	applied->items = mem_room(applied->items, applied->count, 1, sizeof *applied->items);
	applied->items[applied->count++] = schema;
	applied_add(applied, schema->ref, instance);
	applied_add(applied, schema->dynamic_ref, instance);
	add_all(applied, &schema->all_of, instance);
	if (schema->condition)
		add_conditional(applied, schema, instance);
	add_holding(applied, &schema->any_of, instance);
	add_holding(applied, &schema->one_of, instance);
	for (size_t i = 0; i < schema->dependent_schemas.count; i++) {
		const struct property *rule = &schema->dependent_schemas.items[i];
		if (!instance || node_get_len(instance, rule->name, rule->len))
			applied_add(applied, rule->schema, instance);
	}
}

void applied_init(struct applied *applied, const struct schema *schema, const struct node *instance)
{
	*applied = (struct applied){0};
	applied_add(applied, schema, instance);
}

static void applied_join(struct applied *applied, const struct schema *schema,
			 const struct node *instance)
{
	applied_add(applied, schema, instance);
}

void applied_clear(struct applied *applied)
{
	free(applied->items);
	*applied = (struct applied){0};
}

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

static bool pattern_fits(const struct pattern *pattern, const struct pair *pair)
{
	struct err err = ERR_INIT;
	bool fits = pattern_match(pattern, pair->key, pair->key_len, NULL, NULL, &err) ==
		    PATTERN_YES;
	err_clear(&err);
	return fits;
}

/* Adds the schemas SCHEMA has for the value of PAIR to APPLIED. */
static bool join_property(struct applied *applied, const struct schema *schema,
			  const struct pair *pair)
{
	const struct schema *property =
		property_find(&schema->properties, pair->key, pair->key_len);
	bool found = property;
	applied_join(applied, property, pair->value);
	for (size_t i = 0; i < schema->pattern_properties.count; i++) {
		if (!pattern_fits(schema->pattern_properties.items[i].pattern, pair))
			continue;
		found = true;
		applied_join(applied, schema->pattern_properties.items[i].schema, pair->value);
	}
	if (!found && schema->additional_properties) {
		applied_join(applied, schema->additional_properties, pair->value);
		found = true;
	}
	return found;
}

static void join_item(struct applied *applied, const struct schema *schema, size_t index,
		      const struct node *item)
{
	if (index < schema->prefix_items.count)
		applied_join(applied, schema->prefix_items.items[index], item);
	else
		applied_join(applied, schema->items, item);
}

static void order_value(const struct applied *applied, struct node *value);

static void order_pair(const struct applied *applied, const struct pair *pair)
{
	struct applied inside = {0};
	bool found = false;
	for (size_t i = 0; i < applied->count; i++)
		found |= join_property(&inside, applied->items[i], pair);
	for (size_t i = 0; i < applied->count && !found; i++)
		applied_join(&inside, applied->items[i]->unevaluated_properties, pair->value);
	order_value(&inside, pair->value);
	applied_clear(&inside);
}

static void order_item(const struct applied *applied, size_t index, struct node *item)
{
	struct applied inside = {0};
	for (size_t i = 0; i < applied->count; i++)
		join_item(&inside, applied->items[i], index, item);
	order_value(&inside, item);
	applied_clear(&inside);
}

static void order_value(const struct applied *applied, struct node *value)
{
	if (!applied->count)
		return;
	if (value->type == NODE_MAP) {
		for (size_t i = 0; i < value->map.count; i++)
			order_pair(applied, &value->map.pairs[i]);
		sort_keys(value, applied);
	} else if (value->type == NODE_LIST) {
		for (size_t i = 0; i < value->list.count; i++)
			order_item(applied, i, value->list.items[i]);
	}
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
