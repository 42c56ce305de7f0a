// SPDX-License-Identifier: MIT
// What the parts of folding a form share. For form*.c alone.
#ifndef KEFU_BOOK_FORM_PARTS_H
#define KEFU_BOOK_FORM_PARTS_H

#include "book/form.h"

/* The fields of a document that a fold looks at, found in one pass. */
struct picked {
	const struct node *id, *kind, *category, *severity, *charging, *department, *team,
		*customer, *to, *state, *fields, *reached, *withdraws, *settles, *due, *callbacks,
		*phone_seen;
};

/* Makes the error a damage of the form, at the place of AT where it has one. Returns false. */
bool form_damaged(const struct form *form, const struct node *at, struct err *err);

/* Whether a step EVENT contradicts the state that the form is in. */
bool form_contradicts(const struct form *form, enum event event);

/* Whether DOCUMENT, which stands behind EARLIER, was recorded by a clone that did not have that. */
bool form_apart(const struct form *form, const struct document *document,
		const struct document *earlier);

/* The document that DOCUMENT, the next to be folded, contradicts because two clones did not know of
 * each other: another end for one deadline, another answer to one callback, other facts, another
 * assignment of the same moment. NULL: none. */
const struct document *form_opposed(const struct form *form, const struct document *document);

/* Whether DOCUMENT, whose step does not fit the state that FORM is in, was recorded by a clone that
 * did not have what brought that state about: then only what form_opposed finds contradicts it. */
bool form_excused(const struct form *form, const struct document *document);

/* Whether DOCUMENT, which names DUTY's id, cannot mean it, since another clone set it meanwhile. */
bool form_unknown(const struct form *form, const struct document *document,
		  const struct duty *duty);

/* Folds DOCUMENT into the form's duties, after its state: ends those it ends, adds those it sets.
 * False, with STATUS_DAMAGED, when it sets what is no duty. */
bool form_fold_duties(struct form *form, const struct document *document,
		      const struct picked *picked, struct err *err);

/* form_tries.c. Ends the callbacks that were tried often enough by DOCUMENT, the last that was
 * folded, and takes back what that mends. */
void form_fold_tries(struct form *form, const struct document *document);

/* form_cycle.c. DOCUMENT, the next to be folded, opens the form again: the next cycle begins. */
void form_reopen(struct form *form, const struct document *document);

/* Takes back the reopening that DOCUMENT, a correction, names as the one it undoes, with all that
 * it changed. Where somebody has worked on the form since, it is disputed. */
void form_undo_reopening(struct form *form, const struct document *document);

/* Puts what DOCUMENT, a correction, says into the document that it names, if it names one. */
void form_fold_correction(struct form *form, const struct document *document);

/* A document of a drawing chooses a callback, in whatever cycle: the one of the same rule that the
 * document with the number `of` made due. */
void form_choose(struct form *form, const struct document *document);

#endif
