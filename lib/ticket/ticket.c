// SPDX-License-Identifier: MIT
// Recording steps of tickets, from under the lock to the store: what the commands and the daily
// plan call.
#include "ticket/ticket.h"

#include <inttypes.h>
#include <string.h>

#include "record/value.h"
#include "store/file.h"
#include "ticket/countersign.h"
#include "ticket/ticket_parts.h"

struct node *ticket_document(struct arena *arena, const char *event)
{
	struct node *document = node_map(arena);
	node_add_string(arena, document, "event", event);
	return document;
}

bool ticket_field(struct book *book, struct arena *arena, struct node *document, const char *kind,
		  const char *field, const char *typed, struct err *err)
{
	const struct schema *schema =
		book_event_schema(book, kind, node_text(document, "event"), err);
	return schema && value_set(book, arena, schema, document, field, typed, err);
}

/* --- new forms --- */

bool ticket_open(struct book *book, struct arena *arena, const struct request *request,
		 struct node *fields, struct recorded *out, struct err *err)
{
	return ticket_open_with(book, arena, request, fields, NULL, 0, out, err);
}

/* Where the numbers of COUNT documents go. */
static int64_t *numbers_of(struct arena *arena, size_t count)
{
	return arena_alloc(arena, count * sizeof(int64_t));
}

bool ticket_open_with(struct book *book, struct arena *arena, const struct request *request,
		      struct node *fields, struct node *const *steps, size_t count,
		      struct recorded *out, struct err *err)
{
	*out = (struct recorded){.notes = node_list(arena),
				 .numbers = numbers_of(arena, count + 1)};
	struct recent recent = {.book = book, .arena = arena, .request_id = request->request_id};
	struct ticket_recording recording = {.book = book,
					     .arena = arena,
					     .request = request,
					     .out = out,
					     .steps = steps,
					     .step_count = count,
					     .numbers = &recent.months[0],
					     .recent = &recent};
	const char *customer = ticket_customer_id(fields);
	if (customer && book_is_ticket(customer))
		return err_set(err, STATUS_REFUSED,
			       "customer.unit: %s is a ticket's number, not a unit", customer);
	unique_look(book, arena, &recording.unique, steps, count);
	bool done = (customer || recent_look(&recent, err)) &&
		    record_begin(book, request, false, &recording.acting, err) &&
		    retried_opening(&recording, fields, err) &&
		    (out->repeated || ((customer || ticket_classify(&recording, fields, err)) &&
				       ticket_create(&recording, fields, err)));
	store_unlock(&book->store);
	return done;
}

bool ticket_open_as(struct book *book, struct arena *arena, const struct request *request,
		    const struct acting *acting, struct month_numbers *numbers, struct node *fields,
		    struct recorded *out, struct err *err)
{
	*out = (struct recorded){.notes = node_list(arena)};
	struct ticket_recording recording = {.book = book,
					     .arena = arena,
					     .request = request,
					     .acting = *acting,
					     .automatic = true,
					     .numbers = numbers,
					     .out = out};
	return ticket_classify(&recording, fields, err) && ticket_create(&recording, fields, err);
}

/* --- forms that are there --- */

bool ticket_read(struct book *book, const char *id, struct form *form, struct buf *text,
		 struct err *err)
{
	struct buf path;
	buf_init(&path);
	bool done = false;
	if (!book_form_path(id, &path, err))
		goto out;
	switch (file_read(&book->store.root, path.data, FORM_MAX_BYTES, text, err)) {
	case FILE_READ:
		done = form_read(form, arena_dup(&book->arena, path.data), text->data, text->len,
				 err) &&
		       form_fits_file(form, err);
		break;
	case FILE_ABSENT:
		err_set(err, STATUS_USAGE,
			book_is_ticket(id) ? "there is no ticket %s"
					   : "there is no file of customer %s: "
					     "customer-log opened %s begins one",
			id, id);
		break;
	case FILE_FAILED:
		break;
	}
out:
	buf_clear(&path);
	return done;
}

/* What the next document of FORM is called; MARKED is the highest number that this clone has given
 * in it. */
static int64_t next_seq(const struct form *form, int64_t marked)
{
	int64_t last = form->documents[form->count - 1].seq;
	return (last > marked ? last : marked) + 1;
}

/* Finds out how far numbers of FORM have been given. */
static bool read_mark(const struct book *book, const char *path, const struct form *form,
		      int64_t *marked, struct err *err)
{
	bool done = record_next(book, path, form->documents[form->count - 1].seq, marked, err);
	--*marked;
	return done;
}

/* Takes back what step_add has just added, a callback whose answer opened LINKED, and adds
 * PRISTINE, the document as it was asked for, with a link to that. */
static bool add_with_link(struct ticket_recording *recording, struct form *form,
			  struct node *pristine, const char *linked, struct buf *text,
			  struct err *err)
{
	struct arena *arena = recording->arena;
	struct node *links = node_get(pristine, "links"), *notes = recording->out->notes;
	if (!links)
		node_add(arena, pristine, "links", links = node_list(arena));
	node_push(arena, links, node_string(arena, linked));
	form_take_back(form);
	recording->out->notes = node_list(arena); /* they have been said */
	bool done = step_add(recording, form, pristine, text, err);
	recording->out->notes = notes;
	recording->out->linked = linked;
	return done;
}

/* Whether all have signed a step by the last document of FORM: then it is recorded next. It is the
 * step of who proposed it; who signed last recorded it. */
static bool completes(struct ticket_recording *recording, const struct form *form,
		      struct proposal *proposal, struct node **next, struct err *err)
{
	struct acting *acting = &recording->acting;
	const struct member *login = acting_login(acting);
	if (!countersign_completes(recording->book, recording->arena, form, proposal, next))
		return true;
	const struct member *by = staff_find(&recording->book->staff, proposal->by, acting->at);
	if (!by || by->left)
		return err_set(err, STATUS_REFUSED,
			       "#%" PRId64 " cannot be recorded: %s, who proposed it, left: let "
			       "somebody propose it again",
			       proposal->document->known, proposal->by);
	acting->via = login == by ? NULL : login;
	acting->by = by;
	recording->completes = proposal;
	record_note(recording->out, recording->arena,
		    "all have signed: %s is recorded as #%" PRId64, proposal->step,
		    next_seq(form, recording->marked));
	return true;
}

/* Adds DOCUMENT and what follows from it to FORM and TEXT. */
static bool add_steps(struct ticket_recording *recording, struct form *form, struct node *document,
		      struct linking *linking, struct buf *text, struct err *err)
{
	const struct acting acting = recording->acting;
	struct proposal proposal;
	for (struct node *next = NULL; document; document = next) {
		size_t begins = text->len;
		const char *linked = NULL;
		next = NULL;
		recording->out->last = next_seq(form, recording->marked);
		record_head(recording->book, recording->arena, recording->request,
			    &recording->acting, document, NULL, recording->out->last);
		struct node *pristine = node_copy(recording->arena, document);
		bool added = step_add(recording, form, document, text, err);
		if (!added && recording->completes && err->status == STATUS_REFUSED)
			err_prefix(err, arena_printf(recording->arena,
						     "all have signed #%" PRId64
						     ", but it cannot be recorded",
						     proposal.document->known));
		recording->completes = NULL;
		recording->acting = acting;
		if (!added ||
		    (!recording->automatic && !ticket_follow(recording, form, &next, &linked, err)))
			return false;
		if (linked) {
			text->len = begins;
			text->data[begins] = '\0';
			if (!add_with_link(recording, form, pristine, linked, text, err))
				return false;
		}
		if (!linked_gather(recording, form, linking, err))
			return false;
		recording->automatic = next != NULL;
		if (!next && !completes(recording, form, &proposal, &next, err))
			return false;
	}
	return true;
}

/* Whether DOCUMENT is the approval of another's request, recorded by the approver themselves: that
 * takes --by. */
static bool is_own_approval(struct book *book, const struct node *document)
{
	struct err ignored = ERR_INIT;
	const struct member *login = document ? book_actor(book, &ignored) : NULL;
	err_clear(&ignored);
	return login && node_is_string(node_get(document, "approved-by"), login->id);
}

/* Adds COUNT documents to FORM, whose file at PATH holds BEFORE, and writes them. */
static bool record_steps(struct ticket_recording *recording, struct form *form, const char *path,
			 const struct buf *before, struct node *const *documents, size_t count,
			 struct err *err)
{
	struct recorded *out = recording->out;
	struct linking linking = {0};
	struct buf text; /* the form borrows from BEFORE, so that stays as it is */
	buf_init(&text);
	buf_add(&text, before->data, before->len);
	bool done = read_mark(recording->book, path, form, &recording->marked, err);
	out->first = next_seq(form, recording->marked);
	for (size_t i = 0; i < count && done; i++) {
		recording->automatic = false;
		out->numbers[i] = next_seq(form, recording->marked);
		done = add_steps(recording, form, documents[i], &linking, &text, err);
	}
	if (done && recording->request->override && !recording->overridden)
		done = err_set(err, STATUS_USAGE, "--override: not needed: no rule refuses this");
	done = done && linked_write(recording, form->id, &linking, err) &&
	       (recording->request->dry_run ||
		unique_note(recording->book, recording->unique, form, form->id, err));
	if (done) {
		out->text = arena_dup_len(recording->arena, text.data + before->len,
					  text.len - before->len);
		enum store_result result = record_write(recording->book, recording->request, path,
							out->last, &text, STORE_REPLACE, err);
		done = result == STORE_WRITTEN;
		out->in_place = record_stands(result, err);
	}
	if (done && recording->unconfirmed)
		done = err_set(err, STATUS_UNDURABLE,
			       "%s is written, but whether it outlives a power cut is unknown",
			       out->linked);
	buf_clear(&text);
	return done;
}

/* What counts from when it is recorded happens then, however long its reason took to write. */
static bool counts_from_recording(const struct node *document)
{
	enum event event = event_of(node_text(document, "event"));
	return event == EVENT_EXTENDED || event == EVENT_RECOMPUTED;
}

/* Whether what a household answers in DOCUMENT, or what that is corrected to, may open another
 * ticket. */
static bool may_open_another(const struct book *book, const struct node *document)
{
	size_t cursor = 0;
	const struct rule *rule;
	if (!ticket_is_unsatisfied(document) &&
	    !ticket_is_unsatisfied(node_get(document, "fields")))
		return false;
	while ((rule = policy_next(book->policy, RULE_CALLBACK, &cursor))) {
		const char *what = node_text(rule->node, "unsatisfied");
		if (what && strncmp(what, "open ", strlen("open ")) == 0)
			return true;
	}
	return false;
}

bool ticket_record(struct book *book, struct arena *arena, const struct request *request,
		   const char *id, struct node *const *documents, size_t count,
		   struct recorded *out, struct err *err)
{
	*out = (struct recorded){.notes = node_list(arena),
				 .id = arena_dup(arena, id),
				 .numbers = numbers_of(arena, count)};
	struct recent recent = {.book = book, .arena = arena, .origin = id};
	struct ticket_recording recording = {.book = book,
					     .arena = arena,
					     .request = request,
					     .out = out,
					     .numbers = &recent.months[0],
					     .recent = &recent};
	bool opens = false;
	struct form form;
	struct buf before, path;
	form_init(&form);
	buf_init(&before);
	buf_init(&path);
	for (size_t i = 0; i < count; i++)
		opens = opens || may_open_another(book, documents[i]);
	unique_look(book, arena, &recording.unique, documents, count);
	bool done = book_form_path(id, &path, err) && (!opens || recent_look(&recent, err)) &&
		    record_begin(book, request, is_own_approval(book, documents[0]),
				 &recording.acting, err);
	if (!request->at && counts_from_recording(documents[0]))
		recording.acting.at = book->now;
	done = done && ticket_read(book, id, &form, &before, err) &&
	       retried_steps(&recording, &form, path.data, documents, count, err) &&
	       (out->repeated ||
		record_steps(&recording, &form, path.data, &before, documents, count, err));
	if (!done && err->text && err->status == STATUS_REFUSED && !err->file)
		err_prefix(err, id);
	if (done && !request->dry_run)
		unique_save(book, recording.unique);
	store_unlock(&book->store);
	form_clear(&form);
	buf_clear(&before);
	buf_clear(&path);
	return done;
}

bool ticket_compose(struct book *book, struct arena *arena, const struct request *request,
		    const struct acting *acting, const char *id, const struct addition *additions,
		    size_t count, size_t seen, struct buf *text, int64_t *last, bool *changed,
		    struct err *err)
{
	struct recorded out = {.notes = node_list(arena), .id = id};
	struct ticket_recording recording = {.book = book,
					     .arena = arena,
					     .request = request,
					     .acting = *acting,
					     .automatic = true,
					     .out = &out};
	struct form form;
	struct buf before;
	form_init(&form);
	buf_init(&before);
	bool done = ticket_read(book, id, &form, &before, err) &&
		    read_mark(book, form.file, &form, &recording.marked, err);
	*changed = done && form.count != seen;
	if (done && !*changed)
		buf_add(text, before.data, before.len);
	for (size_t i = 0; done && !*changed && i < count; i++) {
		struct node *document = additions[i].document;
		recording.acting.at = additions[i].at;
		*last = next_seq(&form, recording.marked);
		record_head(book, arena, request, &recording.acting, document, NULL, *last);
		done = step_add(&recording, &form, document, text, err);
	}
	form_clear(&form);
	buf_clear(&before);
	return done || err_prefix(err, id);
}
