// SPDX-License-Identifier: MIT
// What documents would say had they been right from the start: corrections put where the mistakes
// are. Never changes what was recorded.
#include "book/form_parts.h"

#include <string.h>

/* A copy of TO with the fields of FROM, whose parts count where both are maps: a correction of a
 * customer's telephone leaves the name. */
static struct node *merged_deep(struct arena *arena, const struct node *to, const struct node *from)
{
	struct node *both = node_map(arena);
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(to, i)); i++)
		node_add(arena, both, pair->key, pair->value);
	for (size_t i = 0; (pair = node_pair(from, i)); i++) {
		const struct node *old = node_get(to, pair->key);
		bool maps = old && old->type == NODE_MAP && pair->value->type == NODE_MAP;
		node_set(arena, both, pair->key,
			 maps ? merged_deep(arena, old, pair->value) : pair->value);
	}
	return both;
}

static bool is_among(const char *const *names, const char *name)
{
	for (; *names; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

/* The index of the latest document of EVENT among those from BEGIN to before END; END: there is
 * none. */
static size_t latest(const struct form *form, size_t begin, size_t end, enum event event)
{
	for (size_t i = end; i-- > begin;)
		if (form->documents[i].which == event)
			return i;
	return end;
}

/* Which document from BEGIN to before END should have said FIELD, where none did: the opening has
 * what is known when a matter is taken, the slip or the closing the rest. END: none. */
static size_t carrier_of(const struct form *form, size_t begin, size_t end, const char *field)
{
	static const char *const facts[] = {"charging", "department", "customer", NULL},
				 *const opening[] = {"channel", "heard-at", "first-asked",
						     "agreed-at", NULL},
				 *const closing[] = {"result", "valid", NULL};
	if (is_among(facts, field) || (!begin && is_among(opening, field)))
		return begin;
	if (is_among(opening, field))
		return end;
	bool of_closing = is_among(closing, field);
	size_t first = latest(form, begin, end, of_closing ? EVENT_CLOSED : EVENT_FINISHED);
	return first < end ? first
			   : latest(form, begin, end, of_closing ? EVENT_FINISHED : EVENT_CLOSED);
}

/* Puts the right value ONE of FIELD into the documents from BEGIN to before END that have it, or
 * should have had it. False where there are none. */
static bool mend_cycle(const struct form *form, struct node **roots, size_t begin, size_t end,
		       const char *field, const struct node *one, struct arena *arena)
{
	bool found = false;
	for (size_t i = begin; i < end; i++) {
		if (form->documents[i].which == EVENT_CORRECTED || !node_get(roots[i], field))
			continue;
		roots[i] = merged_deep(arena, roots[i], one);
		found = true;
	}
	size_t carrier = found ? end : carrier_of(form, begin, end, field);
	if (carrier < end)
		roots[carrier] = merged_deep(arena, roots[carrier], one);
	return found || carrier < end;
}

/* Puts what document AT corrects into the earlier documents of its cycle, or else of the last cycle
 * before it that has them. */
static void mend(const struct form *form, struct node **roots, size_t at, struct arena *arena)
{
	const struct node *fields = node_get(form->documents[at].root, "fields");
	const struct pair *field;
	for (size_t i = 0; (field = node_pair(fields, i)); i++) {
		struct node *one = node_map(arena);
		bool done = false;
		node_add(arena, one, field->key, field->value);
		for (size_t end = at, begin; !done && end; end = begin) {
			begin = latest(form, 0, end, EVENT_REOPENED);
			begin = begin < end ? begin : 0;
			done = mend_cycle(form, roots, begin, end, field->key, one, arena);
		}
	}
}

struct node **form_mended(const struct form *form, size_t upto, struct arena *arena)
{
	struct node **roots = arena_alloc(arena, (form->count + 1) * sizeof *roots);
	for (size_t i = 0; i < form->count; i++)
		roots[i] = form->documents[i].root;
	for (size_t i = 0; i < upto; i++)
		if (form->documents[i].which == EVENT_CORRECTED)
			mend(form, roots, i, arena);
	return roots;
}
