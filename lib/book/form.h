// SPDX-License-Identifier: MIT
// A form: the documents of a ticket's or customer's file in order, folded into a state. Never
// writes and knows no policy: what was recorded counts, whatever the rules say today.
#ifndef KEFU_BOOK_FORM_H
#define KEFU_BOOK_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"
#include "book/document.h"

/* The kind of customers' files, which every policy has; rules of steps speak of it only by name. */
#define KIND_CUSTOMER "customer"

enum { FORM_MAX_BYTES = 4 << 20 }; /* a form larger than this is damaged */

enum form_state {
	FORM_OPEN,
	FORM_FINISHED, /* the work is done, the desk has not closed it */
	FORM_CLOSED,
	FORM_VOIDED,
	FORM_DISPUTED, /* steps contradict each other; a `settled` document ends it */
};

const char *form_state_name(enum form_state state);

enum duty_state {
	DUTY_OPEN,
	DUTY_MET,
	DUTY_LATE,
	DUTY_WITHDRAWN,
	DUTY_UNREACHED, /* a callback that was tried in vain often enough: in its window neither
			   made nor missed */
};

enum notice_state {
	NOTICE_OPEN, /* nobody was told yet, and the deadline is open; AT may be past or not */
	NOTICE_GIVEN,
	NOTICE_MISSED, /* the deadline ended after AT, and nobody had been told */
	NOTICE_VOID,   /* the deadline ended before AT: no need to tell anybody */
};

/* Somebody has to be told of a deadline that comes near or has passed. */
struct notice {
	const char *id;
	const char *until;      /* the step that tells them: `told`, or the step of a slip */
	int64_t at;             /* when it is time to tell them */
	const struct node *who; /* list of roles, of which one has to be told */
	enum notice_state state;
	const struct document *ended_by;
};

/* Something owed by a time: a deadline or a callback, as the form records it. */
struct duty {
	bool callback;
	const char *id, *rule, *clause; /* borrowed */
	int64_t start, opens, at;       /* opens equals start for deadlines */
	const struct node *until;       /* deadlines: the steps that end it */
	const struct node *who;         /* callbacks: the roles that have to call together */
	const struct node *to; /* deadlines: of whom the step that ends it has to name one, and then
				  says that it settles it; or NULL */
	const char *household; /* whom it is owed to, where several called: a struct household's
				  key; NULL: the form's customer */
	const char *rate, *minimum;   /* callbacks: exact decimals; minimum may be NULL */
	const char *on_site;          /* callbacks: the share of calls made on site; or NULL */
	const struct document *drawn; /* callbacks of which a share is made: the document by which
					 this one was chosen; NULL: not chosen */
	bool provisional;
	bool survives; /* it is owed beyond a reopening, by choice of its rule */
	unsigned cycle;
	const struct document *set_by, *ended_by;
	const struct document *moved_by; /* the last document by which it followed the calendar, or
					    a fact that changed; it is then as SET_BY set it but for
					    its times and who makes it. Or NULL */
	int64_t ended;
	enum duty_state state;  /* while DUTY_OPEN, AT may be past or not */
	struct notice *notices; /* deadlines: in the order of the rule */
	size_t notice_count;
	unsigned attempts; /* callbacks that reached nobody while it was open */
	/* callbacks: so many calls in vain, on so many days, end it as not reached; TIMES 0: none
	 * do. CLAUSE may be NULL */
	struct {
		unsigned times, days;
		const char *clause;
	} limit;
	unsigned tries, try_days;      /* with a limit: those calls so far, and their days */
	const struct document *called; /* for form_tries.c alone: the late call by which it ended
					  before it was found not reached; or NULL */
	size_t twin; /* two clones set it before they met, and it is owed only once: the number of
			the duty that counts, from 1; 0: this one does */
};

struct form {
	struct arena arena;
	const char *file; /* as given, for messages */
	const char *id;   /* what its first document says */
	struct document *documents;
	size_t count;
	bool unordered; /* these three: see struct documents */
	unsigned repeated;
	size_t read_len;

	enum form_state state;
	const struct document *disputed_by;   /* the first document that contradicted the others */
	const struct document *disputed_with; /* the one it contradicts; NULL: the state before */
	const struct document *state_by;      /* the last one that changed the state */
	bool of_two_sites;
	unsigned cycle;     /* 1, and one more for each reopening that stands */
	size_t cycle_begin; /* the index of the document that opened it */
	struct reopened
		*reopened; /* for form_cycle.c alone: what the last reopening that stands ended */
	bool imported;
	/* of the current cycle; closed_at: of two closings the first; 0: it is not closed, or it
	 * was closed in another system that did not say when */
	int64_t opened_at, closed_at;
	const char *kind, *category, *severity, *charging, *department;
	const char *assignee, *team; /* NULL: nobody yet */
	const struct node *customer;
	/* for form.c alone: since when the former are so; the customer's parts each by itself,
	 * where they are not all as of CUSTOMER_AT */
	int64_t assigned_at, team_at, customer_at;
	const struct node *customer_times;
	const char *phone; /* the latest that was recorded, as the customer's or on a slip (H2.C-8);
			      NULL: none */
	struct duty *duties;
	size_t duty_count, duty_room;

	struct form *before; /* what form_take_back restores; NULL: nothing was appended */
};

void form_init(struct form *form);
void form_clear(struct form *form);

/* Reads TEXT and folds it; only the documents' bytes (text, len) are borrowed
 * from TEXT. What FORM held before is lost, its storage reused. On failure ERR has
 * STATUS_DAMAGED and a place, and FORM holds the documents before the damage, unfolded. */
bool form_read(struct form *form, const char *file, const char *text, size_t len, struct err *err);

/* Whether FORM, just read, has the id that its file is named after; else STATUS_DAMAGED, since it
 * would be taken for another form. */
bool form_fits_file(const struct form *form, struct err *err);

/* Adds a document to a folded form, to judge a step before it is recorded. The form is
 * then as if the document stood last in its file, except that the document has neither
 * text nor line. ROOT must live as long as the form; changes to it have no effect on the
 * form until it is taken back and appended again. */
bool form_append(struct form *form, struct node *root, struct err *err);

/* Undoes the last form_append that was not undone yet, also one that failed. */
void form_take_back(struct form *form);

/* The roots of FORM's documents as they would be had nothing been wrong that the first UPTO of them
 * correct: right values stand in the documents that had the wrong ones, or that should have had
 * them. As many as there are documents, in ARENA; the nodes are shared with the form. */
struct node **form_mended(const struct form *form, size_t upto, struct arena *arena);

/* Of each of FORM's documents, whether the one at AT, a correction, mends it, whatever others
 * mended before. In ARENA. */
bool *form_mends(const struct form *form, size_t at, struct arena *arena);

/* The document that DOCUMENT, a correction of FORM, names as the one it mends; NULL: it names none,
 * or none that is there before it. */
struct document *form_target(const struct form *form, const struct document *document);

/* Whether FIELD is the matter's, whichever document says it: charging, department, customer. */
bool form_is_fact(const char *field);

/* Another way to fold a form: form_begin makes room for COUNT documents in a form that is empty,
 * then each form_add folds the next one. Nothing moves and nothing can be taken back. */
void form_begin(struct form *form, size_t count);
bool form_add(struct form *form, struct node *root, struct err *err);

/* The folded form as a map for conditions of a policy, in the form's arena:
 * id, kind, category, severity, charging, department, phone, customer, channel,
 * assignee, team, imported, state, cycle, checked (the items of checklists), joined (further
 * households), events (of this
 * cycle), steps (each step's latest document of this cycle, corrections in place), document (the
 * last one), earlier (events and steps without that), opening (the document that opened it). */
struct node *form_view(struct form *form);

/* The value at PATH, STEP.FIELD of the latest such step in VIEW, which form_view made: what a
 * reopening does not say of opened.FIELD is what the opening said. NULL: nothing. */
const struct node *form_view_step(const struct node *view, const char *path);

/* The items of checklists that the documents of FORM from index FROM to before UPTO have checked
 * and not taken back, in the order in which that was: a map from each to the index of the document
 * that says so, in ARENA. Where clones did not know of each other, what one took back is not
 * checked. */
struct node *form_checked(const struct form *form, size_t from, size_t upto, struct arena *arena);

/* Adds what is disputed in FORM, whose state is FORM_DISPUTED, what counts meanwhile, and the way
 * out. */
void form_say_dispute(const struct form *form, struct buf *out);

/* Whether nobody has worked on FORM in its current cycle since what opened it. */
bool form_is_untouched(const struct form *form);

/* The index of the document that opened the current cycle. */
size_t form_cycle_begin(const struct form *form);

/* Whose the form was at the instant AT; NULL: nobody's. */
const char *form_assignee_at(const struct form *form, int64_t at);

/* When DOCUMENT, an import, says that EVENT happened in the other system: opened, finished or
 * closed. False when it does not say, or is no import. */
bool form_imported_at(const struct document *document, const char *event, int64_t *at);

/* A time during which somebody else had to act first, like the household or who delivers parts. */
struct wait {
	const struct document *begun;
	const char *whom; /* "household", "parts", …; borrowed */
	int64_t from, to; /* TO: INT64_MAX while it lasts */
};

/* Steps through the waits of FORM in the order of its documents: start with *CURSOR 0; false past
 * the last. A wait ends when work goes on, is finished, or the form is closed, voided or opened
 * again; a second one that begins meanwhile is the same. */
bool form_next_wait(const struct form *form, size_t *cursor, struct wait *wait);

/* Whether FORM waits now; WAIT gets since when and for whom. */
bool form_waits(const struct form *form, struct wait *wait);

/* How often the household has asked again in the current cycle of FORM; *LAST gets the document of
 * the last time, which is that of the latest AT. */
unsigned form_asked_again(const struct form *form, const struct document **last);
/* --- several callers about one matter (form_joined.c) --- */

/* A household that called, besides the customer of the form. */
struct household {
	const char *key;             /* its unit, or else telephone number; borrowed */
	const struct node *customer; /* as corrected; a map as the form's customer */
	const struct document *joined;
	const struct document *left; /* NULL: it has not; else nothing is owed to it any more */
};

/* Steps through them in the order of the documents, each once, also where two clones have it: start
 * with *CURSOR 0; false past the last. One that left and called again comes twice. */
bool form_next_household(const struct form *form, size_t *cursor, struct household *household);

/* The household called KEY, as it is now. False: none ever joined. */
bool form_household(const struct form *form, const char *key, struct household *household);

/* Whether the customer of FORM, who called first, left it to the others. */
bool form_customer_left(const struct form *form);

/* The form that FORM was merged into, and is closed by that; NULL: it was not. */
const char *form_merged_into(const struct form *form);

/* Whether DUTY is owed to the household KEY; NULL: the form's customer. */
bool duty_is_for(const struct duty *duty, const char *key);

/* --- steps that others have to sign (form_sign.c) --- */

/* A step that counts only when others have signed it: until then its document is `proposed`. */
struct proposal {
	const struct document *document;
	const char *step, *by;           /* borrowed; BY proposed it */
	const struct node *fields;       /* of the step */
	const struct node *awaits;       /* whose signatures it needs, each another person's */
	const struct document *ended_by; /* NULL: signatures are awaited */
	bool recorded; /* what ended it is the step; else somebody declined, another proposal or
			  step took its place, or the form was voided or opened again */
};

/* Steps through the proposals of FORM in the order of its documents, or those of which signatures
 * are awaited: start with *CURSOR 0; false past the last. */
bool form_next_proposal(const struct form *form, size_t *cursor, struct proposal *proposal);
bool form_next_open_proposal(const struct form *form, size_t *cursor, struct proposal *proposal);

/* The next document that signs PROPOSAL: start with *CURSOR 0; NULL past the last. */
const struct document *form_next_signature(const struct form *form, const struct proposal *proposal,
					   size_t *cursor);

/* The proposal whose number DOCUMENT has at KEY; NULL: there is none before it. */
const struct document *form_proposal_of(const struct form *form, const struct document *document,
					const char *key);

/* The step that DOCUMENT proposes, with the head of DOCUMENT: a copy in ARENA. */
struct node *form_proposed_root(const struct document *document, struct arena *arena);

/* The latest document of EVENT in the current cycle; NULL when there is none. */
const struct document *form_last(const struct form *form, const char *event);

/* Calls in vain that count for a callback, and the one with which they were enough; NULL: they are
 * not. */
struct tries {
	unsigned count, days;
	const struct document *enough;
};

enum { TRIES_MAX = 200 }; /* more are not counted */

/* Those of the callback DUTY, which has a limit; ALSO, a document of FORM or NULL, counts whatever
 * it says. */
struct tries form_tries(const struct form *form, const struct duty *duty,
			const struct document *also);

/* Whether DUTY was missed by NOW: not done in time, nor, if it is a callback, tried often enough.
 */
bool duty_is_missed(const struct duty *duty, int64_t now);

/* Whether DUTY is still owed after the form was reopened. That is so for deadlines
 * that a callback set, by a promise or a complaint heard in it, for whatever a
 * routine set, and where the rule says so. */
bool duty_outlives_reopening(const struct duty *duty);

/* Whether what DUTY asks for was done when it ended, in time or late; else a document withdrew it,
 * or put another in its place. */
bool duty_was_done(const struct duty *duty);

/* Whether the answer that ended the callback DUTY was given on site, and signed (H3.14-4). */
bool duty_is_on_site(const struct duty *duty);

/* Whether A and B, names of rules in documents, may mean one rule: what was recorded before another
 * pack had a rule of that name does not say of which pack it is. */
bool duty_same_name(const char *a, const char *b);

/* Whether ENTRY, in a list of deadlines or callbacks, is by the rule of DUTY. */
bool duty_names_rule(const struct duty *duty, const struct node *entry);

/* A rule that a document broke with leave: its clauses, who gave leave, and why. */
struct override {
	const struct document *document;
	const struct node *clauses;
	const char *by, *reason; /* NULL: the document does not say */
	bool breach; /* the document mends another: it tells afterwards what had been done without
			leave */
};

/* Steps through them; CURSOR begins at 0. False after the last. */
bool form_next_override(const struct form *form, size_t *cursor, struct override *override);

/* Adds OVERRIDE in words, as documents say it: whoever shows that makes controls visible. */
void override_say(const struct override *override, struct buf *out);

/* Whether a rule was overridden by what ended DUTY, or by what mends that. */
bool duty_is_overridden(const struct form *form, const struct duty *duty);

/* The step that names who calls, where WHO, a text of a callback's `who`, says that ("named:STEP");
 * NULL: it does not. (form_callers.c) */
const char *duty_named_by(const char *who);

/* Who makes the callback DUTY, a list of texts in ARENA as `who` has them, but "people:ID,ID" where
 * a step names them: the latest of those documents before BEFORE, another callback (NULL: of all);
 * "named:STEP" stays where none does. */
const struct node *form_callers(const struct form *form, const struct duty *duty,
				const struct document *before, struct arena *arena);

/* Steps through what FORM owes, each duty once: where two clones set one and the same before they
 * met, the one with the earlier end. CURSOR begins at 0; NULL after the last. What documents say
 * is in FORM->duties. */
struct duty *form_next_duty(const struct form *form, size_t *cursor);

/* Whether FORM, as it stands, takes STEP. */
bool form_takes(const struct form *form, const char *step);

/* Whether a step can still end the open deadline DUTY. A form that is closed, or finished, takes
 * some steps no more, unless it is opened again. */
bool duty_can_be_met(const struct form *form, const struct duty *duty);

/* The open duty with ID that counts (form_next_duty), or NULL. */
struct duty *form_open_duty(const struct form *form, const char *id);

#endif
