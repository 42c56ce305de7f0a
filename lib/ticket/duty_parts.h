// SPDX-License-Identifier: MIT
// What the parts of working out duties share: the document they are worked out for, and the fields
// it gets. For duty_*.c alone.
#ifndef KEFU_TICKET_DUTY_PARTS_H
#define KEFU_TICKET_DUTY_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "ticket/duty.h"

/* A document whose duties are worked out. */
struct duty_step {
	struct book *book;
	struct arena *arena; /* of the document and the notes: outlives the form's */
	struct form *form;   /* the document is its last */
	const struct document *document;
	struct node *root;             /* the document's: what is worked out goes there */
	struct node *view;             /* the form as conditions see it */
	const struct node *prior;      /* the same before the document; NULL for a new form */
	struct node *notes;            /* list of strings: what the person should know */
	const struct document *origin; /* the document whose time and fields start the clocks:
					  DOCUMENT, or the opening */
	const char *event;             /* the step that rules know it by (document_step) */
	struct err *err;
};

/* --- duty_set.c: what the document sets --- */

/* Every deadline that EVENT starts, with clocks from START. AGAIN: the form was reclassified, and
 * EVENT is its opening, looked at again: deadlines that no longer apply are withdrawn, those that
 * still apply stay as they were set. */
bool duty_set_deadlines(struct duty_step *step, const char *event, int64_t start, bool again);
/* Every callback that the step brings about; AGAIN as above. */
bool duty_set_callbacks(struct duty_step *step, bool again);

/* Which entries of the calendar count for the document's deadlines. */
struct calendar_known duty_known(const struct duty_step *step);
/* One deadline by RULE. */
bool duty_add(struct duty_step *step, const struct rule *rule, int64_t start,
	      const struct due *due);
/* Adds a note that the end AT of the duty called ID is a guess. */
void duty_note_guess(struct duty_step *step, const char *id, int64_t at);
/* Names DUTY among those the document withdraws. */
void duty_withdraw(struct duty_step *step, const struct duty *duty);
/* The list at KEY of the document; it is added if it is missing. */
struct node *duty_list(struct duty_step *step, const char *key);

/* --- what it ends or moves --- */

/* duty_settle.c. A callback settles every owed callback whose window it lies in and whose callers
 * made it. A told document settles every notice that was due by then to somebody it names. */
void duty_settle_callbacks(struct duty_step *step);
void duty_settle_notices(struct duty_step *step);
/* duty_extend.c: the deadline that the document extends is withdrawn and set anew. */
bool duty_extend(struct duty_step *step);
/* duty_calendar.c: withdraws each deadline and callback that the calendar has moved, and sets it
 * anew. */
bool duty_recompute(struct duty_step *step);

#endif
