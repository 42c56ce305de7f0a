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

/* Whether the deadline ENTRY is over in the state that was settled. */
static bool is_over(enum form_state state, const struct node *entry)
{
	const struct node *until = node_get(entry, "until");
	return until && ((state != FORM_OPEN && node_holds(until, event_name(EVENT_FINISHED))) ||
			 (state == FORM_CLOSED && node_holds(until, event_name(EVENT_CLOSED))));
}

/* Sets DUTY, that a voiding withdrew, as it was set. */
static void set_again(struct duty_step *step, const struct duty *duty)
{
	const struct document *set = duty->moved_by ? duty->moved_by : duty->set_by;
	const char *list = duty->callback ? "callbacks" : "due";
	const struct node *entry;
	for (size_t i = 0; (entry = node_item(node_get(set->root, list), i)); i++) {
		if (!node_is_string(node_get(entry, "id"), duty->id) ||
		    is_over(step->form->state, entry))
			continue;
		struct node *again = node_copy(step->arena, entry);
		node_set(step->arena, again, "id",
			 node_string(step->arena, duty_free_id(step, duty->id)));
		node_push(step->arena, duty_list(step, list), again);
	}
}

/* It was not void: what the voiding withdrew is owed again. */
static void take_up_again(struct duty_step *step)
{
	struct form *form = step->form;
	struct duty *duty;
	for (size_t i = 0; (duty = form_next_duty(form, &i));)
		if (duty->cycle == form->cycle && duty->state == DUTY_WITHDRAWN &&
		    duty->ended_by->which == EVENT_VOIDED)
			set_again(step, duty);
}

bool duty_set_settled(struct duty_step *step)
{
	static const enum event events[] = {EVENT_FINISHED, EVENT_CLOSED};
	enum form_state state = step->form->state;
	const struct node *happened = node_get(step->prior, "events");
	if (state != FORM_VOIDED)
		take_up_again(step);
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
