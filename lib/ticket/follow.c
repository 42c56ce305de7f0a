// SPDX-License-Identifier: MIT
// What an unsatisfied answer brings about: a reopening, or a ticket of its own.
#include <inttypes.h>
#include <string.h>

#include "ticket/duty.h"
#include "ticket/ticket_parts.h"

/* What the household said, for the ticket its answer opens. */
static struct node *complaint_from(struct ticket_recording *recording, const struct form *form,
				   const char *kind)
{
	static const char *const said[] = {"shortcomings", "opinions", "problem", "text"};
	const struct node *callback = form->documents[form->count - 1].root;
	struct arena *arena = recording->arena;
	struct node *fields = ticket_document(arena, "opened");
	struct buf text;
	buf_init(&text);
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		const char *part = node_text(callback, said[i]);
		if (part)
			buf_addf(&text, "%s%s", text.len ? "\n" : "", part);
	}
	if (!text.len)
		buf_addf(&text, "unsatisfied with %s", form->id);
	node_add_string(arena, fields, "kind", kind);
	if (form->department)
		node_add_string(arena, fields, "department", form->department);
	if (form->customer) {
		struct node *customer = node_copy(arena, form->customer);
		if (form->phone)
			node_set(arena, customer, "phone", node_string(arena, form->phone));
		node_add(arena, fields, "customer", customer);
	}
	node_add_string(arena, fields, "channel", "staff");
	struct node *links = node_list(arena);
	node_push(arena, links, node_string(arena, form->id));
	node_add(arena, fields, "links", links);
	node_add_string(arena, fields, "text", text.data);
	buf_clear(&text);
	return fields;
}

/* The new form is written before the reference to it; a retry finds it by its cause. */
static bool open_linked(struct ticket_recording *recording, const struct form *form,
			const char *kind, const char **linked, struct err *err)
{
	struct request request = *recording->request;
	struct recorded opened = {.notes = node_list(recording->arena)};
	struct ticket_recording opening = *recording;
	opening.request = &request;
	opening.out = &opened;
	opening.automatic = true;
	request.cause = arena_printf(recording->arena, "%s#%" PRId64, form->id,
				     form->documents[form->count - 1].seq);
	struct node *fields = complaint_from(recording, form, kind);
	if (!retried_linked(&opening, form, linked, err))
		return false;
	if (!*linked &&
	    (!ticket_classify(&opening, fields, err) || !ticket_create(&opening, fields, err))) {
		/* it is there: its reference is recorded all the same, and the doubt told at the
		 * end */
		if (!opened.in_place)
			return false;
		recording->unconfirmed = true;
		err_clear(err);
	}
	*linked = *linked ? *linked : opened.id;
	return true;
}

bool ticket_follow(struct ticket_recording *recording, const struct form *form, struct node **next,
		   const char **linked, struct err *err)
{
	const struct node *document = form->documents[form->count - 1].root;
	struct arena *arena = recording->arena;
	const char *clause = NULL, *what = duty_unsatisfied(recording->book, form, &clause);
	*next = NULL;
	*linked = NULL;
	if (!what && node_is_string(node_get(document, "answer"), "unsatisfied"))
		record_note(recording->out, arena,
			    "unsatisfied, but no ticket is reopened or opened for it, as this call "
			    "settles no callback whose rule asks for that");
	if (!what)
		return true;
	if (strcmp(what, "reopen") == 0) {
		*next = ticket_document(arena, "reopened");
		node_add_string(arena, *next, "reason",
				arena_printf(arena, "unsatisfied at the callback [%s]", clause));
		record_note(recording->out, arena, "reopened [%s]", clause);
		return true;
	}
	if (!open_linked(recording, form, what + strlen("open "), linked, err))
		return false;
	record_note(recording->out, arena, "opened %s for it [%s]", *linked, clause);
	return true;
}
