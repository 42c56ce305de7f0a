// SPDX-License-Identifier: MIT
// Compiles JSON Schemas: documents into schemas, references into pointers.
#include "data/schema_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "data/uri.h"

static const char dialect[] = "https://json-schema.org/draft/2020-12/schema";

enum { MAX_CHAIN = 500 }; /* schemas that apply to one value by referring to each other */

/* URIs are few: a list will do. */
struct name {
	struct name *next;
	const char *uri;
	struct resource *resource;
};

struct slot {
	const struct node *raw;
	struct schema *schema;
};

struct schema_set {
	schema_loader load;
	void *context;
	unsigned flags;
	struct arena arena;
	struct name *names;
	/* Which schema a node of a document was compiled to: open addressing. */
	struct slot *slots;
	size_t slot_count, slot_used;
	struct pattern **patterns;
	size_t pattern_count;
	struct decimal **decimals;
	size_t decimal_count;
};

struct schema_set *schema_set_new(schema_loader load, void *context)
{
	struct schema_set *set = mem_alloc(sizeof *set);
	set->load = load;
	set->context = context;
	return set;
}

void schema_set_flags(struct schema_set *set, unsigned flags)
{
	set->flags = flags;
}

void schema_set_free(struct schema_set *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < set->pattern_count; i++)
		pattern_free(set->patterns[i]);
	for (size_t i = 0; i < set->decimal_count; i++)
		decimal_free(set->decimals[i]);
	free(set->patterns);
	free(set->decimals);
	free(set->slots);
	arena_clear(&set->arena);
	free(set);
}

static struct pattern *keep_pattern(struct schema_set *set, struct pattern *pattern)
{
	set->patterns = mem_room(set->patterns, set->pattern_count, 1, sizeof *set->patterns);
	return set->patterns[set->pattern_count++] = pattern;
}

static struct decimal *keep_decimal(struct schema_set *set, struct decimal *decimal)
{
	set->decimals = mem_room(set->decimals, set->decimal_count, 1, sizeof *set->decimals);
	return set->decimals[set->decimal_count++] = decimal;
}

/* Which schema a node is. */

static struct slot *slot_find(const struct schema_set *set, const struct node *raw)
{
	size_t at = (size_t)((uintptr_t)raw >> 4) * 0x9e3779b97f4a7c15u >> 20;
	while (set->slots[at & (set->slot_count - 1)].raw &&
	       set->slots[at & (set->slot_count - 1)].raw != raw)
		at++;
	return &set->slots[at & (set->slot_count - 1)];
}

static void remember(struct schema_set *set, struct schema *schema)
{
	if (set->slot_used * 2 >= set->slot_count) {
		struct slot *old = set->slots;
		size_t old_count = set->slot_count;
		set->slot_count = old_count ? old_count * 2 : 256;
		set->slots = mem_array(set->slot_count, sizeof *set->slots);
		for (size_t i = 0; i < old_count; i++)
			if (old[i].raw)
				*slot_find(set, old[i].raw) = old[i];
		free(old);
	}
	struct slot *slot = slot_find(set, schema->raw);
	set->slot_used += !slot->raw;
	*slot = (struct slot){schema->raw, schema};
}

static struct schema *recall(const struct schema_set *set, const struct node *raw)
{
	return set->slot_count ? slot_find(set, raw)->schema : NULL;
}

/* Resources. */

static struct resource *find_resource(const struct schema_set *set, const char *uri)
{
	for (const struct name *name = set->names; name; name = name->next)
		if (strcmp(name->uri, uri) == 0)
			return name->resource;
	return NULL;
}

static struct resource *add_resource(struct schema_set *set, const char *uri, const char *file)
{
	struct resource *resource = arena_alloc(&set->arena, sizeof *resource);
	resource->uri = arena_dup(&set->arena, uri);
	resource->file = file;
	struct name *name = arena_alloc(&set->arena, sizeof *name);
	*name = (struct name){set->names, resource->uri, resource};
	set->names = name;
	return resource;
}

static const struct schema_anchor *find_anchor(const struct resource *resource, const char *name)
{
	for (const struct schema_anchor *anchor = resource->anchors; anchor; anchor = anchor->next)
		if (strcmp(anchor->name, name) == 0)
			return anchor;
	return NULL;
}

/* Compiling. Every function below gets the PAIR of a schema's map it is to
 * compile into FIELD. */

struct compiler {
	struct schema_set *set;
	struct resource *resource;
	struct err *err;
};

typedef bool (*keyword_compile)(struct compiler *compiler, struct schema *schema, void *field,
				const struct pair *pair);

static struct schema *compile(struct compiler *compiler, struct schema *parent,
			      const struct node *raw);

static bool refuse(struct compiler *compiler, const struct node *at, const char *keyword,
		   const char *due)
{
	err_set(compiler->err, STATUS_DAMAGED, "%s: must be %s", keyword, due);
	return err_place(compiler->err, compiler->resource->file, at->line, at->column);
}

static bool compile_nothing(struct compiler *compiler, struct schema *schema, void *field,
			    const struct pair *pair)
{
	(void)compiler, (void)schema, (void)field, (void)pair;
	return true;
}

static bool compile_text(struct compiler *compiler, struct schema *schema, void *field,
			 const struct pair *pair)
{
	(void)schema, (void)field;
	return pair->value->type == NODE_STRING ||
	       refuse(compiler, pair->value, pair->key, "a string");
}

static bool read_flag(struct compiler *compiler, const struct pair *pair, bool *flag)
{
	if (pair->value->type != NODE_BOOL)
		return refuse(compiler, pair->value, pair->key, "true or false");
	*flag = pair->value->boolean;
	return true;
}

static bool compile_flag(struct compiler *compiler, struct schema *schema, void *field,
			 const struct pair *pair)
{
	(void)schema;
	return read_flag(compiler, pair, field);
}

static bool compile_boolean(struct compiler *compiler, struct schema *schema, void *field,
			    const struct pair *pair)
{
	(void)schema, (void)field;
	bool ignored;
	return read_flag(compiler, pair, &ignored);
}

static bool compile_dialect(struct compiler *compiler, struct schema *schema, void *field,
			    const struct pair *pair)
{
	if (!compile_text(compiler, schema, field, pair))
		return false;
	if (!(compiler->set->flags & SCHEMA_STRICT) || node_is_string(pair->value, dialect))
		return true;
	return refuse(compiler, pair->value, pair->key, dialect);
}

static bool compile_schema(struct compiler *compiler, struct schema *schema, void *field,
			   const struct pair *pair)
{
	return (*(struct schema **)field = compile(compiler, schema, pair->value));
}

static bool compile_applied(struct compiler *compiler, struct schema *schema, void *field,
			    const struct pair *pair)
{
	schema->has_applied = true;
	return compile_schema(compiler, schema, field, pair);
}

static bool compile_schemas(struct compiler *compiler, struct schema *schema, void *field,
			    const struct pair *pair)
{
	struct schema_list *list = field;
	const struct node *raw = pair->value;
	if (raw->type != NODE_LIST || !raw->list.count)
		return refuse(compiler, raw, pair->key, "a list of schemas");
	list->items = arena_alloc(&compiler->set->arena, raw->list.count * sizeof *list->items);
	for (size_t i = 0; i < raw->list.count; i++) {
		list->items[i] = compile(compiler, schema, raw->list.items[i]);
		if (!list->items[i])
			return false;
	}
	list->count = raw->list.count;
	return true;
}

static bool compile_applied_list(struct compiler *compiler, struct schema *schema, void *field,
				 const struct pair *pair)
{
	schema->has_applied = true;
	return compile_schemas(compiler, schema, field, pair);
}

static int compare_names(const char *a, size_t a_len, const char *b, size_t b_len)
{
	if (a_len != b_len)
		return a_len < b_len ? -1 : 1;
	return memcmp(a, b, a_len);
}

static int compare_properties(const void *a, const void *b)
{
	const struct property *p = a, *q = b;
	return compare_names(p->name, p->len, q->name, q->len);
}

struct schema *property_find(const struct property_list *list, const char *name, size_t len)
{
	size_t low = 0, high = list->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct property *property = &list->items[middle];
		int order = compare_names(name, len, property->name, property->len);
		if (order == 0)
			return property->schema;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static bool compile_properties(struct compiler *compiler, struct schema *schema, void *field,
			       const struct pair *pair)
{
	struct property_list *list = field;
	const struct node *raw = pair->value;
	if (raw->type != NODE_MAP)
		return refuse(compiler, raw, pair->key, "a map of schemas");
	list->items = arena_alloc(&compiler->set->arena, raw->map.count * sizeof *list->items);
	for (size_t i = 0; i < raw->map.count; i++) {
		const struct pair *property = &raw->map.pairs[i];
		struct schema *compiled = compile(compiler, schema, property->value);
		if (!compiled)
			return false;
		list->items[i] = (struct property){property->key, property->key_len, compiled};
	}
	list->count = raw->map.count;
	if (list->count)
		qsort(list->items, list->count, sizeof *list->items, compare_properties);
	return true;
}

static bool compile_dependent_schemas(struct compiler *compiler, struct schema *schema, void *field,
				      const struct pair *pair)
{
	schema->has_applied = true;
	return compile_properties(compiler, schema, field, pair);
}

static const struct pattern *new_pattern(struct compiler *compiler, const char *text, size_t len,
					 unsigned line, unsigned column)
{
	struct pattern *pattern = pattern_new(text, len, false, compiler->err);
	if (pattern)
		return keep_pattern(compiler->set, pattern);
	compiler->err->status = STATUS_DAMAGED;
	err_place(compiler->err, compiler->resource->file, line, column);
	return NULL;
}

static bool compile_pattern(struct compiler *compiler, struct schema *schema, void *field,
			    const struct pair *pair)
{
	const struct node *raw = pair->value;
	return compile_text(compiler, schema, field, pair) &&
	       (*(const struct pattern **)field = new_pattern(
			compiler, raw->scalar.text, raw->scalar.len, raw->line, raw->column));
}

static bool compile_patterns(struct compiler *compiler, struct schema *schema, void *field,
			     const struct pair *pair)
{
	struct pattern_list *list = field;
	const struct node *raw = pair->value;
	if (raw->type != NODE_MAP)
		return refuse(compiler, raw, pair->key, "a map of schemas");
	list->items = arena_alloc(&compiler->set->arena, raw->map.count * sizeof *list->items);
	for (size_t i = 0; i < raw->map.count; i++) {
		const struct pair *property = &raw->map.pairs[i];
		struct pattern_property *item = &list->items[i];
		item->pattern = new_pattern(compiler, property->key, property->key_len,
					    property->line, property->column);
		if (!item->pattern || !(item->schema = compile(compiler, schema, property->value)))
			return false;
	}
	list->count = raw->map.count;
	return true;
}

static bool compile_count(struct compiler *compiler, struct schema *schema, void *field,
			  const struct pair *pair)
{
	(void)schema;
	const struct node *raw = pair->value;
	struct decimal *value = decimal_new(0);
	int64_t count = 0;
	bool ok = raw->type == NODE_NUMBER &&
		  decimal_set(value, raw->scalar.text, raw->scalar.len) &&
		  decimal_is_integer(value) && decimal_sign(value) >= 0;
	if (ok && !decimal_ceil(value, &count))
		count = INT64_MAX;
	decimal_free(value);
	*(size_t *)field = (size_t)count;
	return ok || refuse(compiler, raw, pair->key, "a whole number, 0 or more");
}

static bool compile_bound(struct compiler *compiler, struct schema *schema, void *field,
			  const struct pair *pair)
{
	const struct node *raw = pair->value;
	struct bound *bound = arena_alloc(&compiler->set->arena, sizeof *bound);
	bound->literal = raw->scalar.text;
	bound->value = keep_decimal(compiler->set, decimal_new(0));
	if (raw->type != NODE_NUMBER ||
	    !decimal_set(bound->value, raw->scalar.text, raw->scalar.len))
		return refuse(compiler, raw, pair->key, "a number");
	if (field == &schema->bounds[BOUND_MULTIPLE] && decimal_sign(bound->value) <= 0)
		return refuse(compiler, raw, pair->key, "a number above 0");
	bound->is_small = decimal_is_integer(bound->value) &&
			  decimal_ceil(bound->value, &bound->small);
	*(const struct bound **)field = bound;
	schema->has_bounds = true;
	return true;
}

static unsigned type_bit(const struct node *name)
{
	static const char *const names[] = {"null",   "boolean", "integer", "number",
					    "string", "array",   "object"};
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (node_is_string(name, names[i]))
			return 1u << i;
	return 0;
}

static bool compile_type(struct compiler *compiler, struct schema *schema, void *field,
			 const struct pair *pair)
{
	static const char due[] =
		"null, boolean, integer, number, string, array or object, or a list of these";
	(void)field;
	const struct node *raw = pair->value;
	if (raw->type != NODE_LIST) {
		schema->types = type_bit(raw);
		return schema->types || refuse(compiler, raw, pair->key, due);
	}
	for (size_t i = 0; i < raw->list.count; i++) {
		unsigned bit = type_bit(raw->list.items[i]);
		if (!bit || schema->types & bit)
			return refuse(compiler, raw->list.items[i], pair->key, due);
		schema->types |= bit;
	}
	return schema->types || refuse(compiler, raw, pair->key, due);
}

static bool compile_constant(struct compiler *compiler, struct schema *schema, void *field,
			     const struct pair *pair)
{
	(void)compiler, (void)schema;
	*(const struct node **)field = pair->value;
	return true;
}

static bool compile_list(struct compiler *compiler, struct schema *schema, void *field,
			 const struct pair *pair)
{
	(void)schema;
	*(const struct node **)field = pair->value;
	return pair->value->type == NODE_LIST || refuse(compiler, pair->value, pair->key, "a list");
}

static bool is_list_of_names(const struct node *raw)
{
	if (raw->type != NODE_LIST)
		return false;
	for (size_t i = 0; i < raw->list.count; i++)
		if (raw->list.items[i]->type != NODE_STRING)
			return false;
	size_t earlier, later;
	return schema_items_differ(raw, &earlier, &later);
}

static bool compile_names(struct compiler *compiler, struct schema *schema, void *field,
			  const struct pair *pair)
{
	(void)schema;
	*(const struct node **)field = pair->value;
	return is_list_of_names(pair->value) ||
	       refuse(compiler, pair->value, pair->key, "a list of different names");
}

static bool compile_name_lists(struct compiler *compiler, struct schema *schema, void *field,
			       const struct pair *pair)
{
	(void)schema;
	const struct node *raw = pair->value;
	*(const struct node **)field = raw;
	if (raw->type != NODE_MAP)
		return refuse(compiler, raw, pair->key, "a map of lists of names");
	for (size_t i = 0; i < raw->map.count; i++)
		if (!is_list_of_names(raw->map.pairs[i].value))
			return refuse(compiler, raw->map.pairs[i].value, pair->key,
				      "a map of lists of different names");
	return true;
}

static bool compile_format(struct compiler *compiler, struct schema *schema, void *field,
			   const struct pair *pair)
{
	if (!compile_text(compiler, schema, field, pair))
		return false;
	if (!(compiler->set->flags & SCHEMA_ASSERT_FORMAT))
		return true;
	schema->format = format_find(pair->value->scalar.text);
	return schema->format || refuse(compiler, pair->value, pair->key, "a format kefu knows");
}

static bool compile_ref(struct compiler *compiler, struct schema *schema, void *field,
			const struct pair *pair)
{
	schema->has_applied = true;
	return compile_text(compiler, schema, field, pair);
}

static bool compile_anchor(struct compiler *compiler, struct schema *schema, void *field,
			   const struct pair *pair)
{
	if (!compile_text(compiler, schema, field, pair))
		return false;
	if (!pair->value->scalar.len || strpbrk(pair->value->scalar.text, "/#%"))
		return refuse(compiler, pair->value, pair->key, "a plain name");
	const struct schema_anchor *same =
		find_anchor(compiler->resource, pair->value->scalar.text);
	if (same && same->schema != schema)
		return refuse(compiler, pair->value, pair->key, "the only one of its name");
	struct schema_anchor *anchor = arena_alloc(&compiler->set->arena, sizeof *anchor);
	*anchor = (struct schema_anchor){compiler->resource->anchors, pair->value->scalar.text,
					 schema, strcmp(pair->key, "$dynamicAnchor") == 0};
	compiler->resource->anchors = anchor;
	return true;
}

static bool compile_order(struct compiler *compiler, struct schema *schema, void *field,
			  const struct pair *pair)
{
	(void)field;
	int64_t ignored;
	return node_integer(schema->raw, pair->key, &ignored) ||
	       refuse(compiler, pair->value, pair->key, "a whole number");
}

static bool compile_titles(struct compiler *compiler, struct schema *schema, void *field,
			   const struct pair *pair)
{
	const struct pair *one;
	bool texts = node_pair_count(pair->value);
	(void)schema, (void)field;
	for (size_t i = 0; (one = node_pair(pair->value, i)); i++)
		texts = texts && one->value->type == NODE_STRING;
	return texts || refuse(compiler, pair->value, pair->key, "a map of texts by language");
}

/* A boolean is shown as yes or no. */
static bool is_value(const struct schema *schema, const char *value)
{
	return node_is_string(node_get(schema->raw, "type"), "boolean")
		       ? strcmp(value, "yes") == 0 || strcmp(value, "no") == 0
		       : node_holds(node_get(schema->raw, "enum"), value);
}

static bool compile_values(struct compiler *compiler, struct schema *schema, void *field,
			   const struct pair *pair)
{
	const struct pair *one;
	(void)field;
	if (!node_pair_count(pair->value))
		return refuse(compiler, pair->value, pair->key, "a map of titles by value");
	for (size_t i = 0; (one = node_pair(pair->value, i)); i++) {
		if (!is_value(schema, one->key))
			return refuse(compiler, one->value, pair->key,
				      "a map of titles by values that enum has, or by yes and no");
		if (!compile_titles(compiler, schema, field, one))
			return false;
	}
	return true;
}

struct keyword {
	const char *name;
	keyword_compile compile;
	size_t field;
};

#define FIELD(name) offsetof(struct schema, name)

static const struct keyword keywords[] = {
	{"$schema", compile_dialect, 0},
	{"$id", compile_text, 0},
	{"$anchor", compile_anchor, 0},
	{"$dynamicAnchor", compile_anchor, 0},
	{"$ref", compile_ref, 0},
	{"$dynamicRef", compile_ref, 0},
	{"$defs", compile_properties, FIELD(definitions)},
	{"$comment", compile_text, 0},
	{"$vocabulary", compile_nothing, 0},
	{"type", compile_type, 0},
	{"const", compile_constant, FIELD(constant)},
	{"enum", compile_list, FIELD(choices)},
	{"minimum", compile_bound, FIELD(bounds[BOUND_MINIMUM])},
	{"maximum", compile_bound, FIELD(bounds[BOUND_MAXIMUM])},
	{"exclusiveMinimum", compile_bound, FIELD(bounds[BOUND_ABOVE])},
	{"exclusiveMaximum", compile_bound, FIELD(bounds[BOUND_BELOW])},
	{"multipleOf", compile_bound, FIELD(bounds[BOUND_MULTIPLE])},
	{"minLength", compile_count, FIELD(min_length)},
	{"maxLength", compile_count, FIELD(max_length)},
	{"pattern", compile_pattern, FIELD(pattern)},
	{"format", compile_format, 0},
	{"contentEncoding", compile_text, 0},
	{"contentMediaType", compile_text, 0},
	{"contentSchema", compile_schema, FIELD(content_schema)},
	{"minItems", compile_count, FIELD(min_items)},
	{"maxItems", compile_count, FIELD(max_items)},
	{"uniqueItems", compile_flag, FIELD(unique_items)},
	{"prefixItems", compile_schemas, FIELD(prefix_items)},
	{"items", compile_schema, FIELD(items)},
	{"contains", compile_schema, FIELD(contains)},
	{"minContains", compile_count, FIELD(min_contains)},
	{"maxContains", compile_count, FIELD(max_contains)},
	{"unevaluatedItems", compile_schema, FIELD(unevaluated_items)},
	{"minProperties", compile_count, FIELD(min_properties)},
	{"maxProperties", compile_count, FIELD(max_properties)},
	{"required", compile_names, FIELD(required)},
	{"dependentRequired", compile_name_lists, FIELD(dependent_required)},
	{"properties", compile_properties, FIELD(properties)},
	{"patternProperties", compile_patterns, FIELD(pattern_properties)},
	{"additionalProperties", compile_schema, FIELD(additional_properties)},
	{"propertyNames", compile_schema, FIELD(property_names)},
	{"unevaluatedProperties", compile_schema, FIELD(unevaluated_properties)},
	{"allOf", compile_applied_list, FIELD(all_of)},
	{"anyOf", compile_applied_list, FIELD(any_of)},
	{"oneOf", compile_applied_list, FIELD(one_of)},
	{"not", compile_applied, FIELD(negated)},
	{"if", compile_applied, FIELD(condition)},
	{"then", compile_applied, FIELD(consequence)},
	{"else", compile_applied, FIELD(alternative)},
	{"dependentSchemas", compile_dependent_schemas, FIELD(dependent_schemas)},
	{"title", compile_text, 0},
	{"description", compile_text, 0},
	{"default", compile_nothing, 0},
	{"examples", compile_list, FIELD(examples)},
	{"deprecated", compile_boolean, 0},
	{"readOnly", compile_boolean, 0},
	{"writeOnly", compile_boolean, 0},
	{"x-order", compile_order, 0},
	{"x-title", compile_titles, 0},
	{"x-values", compile_values, 0},
};

static const struct keyword *find_keyword(const char *name)
{
	for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
		if (strcmp(keywords[i].name, name) == 0)
			return &keywords[i];
	return NULL;
}

static bool compile_keyword(struct compiler *compiler, struct schema *schema,
			    const struct pair *pair)
{
	const struct keyword *keyword = find_keyword(pair->key);
	if (keyword)
		return keyword->compile(compiler, schema, (char *)schema + keyword->field, pair);
	if (strncmp(pair->key, "x-", 2) == 0)
		return schema->has_notes = schema->leads_to_notes = true;
	if (!(compiler->set->flags & SCHEMA_STRICT))
		return true;
	err_set(compiler->err, STATUS_DAMAGED, "%s: unknown keyword", pair->key);
	return err_place(compiler->err, compiler->resource->file, pair->line, pair->column);
}

/* Makes SCHEMA the root of a resource of its own. */
static bool begin_resource(struct compiler *compiler, struct schema *schema, const struct node *id)
{
	if (id->type != NODE_STRING)
		return refuse(compiler, id, "$id", "a string");
	struct buf uri;
	buf_init(&uri);
	uri_resolve(compiler->resource->uri, id->scalar.text, &uri);
	char *fragment = strchr(uri.data, '#');
	bool plain = !fragment || !fragment[1];
	if (fragment && plain)
		*fragment = '\0';
	struct resource *same = find_resource(compiler->set, uri.data);
	bool ok = true;
	if (!plain)
		ok = refuse(compiler, id, "$id", "without a fragment");
	else if (same && same->root != schema)
		ok = refuse(compiler, id, "$id", "the only one of its name");
	else if (!same)
		compiler->resource =
			add_resource(compiler->set, uri.data, compiler->resource->file);
	buf_clear(&uri);
	schema->resource = compiler->resource;
	compiler->resource->root = schema;
	return ok;
}

static bool compile_map(struct compiler *compiler, struct schema *schema)
{
	const struct node *raw = schema->raw, *id = node_get(raw, "$id");
	if (id && !begin_resource(compiler, schema, id))
		return false;
	for (size_t i = 0; i < raw->map.count; i++)
		if (!compile_keyword(compiler, schema, &raw->map.pairs[i]))
			return false;
	return true;
}

static struct schema *new_schema(struct compiler *compiler, struct schema *parent,
				 const struct node *raw)
{
	struct schema *schema = arena_alloc(&compiler->set->arena, sizeof *schema);
	schema->raw = raw;
	schema->resource = compiler->resource;
	schema->max_length = schema->max_items = schema->max_properties = schema->max_contains =
		SIZE_MAX;
	schema->min_contains = 1;
	if (parent) {
		schema->next_sister = parent->first_child;
		parent->first_child = schema;
	}
	remember(compiler->set, schema);
	return schema;
}

/* NULL with the error set when RAW is no schema. */
static struct schema *compile(struct compiler *compiler, struct schema *parent,
			      const struct node *raw)
{
	struct schema *schema = new_schema(compiler, parent, raw);
	if (!parent && !compiler->resource->root)
		compiler->resource->root = schema;
	if (raw->type == NODE_BOOL) {
		schema->is_true = raw->boolean;
		schema->is_false = !raw->boolean;
		return schema;
	}
	if (raw->type != NODE_MAP) {
		refuse(compiler, raw, "a schema", "a map, true or false");
		return NULL;
	}
	struct resource *outer = compiler->resource;
	bool ok = compile_map(compiler, schema);
	compiler->resource = outer;
	if (ok)
		return schema;
	slot_find(compiler->set, raw)->schema = NULL;
	return NULL;
}

static struct resource *add_document(struct schema_set *set, const char *uri,
				     const struct node *root, struct err *err)
{
	struct name *before = set->names;
	char *file = arena_dup_len(&set->arena, uri, strcspn(uri, "#"));
	struct resource *resource = add_resource(set, uri, file);
	struct compiler compiler = {.set = set, .resource = resource, .err = err};
	if (compile(&compiler, NULL, root))
		return resource;
	set->names = before; /* as if it had never been there */
	return NULL;
}

bool schema_set_add(struct schema_set *set, const char *uri, struct node *root, struct err *err)
{
	struct buf name;
	buf_init(&name);
	uri_resolve("", uri, &name);
	bool ok;
	if (find_resource(set, name.data))
		ok = err_set(err, STATUS_DAMAGED, "%s: a schema of that name exists already", uri);
	else
		ok = add_document(set, name.data, root, err);
	buf_clear(&name);
	return ok;
}

/* Resolving. */

static struct resource *load(struct schema_set *set, const char *uri, struct err *err)
{
	struct resource *known = find_resource(set, uri);
	if (known)
		return known;
	struct node *root = NULL;
	if (!set->load) {
		err_set(err, STATUS_DAMAGED, "%s: no such schema", uri);
		return NULL;
	}
	if (!set->load(set->context, uri, &set->arena, &root, err))
		return NULL;
	return add_document(set, uri, root, err);
}

/* What is KEY of a map, or the item of that number of a list. */
static const struct node *step_into(const struct node *node, const char *key, size_t len)
{
	if (node->type == NODE_MAP)
		return node_get_len(node, key, len);
	if (node->type != NODE_LIST || !len || len > 9 || strspn(key, "0123456789") != len ||
	    (len > 1 && *key == '0'))
		return NULL;
	size_t index = strtoul(key, NULL, 10);
	return index < node->list.count ? node->list.items[index] : NULL;
}

static void unescape_token(const char *token, size_t len, struct buf *out)
{
	buf_reset(out);
	for (size_t i = 0; i < len; i++) {
		bool escaped = token[i] == '~' && i + 1 < len &&
			       (token[i + 1] == '0' || token[i + 1] == '1');
		buf_addc(out, !escaped ? token[i] : token[++i] == '0' ? '~' : '/');
	}
}

/* The schema at a JSON pointer (RFC 6901); it may stand where no keyword leads. */
static struct schema *find_pointer(struct schema_set *set, struct resource *start,
				   const char *pointer, struct err *err)
{
	const struct node *node = start->root->raw;
	struct resource *resource = start->root->resource;
	struct buf key;
	buf_init(&key);
	while (node && *pointer == '/') {
		size_t len = strcspn(++pointer, "/");
		unescape_token(pointer, len, &key);
		pointer += len;
		node = step_into(node, key.data, key.len);
		const struct schema *passed = node ? recall(set, node) : NULL;
		if (passed)
			resource = passed->resource;
	}
	buf_clear(&key);
	if (!node) {
		err_set(err, STATUS_DAMAGED, "there is nothing at this place in %s", start->uri);
		return NULL;
	}
	struct schema *schema = recall(set, node);
	if (schema)
		return schema;
	struct name *before = set->names;
	struct compiler compiler = {.set = set, .resource = resource, .err = err};
	schema = compile(&compiler, NULL, node);
	if (!schema)
		set->names = before;
	return schema;
}

/* FRAGMENT is what follows the '#', percent-encoded; NULL or empty: the root. */
static struct schema *find_fragment(struct schema_set *set, struct resource *resource,
				    const char *fragment, struct err *err)
{
	if (!fragment || !*fragment)
		return resource->root;
	struct buf plain;
	buf_init(&plain);
	struct schema *schema = NULL;
	if (!uri_decode(fragment, strlen(fragment), &plain)) {
		err_set(err, STATUS_DAMAGED, "a %% must be followed by two hexadecimal digits");
	} else if (*plain.data == '/') {
		schema = find_pointer(set, resource, plain.data, err);
	} else {
		const struct schema_anchor *anchor =
			find_anchor(resource->root->resource, plain.data);
		if (anchor)
			schema = anchor->schema;
		else
			err_set(err, STATUS_DAMAGED, "%s has no anchor of that name",
				resource->uri);
	}
	buf_clear(&plain);
	return schema;
}

static struct schema *locate(struct schema_set *set, struct resource *from, const char *reference,
			     struct err *err)
{
	/* What begins with '#' stays in its resource, whatever that is called. */
	if (from && *reference == '#')
		return find_fragment(set, from, reference + 1, err);
	struct buf uri;
	buf_init(&uri);
	uri_resolve(from ? from->uri : "", reference, &uri);
	struct schema *schema = NULL;
	struct resource *whole = find_resource(set, uri.data);
	if (whole) {
		schema = whole->root;
	} else {
		char *fragment = strchr(uri.data, '#');
		if (fragment)
			*fragment++ = '\0';
		struct resource *resource = load(set, uri.data, err);
		if (resource)
			schema = find_fragment(set, resource, fragment, err);
	}
	buf_clear(&uri);
	return schema;
}

static bool resolve_reference(struct schema_set *set, struct schema *schema, const char *keyword,
			      struct schema **target, struct err *err)
{
	const struct node *reference = node_get(schema->raw, keyword);
	if (!reference || *target)
		return true;
	*target = locate(set, schema->resource, reference->scalar.text, err);
	if (*target)
		return true;
	if (!err->file && !err->line)
		err_prefix(err, reference->scalar.text);
	return err_place(err, schema->resource->file, reference->line, reference->column);
}

static bool resolve_references(struct schema_set *set, struct schema *schema, struct err *err)
{
	if (schema->raw->type != NODE_MAP)
		return true;
	if (!resolve_reference(set, schema, "$ref", &schema->ref, err) ||
	    !resolve_reference(set, schema, "$dynamicRef", &schema->dynamic_ref, err))
		return false;
	if (!schema->dynamic_ref)
		return true;
	/* Dynamic only if what was found by that name is a $dynamicAnchor (core, 8.2.3.2). */
	const char *fragment = strchr(node_get(schema->raw, "$dynamicRef")->scalar.text, '#');
	const struct node *anchor = node_get(schema->dynamic_ref->raw, "$dynamicAnchor");
	if (fragment && anchor && node_is_string(anchor, fragment + 1))
		schema->dynamic_anchor = anchor->scalar.text;
	return true;
}

static struct schema *find_loop(struct schema *schema, unsigned depth);

static struct schema *find_loop_in(const struct schema_list *list, unsigned depth)
{
	struct schema *found = NULL;
	for (size_t i = 0; i < list->count && !found; i++)
		found = find_loop(list->items[i], depth);
	return found;
}

/* A schema that, applied to a value, is applied to the same value again. */
static struct schema *find_loop(struct schema *schema, unsigned depth)
{
	if (!schema || schema->walk == WALK_DONE)
		return NULL;
	if (schema->walk == WALK_INSIDE || depth > MAX_CHAIN)
		return schema;
	schema->walk = WALK_INSIDE;
	struct schema *applied[] = {schema->ref,         schema->dynamic_ref, schema->condition,
				    schema->consequence, schema->alternative, schema->negated};
	const struct schema_list *lists[] = {&schema->all_of, &schema->any_of, &schema->one_of};
	struct schema *found = NULL;
	for (size_t i = 0; i < sizeof applied / sizeof *applied && !found; i++)
		found = find_loop(applied[i], depth + 1);
	for (size_t i = 0; i < sizeof lists / sizeof *lists && !found; i++)
		found = find_loop_in(lists[i], depth + 1);
	for (size_t i = 0; i < schema->dependent_schemas.count && !found; i++)
		found = find_loop(schema->dependent_schemas.items[i].schema, depth + 1);
	schema->walk = found ? WALK_NEW : WALK_DONE;
	return found;
}

struct queue {
	struct schema **items;
	size_t count;
};

static void enqueue(struct queue *queue, struct schema *schema)
{
	if (!schema || schema->resolved)
		return;
	queue->items = mem_room(queue->items, queue->count, 1, sizeof *queue->items);
	schema->resolved = true;
	queue->items[queue->count++] = schema;
}

static bool resolve_queue(struct schema_set *set, struct queue *queue, struct err *err)
{
	for (size_t i = 0; i < queue->count; i++) {
		struct schema *schema = queue->items[i];
		if (!resolve_references(set, schema, err))
			return false;
		enqueue(queue, schema->ref);
		enqueue(queue, schema->dynamic_ref);
		enqueue(queue, schema->resource->root); /* a $dynamicRef may lead anywhere in it */
		for (struct schema *child = schema->first_child; child; child = child->next_sister)
			enqueue(queue, child);
	}
	for (size_t i = 0; i < queue->count; i++) {
		const struct schema *loop = find_loop(queue->items[i], 0);
		if (!loop)
			continue;
		err_set(err, STATUS_DAMAGED,
			"the schema refers to itself without end, or through more than %d others",
			MAX_CHAIN);
		return err_place(err, loop->resource->file, loop->raw->line, loop->raw->column);
	}
	return true;
}

/* Sets leads_to_notes. Goes backwards, as most schemas come after those they are in, and repeats
 * until nothing changes, as references lead anywhere. */
static void mark_what_leads_to_notes(const struct queue *queue)
{
	bool again = true;
	while (again) {
		again = false;
		for (size_t i = queue->count; i--;) {
			struct schema *schema = queue->items[i];
			bool leads = (schema->ref && schema->ref->leads_to_notes) ||
				     (schema->dynamic_ref && schema->dynamic_ref->leads_to_notes);
			for (struct schema *child = schema->first_child; child && !leads;
			     child = child->next_sister)
				leads = child->leads_to_notes;
			again |= leads && !schema->leads_to_notes;
			schema->leads_to_notes |= leads;
		}
	}
}

/* Resolves SCHEMA and all it leads to. On failure all of that counts as unresolved again. */
static bool resolve(struct schema_set *set, struct schema *schema, struct err *err)
{
	struct queue queue = {0};
	enqueue(&queue, schema);
	bool ok = resolve_queue(set, &queue, err);
	for (size_t i = 0; i < queue.count && !ok; i++)
		queue.items[i]->resolved = false;
	if (ok)
		mark_what_leads_to_notes(&queue);
	free(queue.items);
	return ok;
}

const struct schema *schema_find(struct schema_set *set, const char *uri, struct err *err)
{
	struct schema *schema = locate(set, NULL, uri, err);
	return schema && resolve(set, schema, err) ? schema : NULL;
}
