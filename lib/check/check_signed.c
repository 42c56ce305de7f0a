// SPDX-License-Identifier: MIT
// The check of steps that others have signed: by whom, and whether what was recorded is what they
// signed.
#include <inttypes.h>
#include <string.h>

#include "check/check_parts.h"
#include "ticket/countersign.h"

/* Whether DOCUMENT says what PROPOSED was when it was signed. */
static bool is_same(struct checker *checker, const struct document *document,
		    const struct document *proposed)
{
	static const char *const own[] = {"due",   "callbacks", "withdraws", "settles", "moves",
					  "keeps", "override",  "signers",   "undoes",  "proposal",
					  "cause", "step",      "fields",    "awaits",  "tries"};
	struct arena *arena = &checker->to->scratch;
	struct node *is = document_content(arena, document->root),
		    *was = document_content(arena, form_proposed_root(proposed, arena));
	bool corrects = document->which == EVENT_CORRECTED;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
		if (corrects && strcmp(own[i], "fields") == 0)
			continue;
		node_remove(is, own[i]);
		node_remove(was, own[i]);
	}
	return node_equal_json(is, was);
}

static void check_step(struct checker *checker, const struct document *document)
{
	const struct form *form = &checker->form;
	const struct document *wanted = form_proposal_of(form, document, "proposal");
	const struct node *at = node_get(document->root, "proposal");
	struct proposal proposal;
	bool found = false;
	for (size_t cursor = 0; !found && form_next_proposal(form, &cursor, &proposal);)
		found = proposal.document == wanted;
	if (!found) {
		check_tell(checker, PROBLEM_DANGLING_REFERENCE, at, NULL,
			   "proposal: #%s proposes no step", node_as_text(at));
		return;
	}
	if (!is_same(checker, document, wanted))
		check_tell(checker, PROBLEM_WRONG_SIGNATURE, at, NULL,
			   "proposal: what is recorded is not what #%" PRId64
			   " says, which was signed",
			   wanted->known);
	/* as it was before the step */
	struct form before = *form;
	before.count = (size_t)(document - form->documents);
	struct node *missing =
		countersign_missing(checker->book, &checker->to->scratch, &before, &proposal);
	const struct node *part = node_item(missing, 0);
	if (!part)
		return;
	struct buf who;
	buf_init(&who);
	countersign_say(checker->book, &before, &proposal, part, document->at, &who);
	check_tell(checker, PROBLEM_WRONG_SIGNATURE, at, node_text(part, "clause"),
		   "#%" PRId64 " was not signed by %s when it was recorded", wanted->known,
		   who.data);
	buf_clear(&who);
}

/* A signature, or a refusal of one, is about a step that was proposed. */
static void check_signature(struct checker *checker, const struct document *document)
{
	const struct node *of = node_get(document->root, "of");
	const struct document *proposed = form_proposal_of(&checker->form, document, "of");
	const char *by = node_text(document->root, "by");
	if (!proposed && of)
		check_tell(checker, PROBLEM_DANGLING_REFERENCE, of, NULL,
			   "of: #%s proposes no step", node_as_text(of));
	if (!proposed || document->which != EVENT_SIGNED || !by)
		return;
	const struct node *awaits = node_get(proposed->root, "awaits"), *part;
	bool fits = false;
	for (size_t i = 0; (part = node_item(awaits, i)); i++)
		fits = fits || countersign_fits(checker->book, part, by, document->at);
	if (!fits || node_is_string(node_get(proposed->root, "by"), by))
		check_tell(checker, PROBLEM_WRONG_SIGNATURE, of, NULL,
			   "of: %s was not among those whose signatures #%" PRId64 " awaited", by,
			   proposed->known);
}

void check_signed(struct checker *checker)
{
	const struct form *form = &checker->form;
	arena_reset(&checker->to->scratch);
	for (size_t i = 0; checker->common->staff_known && i < form->count; i++) {
		const struct document *document = &form->documents[i];
		if (document->which == EVENT_SIGNED || document->which == EVENT_DECLINED)
			check_signature(checker, document);
		else if (node_get(document->root, "proposal"))
			check_step(checker, document);
	}
}
