// SPDX-License-Identifier: MIT
// Kind, category and severity of a ticket: whether they are known and go together, and what they
// are where nobody said it.
#include <string.h>

#include "book/called.h"
#include "ticket/ticket_parts.h"

enum { CLASS_PARTS = 3 };

static const struct {
	const char *field;
	enum rule_list list;
} parts[CLASS_PARTS] = {
	{"kind", RULE_KIND}, {"category", RULE_CATEGORY}, {"severity", RULE_SEVERITY}};

bool ticket_names(const struct book *book, const struct node *document, struct err *err)
{
	const char *kind = node_text(document, "kind");
	struct arena arena = ARENA_INIT;
	const struct node *severities = policy_severities(book->policy, &arena, kind);
	bool fine = true;
	for (size_t i = 0; fine && i < CLASS_PARTS; i++) {
		const char *name = node_text(document, parts[i].field);
		if (parts[i].list == RULE_KIND && name && strcmp(name, KIND_CUSTOMER) == 0)
			continue;
		fine = !name ||
		       (policy_says(book->policy, parts[i].list, name, kind, parts[i].field) &&
			(parts[i].list != RULE_SEVERITY || !severities ||
			 node_holds(severities, name)));
		if (fine)
			continue;
		struct buf allowed;
		buf_init(&allowed);
		if (parts[i].list == RULE_SEVERITY && severities)
			buf_adds(&allowed,
				 called_names(book, &arena, RULE_SEVERITY, severities, ", "));
		else
			policy_names(book->policy, parts[i].list, kind, &allowed);
		err_set(err, STATUS_REFUSED, "%s: \"%s\" is not known%s%s (allowed: %s)",
			parts[i].field, name, i && kind ? " for a " : "",
			i && kind ? called_name(book, &arena, RULE_KIND, kind) : "", allowed.data);
		buf_clear(&allowed);
	}
	arena_clear(&arena);
	return fine;
}

/* Names in FIELDS what was not GIVEN but is among VALUES, and says so. */
static void take_found(struct ticket_recording *recording, struct node *fields,
		       const char *const *values, const char *const *given)
{
	struct arena *arena = recording->arena;
	struct node *found = node_list(arena);
	struct buf chosen;
	buf_init(&chosen);
	for (size_t i = 0; i < CLASS_PARTS; i++) {
		if (!values[i] || given[i])
			continue;
		node_set(arena, fields, parts[i].field, node_string(arena, values[i]));
		node_push(arena, found, node_string(arena, parts[i].field));
		buf_addf(&chosen, "%s %s %s", chosen.len ? "," : "", parts[i].field,
			 called_name(recording->book, arena, parts[i].list, values[i]));
	}
	if (chosen.len) {
		record_note(recording->out, arena, "not given, so chosen by the policy:%s",
			    chosen.data);
		node_set(arena, fields, "classified", found);
	}
	buf_clear(&chosen);
}

static void take_department(struct ticket_recording *recording, struct node *fields)
{
	const char *department = node_as_text(policy_says(recording->book->policy, RULE_CATEGORY,
							  node_text(fields, "category"),
							  node_text(fields, "kind"), "department"));
	if (!node_get(fields, "department"))
		node_add_string(recording->arena, fields, "department", department);
}

static bool refuse_kind(const struct policy *policy, struct err *err)
{
	struct buf allowed;
	buf_init(&allowed);
	policy_names(policy, RULE_KIND, NULL, &allowed);
	err_set(err, STATUS_REFUSED,
		"kind: missing, and the text does not show it; give one of: %s", allowed.data);
	buf_clear(&allowed);
	return false;
}

bool ticket_classify(struct ticket_recording *recording, struct node *fields, struct err *err)
{
	const char *values[CLASS_PARTS], *given[CLASS_PARTS];
	const struct node *text = node_get(fields, "text");
	struct policy *policy = recording->book->policy;
	for (size_t i = 0; i < CLASS_PARTS; i++)
		values[i] = given[i] = node_text(fields, parts[i].field);
	if (!ticket_names(recording->book, fields, err))
		return false;
	if (text && text->type == NODE_STRING &&
	    !policy_classify(policy, node_as_text(text), node_text_len(text), &values[0],
			     &values[1], &values[2], err))
		return false;
	if (!values[0])
		return refuse_kind(policy, err);
	if (!values[1])
		values[1] =
			node_as_text(policy_says(policy, RULE_KIND, values[0], NULL, "category"));
	if (!values[2])
		values[2] =
			node_item_text(policy_severities(policy, recording->arena, values[0]), 0);
	take_found(recording, fields, values, given);
	take_department(recording, fields);
	return true;
}
