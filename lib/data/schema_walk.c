// SPDX-License-Identifier: MIT
// Steps through a value and reports the annotations ("x-…") that its schemas have. Checks nothing.
#include "data/schema_parts.h"

struct walk {
	const char *const *keywords;
	size_t count;
	schema_noted noted;
	void *context;
};

/* Reports the annotations of the schemas that apply to the value at PLACE. */
static bool tell(const struct walk *walk, const struct applied *applied,
		 const struct schema_place *place)
{
	for (size_t i = 0; i < applied->count; i++) {
		const struct schema *schema = applied->items[i];
		for (size_t j = 0; schema->has_notes && j < walk->count; j++) {
			const struct node *note = node_get(schema->raw, walk->keywords[j]);
			if (note &&
			    !walk->noted(walk->context, place, j, note, schema->resource->file))
				return false;
		}
	}
	return true;
}

static bool walk_key(const struct walk *walk, const struct applied *applied,
		     const struct schema_place *map, const struct pair *pair)
{
	const struct node name = {.type = NODE_STRING,
				  .line = pair->line,
				  .column = pair->column,
				  .scalar = {.text = pair->key, .len = pair->key_len}};
	const struct schema_place place = {map, &name, pair};
	bool goes_on = true;
	for (size_t i = 0; goes_on && i < applied->count; i++) {
		const struct schema *names = applied->items[i]->property_names;
		struct applied inside;
		if (!names || !names->leads_to_notes)
			continue;
		applied_init(&inside, names, &name);
		goes_on = tell(walk, &inside, &place);
		applied_clear(&inside);
	}
	return goes_on;
}

static bool leads_on(const struct applied *applied)
{
	for (size_t i = 0; i < applied->count; i++)
		if (applied->items[i]->leads_to_notes)
			return true;
	return false;
}

static bool walk_value(const struct walk *walk, const struct applied *applied,
		       const struct schema_place *place)
{
	const struct node *value = place->value;
	struct applied inside;
	if (!leads_on(applied))
		return true;
	bool goes_on = tell(walk, applied, place);
	for (size_t i = 0; value->type == NODE_MAP && goes_on && i < value->map.count; i++) {
		const struct pair *pair = &value->map.pairs[i];
		const struct schema_place next = {place, pair->value, pair};
		applied_init_pair(&inside, applied, pair);
		goes_on = walk_key(walk, applied, place, pair) && walk_value(walk, &inside, &next);
		applied_clear(&inside);
	}
	for (size_t i = 0; value->type == NODE_LIST && goes_on && i < value->list.count; i++) {
		const struct schema_place next = {place, value->list.items[i], NULL};
		applied_init_item(&inside, applied, i, next.value);
		goes_on = walk_value(walk, &inside, &next);
		applied_clear(&inside);
	}
	return goes_on;
}

bool schema_walk(const struct schema *schema, const struct node *instance,
		 const char *const *keywords, size_t count, schema_noted noted, void *context)
{
	const struct walk walk = {keywords, count, noted, context};
	const struct schema_place root = {NULL, instance, NULL};
	struct applied applied;
	applied_init(&applied, schema, instance);
	bool whole = walk_value(&walk, &applied, &root);
	applied_clear(&applied);
	return whole;
}
