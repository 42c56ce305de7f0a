// SPDX-License-Identifier: MIT
// What the parts of recording on tickets share: what was asked for, and what has come of it so far.
// For ticket.c, step.c, classify.c, create.c, follow.c and retried.c alone.
#ifndef KEFU_TICKET_TICKET_PARTS_H
#define KEFU_TICKET_TICKET_PARTS_H

#include <stdbool.h>

#include "ticket/number.h"
#include "ticket/recent.h"
#include "ticket/ticket.h"
#include "ticket/unique.h"

/* The recording of documents on one form, with what they bring about. */
struct ticket_recording {
	struct book *book;
	struct arena *arena; /* of the documents, and of all that is added to them */
	const struct request *request;
	struct acting acting;
	/* The next document is not a step that somebody asked for but follows from another: rules
	 * about steps do not judge it, so there is nothing to override. */
	bool automatic;
	/* The next document is a step that all have signed now: it is judged as who proposed it. */
	const struct proposal *completes;
	bool overridden;  /* a rule refused, and --override was used */
	bool unconfirmed; /* a form that this brought about is in place, but the disk did not
			     confirm it */
	int64_t marked;   /* the highest number that this clone has given in the form */
	struct recorded *out;
	struct node *const *steps; /* what is recorded together with a new form */
	size_t step_count;
	/* Where a ticket may be opened: which numbers of this month are taken, and the tickets of
	 * the last days. Both were read before the lock was taken. */
	struct unique_index *unique; /* of step.c; NULL until it is needed */
	struct month_numbers *numbers;
	struct recent *recent;
};

/* --- step.c: one document --- */

/* Judges DOCUMENT, which has its head, as the next document of FORM. Puts into it the deadlines and
 * callbacks that it brings about, then adds its text to TEXT, and itself to FORM, which is then as
 * its file will say. FORM->file names the form in messages; a new form is otherwise empty. After a
 * failure FORM can no longer be used. */
bool step_add(struct ticket_recording *recording, struct form *form, struct node *document,
	      struct buf *text, struct err *err);

/* --- aim.c: which document a correction mends --- */

/* Gives DOCUMENT, a correction that is to be added to FORM and whose schema is CORRECTION, the
 * number of the document it mends (`of`) where the fields alone do not say that, and that of the
 * reopening it takes back (`undoes`). STATUS_REFUSED when it would mend nothing, when it takes the
 * person to say which document is meant, and when that has no such field. */
bool correction_aim(struct ticket_recording *recording, const struct form *form,
		    const struct schema *correction, struct node *document, struct err *err);

/* Whether the people and the times in what FORM's last document, a correction just appended, mends
 * are such as those documents could have named when they happened. */
bool correction_references(struct book *book, const struct form *form, struct err *err);

/* --- classify.c: what a new ticket is --- */

/* Gives FIELDS kind, category and severity where they are missing, by the patterns the policy has
 * for the text, and the department of the category; lists in `classified` which of them were found,
 * and adds a note that says so. STATUS_REFUSED if no kind fits, or if one that was given is
 * unknown. */
bool ticket_classify(struct ticket_recording *recording, struct node *fields, struct err *err);

/* --- create.c: a new form --- */

/* The id of the customer whose file FIELDS open, which is the unit; NULL if they open a ticket. */
const char *ticket_customer_id(const struct node *fields);

/* Writes FIELDS, and the steps that come with it, as a new form: a customer's file under its unit,
 * a ticket under the next free number of today, of RECORDING->numbers. The lock is held, unless it
 * is a dry run. */
bool ticket_create(struct ticket_recording *recording, struct node *fields, struct err *err);

/* --- follow.c: what an answer brings about --- */

/* Whether ROOT, a callback or what a correction says of one, has the answer of an unsatisfied
 * household. */
bool ticket_is_unsatisfied(const struct node *root);

/* What follows from FORM's last document, a callback that was just added: *NEXT gets the reopening
 * that has to be recorded next, or *LINKED the id of a ticket that was opened because of it, which
 * its `links` then have to name. Both are NULL if nothing follows. */
bool ticket_follow(struct ticket_recording *recording, struct form *form, struct node **next,
		   const char **linked, struct err *err);

/* --- linked.c: what linked forms record of each other --- */

/* Forms that are to record something because of what is recorded on another: that it is linked with
 * them, or the step it took. In the recording's arena. */
struct linking {
	struct linked_form {
		const char *id;
		struct linked_step {
			int64_t seq;        /* of the document on the other form */
			const char *step;   /* NULL: it is linked */
			struct node *whole; /* the document, all but its cause; NULL: that it
					       is linked */
		} * steps;
		size_t count;
		bool merged; /* the form it follows from goes on in it */
		size_t seen; /* its documents, when it was looked at */
		int64_t opened_at, last;
		const char *text; /* what its file is to hold */
		size_t len;
	} * forms;
	size_t count;
	struct node *opened; /* ids of forms that this recording opens itself, with their links */
};

/* Adds to LINKING what follows from FORM's last document. STATUS_REFUSED when it links to what is
 * not there or was voided, to itself, or to what has too many links. */
bool linked_gather(struct ticket_recording *recording, const struct form *form,
		   struct linking *linking, struct err *err);

/* Writes it, where ID is the form it follows from: the others before that, so that a retry finds
 * what an interrupted recording has left. */
bool linked_write(struct ticket_recording *recording, const char *id, struct linking *linking,
		  struct err *err);

/* --- retried.c: what was recorded before --- */

/* Each looks whether something was recorded before, among RECORDING->recent if that is among
 * tickets; if so, it sets OUT->repeated and the id, and
 * makes it durable once more (record_confirm). This one looks whether all of DOCUMENTS are on FORM,
 * whose file is PATH. */
bool retried_steps(struct ticket_recording *recording, const struct form *form, const char *path,
		   struct node *const *documents, size_t count, struct err *err);

/* Whether FIELDS have opened a form before: the customer's file, or a ticket of the last days. */
bool retried_opening(struct ticket_recording *recording, struct node *fields, struct err *err);

/* Whether a ticket was opened in the last days because of an answer on ORIGIN that was never
 * recorded itself, since the power failed in between. *ID gets that ticket, else NULL. */
bool retried_linked(struct ticket_recording *recording, const struct form *origin, const char **id,
		    struct err *err);

#endif
