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

/* The index of the latest document of EVENT among those from BEGIN to before END; END: there is
 * none. A reopening that was taken back is none. */
static size_t latest(const struct form *form, size_t begin, size_t end, enum event event)
{
	for (size_t i = end; i-- > begin;)
		if (form->documents[i].which == event && !form->documents[i].undone)
			return i;
	return end;
}

/* Which document from BEGIN to before END should have said FIELD, where none did and the correction
 * does not say. One that is recorded now does (correction_aim, by the schemas); for those of
 * before, what is the matter's belongs to the opening, the rest to the slip. END: none. */
static size_t carrier_of(const struct form *form, size_t begin, size_t end, const char *field)
{
	if (form_is_fact(field))
		return begin;
	size_t slip = latest(form, begin, end, EVENT_FINISHED);
	return slip < end ? slip : latest(form, begin, end, EVENT_CLOSED);
}

struct document *form_target(const struct form *form, const struct document *document)
{
	int64_t of;
	if (document->which != EVENT_CORRECTED || !node_integer(document->root, "of", &of))
		return NULL;
	for (struct document *past = form->documents + (document - form->documents);
	     past-- > form->documents;)
		if (past->known == of && past->which != EVENT_CORRECTED)
			return past;
	return NULL;
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

/* Puts what document AT corrects into the document it names, or else into the earlier documents of
 * its cycle, or of the last cycle before it that has them. */
static void mend(const struct form *form, struct node **roots, size_t at, struct arena *arena)
{
	const struct node *fields = node_get(form->documents[at].root, "fields");
	const struct document *target = form_target(form, &form->documents[at]);
	const struct pair *field;
	if (target) {
		struct node **root = &roots[target - form->documents];
		*root = merged_deep(arena, *root, fields);
		return;
	}
	/* what it names is not here: another clone's history was taken away */
	if (node_get(form->documents[at].root, "of"))
		return;
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

void form_fold_correction(struct form *form, const struct document *document)
{
	struct document *target = form_target(form, document);
	if (target)
		target->now = merged_deep(&form->arena, target->now ? target->now : target->root,
					  node_get(document->root, "fields"));
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

bool *form_mends(const struct form *form, size_t at, struct arena *arena)
{
	struct node **before = form_mended(form, at, arena),
		    **after = arena_alloc(arena, (form->count + 1) * sizeof *after);
	bool *mends = arena_alloc(arena, (form->count + 1) * sizeof *mends);
	memcpy(after, before, form->count * sizeof *after);
	mend(form, after, at, arena);
	for (size_t i = 0; i < form->count; i++)
		mends[i] = before[i] != after[i];
	return mends;
}
