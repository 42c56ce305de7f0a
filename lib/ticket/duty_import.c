// SPDX-License-Identifier: MIT
// What a ticket owes whose steps are not recorded: it came from another system, or a dispute was
// settled to a state. As if they had happened here.
#include "ticket/duty_parts.h"

/* As if EVENT had happened here, AT. */
static bool set_as_if(struct duty_step *step, enum event event, int64_t at, unsigned owed)
{
	const char *name = event_name(event);
	const struct happened happened = {.event = name,
					  .name = name,
					  .at = at,
					  .begun = step->document->at,
					  .root = step->root};
	bool done = (!(owed & DUTY_DEADLINES) || duty_set_deadlines(step, &happened)) &&
		    (!(owed & DUTY_CALLBACKS) || duty_set_callbacks(step, &happened));
	node_push(step->arena, node_get(step->prior, "events"), node_string(step->arena, name));
	return done;
}

/* Takes out the deadlines that EVENT had ended elsewhere. */
static void end_as_if(struct duty_step *step, enum event event)
{
	const struct node *due = node_get(step->root, "due"), *one;
	struct node *kept = node_list(step->arena);
	for (size_t i = 0; (one = node_item(due, i)); i++)
		if (!node_holds(node_get(one, "until"), event_name(event)))
			node_push(step->arena, kept, (struct node *)one);
	if (node_item_count(kept))
		node_set(step->arena, step->root, "due", kept);
	else
		node_remove(step->root, "due");
}

bool duty_set_settled(struct duty_step *step)
{
	static const enum event events[] = {EVENT_FINISHED, EVENT_CLOSED};
	enum form_state state = step->form->state;
	const struct node *happened = node_get(step->prior, "events");
	size_t count = state == FORM_CLOSED ? 2 : state == FORM_FINISHED ? 1 : 0;
	for (size_t i = 0; i < count; i++) {
		/* a deadline that begins with the one and ends with the other is over */
		unsigned owed = DUTY_CALLBACKS | (i + 1 == count ? DUTY_DEADLINES : 0);
		if (!node_holds(happened, event_name(events[i])) &&
		    !set_as_if(step, events[i], step->document->at, owed))
			return false;
	}
	return true;
}

bool duty_work_out_imported(struct book *book, struct arena *arena, struct form *form,
			    unsigned owed, struct err *err)
{
	const struct document *document = &form->documents[form->count - 1];
	struct node *prior = node_map(arena);
	struct duty_step step = {.book = book,
				 .arena = arena,
				 .form = form,
				 .document = document,
				 .root = document->root,
				 .notes = node_list(arena),
				 .prior = prior,
				 .view = form_view(form),
				 .err = err};
	static const struct {
		const char *field;
		enum event event;
	} known[] = {{"finished-at", EVENT_FINISHED}, {"closed-at", EVENT_CLOSED}};
	node_add(arena, prior, "events", node_list(arena));
	if (!set_as_if(&step, EVENT_OPENED, document->at, owed))
		return false;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		const char *text = node_text(step.root, known[i].field);
		int64_t at;
		if (text &&
		    (!time_parse(text, &at, err) || !set_as_if(&step, known[i].event, at, owed)))
			return false;
	}
	if (form->state == FORM_CLOSED)
		node_remove(step.root, "due");
	else if (form->state == FORM_FINISHED)
		end_as_if(&step, EVENT_FINISHED);
	return true;
}
