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
	struct node *root;        /* the document's: what is worked out goes there */
	struct node *view;        /* the form as conditions see it */
	const struct node *prior; /* the same before the document; NULL for a new form */
	struct node *notes;       /* list of strings: what the person should know */
	struct err *err;
};

/* A step that has happened, as rules see it that set something by it. */
struct happened {
	const char *event;       /* the step it is for rules (document_step) */
	const char *name;        /* what it is called itself: a reopening is both */
	int64_t at;              /* when it happened */
	int64_t begun;           /* when its document says it happened: an import tells of more */
	const struct node *root; /* its fields, as they were corrected */
	const struct node *running; /* when the time of each deadline that it finds running began,
				       by how its rule is cited; NULL: none runs */
};

/* A deadline that a step starts. */
struct started {
	const struct rule *rule;
	int64_t start, end;
	bool named; /* a field of the step is the end, END; else the rule says when it is */
	bool again; /* it was running, and its time begins anew */
};

struct started_list {
	struct started *items; /* in the arena of the step */
	size_t count;
};

/* --- duty_set.c: what the document sets --- */

/* The deadlines that HAPPENED starts where VIEW is the form, by all rules in their order. */
bool duty_started(struct duty_step *step, const struct happened *happened, const struct node *view,
		  struct started_list *list);
/* Sets one of them, in the place of the one that was running where its time begins anew. */
bool duty_set_started(struct duty_step *step, const struct happened *happened,
		      const struct started *started);
/* Whether the time of a deadline by RULE begins anew with HAPPENED, where it runs. */
bool duty_restarts(const struct rule *rule, const struct happened *happened);
/* Sets all that the document starts. */
bool duty_set_deadlines(struct duty_step *step, const struct happened *happened);

/* Whether DOCUMENT ended too late the deadline by which RULE, which looks back, is owed. */
bool duty_missed_by(const struct duty_step *step, const struct document *document,
		    const struct rule *rule);
/* Sets the deadline of RULE, owed because MISSED ended another too late, with the clock of an
 * earlier step, START. It is judged by what happened until then, and ends with MISSED. NULL: its
 * clock is that of the step which was late, and it is yet to be done. */
bool duty_add_if_late(struct duty_step *step, const struct rule *rule, int64_t start,
		      const struct document *missed);

/* NAME, or NAME-2, NAME-3, … : no two duties that are open at once share an id. In the arena. */
const char *duty_free_id(struct duty_step *step, const char *name);

/* --- duty_callback.c: the callbacks --- */

/* Sets every callback that the document brings about. */
bool duty_set_callbacks(struct duty_step *step, const struct happened *happened);
/* Sets the callback of RULE, which follows HAPPENED, for HOUSEHOLD (NULL: the form's customer): for
 * one that joined later its time begins then. */
bool duty_add_callback(struct duty_step *step, const struct rule *rule,
		       const struct happened *happened, const struct household *household);
/* When the time of a callback to HOUSEHOLD begins that follows a step of AT. */
int64_t duty_callback_start(const struct household *household, int64_t at);
/* VIEW as it is for HOUSEHOLD: that is the customer. VIEW itself where HOUSEHOLD is NULL. */
struct node *duty_view_for(struct duty_step *step, const struct node *view,
			   const struct household *household);
/* Sets for each household that has joined the callbacks that follow a step of this cycle and that
 * it has not, for it joined since, or in another clone. */
bool duty_set_joined(struct duty_step *step);
/* Whether the callback of RULE follows HAPPENED. */
bool duty_follows_step(const struct rule *rule, const struct happened *happened);
/* Who makes the callback of RULE that follows HAPPENED: a list of texts, as documents have it. */
struct node *duty_callers(struct duty_step *step, const struct rule *rule,
			  const struct happened *happened);

/* --- duty_follow.c: what changes when facts do --- */

/* Where the document changes what rules read of the steps before it: withdraws what they would not
 * have set, sets what they would have, and names what it keeps. */
bool duty_follow(struct duty_step *step);

/* Sets DUTY again, which the document finds not to be over, as it was. */
void duty_set_again(struct duty_step *step, const struct duty *duty);

/* Where the document, a correction, takes back a reopening: withdraws what that brought about, and
 * sets again what it had withdrawn. */
void duty_undo_reopening(struct duty_step *step);

/* --- duty_note.c --- */

/* Adds a note for each duty that the document withdraws, moves or sets, but for those that stand
 * before the given places in its lists: those follow from the step itself. */
void duty_note_changes(struct duty_step *step, size_t withdrawn, size_t due, size_t callbacks);
/* Adds a note for ENTRY, one of the document's deadlines. */
void duty_note_set(struct duty_step *step, const struct node *entry);

/* --- duty_set.c --- */

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
/* Settles the deadlines that wait for somebody to be told whom the document, one of their steps,
 * names. STATUS_REFUSED for a `told` that names none of those who are waited for. */
bool duty_settle_told(struct duty_step *step);
/* Where the document mends a callback: settles what that would have settled, and sets again what it
 * would not have. */
void duty_settle_anew(struct duty_step *step);
/* duty_extend.c: the deadline that the document extends is withdrawn and set anew. */
bool duty_extend(struct duty_step *step);
/* duty_import.c: what would have been set by the steps that lead to the state which the document, a
 * `settled` one, says, where none of them is recorded. */
bool duty_set_settled(struct duty_step *step);
/* duty_calendar.c: withdraws each deadline and callback that the calendar has moved, and sets it
 * anew. */
bool duty_recompute(struct duty_step *step);

#endif
