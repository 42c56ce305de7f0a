// SPDX-License-Identifier: MIT
// The times during which a form waited for somebody else.
#include <string.h>

#include "book/form.h"

static bool ends(const struct document *document)
{
	switch (document->which) {
	case EVENT_RESUMED:
	case EVENT_FINISHED:
	case EVENT_CLOSED:
	case EVENT_WITHDRAWN:
	case EVENT_UNNEEDED:
	case EVENT_MERGED:
	case EVENT_VOIDED:
		return true;
	case EVENT_REOPENED:
		return !document->undone;
	default:
		return false;
	}
}

bool form_next_wait(const struct form *form, size_t *cursor, struct wait *wait)
{
	size_t i = *cursor;
	while (i < form->count && form->documents[i].which != EVENT_WAITING)
		i++;
	if (i == form->count)
		return false;
	const struct document *begun = &form->documents[i];
	*wait = (struct wait){.begun = begun,
			      .whom = node_text(begun->root, "waits-for"),
			      .from = begun->at,
			      .to = INT64_MAX};
	while (++i < form->count && !ends(&form->documents[i]))
		;
	if (i < form->count)
		wait->to = form->documents[i].at;
	*cursor = i;
	return true;
}

bool form_waits(const struct form *form, struct wait *wait)
{
	struct wait next;
	bool waits = false;
	for (size_t cursor = 0; form_next_wait(form, &cursor, &next);) {
		*wait = next;
		waits = next.to == INT64_MAX;
	}
	return waits;
}
