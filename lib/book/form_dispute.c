// SPDX-License-Identifier: MIT
// Which documents of a form contradict each other because their clones did not know of each other.
// Judges by what is recorded alone, so that all clones say the same.
#include <inttypes.h>
#include <string.h>

#include "book/form_parts.h"

/* Two documents of one number: whoever wrote the one had not seen the other. */
static bool apart(const struct document *a, const struct document *b)
{
	return a->seq == b->seq && a != b;
}

static bool of_two_sites(const struct document *a, const struct document *b)
{
	return a->site && b->site && strcmp(a->site, b->site) != 0;
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
	const struct document *set = duty->set_by;
	int64_t from, until;
	struct err ignored = ERR_INIT;
	if (apart(set, document))
		return true;
	if (set->which != EVENT_EXTENDED || document->which != EVENT_EXTENDED ||
	    !of_two_sites(set, document))
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

/* Whether A and B have a field in common and say something else of it. Of the fields in KEYS only,
 * unless that is NULL. */
static bool differ(const struct node *a, const struct node *b, const char *const *keys)
{
	const struct pair *pair;
	for (size_t i = 0; !keys && (pair = node_pair(a, i)); i++) {
		const struct node *other = node_get(b, pair->key);
		if (other && (pair->value->type == NODE_MAP && other->type == NODE_MAP
				      ? differ(pair->value, other, NULL)
				      : !node_identical(pair->value, other)))
			return true;
	}
	for (; keys && *keys; keys++) {
		const struct node *one = node_get(a, *keys), *other = node_get(b, *keys);
		if (one && other && !node_identical(one, other))
			return true;
	}
	return false;
}

/* What a document says the matter is: a reclassification itself, a correction in its fields. */
static const struct node *facts(const struct document *document)
{
	return document->which == EVENT_RECLASSIFIED ? document->root
	       : document->which == EVENT_CORRECTED  ? node_get(document->root, "fields")
						     : NULL;
}

/* Whether A and B are corrections of two documents. */
static bool mend_apart(const struct document *a, const struct document *b)
{
	int64_t one, other;
	return node_integer(a->root, "of", &one) && node_integer(b->root, "of", &other) &&
	       one != other;
}

/* Whether A and B, of one number, cannot both be right. */
static bool contradict(const struct document *a, const struct document *b)
{
	static const char *const matter[] = {"kind",     "category",   "severity",
					     "charging", "department", NULL},
				 *const whom[] = {"to", "team", NULL},
				 *const said[] = {"price",     "charge",    "promised",
						  "agreed-at", "answer-by", "valid",
						  "answer",    "opinion",   NULL};
	if (!of_two_sites(a, b))
		return false;
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
	    !differ(a->root, b->root, answer) || !of_two_sites(a, b))
		return false;
	for (size_t i = 0; (id = node_item(settled, i)); i++)
		if (node_as_text(id) && node_holds(node_get(b->root, "settles"), node_as_text(id)))
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
	if (document->which == EVENT_EXTENDED)
		return other_extension(form, document);
	for (const struct document *past = document; past-- > first;) {
		if (document->which == EVENT_CALLBACK
			    ? answers_differ(document, past)
			    : apart(document, past) && contradict(document, past))
			return past;
		if (document->which != EVENT_CALLBACK && !apart(document, past))
			return NULL;
	}
	return NULL;
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
	buf_adds(out, "record a settled step (`ticket-log ");
	buf_add_visible(out, id, strlen(id));
	buf_adds(out, " settled --set state=STATE --reason WHY`)");
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
