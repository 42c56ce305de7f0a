// SPDX-License-Identifier: MIT
// What callbacks record of the share they are of.
#include "callback/terms.h"

#include <string.h>

/* TEXT in ARENA, which may have it already, as OLD. */
static const char *keep(struct arena *arena, const char *old, const char *text)
{
	return old && text && strcmp(old, text) == 0 ? old : arena_dup(arena, text);
}

void terms_take(struct terms *terms, struct arena *arena, const struct form *form,
		const struct duty *duty)
{
	if (terms->form && strcmp(terms->form, form->id) <= 0)
		return;
	struct buf who;
	buf_init(&who);
	node_join(duty->who, " ", &who);
	/* forms may well be read last one first: that is not to take more and more storage */
	if (terms->form && strlen(terms->form) >= strlen(form->id))
		strcpy(terms->form, form->id);
	else
		terms->form = arena_dup(arena, form->id);
	terms->clause = keep(arena, terms->clause, duty->clause);
	terms->rate = keep(arena, terms->rate, duty->rate);
	terms->minimum = keep(arena, terms->minimum, duty->minimum ? duty->minimum : duty->rate);
	terms->on_site = keep(arena, terms->on_site, duty->on_site);
	terms->who = keep(arena, terms->who, who.data);
	buf_clear(&who);
}

void terms_keep_first(struct terms *terms, const struct terms *other)
{
	if (strcmp(other->form, terms->form) < 0)
		*terms = *other;
}
