// SPDX-License-Identifier: MIT
// What a plan finds in the forms: callbacks of a share, what routines owe them, who was visited
// when. For plan*.c alone.
#ifndef KEFU_CALLBACK_PLAN_FORMS_H
#define KEFU_CALLBACK_PLAN_FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "book/book.h"
#include "book/gather.h"
#include "callback/lots.h"
#include "callback/plan.h"
#include "callback/routine.h"

/* A document a form is to get. */
struct form_addition {
	const char *form;
	struct node *document;
	int64_t at;
};

/* A form that a routine for persons may send somebody to. */
struct visitable {
	const struct rule *rule;
	const char *form;
	int64_t opened, visited; /* VISITED 0: never */
	const char *period, *to; /* the last two times it was scheduled by this routine: of which
				    period, to whom; or NULL */
};

/* A ticket that a routine of the desk opened. */
struct opened_for {
	const char *routine, *period;
};

struct plan_forms {
	struct ticket_lot *lots; /* by rule, month and id */
	size_t lot_count;
	struct form_addition *additions;
	size_t addition_count;
	struct visitable *visitables; /* those first that were not visited for longest */
	size_t visitable_count;
	struct opened_for *opened; /* by routine and period */
	size_t opened_count;
	struct gathered gathered; /* holds all but the additions */
};

/* Reads every form. What could not be read, or not be decided, goes to PROBLEMS. */
void plan_forms_read(struct plan_forms *forms, struct book *book, const struct span *span,
		     struct problems *problems);
void plan_forms_clear(struct plan_forms *forms); /* also one that is all zero */

/* Adds a document for FORM to the additions. */
void plan_forms_add(struct plan_forms *forms, const char *form, struct node *document, int64_t at);

/* Sorts the additions by form, then by when; returns their number. */
size_t plan_forms_sort(struct plan_forms *forms);

/* A draw chose the callback ID by RULE of that month. False when the form says so itself, or owes
 * it no more. */
bool plan_forms_choose(struct plan_forms *forms, const char *id, const char *rule,
		       const char *period);

/* Whether a ticket of ROUTINE for PERIOD is there. */
bool plan_forms_opened(const struct plan_forms *forms, const char *routine, const char *period);

/* Sends every person of the routine's role to as many forms as it says, those
 * first that nobody has visited for longest (RULEBOOK H3.4-18 leaves the choice
 * open), each form to one person, in the person's areas. Says who has too few. */
void plan_forms_visits(struct plan_forms *forms, struct book *book, struct arena *arena,
		       const struct rule *rule, const struct occurrence *occurrence,
		       struct planned *out);

#endif
