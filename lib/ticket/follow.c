// SPDX-License-Identifier: MIT
// What an unsatisfied answer brings about, a reopening or a ticket of its own; and what becomes of
// that where the answer was a mistake.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "text/nothing.h"
#include "ticket/duty.h"
#include "ticket/ticket_parts.h"

/* What the household said, for the ticket its answer opens. */
static struct node *complaint_from(struct ticket_recording *recording, const struct form *form,
				   const struct node *callback, const char *kind)
{
	static const char *const said[] = {"shortcomings", "opinions", "problem", "question",
					   "text"};
	struct arena *arena = recording->arena;
	struct node *fields = ticket_document(arena, "opened");
	struct buf text;
	buf_init(&text);
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		const char *part = node_text(callback, said[i]);
		if (part && !nothing_said(part))
			buf_addf(&text, "%s%s", text.len ? "\n" : "", part);
	}
	if (!text.len)
		buf_addf(&text, "unsatisfied with %s", form->id);
	node_add_string(arena, fields, "kind", kind);
	if (form->department)
		node_add_string(arena, fields, "department", form->department);
	struct household household;
	bool joined = form_household(form, node_text(callback, "household"), &household);
	if (joined) {
		node_add(arena, fields, "customer", node_copy(arena, household.customer));
	} else if (form->customer) {
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
	/* a ledger that was not brought up to this version has no place for it */
	struct err ignored = ERR_INIT;
	const struct schema *schema =
		book_event_schema(recording->book, kind, event_name(EVENT_OPENED), &ignored);
	if (schema && schema_property(schema, "matter", NULL))
		node_add_string(arena, fields, "matter", node_text(callback, "matter"));
	err_clear(&ignored);
	return fields;
}

/* The new form is written before the reference to it; a retry finds it by its cause. */
static bool open_linked(struct ticket_recording *recording, const struct form *form,
			const struct node *callback, const char *kind, const char **linked,
			struct err *err)
{
	struct request request = *recording->request;
	struct recorded opened = {.notes = node_list(recording->arena)};
	struct ticket_recording opening = *recording;
	opening.request = &request;
	opening.out = &opened;
	opening.automatic = true;
	opening.step_count = 0;
	request.cause = arena_printf(recording->arena, "%s#%" PRId64, form->id,
				     form->documents[form->count - 1].seq);
	struct node *fields = complaint_from(recording, form, callback, kind);
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

/* *ID gets a ticket of KIND that an earlier answer had FORM open and that is not yet over; NULL:
 * there is none. */
static bool open_already(struct ticket_recording *recording, const struct form *form,
			 const char *kind, const char **id, struct err *err)
{
	const char *cause = arena_printf(recording->arena, "%s#", form->id), *link;
	bool fine = true;
	*id = NULL;
	for (size_t i = 0; fine && !*id && i + 1 < form->count; i++) {
		const struct node *links = node_get(form->documents[i].root, "links");
		for (size_t j = 0; fine && !*id && (link = node_each_text(links, &j));) {
			struct form other;
			struct buf text;
			if (!book_is_ticket(link))
				continue;
			form_init(&other);
			buf_init(&text);
			fine = ticket_read(recording->book, link, &other, &text, err);
			const char *by = fine ? node_text(other.documents[0].root, "cause") : NULL;
			if (by && strncmp(by, cause, strlen(cause)) == 0 && other.kind &&
			    strcmp(other.kind, kind) == 0 &&
			    (other.state == FORM_OPEN || other.state == FORM_FINISHED))
				*id = arena_dup(recording->arena, link);
			form_clear(&other);
			buf_clear(&text);
		}
	}
	return fine;
}

/* Whether ID, a ticket that was opened for the answer to CALLBACK, was opened by itself for that,
 * and nobody has worked on it. */
static bool is_untouched_answer(const struct form *other, const struct form *form,
				const struct document *callback)
{
	const char *cause = node_text(other->documents[0].root, "cause");
	size_t len = strlen(form->id);
	if (!cause || strncmp(cause, form->id, len) != 0 || cause[len] != '#')
		return false;
	int64_t number = strtoll(cause + len + 1, NULL, 10);
	for (size_t i = 0; i < form->count; i++) {
		const struct document *document = &form->documents[i];
		if (document->known == number &&
		    (document == callback || form_target(form, document) == callback))
			return other->state == FORM_OPEN && form_is_untouched(other);
	}
	return false;
}

/* Voids LINKED, where nobody has worked on it; *DONE: that was so. */
static bool void_linked(struct ticket_recording *recording, const struct form *form,
			const struct document *callback, const char *linked, bool *done,
			struct err *err)
{
	struct form other;
	struct buf text;
	struct arena *arena = recording->arena;
	form_init(&other);
	buf_init(&text);
	bool fine = ticket_read(recording->book, linked, &other, &text, err), over, changed;
	over = fine && other.state == FORM_VOIDED;
	*done = fine && is_untouched_answer(&other, form, callback);
	size_t seen = other.count;
	form_clear(&other);
	buf_reset(&text);
	if (!*done) {
		if (fine && !over)
			record_note(
				recording->out, arena,
				"%s, which was opened for the answer, stays: void it if nothing "
				"else is in it",
				linked);
		buf_clear(&text);
		return fine;
	}
	struct request request = *recording->request;
	struct node *document = ticket_document(arena, "voided");
	struct addition addition = {.document = document, .at = recording->acting.at};
	struct buf path;
	int64_t last;
	buf_init(&path);
	node_add_string(arena, document, "reason",
			arena_printf(arena, "the answer of %s#%" PRId64 " was corrected", form->id,
				     callback->known));
	node_add_string(
		arena, document, "cause",
		arena_printf(arena, "%s#%" PRId64, form->id, form->documents[form->count - 1].seq));
	fine = ticket_compose(recording->book, arena, &request, &recording->acting, linked,
			      &addition, 1, seen, &text, &last, &changed, err) &&
	       book_form_path(linked, &path, err);
	if (fine) {
		enum store_result result = record_write(recording->book, &request, path.data, last,
							&text, STORE_REPLACE, err);
		fine = result == STORE_WRITTEN;
		/* it is there: what caused it is recorded all the same */
		if (!fine && record_stands(result, err)) {
			recording->unconfirmed = fine = true;
			err_clear(err);
		}
	}
	if (fine)
		record_note(recording->out, arena, "voided %s, which was opened for the answer",
			    linked);
	buf_clear(&path);
	buf_clear(&text);
	return fine;
}

/* The tickets that were opened for the answer to CALLBACK, which was not what it seemed. */
static bool void_all_linked(struct ticket_recording *recording, const struct form *form,
			    const struct document *callback, const char **linked, struct err *err)
{
	const char *id;
	for (size_t i = 0; i + 1 < form->count; i++) {
		const struct document *document = &form->documents[i];
		if (document != callback && form_target(form, document) != callback)
			continue;
		for (size_t j = 0; (id = node_each_text(node_get(document->root, "links"), &j));) {
			bool voided = false;
			if (book_is_ticket(id) &&
			    !void_linked(recording, form, callback, id, &voided, err))
				return false;
			if (voided)
				*linked = id;
		}
	}
	return true;
}

bool ticket_is_unsatisfied(const struct node *root)
{
	return node_is_string(node_get(root, "answer"), "unsatisfied") &&
	       (!node_get(root, "reached") || node_true(root, "reached"));
}

/* What the household says: to DOCUMENT itself, a callback, or to the callback that DOCUMENT mends
 * by now; *BEFORE is what it was taken to say until then, or NULL. NULL: it is about no answer. */
static const struct document *answered(const struct form *form, const struct document *document,
				       const struct node **before)
{
	const struct document *target = form_target(form, document);
	*before = NULL;
	if (document->which == EVENT_CALLBACK)
		return document;
	if (!target || target->which != EVENT_CALLBACK ||
	    (!node_path(document->root, "fields.answer") &&
	     !node_path(document->root, "fields.reached")))
		return NULL;
	*before = document_now(&form->before->documents[target - form->documents]);
	return target;
}

bool ticket_follow(struct ticket_recording *recording, struct form *form, struct node **next,
		   const char **linked, struct err *err)
{
	const struct document *document = &form->documents[form->count - 1];
	struct arena *arena = recording->arena;
	const char *clause = NULL, *what = NULL;
	const struct node *before;
	const struct document *callback = answered(form, document, &before);
	*next = NULL;
	*linked = NULL;
	if (!callback)
		return true;
	const struct node *now = document_now(callback);
	bool was = ticket_is_unsatisfied(before), is = ticket_is_unsatisfied(now);
	if (was && !is)
		return void_all_linked(recording, form, callback, linked, err);
	if (was || !is)
		return true;
	if (!duty_unsatisfied(recording->book, form, now, &what, &clause, err))
		return false;
	if (!what)
		record_note(recording->out, arena,
			    "unsatisfied, but no ticket is reopened or opened for it, as no rule "
			    "about callbacks of such tickets asks for that");
	if (!what)
		return true;
	if (strcmp(what, "reopen") == 0 &&
	    (callback < &form->documents[form_cycle_begin(form)] || form->state == FORM_OPEN)) {
		record_note(recording->out, arena, "unsatisfied; it %s already [%s]",
			    form->state == FORM_OPEN ? "is open" : "was reopened", clause);
		return true;
	}
	if (strcmp(what, "reopen") == 0) {
		*next = ticket_document(arena, "reopened");
		node_add_string(arena, *next, "reason",
				arena_printf(arena, "unsatisfied at the callback [%s]", clause));
		record_note(recording->out, arena, "reopened [%s]", clause);
		return true;
	}
	const char *kind = what + strlen("open "), *already = NULL;
	/* asked again by whom it does not count, it is the same matter */
	if (!node_get(now, "settles") && !open_already(recording, form, kind, &already, err))
		return false;
	if (already)
		record_note(recording->out, arena, "unsatisfied; %s is open for it already [%s]",
			    already, clause);
	if (already)
		return true;
	if (!open_linked(recording, form, now, kind, linked, err))
		return false;
	record_note(recording->out, arena, "opened %s for it [%s]", *linked, clause);
	return true;
}
