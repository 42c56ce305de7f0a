// SPDX-License-Identifier: MIT
// What a plan reads from the forms: callbacks that are owed for a share, what routines bring about
// for a form, who was visited when. For plan*.c alone.
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

/* A document that will be added to a form, which had SEEN documents when that was decided. */
struct form_addition {
	const char *form;
	struct node *document;
	int64_t at;
	size_t seen;
};

/* A form to which a routine for persons may send somebody. */
struct visitable {
	const struct rule *rule;
	const char *form;
	size_t seen;             /* how many documents it had */
	int64_t opened, visited; /* VISITED 0: never */
	const char *period, *to; /* of the last document by which this routine scheduled a visit:
				    its period, and the person; or NULL */
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

/* Reads every form. A form that cannot be read, or a condition that cannot be decided, is added to
 * PROBLEMS. */
void plan_forms_read(struct plan_forms *forms, struct book *book, const struct span *span,
		     struct problems *problems);
void plan_forms_clear(struct plan_forms *forms); /* also one that is all zero */

/* Adds a document for FORM, which has SEEN documents, to the additions. */
void plan_forms_add(struct plan_forms *forms, const char *form, struct node *document, int64_t at,
		    size_t seen);

/* Sorts the additions by form, then by time; returns their number. */
size_t plan_forms_sort(struct plan_forms *forms);

/* Marks the callback ID by RULE in the month PERIOD as chosen by a draw, and returns it. NULL if
 * its form says so already, or does not owe it any more. */
const struct ticket_lot *plan_forms_choose(struct plan_forms *forms, const char *id,
					   const char *rule, const char *period);

/* Whether ROUTINE has opened a ticket for PERIOD. */
bool plan_forms_opened(const struct plan_forms *forms, const char *routine, const char *period);

/* Sends every person who has the routine's role to as many forms as the routine says: in the
 * person's areas, those first that were not visited for longest (RULEBOOK H3.4-18 leaves the choice
 * open), and each form to one person only. Adds a note about everybody for whom there are too few
 * forms. */
void plan_forms_visits(struct plan_forms *forms, struct book *book, struct arena *arena,
		       const struct rule *rule, const struct occurrence *occurrence,
		       struct planned *out);

#endif
