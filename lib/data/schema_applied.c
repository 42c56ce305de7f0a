// SPDX-License-Identifier: MIT
// Finds the schemas that apply to a value and to what is in it: through references and the branches
// that the value satisfies. Does not check what they demand.
#include "data/schema_parts.h"

#include <stdlib.h>

#include "base/mem.h"

static void applied_add(struct applied *applied, const struct schema *schema,
			const struct node *instance);

static void add_all(struct applied *applied, const struct schema_list *list,
		    const struct node *instance)
{
	for (size_t i = 0; i < list->count; i++)
		applied_add(applied, list->items[i], instance);
}

/* A branch that a limit leaves undecided counts as not satisfied: whoever checks the value gets the
 * error. */
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

void applied_clear(struct applied *applied)
{
	free(applied->items);
	*applied = (struct applied){0};
}

/* A limit counts as "no", as in holds(). */
static bool pattern_fits(const struct pattern *pattern, const struct pair *pair)
{
	struct err err = ERR_INIT;
	bool fits = pattern_match(pattern, pair->key, pair->key_len, NULL, NULL, &err) ==
		    PATTERN_YES;
	err_clear(&err);
	return fits;
}

/* Adds the schemas SCHEMA has for the value of PAIR; false when it has none. */
static bool add_property(struct applied *inside, const struct schema *schema,
			 const struct pair *pair)
{
	const struct schema *property =
		property_find(&schema->properties, pair->key, pair->key_len);
	bool found = property;
	applied_add(inside, property, pair->value);
	for (size_t i = 0; i < schema->pattern_properties.count; i++) {
		if (!pattern_fits(schema->pattern_properties.items[i].pattern, pair))
			continue;
		found = true;
		applied_add(inside, schema->pattern_properties.items[i].schema, pair->value);
	}
	if (!found && schema->additional_properties) {
		applied_add(inside, schema->additional_properties, pair->value);
		found = true;
	}
	return found;
}

void applied_init_pair(struct applied *inside, const struct applied *map, const struct pair *pair)
{
	bool found = false;
	*inside = (struct applied){0};
	for (size_t i = 0; i < map->count; i++)
		found |= add_property(inside, map->items[i], pair);
	for (size_t i = 0; i < map->count && !found; i++)
		applied_add(inside, map->items[i]->unevaluated_properties, pair->value);
}

void applied_init_item(struct applied *inside, const struct applied *list, size_t index,
		       const struct node *item)
{
	*inside = (struct applied){0};
	for (size_t i = 0; i < list->count; i++) {
		const struct schema_list *prefix = &list->items[i]->prefix_items;
		applied_add(inside,
			    index < prefix->count ? prefix->items[index] : list->items[i]->items,
			    item);
	}
}
