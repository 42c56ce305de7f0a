// SPDX-License-Identifier: MIT
// Which items of checklists the documents of a form have checked. Knows no checklist.
#include "book/form_parts.h"

/* Whether ITEM was taken back before DOCUMENT by a clone that DOCUMENT's did not know of: then
 * somebody looks at it once more, whichever of the two stands first in the file. */
static bool taken_back_apart(const struct form *form, size_t from, const struct document *document,
			     const char *item)
{
	for (const struct document *earlier = &form->documents[from]; earlier < document; earlier++)
		if (node_holds(node_get(earlier->root, "unchecked"), item) &&
		    form_apart(form, document, earlier))
			return true;
	return false;
}

struct node *form_checked(const struct form *form, size_t from, size_t upto, struct arena *arena)
{
	struct node *checked = node_map(arena);
	const char *item;
	for (size_t i = from; i < upto; i++) {
		const struct document *document = &form->documents[i];
		const struct node *there = node_get(document->root, "checked"),
				  *back = node_get(document->root, "unchecked");
		for (size_t j = 0; (item = node_each_text(there, &j));)
			if (!document->undone && !node_get(checked, item) &&
			    !taken_back_apart(form, from, document, item))
				node_add(arena, checked, item, node_int(arena, (int64_t)i));
		for (size_t j = 0; (item = node_each_text(back, &j));)
			if (!document->undone)
				node_remove(checked, item);
	}
	return checked;
}
