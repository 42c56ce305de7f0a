// SPDX-License-Identifier: MIT
// What forms that are linked see of each other, and what each records of the other: that it is
// linked, and that a step was taken which starts a clock. Never follows the links of a linked form.
#include "ticket/linked.h"

#include <inttypes.h>
#include <string.h>

#include "ticket/callers.h"
#include "ticket/ticket_parts.h"

static void add_ids(struct node *ids, const struct node *links, struct arena *arena)
{
	const char *id;
	for (size_t i = 0; (id = node_each_text(links, &i));)
		if (!node_holds(ids, id))
			node_push(arena, ids, node_string(arena, id));
}

struct node *linked_ids(const struct form *form, struct arena *arena)
{
	struct node *ids = node_list(arena), **roots = form_mended(form, form->count, arena);
	for (size_t i = 0; i < form->count; i++)
		add_ids(ids, node_get(roots[i], "links"), arena);
	return ids;
}

bool linked_view(struct book *book, struct form *form, struct node *view, struct err *err)
{
	static const char *const left_out[] = {"document", "earlier"};
	struct arena *arena = &form->arena;
	struct node *linked = node_list(arena), *ids = linked_ids(form, arena);
	struct form other;
	struct buf text;
	const char *id;
	bool done = true;
	form_init(&other);
	buf_init(&text);
	for (size_t i = 0; done && i < LINKED_MAX && (id = node_item_text(ids, i)); i++) {
		buf_reset(&text);
		done = ticket_read(book, id, &other, &text, err);
		if (!done && err->status == STATUS_USAGE) {
			/* not yet written, or gone: ledger-check tells of that */
			err_clear(err);
			done = true;
			continue;
		}
		if (!done)
			break;
		struct node *seen = form_view(&other);
		for (size_t j = 0; j < sizeof left_out / sizeof *left_out; j++)
			node_remove(seen, left_out[j]);
		node_push(arena, linked, node_copy(arena, seen));
	}
	form_clear(&other);
	buf_clear(&text);
	node_add(arena, view, "linked", linked);
	return done || err_prefix(err, "links");
}

struct node *linked_rows(struct book *book, const struct form *form, struct arena *arena)
{
	struct node *rows = node_list(arena), *ids = linked_ids(form, arena);
	struct form other;
	struct buf text;
	const char *id;
	form_init(&other);
	buf_init(&text);
	for (size_t i = 0; (id = node_item_text(ids, i)); i++) {
		struct err err = ERR_INIT;
		struct node *row = node_map(arena);
		buf_reset(&text);
		node_add_string(arena, row, "id", id);
		if (ticket_read(book, id, &other, &text, &err)) {
			const char *said = node_text(other.documents[0].root, "text");
			node_add_string(arena, row, "kind", arena_dup(arena, other.kind));
			if (other.category)
				node_add_string(arena, row, "category",
						arena_dup(arena, other.category));
			node_add_string(arena, row, "state", form_state_name(other.state));
			if (said)
				node_add_string(arena, row, "text",
						arena_dup_len(arena, said, strcspn(said, "\n")));
		} else {
			node_add_string(arena, row, "problem", arena_dup(arena, err.text));
		}
		err_clear(&err);
		node_push(arena, rows, row);
	}
	form_clear(&other);
	buf_clear(&text);
	return rows;
}

/* --- what the other form records --- */

/* The one that is to record ID, gathered already or not. */
static struct linked_form *linked_form(struct ticket_recording *recording, struct linking *linking,
				       const char *id)
{
	for (size_t i = 0; i < linking->count; i++)
		if (strcmp(linking->forms[i].id, id) == 0)
			return &linking->forms[i];
	struct linked_form *more =
		arena_alloc(recording->arena, (linking->count + 1) * sizeof *more);
	if (linking->count)
		memcpy(more, linking->forms, linking->count * sizeof *more);
	linking->forms = more;
	more[linking->count] = (struct linked_form){.id = arena_dup(recording->arena, id)};
	return &more[linking->count++];
}

static void add_document(struct ticket_recording *recording, struct linked_form *to, int64_t seq,
			 const char *step)
{
	struct linked_step *more = arena_alloc(recording->arena, (to->count + 1) * sizeof *more);
	if (to->count)
		memcpy(more, to->steps, to->count * sizeof *more);
	to->steps = more;
	more[to->count++] = (struct linked_step){.seq = seq, .step = step};
}

/* Whether OTHER was linked by document SEQ of FORM already, by a recording that was interrupted. */
static bool was_linked(const struct form *other, const struct form *form, int64_t seq)
{
	struct arena scratch = ARENA_INIT;
	const char *cause = arena_printf(&scratch, "%s#%" PRId64, form->id, seq);
	bool linked = false;
	for (size_t i = 0; i < other->count && !linked; i++)
		linked = other->documents[i].which == EVENT_LINKED &&
			 node_is_string(node_get(other->documents[i].root, "cause"), cause);
	arena_clear(&scratch);
	return linked;
}

/* FORM is merged into OTHER by its last document: who called about it calls about that. */
static void merge_into(struct ticket_recording *recording, const struct form *form,
		       const struct form *other, struct linking *linking)
{
	const struct node *list =
		callers_handed_over(recording->book, recording->arena, form, other);
	struct linked_form *to = linked_form(recording, linking, other->id);
	int64_t seq = form->documents[form->count - 1].seq;
	struct node *one;
	to->seen = other->count;
	to->opened_at = other->opened_at;
	to->merged = true;
	for (size_t i = 0; (one = node_item(list, i)); i++) {
		if (document_event(one) == EVENT_LINKED && was_linked(other, form, seq))
			continue;
		add_document(recording, to, seq, NULL);
		to->steps[to->count - 1].whole = one;
	}
}

/* Whether FORM names ID in its links. */
static bool names(const struct form *form, const char *id)
{
	for (size_t i = 0; i < form->count; i++)
		if (node_holds(node_get(form->documents[i].root, "links"), id))
			return true;
	return false;
}

static size_t count_links(const struct form *form)
{
	struct arena scratch = ARENA_INIT;
	size_t count = node_item_count(linked_ids(form, &scratch));
	arena_clear(&scratch);
	return count;
}

/* Links OTHER, which document SEQ of FORM names, back to it. */
static bool link_back(struct ticket_recording *recording, const struct form *form, int64_t seq,
		      const struct form *other, struct linking *linking, struct err *err)
{
	const struct document *last = &form->documents[form->count - 1];
	bool merges = last->which == EVENT_MERGED &&
		      node_is_string(node_get(last->root, "into"), other->id);
	if (other->state == FORM_VOIDED)
		return err_set(err, STATUS_REFUSED, "links: %s was voided", other->id);
	if (names(other, form->id) && !merges)
		return true;
	if (count_links(other) >= LINKED_MAX)
		return err_set(err, STATUS_REFUSED,
			       "links: %s is linked with %d forms already, more it does not take",
			       other->id, LINKED_MAX);
	if (merges) {
		merge_into(recording, form, other, linking);
		return true;
	}
	struct linked_form *to = linked_form(recording, linking, other->id);
	to->seen = other->count;
	to->opened_at = other->opened_at;
	add_document(recording, to, seq, NULL);
	return true;
}

static bool link_all(struct ticket_recording *recording, const struct form *form, int64_t seq,
		     const struct node *links, struct linking *linking, struct err *err)
{
	struct form other;
	struct buf text;
	const char *id;
	bool done = true;
	form_init(&other);
	buf_init(&text);
	for (size_t i = 0; done && (id = node_each_text(links, &i));) {
		if (strcmp(id, form->id) == 0)
			done = err_set(err, STATUS_REFUSED, "links: %s is this form itself", id);
		/* a customer has tickets for years: that file is not told of each */
		if (!done || !book_is_ticket(id) || node_holds(linking->opened, id))
			continue;
		buf_reset(&text);
		done = ticket_read(recording->book, id, &other, &text, err) &&
		       link_back(recording, form, seq, &other, linking, err);
	}
	form_clear(&other);
	buf_clear(&text);
	return done;
}

/* Whether a clock of a form of KIND, or of any, starts when one that is linked takes STEP. */
static bool starts_a_clock(const struct policy *policy, const char *step, const char *kind)
{
	static const char prefix[] = "linked.";
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(policy, RULE_DEADLINE, &cursor))) {
		const char *start = node_text(rule->node, "start");
		const struct node *kinds = node_get(rule->node, "kind");
		if (start && strncmp(start, prefix, strlen(prefix)) == 0 &&
		    strcmp(start + strlen(prefix), step) == 0 &&
		    (!kind || !kinds || node_holds(kinds, kind)))
			return true;
	}
	return false;
}

/* Whether FORM was told of document SEQ of ID already, by a recording that was interrupted. */
static bool was_told(const struct form *form, const char *id, int64_t seq)
{
	struct arena scratch = ARENA_INIT;
	const char *cause = arena_printf(&scratch, "%s#%" PRId64, id, seq);
	bool told = false;
	for (size_t i = 0; i < form->count && !told; i++)
		told = form->documents[i].which == EVENT_LINKED &&
		       node_get(form->documents[i].root, "step") &&
		       node_is_string(node_get(form->documents[i].root, "cause"), cause);
	arena_clear(&scratch);
	return told;
}

/* Tells the forms that FORM is linked with that it took STEP, where that starts a clock. */
static void tell_step(struct ticket_recording *recording, const struct form *form, int64_t seq,
		      const char *step, struct linking *linking)
{
	const struct policy *policy = recording->book->policy;
	struct node *ids = linked_ids(form, recording->arena);
	struct form other;
	struct buf text;
	const char *id;
	form_init(&other);
	buf_init(&text);
	for (size_t i = 0; i < LINKED_MAX && (id = node_item_text(ids, i)); i++) {
		struct err err = ERR_INIT;
		buf_reset(&text);
		if (!book_is_ticket(id) || node_holds(linking->opened, id))
			continue;
		if (!ticket_read(recording->book, id, &other, &text, &err)) {
			record_note(recording->out, recording->arena,
				    "%s, which is linked, is not told of this: %s", id, err.text);
		} else if (other.state != FORM_VOIDED && starts_a_clock(policy, step, other.kind) &&
			   !was_told(&other, form->id, seq)) {
			struct linked_form *to = linked_form(recording, linking, id);
			to->seen = other.count;
			to->opened_at = other.opened_at;
			add_document(recording, to, seq, step);
		}
		err_clear(&err);
	}
	form_clear(&other);
	buf_clear(&text);
}

bool linked_gather(struct ticket_recording *recording, const struct form *form,
		   struct linking *linking, struct err *err)
{
	const struct document *document = &form->documents[form->count - 1];
	const char *step = arena_dup(recording->arena, document->event);
	if (!linking->opened)
		linking->opened = node_list(recording->arena);
	if (recording->out->linked && !node_holds(linking->opened, recording->out->linked))
		node_push(recording->arena, linking->opened,
			  node_string(recording->arena, recording->out->linked));
	if (!link_all(recording, form, document->seq, node_get(document->root, "links"), linking,
		      err) ||
	    !link_all(recording, form, document->seq, node_path(document->root, "fields.links"),
		      linking, err))
		return false;
	if (starts_a_clock(recording->book->policy, step, NULL))
		tell_step(recording, form, document->seq, step, linking);
	return true;
}

static struct node *linked_document(struct ticket_recording *recording, const char *id,
				    const struct linked_step *step)
{
	struct arena *arena = recording->arena;
	struct node *document = step->whole, *links = node_list(arena);
	if (!document) {
		document = ticket_document(arena, event_name(EVENT_LINKED));
		node_push(arena, links, node_string(arena, id));
		node_add(arena, document, "links", links);
	}
	node_add_string(arena, document, "cause",
			arena_printf(arena, "%s#%" PRId64, id, step->seq));
	if (step->step)
		node_add_string(arena, document, "step", step->step);
	return document;
}

static bool compose(struct ticket_recording *recording, const char *id, struct linked_form *to,
		    struct buf *text, struct err *err)
{
	struct addition *additions = arena_alloc(recording->arena, to->count * sizeof *additions);
	int64_t at = recording->acting.at;
	bool changed;
	for (size_t i = 0; i < to->count; i++)
		additions[i] =
			(struct addition){.document = linked_document(recording, id, &to->steps[i]),
					  .at = at < to->opened_at ? recording->book->now : at};
	return ticket_compose(recording->book, recording->arena, recording->request,
			      &recording->acting, to->id, additions, to->count, to->seen, text,
			      &to->last, &changed, err);
}

bool linked_write(struct ticket_recording *recording, const char *id, struct linking *linking,
		  struct err *err)
{
	struct buf path, text;
	bool done = true;
	buf_init(&path);
	buf_init(&text);
	/* all of them before the first is written */
	for (size_t i = 0; done && i < linking->count; i++) {
		struct linked_form *to = &linking->forms[i];
		buf_reset(&text);
		done = compose(recording, id, to, &text, err);
		if (done)
			to->text = arena_dup_len(recording->arena, text.data, text.len);
		to->len = text.len;
	}
	for (size_t i = 0; done && i < linking->count; i++) {
		const struct linked_form *to = &linking->forms[i];
		buf_reset(&path);
		buf_reset(&text);
		buf_add(&text, to->text, to->len);
		done = book_form_path(to->id, &path, err) &&
		       record_write(recording->book, recording->request, path.data, to->last, &text,
				    STORE_REPLACE, err) == STORE_WRITTEN;
		if (done)
			record_note(recording->out, recording->arena, "%s %s", to->id,
				    to->merged          ? "takes over who called and what is owed"
				    : to->steps[0].step ? "is told of it"
							: "is linked with it");
	}
	buf_clear(&path);
	buf_clear(&text);
	return done;
}
