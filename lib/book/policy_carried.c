// SPDX-License-Identifier: MIT
// Which fields the documents of steps can carry, by their schemas. Looks at no document, and
// refuses nothing.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/event.h"
#include "book/form.h"
#include "book/policy_parts.h"

/* The schema FOLDER has for STEP; NULL when it has none, or none that can be used. Asks the disk
 * once: most of these files are not there, and rules name the same steps again and again. */
static const struct schema *schema_in(struct fields *fields, const char *folder, const char *step)
{
	struct err ignored = ERR_INIT;
	struct buf uri;
	size_t at;
	buf_init(&uri);
	buf_addf(&uri, "schemas/%s/%s.yaml", folder, step);
	if (!keys_find(&fields->files, uri.data, uri.len, &at)) {
		at = fields->schema_count;
		fields->schemas = mem_room(fields->schemas, at, 1, sizeof *fields->schemas);
		fields->schemas[fields->schema_count++] =
			schema_find(fields->policy->schemas, uri.data, &ignored);
		keys_add(&fields->files, arena_dup(&fields->arena, uri.data), uri.len, at);
	}
	err_clear(&ignored); /* a missing schema is no error here; a damaged one is reported by
				whoever uses it */
	buf_clear(&uri);
	return fields->schemas[at];
}

/* As book_event_schema finds it; NULL when there is none, or none that can be used. */
static const struct schema *step_schema(struct fields *fields, const char *kind, const char *step)
{
	const struct schema *schema = kind ? schema_in(fields, kind, step) : NULL;
	if (!schema)
		schema = schema_in(fields, "ticket", step);
	return schema ? schema : schema_in(fields, "ticket", "step");
}

void fields_clear(struct fields *fields)
{
	free(fields->schemas);
	fields->schemas = NULL;
	fields->schema_count = 0;
	keys_clear(&fields->files);
	arena_clear(&fields->arena);
}

/* The field at PATH in documents of SCHEMA; NULL: there is none. EACH: also of the items of lists
 * on the way. */
static const struct schema *field_at(struct fields *fields, const struct schema *schema,
				     const char *path, bool each)
{
	char *rest = arena_dup(&fields->arena, path), *name;
	while (schema && (name = strsep(&rest, "."))) {
		const struct schema *items = each ? schema_items(schema) : NULL;
		schema = schema_property(items ? items : schema, name, NULL);
	}
	return schema;
}

/* What is looked for in the schemas of steps. */
struct wanted {
	struct fields *fields;
	const char *path;
	field_ok ok;
	void *context;
	bool each;
};

static bool is_wanted(const struct wanted *wanted, const struct schema *schema)
{
	const struct schema *field =
		schema ? field_at(wanted->fields, schema, wanted->path, wanted->each) : NULL;
	return !schema || (field && (!wanted->ok || wanted->ok(wanted->context, field)));
}

/* Whether documents of STEP carry what is wanted, in forms of one of KINDS. */
static bool step_carries(const struct wanted *wanted, const struct node *kinds, const char *step)
{
	struct fields *fields = wanted->fields;
	const char *kind;
	size_t at = 0;
	const struct rule *any;
	while ((kind = node_each_text(kinds, &at)))
		if (is_wanted(wanted, step_schema(fields, kind, step)))
			return true;
	if (kinds)
		return false;
	if (is_wanted(wanted, step_schema(fields, NULL, step)))
		return true;
	for (at = 0; (any = policy_next(fields->policy, RULE_KIND, &at));) {
		kind = node_text(any->node, "kind");
		if (kind && is_wanted(wanted, step_schema(fields, kind, step)))
			return true;
	}
	return is_wanted(wanted, step_schema(fields, KIND_CUSTOMER, step));
}

/* Whether documents of any step that packs name carry it. What is most likely is asked first. */
static bool any_carries(const struct wanted *wanted, const struct node *kinds)
{
	const struct policy *policy = wanted->fields->policy;
	size_t cursor = 0;
	const struct rule *rule;
	const char *step;
	if (step_carries(wanted, kinds, "step"))
		return true;
	for (enum event event = 0; event_is_core(event); event++)
		if (step_carries(wanted, kinds, event_name(event)))
			return true;
	while ((rule = policy_next(policy, RULE_STEP, &cursor)))
		for (size_t i = 0; (step = node_each_text(node_get(rule->node, "step"), &i));)
			if (step_carries(wanted, kinds, step))
				return true;
	return step_carries(wanted, kinds, event_name(EVENT_SCHEDULED));
}

bool fields_carry(struct fields *fields, const struct node *kinds, const char *step,
		  const char *path, field_ok ok, void *context)
{
	const struct wanted wanted = {fields, path, ok, context, false};
	return step ? step_carries(&wanted, kinds, step) : any_carries(&wanted, kinds);
}

bool fields_carry_each(struct fields *fields, const struct node *kinds, const char *step,
		       const char *path, field_ok ok, void *context)
{
	const struct wanted wanted = {fields, path, ok, context, true};
	return step_carries(&wanted, kinds, step);
}

static bool names_step(const struct rules *rules, const char *step)
{
	for (size_t i = 0; i < rules->count; i++)
		if (node_holds(node_get(rules->items[i].node, "step"), step))
			return true;
	return false;
}

bool fields_know_step(struct fields *fields, const char *step)
{
	const struct policy_list *list = &fields->policy->lists[RULE_STEP];
	size_t at = 0;
	const struct rule *kind;
	if (event_is_core(event_of(step)) || event_of(step) == EVENT_SCHEDULED ||
	    names_step(&list->rules, step) || names_step(&list->replaced, step) ||
	    schema_in(fields, KIND_CUSTOMER, step))
		return true;
	while ((kind = policy_next(fields->policy, RULE_KIND, &at)))
		if (node_text(kind->node, "kind") &&
		    schema_in(fields, node_text(kind->node, "kind"), step))
			return true;
	return false;
}

static const char *step_without(struct fields *fields, const struct node *kinds,
				const struct node *steps, const char *field, bool each)
{
	const char *step;
	for (size_t i = 0; (step = node_each_text(steps, &i));) {
		size_t at = 0;
		const char *kind = node_each_text(kinds, &at);
		do {
			const struct schema *schema = step_schema(fields, kind, step);
			if (schema && !field_at(fields, schema, field, each))
				return step;
		} while ((kind = node_each_text(kinds, &at)));
	}
	return NULL;
}

const char *fields_step_without(struct fields *fields, const struct node *kinds,
				const struct node *steps, const char *field)
{
	return step_without(fields, kinds, steps, field, false);
}

const char *fields_step_without_each(struct fields *fields, const struct node *kinds,
				     const struct node *steps, const char *field)
{
	return step_without(fields, kinds, steps, field, true);
}
