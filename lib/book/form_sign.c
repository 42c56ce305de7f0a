// SPDX-License-Identifier: MIT
// Steps of a form that await signatures, and who has signed them. Reads the documents, changes
// nothing.
#include <string.h>

#include "book/form.h"

const struct document *form_proposal_of(const struct form *form, const struct document *document,
					const char *key)
{
	int64_t number;
	if (!node_integer(document->root, key, &number))
		return NULL;
	for (const struct document *past = form->documents + (document - form->documents);
	     past-- > form->documents;)
		if (past->which == EVENT_PROPOSED && past->known == number)
			return past;
	return NULL;
}

/* Whether LATER takes the place of the step that PROPOSAL proposes. A correction takes that of
 * another one of the same document only. */
static bool replaces(const struct proposal *proposal, const struct document *later)
{
	bool proposes = later->which == EVENT_PROPOSED;
	const char *step = proposes ? node_text(later->root, "step") : later->event;
	if (!step || strcmp(step, proposal->step) != 0)
		return false;
	if (event_of(step) != EVENT_CORRECTED)
		return true;
	int64_t mine = 0, other = 0;
	node_integer(proposal->fields, "of", &mine);
	node_integer(proposes ? node_get(later->root, "fields") : later->root, "of", &other);
	return proposes && mine == other;
}

static void follow(const struct form *form, struct proposal *proposal)
{
	const struct document *end = form->documents + form->count;
	for (const struct document *later = proposal->document + 1; later < end; later++) {
		if (proposal->ended_by)
			return;
		if (form_proposal_of(form, later, "proposal") == proposal->document) {
			proposal->recorded = true;
			proposal->ended_by = later;
		} else if ((later->which == EVENT_DECLINED &&
			    form_proposal_of(form, later, "of") == proposal->document) ||
			   (later->which == EVENT_REOPENED && !later->undone) ||
			   later->which == EVENT_VOIDED || replaces(proposal, later)) {
			proposal->ended_by = later;
		}
	}
}

bool form_next_proposal(const struct form *form, size_t *cursor, struct proposal *proposal)
{
	while (*cursor < form->count) {
		const struct document *document = &form->documents[(*cursor)++];
		if (document->which != EVENT_PROPOSED)
			continue;
		*proposal = (struct proposal){.document = document,
					      .step = node_text(document->root, "step"),
					      .by = node_text(document->root, "by"),
					      .fields = node_get(document->root, "fields"),
					      .awaits = node_get(document->root, "awaits")};
		/* of another type it is damage, which ledger-check names */
		if (!proposal->step || !proposal->by || !proposal->fields ||
		    proposal->fields->type != NODE_MAP)
			continue;
		follow(form, proposal);
		return true;
	}
	return false;
}

bool form_next_open_proposal(const struct form *form, size_t *cursor, struct proposal *proposal)
{
	while (form_next_proposal(form, cursor, proposal))
		if (!proposal->ended_by)
			return true;
	return false;
}

const struct document *form_next_signature(const struct form *form, const struct proposal *proposal,
					   size_t *cursor)
{
	while (*cursor < form->count) {
		const struct document *document = &form->documents[(*cursor)++];
		if (document->which != EVENT_SIGNED ||
		    form_proposal_of(form, document, "of") != proposal->document)
			continue;
		if (node_text(document->root, "by"))
			return document;
	}
	return NULL;
}

struct node *form_proposed_root(const struct document *document, struct arena *arena)
{
	static const char *const own[] = {"step", "fields", "awaits"};
	const struct node *fields = node_get(document->root, "fields"),
			  *step = node_get(document->root, "step");
	struct node *root = node_copy(arena, document->root);
	const struct pair *pair;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		node_remove(root, own[i]);
	if (node_as_text(step))
		node_set(arena, root, "event", node_string(arena, node_as_text(step)));
	for (size_t i = 0; (pair = node_pair(fields, i)); i++)
		node_set(arena, root, pair->key, node_copy(arena, pair->value));
	return root;
}
