// SPDX-License-Identifier: MIT
// Which documents of a form contradict each other because their clones did not know of each other.
// Judges by what is recorded alone, so that all clones say the same.
#include <inttypes.h>
#include <string.h>

#include "book/form_parts.h"

static bool of_two_sites(const struct document *a, const struct document *b)
{
	return a->site && b->site && strcmp(a->site, b->site) != 0;
}

bool form_apart(const struct form *form, const struct document *document,
		const struct document *earlier)
{
	return document != earlier && !document_knows(form->documents, document, earlier);
}

/* Whether the extension DOCUMENT, of a deadline that ended at FROM, found that deadline. */
static bool finds(const struct form *form, const struct document *document, int64_t from)
{
	const struct node *id = node_get(document->root, "extends");
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		if (duty->at == from && node_is_string(id, duty->id) &&
		    (duty->state == DUTY_OPEN || duty->ended_by == document))
			return true;
	}
	return false;
}

bool form_unknown(const struct form *form, const struct document *document, const struct duty *duty)
{
	const struct document *set = duty->moved_by ? duty->moved_by : duty->set_by;
	int64_t from, until;
	struct err ignored = ERR_INIT;
	if (form_apart(form, document, set))
		return true;
	/* versions that did not say what they had seen: by the end that it found */
	if (set->which != EVENT_EXTENDED || document->which != EVENT_EXTENDED ||
	    !of_two_sites(set, document) || node_get(document->root, "seen"))
		return false;
	/* a document of before does not say the old end: but nobody extends to an end that is not
	 * later */
	bool unknown = document_time(NULL, document->root, "from", &from, &ignored)
			       ? !finds(form, document, from)
			       : document_time(NULL, document->root, "until", &until, &ignored) &&
					 until <= duty->at;
	err_clear(&ignored);
	return unknown;
}

/* Whether A and B have a field in common and say something else of it: of its parts, where it has
 * any. Of the fields in KEYS only, unless that is NULL. */
static bool differ(const struct node *a, const struct node *b, const char *const *keys)
{
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(a, i)); i++) {
		const struct node *other = node_get(b, pair->key);
		bool asked = !keys;
		for (size_t j = 0; keys && keys[j] && !asked; j++)
			asked = strcmp(keys[j], pair->key) == 0;
		if (other && asked &&
		    (pair->value->type == NODE_MAP && other->type == NODE_MAP
			     ? differ(pair->value, other, NULL)
			     : !node_identical(pair->value, other)))
			return true;
	}
	return false;
}

/* Whether A has every field that B has, and its parts. */
static bool has_fields(const struct node *a, const struct node *b)
{
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(b, i)); i++) {
		const struct node *own = node_get(a, pair->key);
		if (!own || (pair->value->type == NODE_MAP && !has_fields(own, pair->value)))
			return false;
	}
	return true;
}

/* Whether A and B are corrections of two documents. */
static bool mend_apart(const struct document *a, const struct document *b)
{
	int64_t one, other;
	return node_integer(a->root, "of", &one) && node_integer(b->root, "of", &other) &&
	       one != other;
}

/* What a document says the matter is, or the customer: itself, or a correction in its fields. */
static const struct node *facts(const struct document *document)
{
	switch (document->which) {
	case EVENT_OPENED:
	case EVENT_RECLASSIFIED:
	case EVENT_CHANGED:
		return document->root;
	case EVENT_CORRECTED:
		return node_get(document->root, "fields");
	default:
		return NULL;
	}
}

/* The state that DOCUMENT says the form is in; NULL when it says none. */
static const char *state_said(const struct document *document)
{
	switch (document->which) {
	case EVENT_FINISHED:
		return form_state_name(FORM_FINISHED);
	case EVENT_CLOSED:
	case EVENT_WITHDRAWN:
	case EVENT_UNNEEDED:
	case EVENT_MERGED:
		return form_state_name(FORM_CLOSED);
	case EVENT_REOPENED:
		return form_state_name(FORM_OPEN);
	case EVENT_VOIDED:
		return form_state_name(FORM_VOIDED);
	case EVENT_SETTLED:
		return node_text(document->root, "state");
	default:
		return NULL;
	}
}

/* What every site makes of a form by itself, day by day. */
static bool is_routine(const struct document *document)
{
	return document->which == EVENT_DRAWN || document->which == EVENT_SCHEDULED ||
	       document->which == EVENT_RECOMPUTED || document->which == EVENT_RENUMBERED;
}

/* Whether A and B say the same of the form, in whatever words they void it or end it unworked. */
static bool agree(const struct document *a, const struct document *b)
{
	return strcmp(a->event, b->event) == 0 &&
	       (a->which == EVENT_VOIDED || event_ends_unworked(a->which) ||
		document_same_content(a, b));
}

/* Whether STEP shows that VOIDED was wrong: it was taken on afterwards, or has led somewhere. */
static bool voided_wrongly(const struct document *voided, const struct document *step)
{
	return step->which != EVENT_VOIDED && !is_routine(step) &&
	       (state_said(step) || step->at > voided->at);
}

/* Whether DOCUMENT says that nothing is left to do. */
static bool finishes(const struct document *document)
{
	return document->which == EVENT_FINISHED || document->which == EVENT_CLOSED ||
	       event_ends_unworked(document->which);
}

/* Whether two steps exclude each other: they could not have been taken in the order of their times,
 * or one of them says that there is nothing to do. */
static bool exclude(const struct document *a, const struct document *b)
{
	bool first = a->which == EVENT_CLOSED || a->which == EVENT_MERGED;
	const struct document *closed = first ? a : b, *other = first ? b : a;
	if (a->which == EVENT_SETTLED || b->which == EVENT_SETTLED) {
		const char *one = state_said(a), *two = state_said(b);
		return one && two && strcmp(one, two) != 0;
	}
	if (a->which == EVENT_VOIDED || b->which == EVENT_VOIDED)
		return voided_wrongly(a->which == EVENT_VOIDED ? a : b,
				      a->which == EVENT_VOIDED ? b : a);
	if (a->which == b->which)
		return state_said(a) && !agree(a, b);
	if (a->which == EVENT_REOPENED || b->which == EVENT_REOPENED)
		return state_said(a) && state_said(b);
	/* either nothing was done, or something was */
	if (event_ends_unworked(a->which) || event_ends_unworked(b->which))
		return (finishes(a) && finishes(b)) || a->which == EVENT_JOINED_BY ||
		       b->which == EVENT_JOINED_BY;
	if (closed->which != EVENT_CLOSED && closed->which != EVENT_MERGED)
		return false;
	/* closed there or merged here; and whoever called in meanwhile was called back by nobody */
	if (other->which == EVENT_CLOSED || other->which == EVENT_MERGED ||
	    other->which == EVENT_JOINED_BY)
		return true;
	return other->at > closed->at &&
	       (other->which == EVENT_FINISHED || other->which == EVENT_ASSIGNED);
}

/* Whether A and B, of two clones, cannot both be right. */
static bool contradict(const struct document *a, const struct document *b)
{
	static const char *const matter[] = {"kind",       "category", "severity", "charging",
					     "department", "customer", NULL},
				 *const whom[] = {"to", "team", NULL},
				 *const said[] = {"price",     "charge",    "promised",
						  "agreed-at", "answer-by", "valid",
						  "answer",    "opinion",   NULL};
	if (exclude(a, b))
		return true;
	if (a->which == EVENT_ASSIGNED && b->which == EVENT_ASSIGNED)
		return a->at == b->at && differ(a->root, b->root, whom);
	if (facts(a) && facts(b) && mend_apart(a, b))
		return false;
	if (facts(a) && facts(b))
		return differ(facts(a), facts(b),
			      a->which == EVENT_CORRECTED && b->which == EVENT_CORRECTED ? NULL
											 : matter);
	return a->which == EVENT_NAMED && strcmp(a->event, b->event) == 0 &&
	       differ(a->root, b->root, said);
}

/* Whether A and B are different answers to one callback. */
static bool answers_differ(const struct document *a, const struct document *b)
{
	static const char *const answer[] = {"answer", NULL};
	const struct node *settled = node_get(a->root, "settles"), *id;
	if (a->which != EVENT_CALLBACK || b->which != EVENT_CALLBACK ||
	    !differ(a->root, b->root, answer))
		return false;
	for (size_t i = 0; (id = node_item(settled, i)); i++)
		if (node_as_text(id) && node_holds(node_get(b->root, "settles"), node_as_text(id)))
			return true;
	return false;
}

/* Whether DOCUMENT was recorded by a clone that had EARLIER, or had recorded the same itself. */
static bool allows_for(const struct form *form, const struct document *document,
		       const struct document *earlier)
{
	const struct document *first = form->documents + form->cycle_begin;
	if (!of_two_sites(document, earlier) || !form_apart(form, document, earlier))
		return true;
	for (const struct document *own = document; own-- > first;)
		if (own->which == earlier->which && own != earlier &&
		    document_same_site(own, document) && agree(own, earlier))
			return true;
	return false;
}

/* Whether LATER, of the clone that recorded EARLIER, says all of that anew. */
static bool supersedes(const struct document *later, const struct document *earlier)
{
	if (!document_same_site(later, earlier))
		return false;
	if (earlier->which == EVENT_CHANGED || earlier->which == EVENT_OPENED)
		return later->which == EVENT_CHANGED &&
		       has_fields(node_get(later->root, "customer"),
				  node_get(earlier->root, "customer"));
	if (facts(earlier))
		return later->which == earlier->which && !mend_apart(later, earlier) &&
		       has_fields(facts(later), facts(earlier));
	return earlier->which == EVENT_NAMED && strcmp(later->event, earlier->event) == 0;
}

/* Whether EARLIER is not what its clone said last, before DOCUMENT, of what that says. */
static bool is_superseded(const struct document *document, const struct document *earlier)
{
	for (const struct document *later = earlier + 1; later < document; later++)
		if (supersedes(later, earlier) ||
		    (document->which == EVENT_SETTLED && state_said(later) &&
		     document_same_site(later, earlier)))
			return true;
	return false;
}

static const struct document *other_extension(const struct form *form,
					      const struct document *document)
{
	const struct node *id = node_get(document->root, "extends");
	int64_t until;
	struct err ignored = ERR_INIT;
	bool has_end = document_time(NULL, document->root, "until", &until, &ignored);
	err_clear(&ignored);
	for (size_t i = 0; has_end && i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		if (duty->state == DUTY_OPEN && node_is_string(id, duty->id) &&
		    duty->set_by->which == EVENT_EXTENDED && duty->at != until &&
		    form_unknown(form, document, duty))
			return duty->set_by;
	}
	return NULL;
}

const struct document *form_opposed(const struct form *form, const struct document *document)
{
	const struct document *first = form->documents + form->cycle_begin;
	if (document->which == EVENT_EXTENDED) {
		const struct document *other = other_extension(form, document);
		if (other)
			return other;
	}
	if (!form->of_two_sites || is_routine(document))
		return NULL;
	for (const struct document *past = document; past-- > first;)
		if (!past->undone &&
		    (contradict(document, past) || answers_differ(document, past)) &&
		    !allows_for(form, document, past) && !is_superseded(document, past))
			return past;
	return NULL;
}

bool form_excused(const struct form *form, const struct document *document)
{
	return of_two_sites(document, form->state_by) && form_apart(form, document, form->state_by);
}

static void add_document(const struct document *document, struct buf *out)
{
	buf_addf(out, "#%" PRId64 " (", document->known);
	buf_add_visible(out, document->event, strlen(document->event));
	buf_adds(out, document->site ? ", " : "");
	if (document->site)
		buf_add_visible(out, document->site, strlen(document->site));
	buf_addc(out, ')');
}

static void add_settling(const struct form *form, struct buf *out)
{
	const char *id = form->id ? form->id : "TICKET";
	bool customer = form->kind && strcmp(form->kind, KIND_CUSTOMER) == 0;
	buf_adds(out, customer ? "record a settled step (`customer-log settled "
			       : "record a settled step (`ticket-log ");
	buf_add_visible(out, id, strlen(id));
	buf_adds(out, customer ? " --set state=STATE --reason WHY`)"
			       : " settled --set state=STATE --reason WHY`)");
}

void form_say_dispute(const struct form *form, struct buf *out)
{
	const struct document *document = form->disputed_by;
	if (!form->disputed_with) {
		buf_addf(out, "#%" PRId64 " (", document->known);
		buf_add_visible(out, document->event, strlen(document->event));
		buf_adds(out, ") contradicts what came before: ");
		add_settling(form, out);
		return;
	}
	add_document(document, out);
	buf_adds(out, " contradicts ");
	add_document(form->disputed_with, out);
	if (exclude(document, form->disputed_with)) {
		buf_adds(out, ": ");
		add_settling(form, out);
		return;
	}
	bool later = node_get(facts(document), "customer") &&
		     document->at < form->disputed_with->at;
	buf_adds(out, document->which == EVENT_EXTENDED ? ": meanwhile the earlier end counts; "
		      : document->which == EVENT_CALLBACK
			      ? ": meanwhile the callback counts as made; "
		      : later ? ": meanwhile what happened later counts; "
			      : ": meanwhile the former counts; ");
	add_settling(form, out);
	if (document->which == EVENT_EXTENDED)
		buf_adds(out, ", and where the later one holds, extend it again");
	else if (document->which != EVENT_CALLBACK)
		buf_adds(out, ", and where the other holds, record it again");
}
