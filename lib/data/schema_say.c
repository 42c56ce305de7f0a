// SPDX-License-Identifier: MIT
// Puts what is wrong with a value into words, for the person who wrote it.
#include "data/schema_parts.h"

#include <string.h>

#include "base/utf8.h"
#include "text/json.h"

enum {
	VALUE_COLUMNS = 40, /* of a value shown */
	NAMES_SHOWN = 40,
};

static bool is_simple_key(const char *key, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)key[i] <= ' ' || strchr(".[]:\"", key[i]))
			return false;
	return len;
}

static void add_quoted(struct buf *out, const char *text, size_t len)
{
	size_t shown = utf8_fit(text, len, VALUE_COLUMNS);
	buf_addc(out, '"');
	buf_add(out, text, shown);
	buf_adds(out, shown < len ? "…\"" : "\"");
}

static void add_key(struct buf *out, const char *key, size_t len)
{
	if (is_simple_key(key, len))
		buf_add(out, key, len);
	else
		add_quoted(out, key, len);
}

/* The path to the value at fault, or to its member NAME. */
static void add_path(struct buf *out, const struct failure *failure, const char *name)
{
	for (size_t i = 0; i < failure->count; i++) {
		const struct step *step = &failure->steps[i];
		if (!step->pair) {
			buf_addf(out, "[%zu]", step->index);
			continue;
		}
		buf_adds(out, i ? "." : "");
		add_key(out, step->pair->key, step->pair->key_len);
	}
	if (!name)
		return;
	buf_adds(out, failure->count ? "." : "");
	add_key(out, name, strlen(name));
}

static void add_subject(struct buf *out, const struct failure *failure)
{
	if (!failure->name_count)
		add_path(out, failure, NULL);
	for (size_t i = 0; i < failure->name_count; i++) {
		buf_adds(out, i ? " or " : "");
		add_path(out, failure, failure->names[i]);
	}
	if (out->len)
		buf_adds(out, ": ");
	if (failure->is_name)
		buf_adds(out, "the name ");
}

static void add_value(struct buf *out, const struct node *value)
{
	if (value->type == NODE_STRING) {
		add_quoted(out, value->text, value->len);
		return;
	}
	struct buf json;
	buf_init(&json);
	json_write(&json, value);
	size_t shown = utf8_fit(json.data, json.len, VALUE_COLUMNS);
	buf_add(out, json.data, shown);
	if (shown < json.len)
		buf_adds(out, "…");
	buf_clear(&json);
}

static const char *with_article(enum node_type type)
{
	static const char *const names[] = {"null", "a boolean", "a number", "a string", "a list", "a map"};
	return names[type];
}

static void add_types(struct buf *out, unsigned types)
{
	static const char *const names[] = {"null", "true or false", "a whole number", "a number", "a string", "a list", "a map"};
	bool some = false;
	if (types & TYPE_NUMBER)
		types &= ~(unsigned)TYPE_INTEGER;
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		if (!(types >> i & 1))
			continue;
		buf_adds(out, some ? " or " : "");
		buf_adds(out, names[i]);
		some = true;
	}
}

static bool is_unquoted(const struct node *value)
{
	return value->type == NODE_NULL || value->type == NODE_BOOL || value->type == NODE_NUMBER;
}

static void say_type(struct buf *out, const struct failure *failure)
{
	const struct node *value = &failure->value;
	bool half = value->type == NODE_NUMBER && failure->types & TYPE_INTEGER;
	if (value->type != NODE_LIST && value->type != NODE_MAP) {
		add_value(out, value);
		buf_addc(out, ' ');
	}
	if (value->type == NODE_NULL || half)
		buf_adds(out, "is not ");
	else
		buf_addf(out, "is %s, not ", with_article(value->type));
	add_types(out, failure->types);
	if (is_unquoted(value) && failure->types & TYPE_STRING)
		buf_adds(out, ": quote it");
}

static void add_choice(struct buf *out, const struct node *choice)
{
	if (choice->type == NODE_STRING && choice->len)
		buf_add(out, choice->text, choice->len);
	else
		add_value(out, choice);
}

/* Of `enum`, or the constants of anyOf or oneOf. */
static void say_choices(struct buf *out, const struct failure *failure)
{
	const struct schema *schema = failure->schema;
	const struct schema_list *branches = schema->any_of.count ? &schema->any_of : &schema->one_of;
	size_t count = schema->choices ? schema->choices->list.count : branches->count;
	bool strings = true;
	if (!count) {
		buf_adds(out, "nothing is allowed here");
		return;
	}
	add_value(out, &failure->value);
	buf_adds(out, count == 1 ? " is not " : " is not one of ");
	for (size_t i = 0; i < count; i++) {
		const struct node *choice = schema->choices ? schema->choices->list.items[i] : branches->items[i]->constant;
		if (i == NAMES_SHOWN) {
			buf_adds(out, ", …");
			break;
		}
		buf_adds(out, i ? ", " : "");
		add_choice(out, choice);
		strings &= choice->type == NODE_STRING;
	}
	if (strings && is_unquoted(&failure->value))
		buf_adds(out, ": quote it");
}

static void say_constant(struct buf *out, const struct failure *failure)
{
	const struct node *constant = failure->schema->constant;
	add_value(out, &failure->value);
	buf_adds(out, " is not ");
	add_choice(out, constant);
	if (constant->type == NODE_STRING && is_unquoted(&failure->value))
		buf_adds(out, ": quote it");
}

static void say_bound(struct buf *out, const struct failure *failure)
{
	static const char *const words[] = {
		[BOUND_MINIMUM] = "is less than",         [BOUND_MAXIMUM] = "is more than",
		[BOUND_ABOVE] = "is not more than",       [BOUND_BELOW] = "is not less than",
		[BOUND_MULTIPLE] = "is not a multiple of",
	};
	add_value(out, &failure->value);
	buf_addf(out, " %s %s", words[failure->number], failure->schema->bounds[failure->number]->literal);
}

static void add_count(struct buf *out, size_t count, const char *one, const char *many)
{
	buf_addf(out, "%zu %s", count, count == 1 ? one : many);
}

static void say_short(struct buf *out, const struct failure *failure)
{
	if (!failure->value.len) {
		buf_adds(out, "is empty");
		return;
	}
	add_value(out, &failure->value);
	buf_adds(out, " is shorter than ");
	add_count(out, failure->schema->min_length, "character", "characters");
}

static void say_long(struct buf *out, const struct failure *failure)
{
	add_value(out, &failure->value);
	buf_adds(out, " is longer than ");
	add_count(out, failure->schema->max_length, "character", "characters");
	buf_addf(out, " (it has %zu)", failure->number);
}

static void say_pattern(struct buf *out, const struct failure *failure)
{
	add_value(out, &failure->value);
	buf_addf(out, " does not match the pattern %s", pattern_text(failure->schema->pattern));
}

static void say_format(struct buf *out, const struct failure *failure)
{
	add_value(out, &failure->value);
	buf_addf(out, " is not of the format %s", node_text(failure->schema->raw, "format"));
}

static void say_missing(struct buf *out, const struct failure *failure)
{
	buf_adds(out, "missing");
	if (failure->key)
		buf_addf(out, " (%s needs it)", failure->key->key);
}

static bool is_listed(const struct applied *applied, size_t before, const struct pair *property)
{
	for (size_t i = 0; i < before; i++)
		if (property_find(&applied->items[i]->properties, property->key, property->key_len))
			return true;
	return false;
}

/* Adds the names the schema INDEX of APPLIED allows, in the order it lists them. */
static void add_allowed(struct buf *out, const struct applied *applied, size_t index, size_t *count)
{
	const struct schema *schema = applied->items[index];
	const struct node *properties = node_get(schema->raw, "properties");
	for (size_t i = 0; i < node_count(properties) && *count < NAMES_SHOWN; i++) {
		const struct pair *property = &properties->map.pairs[i];
		bool is_forbidden = property->value->type == NODE_BOOL && !property->value->boolean;
		if (is_forbidden || is_listed(applied, index, property))
			continue;
		buf_adds(out, (*count)++ ? ", " : "");
		buf_add(out, property->key, property->key_len);
	}
	for (size_t i = 0; i < schema->pattern_properties.count && *count < NAMES_SHOWN; i++) {
		buf_adds(out, (*count)++ ? ", " : "");
		buf_addf(out, "names like %s", pattern_text(schema->pattern_properties.items[i].pattern));
	}
}

static void say_unknown(struct buf *out, const struct failure *failure)
{
	struct applied applied;
	applied_init(&applied, failure->schema, failure->instance);
	/* additionalProperties looks at the properties beside it alone. */
	size_t looked_at = failure->schema->additional_properties ? 1 : applied.count, count = 0;
	struct buf names;
	buf_init(&names);
	for (size_t i = 0; i < looked_at; i++)
		add_allowed(&names, &applied, i, &count);
	buf_adds(out, "unknown field");
	if (count)
		buf_addf(out, " (allowed: %s%s)", names.data, count >= NAMES_SHOWN ? ", …" : "");
	buf_clear(&names);
	applied_clear(&applied);
}

/* The commonest `not`: fields that may not be there (together). */
static void say_negated(struct buf *out, const struct failure *failure)
{
	const struct schema *negated = failure->schema->negated;
	if (!negated->required || !negated->required->list.count) {
		buf_addf(out, "is not allowed (the schema at %s:%u)", failure->schema->resource->file, (unsigned)negated->raw->line);
		return;
	}
	const struct node *names = negated->required;
	for (size_t i = 0; i < names->list.count; i++)
		buf_addf(out, "%s%s", i ? " and " : "", names->list.items[i]->text);
	buf_adds(out, names->list.count > 1 ? " are not allowed together here" : " is not allowed here");
}

static void say(struct buf *out, const struct failure *failure)
{
	const struct schema *schema = failure->schema;
	switch (failure->what) {
	case FAILING_NOTHING:
		break;
	case FAILING_TYPE:
		say_type(out, failure);
		break;
	case FAILING_CONSTANT:
		say_constant(out, failure);
		break;
	case FAILING_CHOICES:
		say_choices(out, failure);
		break;
	case FAILING_BOUND:
		say_bound(out, failure);
		break;
	case FAILING_SHORT:
		say_short(out, failure);
		break;
	case FAILING_LONG:
		say_long(out, failure);
		break;
	case FAILING_PATTERN:
		say_pattern(out, failure);
		break;
	case FAILING_FORMAT:
		say_format(out, failure);
		break;
	case FAILING_FEW_ITEMS:
		buf_adds(out, "has fewer than ");
		add_count(out, schema->min_items, "item", "items");
		break;
	case FAILING_MANY_ITEMS:
		buf_adds(out, "has more than ");
		add_count(out, schema->max_items, "item", "items");
		break;
	case FAILING_SAME_ITEMS:
		buf_addf(out, "the same as item [%zu]", failure->number);
		break;
	case FAILING_FEW_CONTAINED:
	case FAILING_MANY_CONTAINED:
		buf_addf(out, "%zu of its items are as the schema at %s:%u says, ", failure->number, schema->resource->file, (unsigned)schema->contains->raw->line);
		if (failure->what == FAILING_FEW_CONTAINED)
			buf_addf(out, "at least %zu must be", schema->min_contains);
		else
			buf_addf(out, "at most %zu may be", schema->max_contains);
		break;
	case FAILING_FEW_KEYS:
		buf_adds(out, "has fewer than ");
		add_count(out, schema->min_properties, "field", "fields");
		break;
	case FAILING_MANY_KEYS:
		buf_adds(out, "has more than ");
		add_count(out, schema->max_properties, "field", "fields");
		break;
	case FAILING_MISSING:
		say_missing(out, failure);
		break;
	case FAILING_UNKNOWN:
		say_unknown(out, failure);
		break;
	case FAILING_FORBIDDEN:
		buf_adds(out, "not allowed here");
		break;
	case FAILING_NEGATED:
		say_negated(out, failure);
		break;
	case FAILING_SEVERAL:
		buf_addf(out, "fits both alternative %zu and alternative %zu (the schema at %s:%u)", failure->number + 1, failure->other + 1,
		         schema->resource->file, (unsigned)schema->raw->line);
		break;
	}
}

bool failure_say(const struct failure *failure, const char *file, struct err *err)
{
	struct buf text;
	buf_init(&text);
	add_subject(&text, failure);
	say(&text, failure);
	err_set(err, STATUS_REFUSED, "%s", text.data);
	buf_clear(&text);
	/* At the key, where it is the key that is wrong or needs something. */
	bool at_key = failure->key && (failure->what == FAILING_UNKNOWN || failure->what == FAILING_MISSING);
	if (at_key)
		return err_place(err, file, failure->key->line, failure->key->column);
	return err_place(err, file, failure->value.line, failure->value.column);
}
