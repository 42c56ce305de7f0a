// SPDX-License-Identifier: MIT
// Whether what a step mends is its recorder's own, of the same day.
#include "ticket/own.h"

#include <string.h>

static bool is_own(const struct book *book, const struct document *document,
		   const struct document *step, const struct member *by)
{
	const char *acted = node_text(document->root, "by"),
		   *via = node_text(document->root, "via");
	return ((acted && strcmp(acted, by->id) == 0) || (via && strcmp(via, by->id) == 0)) &&
	       zone_day(&book->zone, document->recorded) == zone_day(&book->zone, step->recorded);
}

bool own_today(const struct book *book, const struct form *form, const struct member *by)
{
	const struct document *step = &form->documents[form->count - 1];
	struct arena arena = ARENA_INIT;
	size_t mended = 0;
	bool own = true;
	if (step->which == EVENT_CORRECTED) {
		const bool *mends = form_mends(form, form->count - 1, &arena);
		for (size_t i = 0; i + 1 < form->count; i++) {
			if (!mends[i])
				continue;
			mended++;
			own = own && is_own(book, &form->documents[i], step, by);
		}
	}
	arena_clear(&arena);
	return mended ? own : is_own(book, form->documents, step, by);
}
