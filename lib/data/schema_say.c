// SPDX-License-Identifier: MIT
// Puts what is wrong with a value into words, for the person who wrote it.
#include "data/schema_parts.h"

#include <stdarg.h>
#include <string.h>

#include "base/utf8.h"
#include "text/json.h"

enum {
	VALUE_COLUMNS = 40, /* of a value shown */
	NAMES_SHOWN = 40,
};

/* Every sentence is one format and passes here. */
__attribute__((format(printf, 2, 3))) static void say(struct buf *out, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buf_vaddf(out, format, args);
	va_end(args);
}

/* Paths and values. */

static void add_quoted(struct buf *out, const char *text, size_t len)
{
	size_t shown = utf8_fit(text, len, VALUE_COLUMNS);
	buf_addc(out, '"');
	buf_add(out, text, shown);
	buf_adds(out, shown < len ? "…\"" : "\"");
}

static bool is_simple_key(const char *key, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)key[i] <= ' ' || strchr(".[]:\"", key[i]))
			return false;
	return len;
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
		if (i)
			say(out, " or ");
		add_path(out, failure, failure->names[i]);
	}
	if (out->len)
		buf_adds(out, ": ");
	if (failure->is_name)
		say(out, "the name ");
}

static void add_value(struct buf *out, const struct node *value)
{
	if (value->type == NODE_STRING) {
		add_quoted(out, value->scalar.text, value->scalar.len);
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

/* What a schema asks for, as one writes it: a string without quotes. */
static void add_choice(struct buf *out, const struct node *choice)
{
	if (choice->type == NODE_STRING && choice->scalar.len)
		buf_add(out, choice->scalar.text, choice->scalar.len);
	else
		add_value(out, choice);
}

/* Advises to quote a value when a string is wanted and the value was read as something else. */
static void say_quote_it(struct buf *out, const struct failure *failure, bool string_due)
{
	enum node_type type = failure->value.type;
	if (string_due && (type == NODE_NULL || type == NODE_BOOL || type == NODE_NUMBER))
		say(out, ": quote it");
}

/* The sentences. VALUE is the value at fault, shown. */

static void add_types(struct buf *out, unsigned types)
{
	static const char *const names[] = {"null",     "true or false", "a whole number",
					    "a number", "a string",      "a list",
					    "a map"};
	bool some = false;
	if (types & TYPE_NUMBER)
		types &= ~(unsigned)TYPE_INTEGER;
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		if (!(types >> i & 1))
			continue;
		if (some)
			say(out, " or ");
		say(out, "%s", names[i]);
		some = true;
	}
}

static void say_type(struct buf *out, const struct failure *failure, const char *value)
{
	struct buf due;
	buf_init(&due);
	add_types(&due, failure->types);
	switch (failure->value.type) {
	case NODE_NULL:
		say(out, "%s is not %s", value, due.data);
		break;
	case NODE_BOOL:
		say(out, "%s is a boolean, not %s", value, due.data);
		break;
	case NODE_NUMBER:
		say(out, failure->types & TYPE_INTEGER ? "%s is not %s" : "%s is a number, not %s",
		    value, due.data);
		break;
	case NODE_STRING:
		say(out, "%s is a string, not %s", value, due.data);
		break;
	case NODE_LIST:
		say(out, "is a list, not %s", due.data);
		break;
	case NODE_MAP:
		say(out, "is a map, not %s", due.data);
		break;
	}
	buf_clear(&due);
	say_quote_it(out, failure, failure->types & TYPE_STRING);
}

/* Of `enum`, or the constants of anyOf or oneOf. */
static void say_choices(struct buf *out, const struct failure *failure, const char *value)
{
	const struct schema *schema = failure->schema;
	const struct schema_list *branches = schema->any_of.count ? &schema->any_of
								  : &schema->one_of;
	size_t count = schema->choices ? schema->choices->list.count : branches->count;
	if (!count) {
		say(out, "nothing is allowed here");
		return;
	}
	struct buf choices;
	buf_init(&choices);
	bool strings = true;
	for (size_t i = 0; i < count; i++) {
		const struct node *choice = schema->choices ? schema->choices->list.items[i]
							    : branches->items[i]->constant;
		strings &= choice->type == NODE_STRING;
		if (i > NAMES_SHOWN)
			continue;
		buf_adds(&choices, i ? ", " : "");
		if (i < NAMES_SHOWN)
			add_choice(&choices, choice);
		else
			buf_adds(&choices, "…");
	}
	say(out, count == 1 ? "%s is not %s" : "%s is not one of %s", value, choices.data);
	buf_clear(&choices);
	say_quote_it(out, failure, strings);
}

static void say_constant(struct buf *out, const struct failure *failure, const char *value)
{
	struct buf due;
	buf_init(&due);
	add_choice(&due, failure->schema->constant);
	say(out, "%s is not %s", value, due.data);
	buf_clear(&due);
	say_quote_it(out, failure, failure->schema->constant->type == NODE_STRING);
}

static void say_bound(struct buf *out, const struct failure *failure, const char *value)
{
	const char *bound = failure->schema->bounds[failure->number]->literal;
	switch ((enum bound_kind)failure->number) {
	case BOUND_MINIMUM:
		say(out, "%s is less than %s", value, bound);
		break;
	case BOUND_MAXIMUM:
		say(out, "%s is more than %s", value, bound);
		break;
	case BOUND_ABOVE:
		say(out, "%s is not more than %s", value, bound);
		break;
	case BOUND_BELOW:
		say(out, "%s is not less than %s", value, bound);
		break;
	case BOUND_MULTIPLE:
		say(out, "%s is not a multiple of %s", value, bound);
		break;
	case BOUND_COUNT:
		break;
	}
}

static void say_short(struct buf *out, const struct failure *failure, const char *value)
{
	size_t least = failure->schema->min_length;
	if (!failure->value.scalar.len)
		say(out, "is empty");
	else
		say(out,
		    least == 1 ? "%s is shorter than %zu character"
			       : "%s is shorter than %zu characters",
		    value, least);
}

static void say_long(struct buf *out, const struct failure *failure, const char *value)
{
	size_t most = failure->schema->max_length;
	say(out,
	    most == 1 ? "%s is longer than %zu character (it has %zu)"
		      : "%s is longer than %zu characters (it has %zu)",
	    value, most, failure->number);
}

static void say_size(struct buf *out, const struct failure *failure)
{
	const struct schema *schema = failure->schema;
	if (failure->what == FAILING_FEW_ITEMS)
		say(out,
		    schema->min_items == 1 ? "has fewer than %zu item" : "has fewer than %zu items",
		    schema->min_items);
	else if (failure->what == FAILING_MANY_ITEMS)
		say(out,
		    schema->max_items == 1 ? "has more than %zu item" : "has more than %zu items",
		    schema->max_items);
	else if (failure->what == FAILING_FEW_KEYS)
		say(out,
		    schema->min_properties == 1 ? "has fewer than %zu field"
						: "has fewer than %zu fields",
		    schema->min_properties);
	else
		say(out,
		    schema->max_properties == 1 ? "has more than %zu field"
						: "has more than %zu fields",
		    schema->max_properties);
}

static void say_contained(struct buf *out, const struct failure *failure)
{
	const struct schema *schema = failure->schema;
	const char *file = schema->resource->file;
	unsigned line = schema->contains->raw->line;
	if (failure->what == FAILING_FEW_CONTAINED)
		say(out, "%zu of its items match the schema at %s:%u, at least %zu must",
		    failure->number, file, line, schema->min_contains);
	else
		say(out, "%zu of its items match the schema at %s:%u, at most %zu may",
		    failure->number, file, line, schema->max_contains);
}

static void say_missing(struct buf *out, const struct failure *failure)
{
	if (failure->key)
		say(out, "missing (%s needs it)", failure->key->key);
	else
		say(out, "missing");
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
		say(out, "names like %s",
		    pattern_text(schema->pattern_properties.items[i].pattern));
	}
}

static void say_unknown(struct buf *out, const struct failure *failure)
{
	struct applied applied;
	applied_init(&applied, failure->schema, failure->instance);
	/* additionalProperties knows only the properties of its own schema. */
	size_t looked_at = failure->schema->additional_properties ? 1 : applied.count, count = 0;
	struct buf names;
	buf_init(&names);
	for (size_t i = 0; i < looked_at; i++)
		add_allowed(&names, &applied, i, &count);
	if (count >= NAMES_SHOWN)
		buf_adds(&names, ", …");
	if (count)
		say(out, "unknown field (allowed: %s)", names.data);
	else
		say(out, "unknown field");
	buf_clear(&names);
	applied_clear(&applied);
}

/* The commonest `not`: fields that may not be there (together). */
static void say_negated(struct buf *out, const struct failure *failure)
{
	const struct schema *negated = failure->schema->negated;
	const struct node *names = negated->required;
	if (!node_count(names)) {
		say(out, "is not allowed (the schema at %s:%u)", failure->schema->resource->file,
		    (unsigned)negated->raw->line);
		return;
	}
	for (size_t i = 0; i < names->list.count; i++) {
		if (i)
			say(out, " and ");
		buf_add(out, names->list.items[i]->scalar.text, names->list.items[i]->scalar.len);
	}
	say(out,
	    names->list.count == 1 ? " is not allowed here" : " are not allowed together here");
}

static void say_failure(struct buf *out, const struct failure *failure, const char *value)
{
	const struct schema *schema = failure->schema;
	switch (failure->what) {
	case FAILING_NOTHING:
		break;
	case FAILING_TYPE:
		say_type(out, failure, value);
		break;
	case FAILING_CONSTANT:
		say_constant(out, failure, value);
		break;
	case FAILING_CHOICES:
		say_choices(out, failure, value);
		break;
	case FAILING_BOUND:
		say_bound(out, failure, value);
		break;
	case FAILING_SHORT:
		say_short(out, failure, value);
		break;
	case FAILING_LONG:
		say_long(out, failure, value);
		break;
	case FAILING_PATTERN:
		say(out, "%s does not match the pattern %s", value, pattern_text(schema->pattern));
		break;
	case FAILING_FORMAT:
		say(out, "%s is not of the format %s", value, node_text(schema->raw, "format"));
		break;
	case FAILING_FEW_ITEMS:
	case FAILING_MANY_ITEMS:
	case FAILING_FEW_KEYS:
	case FAILING_MANY_KEYS:
		say_size(out, failure);
		break;
	case FAILING_SAME_ITEMS:
		say(out, "the same as item [%zu]", failure->number);
		break;
	case FAILING_FEW_CONTAINED:
	case FAILING_MANY_CONTAINED:
		say_contained(out, failure);
		break;
	case FAILING_MISSING:
		say_missing(out, failure);
		break;
	case FAILING_UNKNOWN:
		say_unknown(out, failure);
		break;
	case FAILING_FORBIDDEN:
		say(out, "not allowed here");
		break;
	case FAILING_NEGATED:
		say_negated(out, failure);
		break;
	case FAILING_SEVERAL:
		say(out, "fits both alternative %zu and alternative %zu (the schema at %s:%u)",
		    failure->number + 1, failure->other + 1, schema->resource->file,
		    (unsigned)schema->raw->line);
		break;
	}
}

bool failure_say(const struct failure *failure, const char *file, struct err *err)
{
	struct buf text, value;
	buf_init(&text);
	buf_init(&value);
	add_value(&value, &failure->value);
	add_subject(&text, failure);
	say_failure(&text, failure, value.data);
	err_set(err, STATUS_REFUSED, "%s", text.data);
	buf_clear(&text);
	buf_clear(&value);
	/* The place is that of the key when the key is wrong or demands another. */
	if (failure->key)
		return err_place(err, file, failure->key->line, failure->key->column);
	return err_place(err, file, failure->value.line, failure->value.column);
}
