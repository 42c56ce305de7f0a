// SPDX-License-Identifier: MIT
// What the ledger knows already, put into a step.
#include "ticket/fill.h"

#include <string.h>

/* When DOCUMENT happened is when what it tells of happened, where somebody tells it who did it: the
 * clock of others says nothing of it. */
static const struct node *time_of(const struct document *document)
{
	const struct node *workers = node_get(document->root, "workers");
	const char *by = node_text(document->root, "by");
	return by && node_holds(workers, by) ? node_get(document->root, "at") : NULL;
}

/* What SOURCE says: who acts or when, who has the form and its department, or STEP.FIELD of the
 * latest such step of the cycle; NULL: nothing. */
static const struct node *known(const struct node *view, const struct document *document,
				const char *source)
{
	if (strchr(source, '.'))
		return form_view_step(view, source);
	if (strcmp(source, "at") == 0)
		return time_of(document);
	return strcmp(source, "by") == 0 ? node_get(document->root, source)
					 : node_get(view, source);
}

/* One value where FIELD of the step takes a list is a list of one. */
static struct node *as_field(const struct schema *schema, struct arena *arena, const char *field,
			     const struct node *value)
{
	struct node *copy = node_copy(arena, value), *list;
	const struct schema *of = schema_property(schema, field, NULL);
	if (value->type != NODE_STRING || !of || !schema_items(of))
		return copy;
	list = node_list(arena);
	node_push(arena, list, copy);
	return list;
}

static void fill(const struct rule *rule, const struct schema *schema, struct arena *arena,
		 const struct node *view, const struct document *document)
{
	const struct node *pair;
	for (size_t i = 0; (pair = node_item(node_get(rule->node, "fill"), i)); i++) {
		const char *field = node_item_text(pair, 0), *source = node_item_text(pair, 1);
		const struct node *value;
		if (!field || !source || node_get(document->root, field) ||
		    !(value = known(view, document, source)))
			continue;
		node_add(arena, document->root, field, as_field(schema, arena, field, value));
	}
}

bool fill_in(const struct book *book, struct arena *arena, struct form *form, struct err *err)
{
	const struct document *document = &form->documents[form->count - 1];
	const struct schema *schema = book_event_schema(book, form->kind, document->event, err);
	int day = zone_day(&book->zone, document->at);
	const struct node *view = NULL;
	const struct rule *rule;
	if (!schema)
		return false;
	for (size_t cursor = 0; (rule = policy_next(book->policy, RULE_STEP, &cursor));) {
		if (!node_get(rule->node, "fill") || form->imported ||
		    !node_holds(node_get(rule->node, "step"), document->event))
			continue;
		view = view ? view : form_view(form);
		enum verdict verdict = policy_applies(book->policy, rule, view, day, err);
		if (verdict == VERDICT_UNKNOWN)
			return false;
		if (verdict == VERDICT_YES)
			fill(rule, schema, arena, view, document);
	}
	return true;
}

const struct node *fill_fields(const struct policy *policy, struct arena *arena)
{
	struct node *fields = node_list(arena);
	const struct node *pair;
	const struct rule *rule;
	for (size_t cursor = 0; (rule = policy_next(policy, RULE_STEP, &cursor));)
		for (size_t i = 0; (pair = node_item(node_get(rule->node, "fill"), i)); i++)
			if (node_item_text(pair, 0) && !node_holds(fields, node_item_text(pair, 0)))
				node_push(arena, fields,
					  node_string(arena, node_item_text(pair, 0)));
	return fields;
}
