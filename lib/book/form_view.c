// SPDX-License-Identifier: MIT
// The folded form as conditions see it.
#include "book/form_parts.h"

#include <string.h>

/* What has happened so far, EVENTS and STEPS, without the document that comes next. */
static void keep_earlier(struct arena *arena, struct node *earlier, const struct node *events,
			 const struct node *steps)
{
	struct node *names = node_list(arena), *latest = node_map(arena);
	const struct pair *pair;
	const char *event;
	for (size_t i = 0; (event = node_item_text(events, i)); i++)
		node_push(arena, names, node_string(arena, event));
	for (size_t i = 0; (pair = node_pair(steps, i)); i++)
		node_set(arena, latest, pair->key, pair->value);
	node_add(arena, earlier, "events", names);
	node_add(arena, earlier, "steps", latest);
}

struct node *form_view(struct form *form)
{
	struct arena *arena = &form->arena;
	struct node *view = node_map(arena), *events = node_list(arena), *steps = node_map(arena);
	node_add_string(arena, view, "id", form->id);
	node_add_string(arena, view, "kind", form->kind);
	node_add_string(arena, view, "category", form->category);
	node_add_string(arena, view, "severity", form->severity);
	node_add_string(arena, view, "charging", form->charging);
	node_add_string(arena, view, "department", form->department);
	node_add_string(arena, view, "assignee", form->assignee);
	node_add_string(arena, view, "team", form->team);
	node_add_string(arena, view, "state", form_state_name(form->state));
	node_add(arena, view, "imported", node_bool(arena, form->imported));
	node_add(arena, view, "cycle", node_int(arena, form->cycle));
	node_add_string(arena, view, "phone", form->phone);
	struct wait wait;
	if (form_waits(form, &wait))
		node_add_string(arena, view, "waits-for", wait.whom);
	if (form->customer)
		node_add(arena, view, "customer", (struct node *)form->customer);
	if (form->count) {
		struct node *channel = node_get(form->documents[0].root, "channel");
		if (channel)
			node_add(arena, view, "channel", channel);
	}
	struct node **roots = form_mended(form, form->count, arena);
	if (form->count && form->documents[0].which == EVENT_OPENED)
		node_add(arena, view, "opening", roots[0]);
	struct node *earlier = node_map(arena);
	for (size_t i = form_cycle_begin(form); i < form->count; i++) {
		const struct document *document = &form->documents[i];
		const char *event = document_step(document);
		if (i + 1 == form->count)
			keep_earlier(arena, earlier, events, steps);
		if (document->which == EVENT_RENUMBERED || document->undone)
			continue; /* nothing has happened to the matter */
		if (!node_holds(events, event))
			node_push(arena, events, node_string(arena, event));
		node_set(arena, steps, event, roots[i]);
		if (document->which != EVENT_REOPENED)
			continue;
		/* it opens the cycle, and is a step itself */
		node_push(arena, events, node_string(arena, document->event));
		node_set(arena, steps, document->event, roots[i]);
	}
	struct node *checked = form_checked(form, 0, form->count, arena), *items = node_list(arena);
	for (size_t i = 0; i < node_pair_count(checked); i++)
		node_push(arena, items, node_string(arena, node_pair(checked, i)->key));
	node_add(arena, view, "checked", items);
	struct node *joined = node_list(arena);
	struct household household;
	for (size_t cursor = 0; form_next_household(form, &cursor, &household);)
		if (!household.left)
			node_push(arena, joined, node_copy(arena, household.customer));
	node_add(arena, view, "joined", joined);
	node_add(arena, view, "events", events);
	node_add(arena, view, "steps", steps);
	node_add(arena, view, "earlier", earlier);
	if (form->count)
		node_add(arena, view, "document", form->documents[form->count - 1].root);
	return view;
}

const struct node *form_view_step(const struct node *view, const char *path)
{
	static const char opened[] = "opened.";
	const struct node *said = node_path(node_get(view, "steps"), path);
	bool of_opening = strncmp(path, opened, strlen(opened)) == 0;
	return said || !of_opening ? said
				   : node_path(node_get(view, "opening"), path + strlen(opened));
}
