// SPDX-License-Identifier: MIT
// The terms of a share of callbacks, as callbacks record them: rates, clause, callers. Computes
// nothing.
#ifndef KEFU_CALLBACK_TERMS_H
#define KEFU_CALLBACK_TERMS_H

#include "base/arena.h"
#include "book/form.h"

/* Callbacks of the same rule may have different terms if the rule was changed. Then the terms that
 * the first form, by id, records are used for all of them, as in lots. All zero: no terms yet. */
struct terms {
	char *form; /* the id of the form that records them */
	const char *clause;
	const char *rate;    /* the share owed, an exact decimal */
	const char *minimum; /* the share judged: the rule's minimum, else its rate */
	const char *on_site; /* the share of calls made on site; NULL: the rule asks for none */
	const char *who;     /* roles, with spaces between */
};

/* Sets TERMS to those that the callback DUTY of FORM records, in ARENA, unless TERMS are already
 * those of a form with a lower id. */
void terms_take(struct terms *terms, struct arena *arena, const struct form *form,
		const struct duty *duty);

/* Sets TERMS to OTHER if those are of a form with a lower id. */
void terms_keep_first(struct terms *terms, const struct terms *other);

#endif
