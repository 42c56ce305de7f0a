// SPDX-License-Identifier: MIT
// The further households that called about the matter of a form. Judges nothing.
#include <string.h>

#include "book/form_parts.h"

/* A household is called what it was called when it joined, whatever was corrected since. */
static const char *key_of(const struct document *joined)
{
	const struct node *household = node_get(joined->root, "joined");
	const char *unit = node_text(household, "unit");
	return unit ? unit : node_text(household, "phone");
}

/* The document behind INDEX by which KEY left again; NULL: there is none. */
static const struct document *left_by(const struct form *form, size_t index, const char *key)
{
	for (size_t i = index + 1; i < form->count; i++)
		if (form->documents[i].which == EVENT_UNJOINED &&
		    node_is_string(node_get(form->documents[i].root, "household"), key))
			return &form->documents[i];
	return NULL;
}

/* Whether KEY, which joins with the document at INDEX, had joined before and not left: two clones
 * that did not know of each other were called by one household. */
static bool is_there(const struct form *form, size_t index, const char *key)
{
	for (size_t i = 0; i < index; i++) {
		const struct document *joined = &form->documents[i];
		const char *other = joined->which == EVENT_JOINED_BY ? key_of(joined) : NULL;
		const struct document *left =
			other && strcmp(other, key) == 0 ? left_by(form, i, key) : NULL;
		if (other && strcmp(other, key) == 0 && (!left || left > &form->documents[index]))
			return true;
	}
	return false;
}

/* As form_next_household, of ONLY, or of all where that is NULL: whoever asks for one of many looks
 * at no other. */
static bool next_household(const struct form *form, size_t *cursor, const char *only,
			   struct household *household)
{
	while (*cursor < form->count) {
		size_t i = (*cursor)++;
		const struct document *document = &form->documents[i];
		const char *key = document->which == EVENT_JOINED_BY ? key_of(document) : NULL;
		if (!key || (only && strcmp(key, only) != 0) || is_there(form, i, key))
			continue;
		*household =
			(struct household){.key = key,
					   .customer = node_get(document_now(document), "joined"),
					   .joined = document,
					   .left = left_by(form, i, key)};
		return true;
	}
	return false;
}

bool form_next_household(const struct form *form, size_t *cursor, struct household *household)
{
	return next_household(form, cursor, NULL, household);
}

bool form_household(const struct form *form, const char *key, struct household *household)
{
	struct household one;
	bool found = false;
	for (size_t cursor = 0; key && next_household(form, &cursor, key, &one);) {
		*household = one;
		found = true;
	}
	return found;
}

bool form_customer_left(const struct form *form)
{
	for (size_t i = 0; i < form->count; i++) {
		const char *key = form->documents[i].which == EVENT_UNJOINED
					  ? node_text(form->documents[i].root, "household")
					  : NULL;
		bool joined = !key;
		for (size_t j = 0; j < i && !joined; j++) {
			const struct document *other = &form->documents[j];
			const char *name = other->which == EVENT_JOINED_BY ? key_of(other) : NULL;
			joined = name && strcmp(name, key) == 0;
		}
		if (!joined)
			return true;
	}
	return false;
}

const char *form_merged_into(const struct form *form)
{
	return form->state == FORM_CLOSED && form->state_by->which == EVENT_MERGED
		       ? node_text(form->state_by->root, "into")
		       : NULL;
}

bool duty_is_for(const struct duty *duty, const char *key)
{
	return duty->household ? key && strcmp(duty->household, key) == 0 : !key;
}
