// SPDX-License-Identifier: MIT
// The check of draws: each is drawn again from its frame and seed.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "callback/lots.h"
#include "check/check_parts.h"
#include "data/draw.h"
#include "store/file.h"

enum { PLAN_DIGITS = 4 };

/* Reads the document that CITATION ("YL2611#7") names in a plan; NULL when there is none. What it
 * returns lives in ARENA. */
static const struct document *cited(struct checker *checker, struct arena *arena,
				    const char *citation)
{
	size_t letters = strspn(citation, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	const char *hash = strchr(citation, '#');
	struct documents documents;
	struct err err = ERR_INIT;
	struct buf text;
	const struct document *found = NULL;
	if (!hash || hash != citation + letters + PLAN_DIGITS)
		return NULL;
	buf_init(&text);
	const char *path = arena_printf(&checker->to->arena, "plans/20%.2s/%.*s.yaml",
					citation + letters, (int)(hash - citation), citation);
	if (file_read(&checker->book->store.root, path, FORM_MAX_BYTES, &text, &err) == FILE_READ &&
	    documents_read(arena, path, text.data, text.len, &documents, &err))
		for (size_t i = 0; i < documents.count && !found; i++)
			if (documents.items[i].known == strtoll(hash + 1, NULL, 10))
				found = &documents.items[i];
	err_clear(&err);
	buf_clear(&text);
	return found;
}

static bool names_form(const struct node *list, const char *form)
{
	const struct node *one;
	for (size_t i = 0; (one = node_each(list, i)); i++)
		if (node_is_string(one, form))
			return true;
	return false;
}

/* The frame's texts, in ARENA; *COUNT 0 when it is none. */
static const char **frame_of(const struct node *frozen, struct arena *arena, size_t *count)
{
	const struct node *frame = node_get(frozen, "frame");
	const char **ids = arena_alloc(arena, (node_item_count(frame) + 1) * sizeof *ids);
	*count = 0;
	for (size_t i = 0; i < node_item_count(frame); i++)
		if (node_item_text(frame, i))
			ids[(*count)++] = node_item_text(frame, i);
	return ids;
}

static void check_frozen(struct checker *checker, const struct node *root)
{
	size_t count;
	const char **ids = frame_of(root, &checker->to->scratch, &count),
		   *rate = node_text(root, "rate");
	char digest[DIGEST_TEXT];
	int64_t forms, before, take;
	if (!count || !rate || !node_integer(root, "forms", &forms) ||
	    !node_integer(root, "chosen-before", &before) || !node_integer(root, "take", &take) ||
	    forms < 0 || before < 0)
		return; /* its schema says so */
	for (size_t i = 1; i < count; i++)
		if (strcmp(ids[i - 1], ids[i]) >= 0) {
			check_tell(checker, PROBLEM_WRONG_DRAW, node_get(root, "frame"),
				   node_text(root, "clause"),
				   "frame: %s comes before %s, but the frame must be sorted",
				   ids[i - 1], ids[i]);
			break;
		}
	draw_digest(ids, count, digest);
	if (!node_is_string(node_get(root, "digest"), digest))
		check_tell(checker, PROBLEM_WRONG_DRAW, node_get(root, "digest"),
			   node_text(root, "clause"), "digest: wrong: the frame has the digest %s",
			   digest);
	int64_t wanted = lots_needed(rate, forms) - before;
	wanted = wanted < 0 ? 0 : wanted > (int64_t)count ? (int64_t)count : wanted;
	if (take != wanted)
		check_tell(checker, PROBLEM_WRONG_DRAW, node_get(root, "take"),
			   node_text(root, "clause"),
			   "take: wrong: %s of %" PRId64 " forms, less the %" PRId64
			   " chosen before, is %" PRId64,
			   rate, forms, before, wanted);
}

static void check_drawn(struct checker *checker, const struct node *root)
{
	const char *citation = node_text(root, "frozen"), *seed = node_text(root, "seed"),
		   *clause = node_text(root, "clause");
	const struct node *chosen = node_get(root, "chosen");
	const struct document *frozen = citation ? cited(checker, &checker->to->scratch, citation)
						 : NULL;
	int64_t take;
	size_t count;
	if (!citation || !seed || !chosen)
		return;
	if (!frozen || frozen->which != EVENT_FROZEN ||
	    !node_integer(frozen->root, "take", &take)) {
		check_tell(checker, PROBLEM_DANGLING_REFERENCE, node_get(root, "frozen"), clause,
			   "frozen: there is no frozen frame %s", citation);
		return;
	}
	const char **ids = frame_of(frozen->root, &checker->to->scratch, &count);
	draw_rank(seed, ids, count);
	bool same = (int64_t)node_item_count(chosen) == take && take <= (int64_t)count;
	for (size_t i = 0; same && i < node_item_count(chosen); i++)
		same = node_is_string(node_item(chosen, i), ids[i]);
	if (!same)
		check_tell(checker, PROBLEM_WRONG_DRAW, chosen, clause,
			   "chosen: the frame %s and this seed give another choice", citation);
}

void check_plan(struct checker *checker, const struct documents *documents)
{
	for (size_t i = 0; i < documents->count; i++) {
		const struct document *document = &documents->items[i];
		arena_reset(&checker->to->scratch);
		if (document->which == EVENT_FROZEN)
			check_frozen(checker, document->root);
		else if (document->which == EVENT_DRAWN)
			check_drawn(checker, document->root);
	}
}

void check_choice(struct checker *checker, const struct node *root)
{
	const struct node *cause = node_get(root, "cause");
	const char *citation = node_as_text(cause), *rule = node_text(root, "rule"),
		   *household = node_text(root, "household");
	struct arena arena = ARENA_INIT;
	int64_t of = 0;
	node_integer(root, "of", &of);
	const struct document *drawn = citation ? cited(checker, &arena, citation) : NULL;
	if (!drawn || drawn->which != EVENT_DRAWN)
		check_tell(checker, PROBLEM_DANGLING_REFERENCE, cause ? cause : root, NULL,
			   "cause: there is no draw %s", citation ? citation : "at all");
	else if (!names_form(node_get(drawn->root, "chosen"),
			     arena_printf(&arena, "%s#%" PRId64 "%s%s", checker->form.id, of,
					  household ? "/" : "", household ? household : "")) ||
		 !rule || !node_is_string(node_get(drawn->root, "rule"), rule))
		check_tell(checker, PROBLEM_WRONG_DRAW, cause, NULL,
			   "cause: the draw %s did not choose this form", citation);
	arena_clear(&arena);
}
