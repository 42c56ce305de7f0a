// SPDX-License-Identifier: MIT
// Whether what is to be recorded on tickets was recorded before: by a retry, or by an answer that a
// power cut interrupted.
#include <string.h>

#include "record/retry.h"
#include "store/file.h"
#include "ticket/fill.h"
#include "ticket/ticket_parts.h"

/* The documents of FORM as they were asked for: a step that awaits signatures is that step. */
static const struct document *as_asked(struct ticket_recording *recording, const struct form *form)
{
	struct document *asked = NULL;
	for (size_t i = 0; i < form->count; i++) {
		if (form->documents[i].which != EVENT_PROPOSED)
			continue;
		if (!asked)
			asked = memcpy(arena_alloc(recording->arena, form->count * sizeof *asked),
				       form->documents, form->count * sizeof *asked);
		asked[i].root = form_proposed_root(&form->documents[i], recording->arena);
	}
	return asked ? asked : form->documents;
}

/* The names of ADDED, and those of the fields that may say whose it is that comes back, or that
 * rules fill in; closed by NULL. */
static const char **with_filled(struct ticket_recording *recording, const char *const *added,
				size_t count)
{
	const struct policy *policy = recording->book->policy;
	const struct rule *rule;
	const struct node *filled = fill_fields(policy, recording->arena);
	size_t more = node_item_count(filled);
	for (size_t cursor = 0; policy_next(policy, RULE_BALANCE, &cursor);)
		more++;
	const char **all = arena_alloc(recording->arena, (count + more + 1) * sizeof *all);
	memcpy(all, added, count * sizeof *all);
	for (size_t cursor = 0; (rule = policy_next(policy, RULE_BALANCE, &cursor));)
		if (node_get(rule->node, "per"))
			all[count++] = node_text(rule->node, "per");
	const char *field;
	for (size_t i = 0; (field = node_each_text(filled, &i));)
		all[count++] = field;
	all[count] = NULL;
	return all;
}

/* Whether the request was recorded on FORM, all of its COUNT documents. */
static bool find_request(struct ticket_recording *recording, const struct form *form,
			 struct node *const *documents, size_t count, struct err *err)
{
	static const char *const added[] = {"due",      "callbacks",  "withdraws", "settles",
					    "override", "classified", "links",     "department",
					    "moves",    "keeps",      "from",      "of",
					    "undoes",   "household",  "price",     "charge",
					    "amount",   "labour",     "material",  "tries"};
	const char **all = with_filled(recording, added, sizeof added / sizeof *added);
	struct retry retry = {.book = recording->book,
			      .arena = recording->arena,
			      .request = recording->request,
			      .at = recording->acting.at,
			      .documents = documents,
			      .count = count,
			      .added = all};
	return retry_find(&retry, form->id, as_asked(recording, form), form->count, recording->out,
			  err);
}

static bool confirm(struct ticket_recording *recording, const char *path, const char *id,
		    struct err *err)
{
	recording->out->id = arena_dup(recording->arena, id);
	return record_confirm(recording->book, recording->request, path, recording->out, err);
}

bool retried_steps(struct ticket_recording *recording, const struct form *form, const char *path,
		   struct node *const *documents, size_t count, struct err *err)
{
	return find_request(recording, form, documents, count, err) &&
	       (!recording->out->repeated || confirm(recording, path, form->id, err));
}

/* --- tickets of the last days --- */

/* Looks at those that may be what is looked for. */
struct search {
	struct ticket_recording *recording;
	struct node **asked; /* what a ticket was to be opened by, with the steps that came
				along; or NULL: */
	size_t asked_count;
	const struct form *origin; /* what a ticket was opened because of */
	const char *id;            /* of the one that was found; NULL: none */
	struct form form;          /* the one looked at */
	struct buf text;
};

/* Whether OTHER was opened because of an answer on ORIGIN that was never recorded: the power went
 * in between. */
static bool is_orphan_of(const struct form *other, const struct form *origin)
{
	if (!other->count || !recent_is_caused_by(&other->documents[0], origin->id))
		return false;
	for (size_t i = 0; i < origin->count; i++)
		if (node_holds(node_get(origin->documents[i].root, "links"), other->id))
			return false;
	return true;
}

static bool look_at(void *context, const char *path, bool *stop, struct err *err)
{
	struct search *search = context;
	struct ticket_recording *recording = search->recording;
	struct form *form = &search->form;
	struct err damage = ERR_INIT;
	if (file_read(&recording->book->store.root, path, FORM_MAX_BYTES, &search->text, &damage) !=
		    FILE_READ ||
	    !form_read(form, path, search->text.data, search->text.len, &damage)) {
		err_clear(&damage); /* another form's damage is not this one's */
		return true;
	}
	if (search->asked &&
	    !find_request(recording, form, search->asked, search->asked_count, err))
		return false;
	if (search->asked ? !recording->out->repeated : !is_orphan_of(form, search->origin))
		return true;
	search->id = arena_dup(recording->arena, form->id);
	*stop = true;
	return confirm(recording, path, form->id, err);
}

static bool find_recent(struct search *search, struct err *err)
{
	struct recent *recent = search->recording->recent;
	form_init(&search->form);
	buf_init(&search->text);
	/* where it could not be foreseen that this is asked */
	bool done = (recent->found || recent_look(recent, err)) &&
		    recent_each(recent, look_at, search, err);
	form_clear(&search->form);
	buf_clear(&search->text);
	return done;
}

bool retried_linked(struct ticket_recording *recording, const struct form *origin, const char **id,
		    struct err *err)
{
	struct search search = {.recording = recording, .origin = origin};
	bool done = find_recent(&search, err);
	*id = search.id;
	return done;
}

/* --- new forms --- */

static bool retried_customer(struct ticket_recording *recording, struct node **asked, size_t count,
			     const char *id, struct err *err)
{
	struct form form;
	struct buf path, text;
	form_init(&form);
	buf_init(&path);
	buf_init(&text);
	bool done = book_form_path(id, &path, err);
	if (done && file_exists(&recording->book->store.root, path.data))
		done = ticket_read(recording->book, id, &form, &text, err) &&
		       retried_steps(recording, &form, path.data, asked, count, err);
	form_clear(&form);
	buf_clear(&path);
	buf_clear(&text);
	return done;
}

bool retried_opening(struct ticket_recording *recording, struct node *fields, struct err *err)
{
	size_t count = recording->step_count + 1;
	const char *customer = ticket_customer_id(fields);
	if (!recording->request->request_id)
		return true;
	struct node **asked = arena_alloc(recording->arena, count * sizeof *asked);
	asked[0] = fields;
	for (size_t i = 1; i < count; i++)
		asked[i] = recording->steps[i - 1];
	struct search search = {.recording = recording, .asked = asked, .asked_count = count};
	return customer ? retried_customer(recording, asked, count, customer, err)
			: find_recent(&search, err);
}
