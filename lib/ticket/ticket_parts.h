// SPDX-License-Identifier: MIT
// What the parts of recording on tickets share: what was asked for, and what has come of it so far.
// For ticket.c, step.c, classify.c, create.c, follow.c and retried.c alone.
#ifndef KEFU_TICKET_TICKET_PARTS_H
#define KEFU_TICKET_TICKET_PARTS_H

#include <stdbool.h>

#include "ticket/ticket.h"

/* The recording of documents on one form, with what they bring about. */
struct ticket_recording {
	struct book *book;
	struct arena *arena; /* of the documents, and of all that is added to them */
	const struct request *request;
	struct acting acting;
	/* The next document is nobody's step but follows from another: no rule of steps judges it,
	 * and nobody can override one. */
	bool automatic;
	bool overridden;  /* a rule refused, and --override was used */
	bool unconfirmed; /* a form that this brought about is in place, but the disk did not
			     confirm it */
	int64_t marked;   /* the highest number that this clone has given in the form */
	struct recorded *out;
};

/* --- step.c: one document --- */

/* Judges DOCUMENT, which has its head, as the next of FORM, gives it what it makes due, and adds
 * its text to TEXT and it to FORM, which is then as its file will say. FORM->file names it in
 * messages; a new form is empty otherwise. After a failure FORM is of no more use. */
bool step_add(struct ticket_recording *recording, struct form *form, struct node *document,
	      struct buf *text, struct err *err);

/* --- classify.c: what a new ticket is --- */

/* Gives FIELDS kind, category and severity where they are missing, by the patterns the policy has
 * for the text, and the department of the category; names in `classified` what was found, and
 * notes it. STATUS_REFUSED where no kind fits, or where one of them is unknown. */
bool ticket_classify(struct ticket_recording *recording, struct node *fields, struct err *err);

/* --- create.c: a new form --- */

/* The id of the customer whose file FIELDS open: the unit; NULL: they open a ticket. */
const char *ticket_customer_id(const struct node *fields);

/* Writes FIELDS as the only document of a new form: a customer's file under its unit, a ticket
 * under the next free number of today. The lock is held, unless it is a dry run. */
bool ticket_create(struct ticket_recording *recording, struct node *fields, struct err *err);

/* --- follow.c: what an answer brings about --- */

/* What follows from FORM's last document, a callback that was just added: the reopening that is to
 * be recorded NEXT, or the id of the ticket LINKED that was opened for it, and that its links are
 * to name. Both are NULL where nothing follows. */
bool ticket_follow(struct ticket_recording *recording, const struct form *form, struct node **next,
		   const char **linked, struct err *err);

/* --- retried.c: what was recorded before --- */

/* Each sets OUT->repeated, with the id, when it was, and has the disk confirm it (record_confirm).
 * FORM at PATH: all of DOCUMENTS were recorded on it. */
bool retried_steps(struct ticket_recording *recording, const struct form *form, const char *path,
		   struct node *const *documents, size_t count, struct err *err);

/* A form was opened by FIELDS: the customer's file, or a ticket of the last days. */
bool retried_opening(struct ticket_recording *recording, struct node *fields, struct err *err);

/* The ticket of the last days that was opened because of an answer on ORIGIN, where the power went
 * before the answer itself was recorded: in *ID, else NULL. */
bool retried_linked(struct ticket_recording *recording, const struct form *origin, const char **id,
		    struct err *err);

#endif
