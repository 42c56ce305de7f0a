// SPDX-License-Identifier: MIT
// What callbacks record of the share they are of. Computes nothing.
#ifndef KEFU_CALLBACK_TERMS_H
#define KEFU_CALLBACK_TERMS_H

#include "base/arena.h"
#include "book/form.h"

/* Callbacks of one rule differ in it when the rule was changed meanwhile: then what the first form,
 * by its id, records holds for all of them, as in lots. All zero: none yet. */
struct terms {
	char *form; /* whose they are */
	const char *clause;
	const char *rate;    /* the share owed, an exact decimal */
	const char *minimum; /* the share judged: the rule's minimum, else its rate */
	const char *on_site; /* the share of calls made on site; NULL: the rule asks for none */
	const char *who;     /* roles, with spaces between */
};

/* Takes what the callback DUTY of FORM records into ARENA, unless TERMS are of an earlier form. */
void terms_take(struct terms *terms, struct arena *arena, const struct form *form,
		const struct duty *duty);

/* TERMS become the earlier of both. */
void terms_keep_first(struct terms *terms, const struct terms *other);

#endif
