// SPDX-License-Identifier: MIT
// The inside of a compiled schema; for data/schema*.c alone.
#ifndef KEFU_DATA_SCHEMA_PARTS_H
#define KEFU_DATA_SCHEMA_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "data/format.h"
#include "data/schema.h"
#include "text/pattern.h"

enum {
	TYPE_NULL = 1,
	TYPE_BOOLEAN = 2,
	TYPE_INTEGER = 4,
	TYPE_NUMBER = 8, /* TYPE_INTEGER is not included */
	TYPE_STRING = 16,
	TYPE_ARRAY = 32,
	TYPE_OBJECT = 64,
};

/* A document, or a part of one that has an $id. */
struct resource {
	const char *uri;  /* references in it are resolved against this; absolute if the URI of its
			     document is */
	const char *file; /* for messages */
	struct schema *root;
	struct schema_anchor *anchors;
};

/* An $anchor or $dynamicAnchor. */
struct schema_anchor {
	struct schema_anchor *next;
	const char *name;
	struct schema *schema;
	bool dynamic;
};

struct schema_list {
	struct schema **items;
	size_t count;
};

struct property {
	const char *name;
	size_t len;
	struct schema *schema;
};

/* Sorted by length and name. */
struct property_list {
	struct property *items;
	size_t count;
};

struct pattern_property {
	const struct pattern *pattern;
	struct schema *schema;
};

struct pattern_list {
	struct pattern_property *items;
	size_t count;
};

enum bound_kind {
	BOUND_MINIMUM,
	BOUND_MAXIMUM,
	BOUND_ABOVE,
	BOUND_BELOW,
	BOUND_MULTIPLE,
	BOUND_COUNT
};

struct bound {
	const char *literal;
	struct decimal *value;
	bool is_small; /* a whole number that fits: no decimal is needed to compare */
	int64_t small;
};

struct schema {
	const struct node *raw; /* a map, or true or false */
	struct resource *resource;

	/* The schemas inside it, and what resolving references has done so far. */
	struct schema *first_child, *next_sister;
	bool resolved;
	enum { WALK_NEW, WALK_INSIDE, WALK_DONE } walk;

	bool is_false, is_true;
	bool has_notes;      /* it has annotations: keywords x-…, except x-order */
	bool leads_to_notes; /* it, a schema inside it, or one that these refer to has some */

	unsigned types; /* of TYPE_…; 0: any */
	const struct node *constant, *choices;

	const struct bound *bounds[BOUND_COUNT];
	bool has_bounds;

	size_t min_length, max_length;
	const struct pattern *pattern;
	format_check format;

	size_t min_items, max_items, min_contains, max_contains;
	struct schema_list prefix_items;
	struct schema *items, *contains, *unevaluated_items;
	bool unique_items;

	size_t min_properties, max_properties;
	struct property_list properties;
	struct pattern_list pattern_properties;
	struct schema *additional_properties, *property_names, *unevaluated_properties;
	const struct node *required, *dependent_required;

	bool has_applied; /* any of what follows */
	struct schema *ref, *dynamic_ref;
	const char *dynamic_anchor; /* what dynamic_ref looks for; NULL: it is like ref */
	struct schema_list all_of, any_of, one_of;
	struct schema *condition, *consequence, *alternative, *negated;
	struct property_list dependent_schemas;

	/* Compiled but never applied. */
	struct property_list definitions;
	struct schema *content_schema;
	const struct node *examples;
};

/* NULL when NAME is not among them. */
struct schema *property_find(const struct property_list *list, const char *name, size_t len);

/* SCHEMA and all schemas it applies to the same INSTANCE: through $ref, allOf,
 * dependentSchemas, and the branches of if, anyOf, oneOf that INSTANCE
 * satisfies, or every branch when it is NULL. */
struct applied {
	const struct schema **items;
	size_t count;
};
void applied_init(struct applied *applied, const struct schema *schema,
		  const struct node *instance);
/* The schemas that apply to the value of PAIR in a map, or to ITEM in a list, when those in MAP or
 * LIST apply to the map or list itself. */
void applied_init_pair(struct applied *inside, const struct applied *map, const struct pair *pair);
void applied_init_item(struct applied *inside, const struct applied *list, size_t index,
		       const struct node *item);
void applied_clear(struct applied *applied);

/* Whether no two items are equal; if some are, EARLIER and LATER get the first such pair. */
bool schema_items_differ(const struct node *list, size_t *earlier, size_t *later);

/* From the root of the instance to the value at hand. */
struct step {
	const struct step *outer;
	const struct pair *pair; /* NULL: an item */
	size_t index;
};

enum failing {
	FAILING_NOTHING,
	FAILING_TYPE, /* `types` are allowed */
	FAILING_CONSTANT,
	FAILING_CHOICES,
	FAILING_BOUND, /* `number` is its kind */
	FAILING_SHORT,
	FAILING_LONG,
	FAILING_PATTERN,
	FAILING_FORMAT,
	FAILING_FEW_ITEMS,
	FAILING_MANY_ITEMS,
	FAILING_SAME_ITEMS, /* as the item `number` */
	FAILING_FEW_CONTAINED,
	FAILING_MANY_CONTAINED,
	FAILING_FEW_KEYS,
	FAILING_MANY_KEYS,
	FAILING_MISSING, /* one of the keys `names`; `key` is what needs it, or NULL */
	FAILING_UNKNOWN, /* the last step's key */
	FAILING_FORBIDDEN,
	FAILING_NEGATED,
	FAILING_SEVERAL, /* more than one branch of oneOf fits: `number` and `other` */
};

/* What is wrong, before it is put into words. */
struct failure {
	enum failing what;
	const struct schema *schema;
	struct node
		value; /* a copy: the name checked by propertyNames is no node of the instance */
	const struct node *instance; /* FAILING_UNKNOWN: the map */
	const struct pair *key;
	bool is_name;
	unsigned types;
	size_t number, other;
	const char *names[4];
	size_t name_count;
	const struct step *steps; /* from the root, COUNT of them */
	size_t count;
	unsigned depth; /* the length of the path to it, the missing key included */
	bool is_meant; /* it is in the branch of an anyOf or oneOf that a constant property picks */
};

/* Puts FAILURE into words; returns false. */
bool failure_say(const struct failure *failure, const char *file, struct err *err);

#endif
