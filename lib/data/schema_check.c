// SPDX-License-Identifier: MIT
// Decides whether a value is valid, and remembers what is wrong with it; schema_say.c puts that
// into words.
#include "data/schema_parts.h"

#include <string.h>

enum {
	MAX_NESTING = 2000,   /* schemas inside each other while checking: guards the stack */
	MAX_STEPS = 50000000, /* schemas applied in all: guards against exponential schemas */
};

/* Resources the check is inside of, for $dynamicRef. */
struct scope {
	const struct scope *outer;
	const struct resource *resource;
};

/* Which members of a map or list a schema has evaluated: a bit each. */
struct marks {
	uint64_t *words;
	size_t count; /* of words */
	uint64_t first;
};

struct check {
	struct err *err;         /* set when a limit is reached */
	bool broken;             /* a limit was reached: the result is undecided */
	struct failure *failure; /* what is wrong; NULL: nobody asks */
	struct arena scratch;
	unsigned depth;
	unsigned long steps;
};

static bool check_schema(struct check *check, const struct schema *schema, const struct node *value,
			 const struct step *at, const struct scope *scope, struct marks *marks);

/* Limits. */

/* STATUS says whose fault it is: the schema's (damaged) or the value's (refused). */
static bool break_off(struct check *check, const struct schema *schema, enum status status,
		      const char *limit)
{
	check->broken = true;
	return err_set(check->err, status,
		       "cannot decide whether this is valid: %s (the schema at %s:%u)", limit,
		       schema->resource->file, (unsigned)schema->raw->line);
}

/* Marks. */

static void marks_init(struct check *check, struct marks *marks, const struct node *value)
{
	*marks = (struct marks){.count = (node_count(value) + 63) / 64};
	marks->words = marks->count > 1
			       ? arena_alloc(&check->scratch, marks->count * sizeof *marks->words)
			       : &marks->first;
}

static void marks_set(struct marks *marks, size_t index)
{
	if (marks)
		marks->words[index / 64] |= (uint64_t)1 << index % 64;
}

static bool marks_have(const struct marks *marks, size_t index)
{
	return marks->words[index / 64] >> index % 64 & 1;
}

static void marks_set_all(struct marks *marks)
{
	if (marks && marks->count)
		memset(marks->words, 0xff, marks->count * sizeof *marks->words);
}

static void marks_merge(struct marks *marks, const struct marks *more)
{
	for (size_t i = 0; i < more->count; i++)
		marks->words[i] |= more->words[i];
}

/* Failures. */

static const struct step *copy_steps(struct check *check, const struct step *at, size_t *count)
{
	*count = 0;
	for (const struct step *step = at; step; step = step->outer)
		++*count;
	struct step *steps = arena_raw(&check->scratch, (*count ? *count : 1) * sizeof *steps);
	size_t i = *count;
	for (const struct step *step = at; step; step = step->outer)
		steps[--i] = *step;
	return steps;
}

/* The failure to fill in, or NULL when nobody asks. */
static struct failure *failing(struct check *check, enum failing what, const struct schema *schema,
			       const struct node *value, const struct step *at)
{
	struct failure *failure = check->failure;
	if (!failure)
		return NULL;
	*failure = (struct failure){
		.what = what, .schema = schema, .value = *value, .types = schema->types};
	failure->steps = copy_steps(check, at, &failure->count);
	failure->depth = (unsigned)failure->count;
	return failure;
}

static bool fail(struct check *check, enum failing what, const struct schema *schema,
		 const struct node *value, const struct step *at)
{
	failing(check, what, schema, value, at);
	return false;
}

static bool fail_number(struct check *check, enum failing what, const struct schema *schema,
			const struct node *value, const struct step *at, size_t number)
{
	struct failure *failure = failing(check, what, schema, value, at);
	if (failure)
		failure->number = number;
	return false;
}

static bool fail_missing(struct check *check, const struct schema *schema, const struct node *map,
			 const struct step *at, const struct node *name, const struct pair *because)
{
	struct failure *failure = failing(check, FAILING_MISSING, schema, map, at);
	if (failure) {
		failure->names[0] = name->scalar.text;
		failure->name_count = 1;
		failure->key = because;
		failure->depth++;
	}
	return false;
}

static bool fail_unknown(struct check *check, const struct schema *schema, const struct node *map,
			 const struct pair *pair, const struct step *inside)
{
	struct failure *failure = failing(check, FAILING_UNKNOWN, schema, pair->value, inside);
	if (failure) {
		failure->instance = map;
		failure->key = pair;
	}
	return false;
}

/* Among the failures of several branches, the one to tell: of a branch a
 * constant picks, then the one that got furthest, then not a mere wrong type. */
static bool is_better(const struct failure *failure, const struct failure *best)
{
	if (!best->what)
		return true;
	if (failure->is_meant != best->is_meant)
		return failure->is_meant;
	if (failure->depth != best->depth)
		return failure->depth > best->depth;
	return best->what == FAILING_TYPE && failure->what != FAILING_TYPE;
}

static bool is_same_place(const struct failure *a, const struct failure *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->steps[i].pair != b->steps[i].pair || a->steps[i].index != b->steps[i].index)
			return false;
	return true;
}

static void add_name(struct failure *best, const char *name)
{
	for (size_t i = 0; i < best->name_count; i++)
		if (strcmp(best->names[i], name) == 0)
			return;
	if (best->name_count < sizeof best->names / sizeof *best->names)
		best->names[best->name_count++] = name;
}

static void keep_better(struct failure *best, const struct failure *failure)
{
	bool alike = best->what == failure->what && best->is_meant == failure->is_meant &&
		     is_same_place(best, failure);
	if (alike && best->what == FAILING_TYPE)
		best->types |= failure->types;
	else if (alike && best->what == FAILING_MISSING)
		add_name(best, failure->names[0]);
	else if (is_better(failure, best))
		*best = *failure;
}

/* Numbers. */

static bool is_short_integer(const struct node *number, int64_t *integer)
{
	const char *next = number->scalar.text;
	bool negative = *next == '-';
	next += negative;
	size_t digits = number->scalar.len - negative;
	if (!digits || digits > 18)
		return false;
	int64_t value = 0;
	for (; *next; next++) {
		if (*next < '0' || *next > '9')
			return false;
		value = value * 10 + (*next - '0');
	}
	*integer = negative ? -value : value;
	return true;
}

/* NULL, with the check broken off, when the number is too long to count with. */
static struct decimal *to_decimal(struct check *check, const struct schema *schema,
				  const struct node *number)
{
	struct decimal *decimal = decimal_new(0);
	if (decimal_set(decimal, number->scalar.text, number->scalar.len))
		return decimal;
	decimal_free(decimal);
	break_off(check, schema, STATUS_REFUSED, "a number has more digits than kefu counts with");
	return NULL;
}

static bool is_integer(struct check *check, const struct schema *schema, const struct node *number)
{
	if (strspn(number->scalar.text, "-0123456789") == number->scalar.len)
		return true;
	struct decimal *decimal = to_decimal(check, schema, number);
	bool whole = decimal && decimal_is_integer(decimal);
	decimal_free(decimal);
	return whole;
}

/* ORDER is the value compared with the bound. */
static bool is_within(enum bound_kind kind, int order)
{
	switch (kind) {
	case BOUND_MINIMUM:
		return order >= 0;
	case BOUND_MAXIMUM:
		return order <= 0;
	case BOUND_ABOVE:
		return order > 0;
	default:
		return order < 0;
	}
}

static bool bound_holds_small(const struct bound *bound, enum bound_kind kind, int64_t value)
{
	if (kind == BOUND_MULTIPLE)
		return value % bound->small == 0;
	return is_within(kind, value < bound->small ? -1 : value > bound->small);
}

static bool bound_holds(const struct bound *bound, enum bound_kind kind,
			const struct decimal *value)
{
	if (kind == BOUND_MULTIPLE)
		return decimal_is_multiple(value, bound->value);
	return is_within(kind, decimal_compare(value, bound->value));
}

static bool check_number(struct check *check, const struct schema *schema, const struct node *value,
			 const struct step *at)
{
	int64_t small = 0;
	bool is_small = is_short_integer(value, &small), ok = true;
	struct decimal *decimal = NULL;
	for (unsigned kind = 0; kind < BOUND_COUNT && ok; kind++) {
		const struct bound *bound = schema->bounds[kind];
		if (!bound)
			continue;
		if (is_small && bound->is_small) {
			ok = bound_holds_small(bound, kind, small);
		} else {
			if (!decimal && !(decimal = to_decimal(check, schema, value)))
				return false;
			ok = bound_holds(bound, kind, decimal);
		}
		if (!ok)
			fail_number(check, FAILING_BOUND, schema, value, at, kind);
	}
	decimal_free(decimal);
	return ok;
}

/* Strings. */

static size_t count_characters(const struct node *string)
{
	size_t count = 0;
	for (size_t i = 0; i < string->scalar.len; i++)
		count += ((unsigned char)string->scalar.text[i] & 0xc0) != 0x80;
	return count;
}

static bool matches(struct check *check, const struct schema *schema, const struct pattern *pattern,
		    const char *text, size_t len)
{
	struct err err = ERR_INIT;
	enum pattern_result result = pattern_match(pattern, text, len, NULL, NULL, &err);
	if (result == PATTERN_LIMIT)
		break_off(check, schema,
			  err.status == STATUS_SYSTEM ? STATUS_SYSTEM : STATUS_DAMAGED, err.text);
	err_clear(&err);
	return result == PATTERN_YES;
}

static bool check_string(struct check *check, const struct schema *schema, const struct node *value,
			 const struct step *at)
{
	if (schema->min_length > 0 || schema->max_length < SIZE_MAX) {
		size_t length = count_characters(value);
		if (length < schema->min_length)
			return fail_number(check, FAILING_SHORT, schema, value, at, length);
		if (length > schema->max_length)
			return fail_number(check, FAILING_LONG, schema, value, at, length);
	}
	if (schema->pattern &&
	    !matches(check, schema, schema->pattern, value->scalar.text, value->scalar.len))
		return fail(check, FAILING_PATTERN, schema, value, at);
	if (schema->format && !schema->format(value->scalar.text, value->scalar.len))
		return fail(check, FAILING_FORMAT, schema, value, at);
	return true;
}

/* Applies SCHEMA without remembering what is wrong: a "no" is an answer here, no failure. */
static bool holds(struct check *check, const struct schema *schema, const struct node *value,
		  const struct step *at, const struct scope *scope, struct marks *marks)
{
	struct failure *outer = check->failure;
	check->failure = NULL;
	bool verdict = check_schema(check, schema, value, at, scope, marks);
	check->failure = outer;
	return verdict;
}

/* Lists. */

static bool check_contains(struct check *check, const struct schema *schema,
			   const struct node *list, const struct step *at,
			   const struct scope *scope, struct marks *marks)
{
	size_t found = 0;
	for (size_t i = 0; i < list->list.count; i++) {
		struct step inside = {at, NULL, i};
		if (holds(check, schema->contains, list->list.items[i], &inside, scope, NULL)) {
			found++;
			marks_set(marks, i);
		}
		if (check->broken)
			return false;
	}
	if (found < schema->min_contains)
		return fail_number(check, FAILING_FEW_CONTAINED, schema, list, at, found);
	if (found > schema->max_contains)
		return fail_number(check, FAILING_MANY_CONTAINED, schema, list, at, found);
	return true;
}

static bool check_unique(struct check *check, const struct schema *schema, const struct node *list,
			 const struct step *at)
{
	size_t earlier, later;
	if (schema_items_differ(list, &earlier, &later))
		return true;
	struct step inside = {at, NULL, later};
	return fail_number(check, FAILING_SAME_ITEMS, schema, list->list.items[later], &inside,
			   earlier);
}

static bool check_list(struct check *check, const struct schema *schema, const struct node *list,
		       const struct step *at, const struct scope *scope, struct marks *marks)
{
	size_t count = list->list.count, prefix = schema->prefix_items.count;
	if (count < schema->min_items)
		return fail(check, FAILING_FEW_ITEMS, schema, list, at);
	if (count > schema->max_items)
		return fail(check, FAILING_MANY_ITEMS, schema, list, at);
	for (size_t i = 0; i < count; i++) {
		const struct schema *item = i < prefix ? schema->prefix_items.items[i]
						       : schema->items;
		if (!item)
			break;
		struct step inside = {at, NULL, i};
		if (!check_schema(check, item, list->list.items[i], &inside, scope, NULL))
			return false;
		marks_set(marks, i);
	}
	if (schema->unique_items && !check_unique(check, schema, list, at))
		return false;
	return !schema->contains || check_contains(check, schema, list, at, scope, marks);
}

/* Maps. */

static bool check_name(struct check *check, const struct schema *schema, const struct pair *pair,
		       const struct step *inside, const struct scope *scope)
{
	struct node name = {.type = NODE_STRING,
			    .line = pair->line,
			    .column = pair->column,
			    .scalar = {.text = pair->key, .len = pair->key_len}};
	if (check_schema(check, schema, &name, inside, scope, NULL))
		return true;
	if (check->failure)
		check->failure->is_name = true;
	return false;
}

static bool check_pair(struct check *check, const struct schema *schema, const struct node *map,
		       const struct pair *pair, const struct step *inside,
		       const struct scope *scope, bool *evaluated)
{
	const struct schema *property =
		property_find(&schema->properties, pair->key, pair->key_len);
	if (property && !check_schema(check, property, pair->value, inside, scope, NULL))
		return false;
	*evaluated = property;
	for (size_t i = 0; i < schema->pattern_properties.count; i++) {
		const struct pattern_property *candidate = &schema->pattern_properties.items[i];
		if (matches(check, schema, candidate->pattern, pair->key, pair->key_len)) {
			*evaluated = true;
			if (!check_schema(check, candidate->schema, pair->value, inside, scope,
					  NULL))
				return false;
		}
		if (check->broken)
			return false;
	}
	const struct schema *additional = schema->additional_properties;
	if (*evaluated || !additional)
		return true;
	*evaluated = true;
	if (additional->is_false)
		return fail_unknown(check, schema, map, pair, inside);
	return check_schema(check, additional, pair->value, inside, scope, NULL);
}

static bool check_required(struct check *check, const struct schema *schema, const struct node *map,
			   const struct step *at, const struct node *names,
			   const struct pair *because)
{
	for (size_t i = 0; i < names->list.count; i++) {
		const struct node *name = names->list.items[i];
		if (!node_get_len(map, name->scalar.text, name->scalar.len))
			return fail_missing(check, schema, map, at, name, because);
	}
	return true;
}

static const struct pair *find_pair(const struct node *map, const char *key, size_t len)
{
	for (size_t i = 0; i < map->map.count; i++)
		if (map->map.pairs[i].key_len == len &&
		    memcmp(map->map.pairs[i].key, key, len) == 0)
			return &map->map.pairs[i];
	return NULL;
}

static bool check_dependent(struct check *check, const struct schema *schema,
			    const struct node *map, const struct step *at)
{
	for (size_t i = 0; i < schema->dependent_required->map.count; i++) {
		const struct pair *rule = &schema->dependent_required->map.pairs[i],
				  *pair = find_pair(map, rule->key, rule->key_len);
		if (pair && !check_required(check, schema, map, at, rule->value, pair))
			return false;
	}
	return true;
}

static bool check_map(struct check *check, const struct schema *schema, const struct node *map,
		      const struct step *at, const struct scope *scope, struct marks *marks)
{
	bool has_properties = schema->properties.count || schema->pattern_properties.count ||
			      schema->additional_properties;
	for (size_t i = 0; i < map->map.count && (has_properties || schema->property_names); i++) {
		const struct pair *pair = &map->map.pairs[i];
		struct step inside = {at, pair, 0};
		bool evaluated = false;
		if (schema->property_names &&
		    !check_name(check, schema->property_names, pair, &inside, scope))
			return false;
		if (has_properties &&
		    !check_pair(check, schema, map, pair, &inside, scope, &evaluated))
			return false;
		if (evaluated)
			marks_set(marks, i);
	}
	if (map->map.count < schema->min_properties)
		return fail(check, FAILING_FEW_KEYS, schema, map, at);
	if (map->map.count > schema->max_properties)
		return fail(check, FAILING_MANY_KEYS, schema, map, at);
	if (schema->required && !check_required(check, schema, map, at, schema->required, NULL))
		return false;
	return !schema->dependent_required || check_dependent(check, schema, map, at);
}

/* Schemas applied to the same value. */

/* Whether constant properties say that the map is (1) or is not (-1) what
 * SCHEMA describes, or say nothing (0). */
static int constants_say(const struct schema *schema, const struct node *map, unsigned depth)
{
	int verdict = 0;
	if (map->type != NODE_MAP || depth > 8)
		return 0;
	for (size_t i = 0; i < schema->properties.count; i++) {
		const struct property *property = &schema->properties.items[i];
		const struct node *value =
			property->schema->constant
				? node_get_len(map, property->name, property->len)
				: NULL;
		if (value && !node_equal_json(value, property->schema->constant))
			return -1;
		if (value)
			verdict = 1;
	}
	for (size_t i = 0; i <= schema->all_of.count; i++) {
		const struct schema *part = i < schema->all_of.count ? schema->all_of.items[i]
								     : schema->ref;
		int more = part ? constants_say(part, map, depth + 1) : 0;
		if (more < 0)
			return -1;
		verdict |= more;
	}
	return verdict;
}

/* How many of LIST hold; stops at the first when nobody asks for marks and
 * ENOUGH is 1. FIRST and LAST are the first and the last that hold. */
static size_t check_branches(struct check *check, const struct schema_list *list,
			     const struct node *value, const struct step *at,
			     const struct scope *scope, struct marks *marks, size_t enough,
			     size_t *first, size_t *last)
{
	struct failure best = {0};
	size_t found = 0;
	for (size_t i = 0; i < list->count && (marks || found < enough); i++) {
		struct marks own;
		if (marks)
			marks_init(check, &own, value);
		if (check_schema(check, list->items[i], value, at, scope, marks ? &own : NULL)) {
			if (marks)
				marks_merge(marks, &own);
			if (!found++)
				*first = i;
			*last = i;
		} else if (check->failure) {
			check->failure->is_meant = constants_say(list->items[i], value, 0) > 0;
			keep_better(&best, check->failure);
		}
		if (check->broken)
			return 0;
	}
	if (check->failure && !found)
		*check->failure = best;
	return found;
}

static bool are_constants(const struct schema_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (!list->items[i]->constant)
			return false;
	return true;
}

static bool check_any_of(struct check *check, const struct schema *schema, const struct node *value,
			 const struct step *at, const struct scope *scope, struct marks *marks)
{
	size_t first, last;
	if (check_branches(check, &schema->any_of, value, at, scope, marks, 1, &first, &last))
		return true;
	if (!check->broken && are_constants(&schema->any_of))
		fail(check, FAILING_CHOICES, schema, value, at);
	return false;
}

static bool check_one_of(struct check *check, const struct schema *schema, const struct node *value,
			 const struct step *at, const struct scope *scope, struct marks *marks)
{
	size_t first = 0, last = 0,
	       found = check_branches(check, &schema->one_of, value, at, scope, marks, 2, &first,
				      &last);
	if (found == 1)
		return true;
	if (found > 1) {
		struct failure *failure = failing(check, FAILING_SEVERAL, schema, value, at);
		if (failure) {
			failure->number = first;
			failure->other = last;
		}
	} else if (!check->broken && are_constants(&schema->one_of)) {
		fail(check, FAILING_CHOICES, schema, value, at);
	}
	return false;
}

static bool check_condition(struct check *check, const struct schema *schema,
			    const struct node *value, const struct step *at,
			    const struct scope *scope, struct marks *marks)
{
	struct marks own;
	if (marks)
		marks_init(check, &own, value);
	bool met = holds(check, schema->condition, value, at, scope, marks ? &own : NULL);
	if (check->broken)
		return false;
	if (met && marks)
		marks_merge(marks, &own);
	const struct schema *branch = met ? schema->consequence : schema->alternative;
	return !branch || check_schema(check, branch, value, at, scope, marks);
}

static bool check_negated(struct check *check, const struct schema *schema,
			  const struct node *value, const struct step *at,
			  const struct scope *scope)
{
	if (!holds(check, schema->negated, value, at, scope, NULL))
		return !check->broken;
	return fail(check, FAILING_NEGATED, schema, value, at);
}

static bool check_dependent_schemas(struct check *check, const struct schema *schema,
				    const struct node *value, const struct step *at,
				    const struct scope *scope, struct marks *marks)
{
	for (size_t i = 0; i < schema->dependent_schemas.count; i++) {
		const struct property *rule = &schema->dependent_schemas.items[i];
		if (node_get_len(value, rule->name, rule->len) &&
		    !check_schema(check, rule->schema, value, at, scope, marks))
			return false;
	}
	return true;
}

/* The outermost resource the check is in decides what a $dynamicRef means (core, 8.2.3.2). */
static const struct schema *dynamic_target(const struct schema *schema, const struct scope *scope)
{
	const struct schema *target = schema->dynamic_ref;
	for (; scope && schema->dynamic_anchor; scope = scope->outer)
		for (const struct schema_anchor *anchor = scope->resource->anchors; anchor;
		     anchor = anchor->next)
			if (anchor->dynamic && strcmp(anchor->name, schema->dynamic_anchor) == 0)
				target = anchor->schema;
	return target;
}

static bool check_applied(struct check *check, const struct schema *schema,
			  const struct node *value, const struct step *at,
			  const struct scope *scope, struct marks *marks)
{
	if (schema->ref && !check_schema(check, schema->ref, value, at, scope, marks))
		return false;
	if (schema->dynamic_ref &&
	    !check_schema(check, dynamic_target(schema, scope), value, at, scope, marks))
		return false;
	for (size_t i = 0; i < schema->all_of.count; i++)
		if (!check_schema(check, schema->all_of.items[i], value, at, scope, marks))
			return false;
	if (schema->condition && !check_condition(check, schema, value, at, scope, marks))
		return false;
	if (schema->any_of.count && !check_any_of(check, schema, value, at, scope, marks))
		return false;
	if (schema->one_of.count && !check_one_of(check, schema, value, at, scope, marks))
		return false;
	if (schema->negated && !check_negated(check, schema, value, at, scope))
		return false;
	return !schema->dependent_schemas.count ||
	       check_dependent_schemas(check, schema, value, at, scope, marks);
}

/* One schema. */

static bool has_type(struct check *check, const struct schema *schema, const struct node *value)
{
	static const unsigned bits[] = {
		[NODE_NULL] = TYPE_NULL,     [NODE_BOOL] = TYPE_BOOLEAN,
		[NODE_NUMBER] = TYPE_NUMBER, [NODE_STRING] = TYPE_STRING,
		[NODE_LIST] = TYPE_ARRAY,    [NODE_MAP] = TYPE_OBJECT,
	};
	if (schema->types & bits[value->type])
		return true;
	return value->type == NODE_NUMBER && schema->types & TYPE_INTEGER &&
	       is_integer(check, schema, value);
}

static bool is_chosen(const struct node *choices, const struct node *value)
{
	for (size_t i = 0; i < choices->list.count; i++)
		if (node_equal_json(choices->list.items[i], value))
			return true;
	return false;
}

static bool check_by_type(struct check *check, const struct schema *schema,
			  const struct node *value, const struct step *at,
			  const struct scope *scope, struct marks *marks)
{
	switch (value->type) {
	case NODE_NUMBER:
		return !schema->has_bounds || check_number(check, schema, value, at);
	case NODE_STRING:
		return check_string(check, schema, value, at);
	case NODE_LIST:
		return check_list(check, schema, value, at, scope, marks);
	case NODE_MAP:
		return check_map(check, schema, value, at, scope, marks);
	default:
		return true;
	}
}

static bool check_rules(struct check *check, const struct schema *schema, const struct node *value,
			const struct step *at, const struct scope *scope, struct marks *marks)
{
	if (schema->types && !has_type(check, schema, value))
		return fail(check, FAILING_TYPE, schema, value, at);
	if (schema->constant && !node_equal_json(schema->constant, value))
		return fail(check, FAILING_CONSTANT, schema, value, at);
	if (schema->choices && !is_chosen(schema->choices, value))
		return fail(check, FAILING_CHOICES, schema, value, at);
	if (!check_by_type(check, schema, value, at, scope, marks))
		return false;
	return !schema->has_applied || check_applied(check, schema, value, at, scope, marks);
}

static bool check_unevaluated_items(struct check *check, const struct schema *schema,
				    const struct node *list, const struct step *at,
				    const struct scope *scope, struct marks *marks)
{
	for (size_t i = 0; i < list->list.count; i++) {
		struct step inside = {at, NULL, i};
		if (!marks_have(marks, i) &&
		    !check_schema(check, schema->unevaluated_items, list->list.items[i], &inside,
				  scope, NULL))
			return false;
	}
	marks_set_all(marks);
	return true;
}

static bool check_unevaluated_properties(struct check *check, const struct schema *schema,
					 const struct node *map, const struct step *at,
					 const struct scope *scope, struct marks *marks)
{
	for (size_t i = 0; i < map->map.count; i++) {
		const struct pair *pair = &map->map.pairs[i];
		struct step inside = {at, pair, 0};
		if (marks_have(marks, i))
			continue;
		if (schema->unevaluated_properties->is_false)
			return fail_unknown(check, schema, map, pair, &inside);
		if (!check_schema(check, schema->unevaluated_properties, pair->value, &inside,
				  scope, NULL))
			return false;
	}
	marks_set_all(marks);
	return true;
}

/* As check_rules, then unevaluatedItems and unevaluatedProperties. */
static bool check_all(struct check *check, const struct schema *schema, const struct node *value,
		      const struct step *at, const struct scope *scope, struct marks *marks)
{
	struct marks own;
	marks_init(check, &own, value);
	if (!check_rules(check, schema, value, at, scope, &own))
		return false;
	if (value->type == NODE_LIST && schema->unevaluated_items &&
	    !check_unevaluated_items(check, schema, value, at, scope, &own))
		return false;
	if (value->type == NODE_MAP && schema->unevaluated_properties &&
	    !check_unevaluated_properties(check, schema, value, at, scope, &own))
		return false;
	if (marks)
		marks_merge(marks, &own);
	return true;
}

static bool check_schema(struct check *check, const struct schema *schema, const struct node *value,
			 const struct step *at, const struct scope *scope, struct marks *marks)
{
	if (schema->is_true)
		return true;
	if (schema->is_false)
		return fail(check, FAILING_FORBIDDEN, schema, value, at);
	if (check->depth == MAX_NESTING)
		return break_off(check, schema, STATUS_DAMAGED, "nested too deeply");
	if (++check->steps > MAX_STEPS)
		return break_off(check, schema, STATUS_DAMAGED, "too much work");
	check->depth++;
	struct scope here = {scope, schema->resource};
	if (!scope || scope->resource != schema->resource)
		scope = &here;
	bool unevaluated = schema->unevaluated_items || schema->unevaluated_properties;
	bool ok = unevaluated ? check_all(check, schema, value, at, scope, marks)
			      : check_rules(check, schema, value, at, scope, marks);
	check->depth--;
	return ok;
}

static bool check_from_root(struct check *check, const struct schema *schema,
			    const struct node *instance)
{
	check->steps = 0;
	return check_schema(check, schema, instance, NULL, NULL, NULL);
}

enum schema_verdict schema_decide(const struct schema *schema, const struct node *instance,
				  struct err *err)
{
	struct check check = {.err = err};
	bool ok = check_from_root(&check, schema, instance);
	arena_clear(&check.scratch);
	return check.broken ? SCHEMA_LIMIT : ok ? SCHEMA_YES : SCHEMA_NO;
}

bool schema_check(const struct schema *schema, const struct node *instance, const char *file,
		  struct err *err)
{
	/* Most values are valid: words are looked for in a second round. */
	struct failure failure = {0};
	struct check check = {.err = err};
	bool ok = check_from_root(&check, schema, instance);
	if (!ok && !check.broken) {
		check.failure = &failure;
		ok = check_from_root(&check, schema, instance);
	}
	if (check.broken)
		ok = err_place(err, file, instance->line, instance->column);
	else if (!ok)
		failure_say(&failure, file, err);
	arena_clear(&check.scratch);
	return ok;
}
