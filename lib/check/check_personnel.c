// SPDX-License-Identifier: MIT
// The check of what two clones say of one person's register, neither knowing of the other.
#include <inttypes.h>

#include "check/check_parts.h"

static bool is_mending(const struct document *document)
{
	return document->which == EVENT_CORRECTED || document->which == EVENT_VOIDED;
}

static bool mends(const struct document *document, int64_t number)
{
	int64_t of;
	return is_mending(document) && node_integer(document->root, "of", &of) && of == number;
}

/* Whether entry B says again what A says, of the same day. */
static bool says_again(const struct checker *checker, const struct document *a,
		       const struct document *b)
{
	const struct zone *zone = &checker->book->zone;
	return !is_mending(a) && a->which == b->which && a->which != EVENT_REGISTERED &&
	       a->which != EVENT_RENUMBERED && zone_day(zone, a->at) == zone_day(zone, b->at) &&
	       document_same_content(a, b);
}

/* Whether A and B make something else of one entry, or register something else. What is voided
 * stays so, whoever corrected it meanwhile. */
static bool contradicts(const struct document *a, const struct document *b)
{
	int64_t of;
	bool one = is_mending(a) && node_integer(a->root, "of", &of) && mends(b, of);
	return (one || (a->which == EVENT_REGISTERED && b->which == EVENT_REGISTERED)) &&
	       a->which != EVENT_VOIDED && b->which != EVENT_VOIDED && !document_same_content(a, b);
}

/* The number of the entry that is to be mended again. */
static int64_t entry_of(const struct document *document)
{
	int64_t of;
	return is_mending(document) && node_integer(document->root, "of", &of) ? of
									       : document->known;
}

/* Whether somebody who had both has said since what is right of an entry, or one of two entries is
 * voided. */
static bool is_settled(const struct documents *documents, const struct document *a,
		       const struct document *b)
{
	for (size_t i = 0; i < documents->count; i++) {
		const struct document *later = &documents->items[i];
		if (!mends(later, entry_of(a)) && !mends(later, entry_of(b)))
			continue;
		if (document_knows(documents->items, later, a) &&
		    document_knows(documents->items, later, b))
			return true;
		if (later->which == EVENT_VOIDED)
			return true;
	}
	return false;
}

static void check_pair(struct checker *checker, const struct documents *documents,
		       const struct document *a, const struct document *b)
{
	bool again = says_again(checker, a, b);
	const char *id = node_text(documents->items[0].root, "id");
	if (!a->site || !b->site || document_same_site(a, b) || (!again && !contradicts(a, b)) ||
	    document_knows(documents->items, a, b) || is_settled(documents, a, b))
		return;
	if (again)
		check_tell(checker, PROBLEM_DISPUTED, a->root, NULL,
			   "#%" PRId64 " (%s, %s) says what #%" PRId64
			   " (%s) says, and both count: void one (personnel-log %s voided "
			   "--of %" PRId64 " --reason WHY), or correct one if both are right",
			   a->known, a->event, a->site, b->known, b->site, id ? id : "PERSON",
			   a->known);
	else
		check_tell(checker, PROBLEM_DISPUTED, a->root, NULL,
			   "#%" PRId64 " (%s, %s) contradicts #%" PRId64
			   " (%s, %s): record what is right of #%" PRId64
			   " (personnel-log %s corrected or voided)",
			   a->known, a->event, a->site, b->known, b->event, b->site, entry_of(a),
			   id ? id : "PERSON");
}

void check_personnel(struct checker *checker, const struct documents *documents)
{
	for (size_t i = 0; i < documents->count; i++)
		for (size_t j = 0; j < i; j++)
			check_pair(checker, documents, &documents->items[i], &documents->items[j]);
}
