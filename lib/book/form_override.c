// SPDX-License-Identifier: MIT
// The rules that a form's documents broke, with leave. Judges nothing: what was recorded counts.
#include <inttypes.h>

#include "book/form_parts.h"

bool form_next_override(const struct form *form, size_t *cursor, struct override *override)
{
	while (*cursor < form->count) {
		const struct document *document = &form->documents[(*cursor)++];
		const struct node *said = node_get(document->root, "override");
		if (!said)
			continue;
		*override = (struct override){
			.document = document,
			.clauses = node_get(said, "clauses"),
			.by = node_text(document->root, "by"),
			.reason = node_text(said, "reason"),
			.breach = document->which == EVENT_CORRECTED ||
				  document->which == EVENT_RECLASSIFIED,
		};
		return true;
	}
	return false;
}

void override_say(const struct override *override, struct buf *out)
{
	buf_addf(out, "#%" PRId64 " ", override->document->known);
	buf_adds(out, override->document->event);
	buf_adds(out, override->breach ? ", a breach [" : " [");
	node_join(override->clauses, " ", out);
	buf_addf(out, "], overridden by %s: %s", override->by ? override->by : "somebody",
		 override->reason ? override->reason : "");
}

bool duty_is_overridden(const struct form *form, const struct duty *duty)
{
	struct override override;
	for (size_t cursor = 0; duty->ended_by && form_next_override(form, &cursor, &override);) {
		int64_t of = 0;
		if (override.document == duty->ended_by ||
		    (override.document->which == EVENT_CORRECTED &&
		     node_integer(override.document->root, "of", &of) &&
		     of == duty->ended_by->known))
			return true;
	}
	return false;
}
